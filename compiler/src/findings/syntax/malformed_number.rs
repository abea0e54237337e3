//! Malformed number.
//!
//! ## Why
//!
//! Write numbers as `12`, `1_000` or `1.5`, percentages as `5%`, durations as `250ms`, `10s`, `5m`, `1h30m`,
//! `2d` or `1w`, and sizes as `512MiB` or `1.5GB`. The unit follows the number without a space. The units of
//! a duration go from the largest to the smallest, each at most once.
//!
//! ## Bad
//!
//! ```quell
//! let patience: Duration = 5min
//! //                       ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let patience: Duration = 5m
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "malformed-number";

/// Units that people write, and ours.
const UNITS: &[(&str, &str)] = &[
    ("milliseconds", "ms"),
    ("millis", "ms"),
    ("msec", "ms"),
    ("seconds", "s"),
    ("second", "s"),
    ("secs", "s"),
    ("sec", "s"),
    ("S", "s"),
    ("minutes", "m"),
    ("minute", "m"),
    ("mins", "m"),
    ("min", "m"),
    ("M", "m"),
    ("hours", "h"),
    ("hour", "h"),
    ("hrs", "h"),
    ("hr", "h"),
    ("H", "h"),
    ("days", "d"),
    ("day", "d"),
    ("D", "d"),
    ("weeks", "w"),
    ("week", "w"),
    ("W", "w"),
    ("kb", "KB"),
    ("kB", "KB"),
    ("K", "KB"),
    ("k", "KB"),
    ("mb", "MB"),
    ("gb", "GB"),
    ("G", "GB"),
    ("tb", "TB"),
    ("T", "TB"),
    ("kib", "KiB"),
    ("Ki", "KiB"),
    ("mib", "MiB"),
    ("Mi", "MiB"),
    ("gib", "GiB"),
    ("Gi", "GiB"),
    ("tib", "TiB"),
    ("Ti", "TiB"),
    ("b", "B"),
    ("bytes", "B"),
];

/// The unit that a word means, ours or another.
pub fn unit(word: &str) -> Option<&'static str> {
    UNITS.iter().find(|(theirs, ours)| *theirs == word || *ours == word).map(|(_, ours)| *ours)
}

/// Digits followed by something that isn't a unit.
pub fn malformed(span: Span, text: &str) -> Diagnostic {
    let unit_start = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_').unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_start);
    let error = Diagnostic::error(CODE, span, format!("`{text}` is not a number"));
    match UNITS.iter().find(|(theirs, _)| *theirs == unit) {
        Some((_, ours)) => {
            let better = format!("{number}{ours}");
            error.help(format!("write `{better}`")).fix(Fix::replace(
                Safety::Unsafe,
                format!("replace with `{better}`"),
                span,
                better,
            ))
        }
        None => error.help(advice(text, number, unit)),
    }
}

/// What to write instead of digits followed by `unit`, which is no unit.
fn advice(text: &str, number: &str, unit: &str) -> String {
    let ends_with_digit = text.ends_with(|last: char| last.is_ascii_digit());
    match unit {
        "x" | "times" => format!("write `{number} times`"),
        "pct" | "percent" | "p" => format!("write `{number}%`"),
        "cpu" | "vcpu" | "core" | "cores" | "st" | "nd" | "rd" | "th" => format!("write `{number}`"),
        _ if unit.starts_with(['x', 'X', 'b', 'o']) && number == "0" => {
            "write the number in decimal: `255`".to_owned()
        }
        _ if unit.starts_with(['e', 'E']) && unit[1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            "write all digits: `1_000`".to_owned()
        }
        _ if text.contains("__") || text.ends_with('_') => "`_` may only be between two digits: `1_000`".to_owned(),
        _ if ends_with_digit && unit.starts_with(['h', 'm', 's', 'd', 'w']) => {
            "each part of a duration needs its unit: `1h30m`, `5m30s`".to_owned()
        }
        _ if unit.contains(['-', ':', 'T']) => "write a point in time as `time(\"2026-01-02T03:04:05Z\")`".to_owned(),
        _ => "durations are written `5s`, `5m`, `5h` or `5d`; sizes `5MB` or `5GiB`; a name can't start with a digit"
            .to_owned(),
    }
}

/// A duration whose units don't go from the largest to the smallest.
pub fn unit_order(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the units of `{text}` are out of order"))
        .note("the units of a duration go from the largest to the smallest, each at most once")
        .help("write it like `1h30m`")
}
