//! Numbers with their units.

use crate::hir::Literal;
use crate::syntax::SyntaxKind;

/// The value of a literal token; `None` if it can't be represented.
pub(super) fn literal(kind: SyntaxKind, text: &str) -> Option<Literal> {
    let digits = text.replace('_', "");
    match kind {
        SyntaxKind::None => Some(Literal::None),
        SyntaxKind::Bool => Some(Literal::Bool(text == "true")),
        SyntaxKind::Int => digits.parse().ok().map(Literal::Int),
        SyntaxKind::Float => finite(&digits).map(Literal::Float),
        SyntaxKind::Percent => finite(digits.strip_suffix('%')?).map(Literal::Percent),
        SyntaxKind::Duration => quantity(&digits, nanoseconds).map(Literal::Duration),
        SyntaxKind::Size => quantity(&digits, bytes).map(Literal::Size),
        _ => None,
    }
}

/// The same with a minus in front.
pub(super) fn negated(literal: Literal) -> Option<Literal> {
    match literal {
        Literal::Int(value) => value.checked_neg().map(Literal::Int),
        Literal::Float(value) => Some(Literal::Float(-value)),
        Literal::Percent(value) => Some(Literal::Percent(-value)),
        Literal::Duration(value) => value.checked_neg().map(Literal::Duration),
        Literal::Size(value) => value.checked_neg().map(Literal::Size),
        Literal::None | Literal::Bool(_) | Literal::Text(_) => None,
    }
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

fn nanoseconds(unit: &str) -> Option<i128> {
    const SECOND: i128 = 1_000_000_000;
    Some(match unit {
        "ms" => SECOND / 1000,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3600 * SECOND,
        "d" => 86_400 * SECOND,
        "w" => 7 * 86_400 * SECOND,
        _ => return None,
    })
}

/// Sizes with a K, M, G or T alone count in thousands (SI), those with an i in 1024s (IEC 80000-13).
fn bytes(unit: &str) -> Option<i128> {
    Some(match unit {
        "B" => 1,
        "KB" => 1000,
        "MB" => 1000_i128.pow(2),
        "GB" => 1000_i128.pow(3),
        "TB" => 1000_i128.pow(4),
        "KiB" => 1024,
        "MiB" => 1024_i128.pow(2),
        "GiB" => 1024_i128.pow(3),
        "TiB" => 1024_i128.pow(4),
        _ => return None,
    })
}

/// Adds up `1h30m` or `1.5GiB` in the smallest unit; fractions of that are cut off.
fn quantity(text: &str, unit_size: fn(&str) -> Option<i128>) -> Option<i64> {
    let mut total: i128 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, behind) = rest.split_at(number_end);
        let unit_end = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let (unit, next) = behind.split_at(unit_end);
        let size = unit_size(unit)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        // More decimals than this are beyond the smallest unit anyhow.
        let fraction = &fraction[..fraction.len().min(15)];
        let scale = 10_i128.pow(fraction.len() as u32);
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        total = total.checked_add(digits.checked_mul(size)? / scale)?;
        rest = next;
    }
    i64::try_from(total).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up() {
        let duration = |text| literal(SyntaxKind::Duration, text);
        assert_eq!(duration("1h30m"), Some(Literal::Duration(5_400_000_000_000)));
        assert_eq!(duration("1.5s"), Some(Literal::Duration(1_500_000_000)));
        assert_eq!(duration("99999999w"), None);
        assert_eq!(literal(SyntaxKind::Size, "1.5KiB"), Some(Literal::Size(1536)));
        assert_eq!(literal(SyntaxKind::Int, "1_000"), Some(Literal::Int(1000)));
        assert_eq!(literal(SyntaxKind::Int, "9223372036854775808"), None);
        assert_eq!(literal(SyntaxKind::Percent, "0.5%"), Some(Literal::Percent(0.5)));
    }
}
