//! Nesting too deep.
//!
//! ## Why
//!
//! Deeply nested code is hard to read, and each level costs the tools memory. The limit is 100 nested
//! brackets, `if`s and lambdas, and about 200 operators in one expression.
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
        .note(
            "the limit is 100 nested brackets, `if`s and lambdas, and about 200 operators in one expression",
        )
        .help("move part of it to a `let` or a function")
}
