//! Call of something that can't be called.
//!
//! ## Why
//!
//! Functions, records, actions, tasks and methods can be called. Values, fields and enums can't.
//!
//! ## Bad
//!
//! ```quell
//! let limit: Percent = 5%
//!
//! fn twice() -> Percent = limit()
//! //                      ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let limit: Percent = 5%
//!
//! fn twice() -> Percent = limit * 2
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-callable";

/// A value of this type is called.
pub fn report(name: &str, ty: &str, span: Span) -> Diagnostic {
    let what = if name.contains('…') { "this".to_owned() } else { format!("`{name}`") };
    Diagnostic::error(CODE, span, format!("{what} is a `{ty}` and can't be called"))
        .help("use the value without parentheses")
}

/// What is called is a `word`.
pub fn item(name: &str, word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` is a {word} and can't be called"))
        .help(format!("write `{name}` without parentheses"))
}
