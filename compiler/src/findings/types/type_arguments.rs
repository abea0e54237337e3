//! Wrong type arguments.
//!
//! ## Why
//!
//! `List<T>` and `Map<T>` take the type of their elements. No other type takes a type argument.
//!
//! ## Bad
//!
//! ```quell
//! fn size(hosts: List) -> Int = 3
//! //             ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn size(hosts: List<Text>) -> Int = hosts.length()
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "type-arguments";

/// The type takes none.
pub fn none_wanted(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the type `{name}` takes no type argument"))
}

/// The type takes one.
pub fn one_wanted(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` needs exactly one type argument"))
        .help(format!("add the type of its elements: `{name}<Text>`"))
}
