//! A module has two items or imports of one name, or a playbook has two scenarios of one title.
//!
//! ## Why
//!
//! A name has to mean one thing. Which of the two is meant can't be told.
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
    Diagnostic::error(CODE, span, format!("the name `{name}` is taken"))
        .label(first, "it is declared here first")
        .help("give one of them another name; an import can be renamed with `as`")
}

/// A playbook has two scenarios of this title.
pub fn scenario(title: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("there are two scenarios \"{title}\""))
        .label(first, "here is the first")
        .help("say in the title what sets this one apart")
}
