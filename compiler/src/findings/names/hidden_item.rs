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

use crate::{
    diagnostic::Diagnostic,
    hir::{Ident, LocalKind},
    source::Span,
};

/// The code.
pub const CODE: &str = "hidden-item";

/// The item `name` declared at `first` is hidden by a local name of this `kind`.
pub fn item(name: &Ident, first: Span, kind: &LocalKind) -> Diagnostic {
    let message = format!("`{}` is already the name of an item of this module", name.text);
    Diagnostic::error(CODE, name.span, message).label(first, "declared here").help(rename(name, kind))
}

/// The module imported as `name` at `first` is hidden by a local name of this `kind`.
pub fn module(name: &Ident, first: Span, kind: &LocalKind) -> Diagnostic {
    let message = format!("`{}` is already the name of an imported module", name.text);
    Diagnostic::error(CODE, name.span, message)
        .label(first, "imported here")
        .help(rename(name, kind))
        .help(format!("or rename the module: `use ... as OTHER`; `{}` then stays the local name", name.text))
}

fn rename(name: &Ident, kind: &LocalKind) -> String {
    match kind {
        LocalKind::Step(_) => format!("rename the step, for example `step {}_done = ...`", name.text),
        _ => format!("rename it here, for example to `{}_value`", name.text),
    }
}
