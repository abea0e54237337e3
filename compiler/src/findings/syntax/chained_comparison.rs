//! Comparisons stand in a chain.
//!
//! ## Why
//!
//! In some languages `a < b < c` compares `b` with both, in others it compares a truth value with `c`. Quell
//! asks to say which.
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
    Diagnostic::error(CODE, span, format!("`{operator}` compares the result of a comparison"))
        .help("write `a < b and b < c`, or put one comparison in brackets")
}
