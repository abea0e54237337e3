//! A playbook, task or lambda uses a name twice.
//!
//! ## Why
//!
//! The names of a playbook are seen in all of it, those of its causes included, and traces and scenarios
//! tell steps by name alone. So each name means one thing, and the variable of a lambda or of `each`
//! hides nothing.
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
    Diagnostic::error(CODE, name.span, format!("the name `{}` is taken", name.text))
        .label(first, "it is declared here first")
        .help("give one of them another name")
}
