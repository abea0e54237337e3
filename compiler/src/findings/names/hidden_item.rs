//! Name that hides an item or import.
//!
//! ## Why
//!
//! The names of a playbook are visible in all of it. A step named `slack` would make every `slack.post` in
//! the playbook refer to the step instead of the module.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//! use std.prometheus
//!
//! task lookup() -> Float {
//!   step probe = prometheus.value("up")
//! //     ^^^^^
//!   return probe
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! task lookup() -> Float {
//!   step up = prometheus.value("up")
//!   return up
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "hidden-item";

/// The item `name` declared at `first` is hidden.
pub fn item(name: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("`{}` is an item of this module", name.text))
        .label(first, "it comes from here")
        .help("give one of them another name")
}

/// The module imported as `name` at `first` is hidden.
pub fn module(name: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("`{}` is a module that is used here", name.text))
        .label(first, "it comes from here")
        .help("give one of them another name; a module can be renamed with `as`")
}
