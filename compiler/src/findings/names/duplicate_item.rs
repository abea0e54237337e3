//! Duplicate item.
//!
//! ## Why
//!
//! Each name in a module stands for one thing, and each scenario of a playbook has its own title. With
//! duplicates it would be unclear which one is meant.
//!
//! ## Bad
//!
//! ```quell
//! let limit: Percent = 5%
//! let limit: Percent = 10%
//! //  ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let limit: Percent = 5%
//! let hard_limit: Percent = 10%
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "duplicate-item";

/// `name` at `span` was declared at `first` already.
pub fn report(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the name `{name}` is already used"))
        .label(first, "first declared here")
        .help("rename one of them; an import can be renamed with `as`")
}

/// A playbook has two scenarios of this title.
pub fn scenario(title: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("duplicate scenario \"{title}\""))
        .label(first, "first one")
        .help("give this one a title that says what is different about it")
}
