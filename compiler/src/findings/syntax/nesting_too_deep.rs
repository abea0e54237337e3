//! Brackets, conditions or operators are nested too deeply.
//!
//! ## Why
//!
//! Nobody reads a hundred brackets in each other, and each level costs the tools memory. The limit is 100
//! brackets, `if`s and lambdas in each other, and some 200 operators in one expression.
//!
//! ## Bad
//!
//! ```quell
//! let deep: Int = (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
//! //                                                                                                                  ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let deep: Int = 1
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "nesting-too-deep";

/// What begins at `span` is one level too many.
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this is nested too deeply")
        .note("brackets, `if`s and lambdas may nest 100 levels, the operators of an expression some 200")
        .help("give a part of it a name with `let`, or make it a function")
}
