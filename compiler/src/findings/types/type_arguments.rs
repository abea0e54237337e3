//! `List` or `Map` without its element type, or another type with one.
//!
//! ## Why
//!
//! `List<T>` and `Map<T>` say what they hold. No other type takes a type.
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
    Diagnostic::error(CODE, span, format!("the type `{name}` takes no type between `<` and `>`"))
}

/// The type takes one.
pub fn one_wanted(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` doesn't say what it holds, or says too much"))
        .help(format!("write `{name}<Text>`, or whatever its elements are"))
}
