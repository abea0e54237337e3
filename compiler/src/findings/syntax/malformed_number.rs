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
        None => error.note("durations use `ms`, `s`, `m`, `h`, `d` or `w`; sizes use `B`, `KB`, `MB`, `GB`, `TB`, `KiB`, `MiB`, `GiB` or `TiB`"),
    }
}

/// A duration whose units don't go from the largest to the smallest.
pub fn unit_order(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the units of `{text}` are out of order"))
        .note("the units of a duration go from the largest to the smallest, each at most once")
        .help("write it like `1h30m`")
}
