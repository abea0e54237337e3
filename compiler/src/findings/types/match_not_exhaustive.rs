//! `match` that misses a case.
//!
//! ## Why
//!
//! The case that no one thought of happens at night. The arms of a `match` have to cover every value; the
//! error names one that they don't cover.
//!
//! ## Bad
//!
//! ```quell
//! fn wakes(severity: Severity) -> Bool = match severity {
//! //                                     ^^^^^^^^^^^^^^
//!   info => false,
//!   critical => true,
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn wakes(severity: Severity) -> Bool = match severity {
//!   info => false,
//!   minor or major or critical => true,
//! }
//! ```

use crate::{diagnostic::Diagnostic, findings::words::list, source::Span};

/// The code.
pub const CODE: &str = "match-not-exhaustive";

/// The `match` over a value of type `ty` leaves `missing` out.
pub fn report(ty: &str, missing: &[String], span: Span) -> Diagnostic {
    let names: Vec<&str> = missing.iter().map(String::as_str).collect();
    let finding = match names.as_slice() {
        ["else"] => Diagnostic::error(CODE, span, format!("this `match` doesn't cover every `{ty}`")),
        [only] => Diagnostic::error(CODE, span, format!("this `match` doesn't cover `{only}`")),
        several if several.len() > 5 => Diagnostic::error(
            CODE,
            span,
            format!("this `match` doesn't cover {} and {} more", list(&several[..3]), several.len() - 3),
        ),
        several => Diagnostic::error(CODE, span, format!("this `match` doesn't cover {}", list(several))),
    };
    finding.help("add an arm for it, or `else => ...` for all remaining values")
}
