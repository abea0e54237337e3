//! Lengths of time in sentences.

const UNITS: [(&str, u64); 6] = [
    ("w", 604_800_000_000_000),
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", MILLISECOND),
];
const MILLISECOND: u64 = 1_000_000;

/// Nanoseconds as they would be written: `1h30m`, `0s`, `0.5ms`.
pub fn duration_text(length: i64) -> String {
    if length == 0 {
        return "0s".to_owned();
    }
    let mut text = String::from(if length < 0 { "-" } else { "" });
    let mut rest = length.unsigned_abs();
    for (unit, size) in UNITS {
        let (count, fraction) = (rest / size, rest % size);
        if size == MILLISECOND && fraction > 0 {
            let digits = format!("{fraction:06}");
            text.push_str(&format!("{count}.{}{unit}", digits.trim_end_matches('0')));
        } else if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
        rest = fraction;
    }
    text
}

/// As [`duration_text`], without what nobody counts: from a minute on, whole seconds, rounded up.
pub fn rough_duration_text(length: i64) -> String {
    const SECOND: i64 = 1_000_000_000;
    let rest = length.rem_euclid(SECOND);
    let rough = if length < 60 * SECOND || rest == 0 { length } else { length.saturating_add(SECOND - rest) };
    duration_text(rough)
}

#[cfg(test)]
mod tests {
    use super::{duration_text, rough_duration_text};

    #[test]
    fn long_ones_are_told_in_seconds() {
        assert_eq!(rough_duration_text(129_610_000_000), "2m10s");
        assert_eq!(rough_duration_text(130_000_000_000), "2m10s");
        assert_eq!(rough_duration_text(9_610_000_000), "9s610ms");
    }

    #[test]
    fn writes_units_from_the_largest_down() {
        assert_eq!(duration_text(0), "0s");
        assert_eq!(duration_text(5_400_000_000_000), "1h30m");
        assert_eq!(duration_text(-1_500_000_000), "-1s500ms");
        assert_eq!(duration_text(60_000_500_000), "1m0.5ms");
        assert_eq!(duration_text(i64::MIN), "-15250w1d23h47m16s854.775808ms");
    }
}
