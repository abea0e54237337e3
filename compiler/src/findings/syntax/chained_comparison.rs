//! Chained comparison.
//!
//! ## Why
//!
//! In some languages `a < b < c` compares `b` with both; in others it compares the result of `a < b` with
//! `c`. Quell rejects the chain, so that the reader never has to guess.
//!
//! ## Bad
//!
//! ```quell
//! fn between(a: Int, b: Int, c: Int) -> Bool = a < b < c
//! //                                                 ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn between(a: Int, b: Int, c: Int) -> Bool = a < b and b < c
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "chained-comparison";

/// `operator` compares the result of a comparison.
pub fn chained(span: Span, operator: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("comparisons can't be chained"))
        .help("write two comparisons joined with `and`: `a < b and b < c`")
}
