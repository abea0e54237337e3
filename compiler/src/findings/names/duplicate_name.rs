//! Duplicate name in a playbook or task.
//!
//! ## Why
//!
//! The names of a playbook, including those in its causes, are visible in all of it, and traces and scenarios
//! refer to steps by name alone. So each name may be used only once, and the variable of a lambda or of
//! `each` can't hide another name.
//!
//! ## Bad
//!
//! ```quell
//! fn shown(host: Text, hosts: List<Text>) -> List<Text> = hosts.map(host => "${host}!")
//! //                                                                ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn shown(host: Text, hosts: List<Text>) -> List<Text> = hosts.map(h => "${h}!").filter(h => h != host)
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "duplicate-name";

/// `name` was declared at `first` already.
pub fn report(name: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("the name `{}` is already used", name.text))
        .label(first, "first declared here")
        .help("rename one of them")
}
