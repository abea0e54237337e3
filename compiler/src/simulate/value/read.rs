//! Quantities and times read from texts: inputs on the command line, documents of other tools.

use crate::{
    graph::Nanoseconds,
    hir::{duration_of, size_of_text},
};

/// The nanoseconds of `1h30m`; a sign may stand before it.
pub fn read_duration(text: &str) -> Option<Nanoseconds> {
    signed(text, duration_of)
}

/// The bytes of `512MiB`.
pub fn read_size(text: &str) -> Option<i64> {
    signed(text, size_of_text)
}

/// The number before the sign of `99.95%`.
pub fn read_percent(text: &str) -> Option<f64> {
    let number: f64 = text.strip_suffix('%')?.trim().parse().ok()?;
    number.is_finite().then_some(number)
}

/// The nanoseconds since 1970 of `2026-01-02T03:04:05Z`.
pub fn read_time(text: &str) -> Option<i64> {
    let time: jiff::Timestamp = text.parse().ok()?;
    i64::try_from(time.as_nanosecond()).ok()
}

fn signed(text: &str, read: fn(&str) -> Option<i64>) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(text) => read(text)?.checked_neg(),
        None => read(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_need_their_units() {
        assert_eq!(read_duration("-1h30m"), Some(-5_400_000_000_000));
        assert_eq!(read_duration("90"), None);
        assert_eq!(read_duration(""), None);
        assert_eq!(read_duration("m"), None);
        assert_eq!(read_size("1KiB"), Some(1024));
        assert_eq!(read_size("1"), None);
        assert_eq!(read_percent("99.95%"), Some(99.95));
        assert_eq!(read_percent("99.95"), None);
        assert_eq!(read_percent("inf%"), None);
    }

    #[test]
    fn times_have_a_zone() {
        assert_eq!(read_time("2026-01-02T03:04:05Z"), Some(1_767_323_045_000_000_000));
        assert_eq!(read_time("2026-01-02T04:04:05+01:00"), read_time("2026-01-02T03:04:05Z"));
        assert_eq!(read_time("yesterday"), None);
        assert_eq!(read_time("9999-01-01T00:00:00Z"), None);
    }
}
