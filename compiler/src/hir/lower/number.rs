//! Numbers with their units, exactly.

use super::{Lowering, expression::Sign};
use crate::{
    findings::syntax::{malformed_number, number_out_of_range},
    hir::Literal,
    syntax::{SyntaxKind, SyntaxToken},
};

/// Why a number has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unrepresentable {
    /// More than the type holds.
    TooLarge,
    /// Finer than the type's smallest step.
    TooFine,
    /// Units of a duration out of order or said twice.
    UnitOrder,
}

const NANOSECONDS: [(&str, i128); 6] = [
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
    ("w", 604_800_000_000_000),
];

const BYTES: [(&str, i128); 9] = [
    ("B", 1),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
];

impl Lowering {
    pub(super) fn number(&mut self, token: &SyntaxToken, sign: Sign) -> Option<Literal> {
        let text = token.text();
        let value = match token.kind() {
            SyntaxKind::Int => int(text, sign).map(Literal::Int),
            SyntaxKind::Float => float(text, sign).map(Literal::Float),
            SyntaxKind::Percent => float(text.trim_end_matches('%'), sign).map(Literal::Percent),
            SyntaxKind::Duration => duration(text).map(|value| Literal::Duration(signed(value, sign))),
            SyntaxKind::Size => size(text).map(|value| Literal::Size(signed(value, sign))),
            // A malformed number was reported by the syntax.
            _ => return None,
        };
        let span = self.span_of(token);
        let (kind, text) = (token.kind(), token.text());
        value
            .map_err(|why| {
                self.diagnostics.push(match why {
                    Unrepresentable::TooLarge => number_out_of_range::too_large(span, text, limit(kind)),
                    Unrepresentable::TooFine => {
                        number_out_of_range::too_fine(span, text, finest(kind), nearest(kind, text))
                    }
                    Unrepresentable::UnitOrder => malformed_number::unit_order(span, text),
                });
            })
            .ok()
    }
}

fn limit(kind: SyntaxKind) -> &'static str {
    match kind {
        SyntaxKind::Int => "the largest Int is 9223372036854775807",
        SyntaxKind::Duration => "the longest Duration is 292 years",
        SyntaxKind::Size => "the largest Size is 8 million TiB",
        _ => "it is too large for a Float",
    }
}

fn finest(kind: SyntaxKind) -> &'static str {
    match kind {
        SyntaxKind::Size => "a Size is a whole number of bytes",
        _ => "a Duration is a whole number of nanoseconds",
    }
}

/// A size that isn't a whole number of bytes, rounded up.
fn nearest(kind: SyntaxKind, text: &str) -> Option<String> {
    let whole = text.split_once('.')?.0.replace('_', "");
    (kind == SyntaxKind::Size
        && text.ends_with('B')
        && factor(&BYTES, text.trim_start_matches(|c: char| !c.is_ascii_alphabetic())) == Ok(1))
    .then(|| whole.parse::<i64>().ok()?.checked_add(1))
    .flatten()
    .map(|bytes| format!("{bytes}B"))
}

fn signed(value: i64, sign: Sign) -> i64 {
    if sign == Sign::Minus { -value } else { value }
}

fn int(text: &str, sign: Sign) -> Result<i64, Unrepresentable> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let value: i128 = digits.parse().map_err(|_| Unrepresentable::TooLarge)?;
    let value = if sign == Sign::Minus { -value } else { value };
    i64::try_from(value).map_err(|_| Unrepresentable::TooLarge)
}

fn float(text: &str, sign: Sign) -> Result<f64, Unrepresentable> {
    let value: f64 = text.replace('_', "").parse().map_err(|_| Unrepresentable::TooLarge)?;
    if !value.is_finite() {
        return Err(Unrepresentable::TooLarge);
    }
    Ok(if sign == Sign::Minus { -value } else { value })
}

/// The nanoseconds of a text such as `1h30m`, if it is a duration as a program would write it.
pub fn duration_of(text: &str) -> Option<i64> {
    duration(text).ok().filter(|_| !text.is_empty())
}

/// The bytes of a text such as `512MiB`, if it is a size as a program would write it.
pub fn size_of_text(text: &str) -> Option<i64> {
    size(text).ok()
}

/// Nanoseconds of a duration such as `1h30m`: units from the largest down, each once.
fn duration(text: &str) -> Result<i64, Unrepresentable> {
    let mut rest = text;
    let mut sum: i128 = 0;
    let mut smallest = i128::MAX;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(number_end);
        let unit_end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(unit_end);
        let factor = factor(&NANOSECONDS, unit)?;
        if factor >= smallest {
            return Err(Unrepresentable::UnitOrder);
        }
        smallest = factor;
        sum = sum.checked_add(scaled(number, factor, Rounding::Refused)?).ok_or(Unrepresentable::TooLarge)?;
        rest = behind;
    }
    i64::try_from(sum).map_err(|_| Unrepresentable::TooLarge)
}

/// Bytes of a size such as `1.5GiB`; to the nearest byte where a fraction of a larger unit isn't a whole number
/// of bytes, as in `7.9GiB`.
fn size(text: &str) -> Result<i64, Unrepresentable> {
    let unit_start = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_start);
    let factor = factor(&BYTES, unit)?;
    let rounding = if factor == 1 { Rounding::Refused } else { Rounding::Nearest };
    i64::try_from(scaled(number, factor, rounding)?).map_err(|_| Unrepresentable::TooLarge)
}

fn factor(units: &[(&str, i128)], unit: &str) -> Result<i128, Unrepresentable> {
    units.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor).ok_or(Unrepresentable::UnitOrder)
}

/// What happens to a number that isn't whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rounding {
    /// It is an error.
    Refused,
    /// It is rounded to the nearest whole number, halves up.
    Nearest,
}

/// A decimal number times a factor, as a whole number.
fn scaled(number: &str, factor: i128, rounding: Rounding) -> Result<i128, Unrepresentable> {
    let number = number.replace('_', "");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let whole: i128 = whole.parse().map_err(|_| Unrepresentable::TooLarge)?;
    let whole = whole.checked_mul(factor).ok_or(Unrepresentable::TooLarge)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        return Ok(whole);
    }
    // Twelve digits are finer than a byte of a tebibyte or a nanosecond of a week can show exactly,
    // with enough room for those that do (0.5 of 2^40).
    let digits = u32::try_from(fraction.len()).map_err(|_| Unrepresentable::TooFine)?;
    let power = 10i128.checked_pow(digits).ok_or(Unrepresentable::TooFine)?;
    let fraction: i128 = fraction.parse().map_err(|_| Unrepresentable::TooFine)?;
    let product = fraction.checked_mul(factor).ok_or(Unrepresentable::TooFine)?;
    if product % power != 0 && rounding == Rounding::Refused {
        return Err(Unrepresentable::TooFine);
    }
    let rounded = product / power + i128::from(product % power >= power - power / 2);
    whole.checked_add(rounded).ok_or(Unrepresentable::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_exact() {
        assert_eq!(duration("1h30m"), Ok(5_400_000_000_000));
        assert_eq!(duration("1.5h"), duration("1h30m"));
        assert_eq!(duration("1_000ms"), duration("1s"));
        assert_eq!(duration("0.1ms"), Ok(100_000));
        assert_eq!(duration("30m1h"), Err(Unrepresentable::UnitOrder));
        assert_eq!(duration("5m5m"), Err(Unrepresentable::UnitOrder));
        assert_eq!(duration("0.0000000001s"), Err(Unrepresentable::TooFine));
        assert_eq!(duration("99999999999w"), Err(Unrepresentable::TooLarge));
        assert_eq!(duration(&format!("{}s", "9".repeat(60))), Err(Unrepresentable::TooLarge));
    }

    #[test]
    fn sizes_are_whole_bytes() {
        assert_eq!(size("512MiB"), Ok(512 << 20));
        assert_eq!(size("1.5GB"), Ok(1_500_000_000));
        assert_eq!(size("0.5B"), Err(Unrepresentable::TooFine));
        assert_eq!(size("7.9GiB"), Ok(8_482_560_410));
        assert_eq!(size("0.1KiB"), Ok(102));
        assert_eq!(size("0.0005KB"), Ok(1));
        assert_eq!(size("0.0004KB"), Ok(0));
        assert_eq!(size("1.0005KB"), Ok(1_001));
        assert_eq!(size(&format!("0.{}GiB", "3".repeat(60))), Err(Unrepresentable::TooFine));
        assert_eq!(size("0.5TiB"), Ok(1 << 39));
    }

    #[test]
    fn ints_reach_both_ends() {
        assert_eq!(int("9_223_372_036_854_775_807", Sign::Plus), Ok(i64::MAX));
        assert_eq!(int("9223372036854775808", Sign::Plus), Err(Unrepresentable::TooLarge));
        assert_eq!(int("9223372036854775808", Sign::Minus), Ok(i64::MIN));
    }
}
