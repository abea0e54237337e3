//! Unused import.
//!
//! ## Why
//!
//! Imports show what a module depends on. An unused one misleads readers, and anyone who changes the other
//! module.
//!
//! ## Bad
//!
//! ```quell
//! use std.people (Contact, QuietHours, by_phone)
//! //                       ^^^^^^^^^^
//! use std.slack
//! //  ^^^^^^^^^
//!
//! let phone: Contact = by_phone("+351 555 0101")
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! use std.people (Contact, by_phone)
//! //                       ^^^^^^^^^^
//! //  ^^^^^^^^^
//!
//! let phone: Contact = by_phone("+351 555 0101")
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.people (Contact, by_phone)
//!
//! let phone: Contact = by_phone("+351 555 0101")
//! ```

use crate::{
    diagnostic::Safety,
    hir::{Use, UseName},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    source::Span,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    fix: Some(Safety::Safe),
    ..Rule::new("unused-import", Group::Correctness, include_str!("unused_import.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    // A module of nothing but imports hands them on: the prelude.
    if pass.hir().items.is_empty() {
        return;
    }
    for line in &pass.hir().uses {
        let whole = pass.facts.lines_of(line.span);
        match &line.names {
            None => {
                let name = line.alias.as_ref().map_or_else(
                    || line.path.text.rsplit('.').next().unwrap_or_default(),
                    |alias| &*alias.text,
                );
                if !name.is_empty() && !pass.facts.has_word(pass.file, name) {
                    let said = finding(line.path.span, format!("`{name}` is imported but never used"));
                    pass.report(said.fix(pass.removal("remove the import", whole)));
                }
            }
            Some(names) => {
                for (index, name) in names.iter().enumerate() {
                    let bound = bound(name);
                    if bound.is_empty() || pass.facts.has_word(pass.file, bound) {
                        continue;
                    }
                    let gone = if names.len() == 1 { whole } else { entry(line, names, index) };
                    let said = finding(span(name), format!("`{bound}` is imported but never used"));
                    pass.report(said.fix(pass.removal("remove the name", gone)));
                }
            }
        }
    }
}

fn bound(name: &UseName) -> &str {
    &name.alias.as_ref().unwrap_or(&name.name).text
}

fn span(name: &UseName) -> Span {
    name.alias.as_ref().map_or(name.name.span, |alias| name.name.span.to(alias.span))
}

/// A name with one comma beside it.
fn entry(line: &Use, names: &[UseName], index: usize) -> Span {
    match (names.get(index + 1), index.checked_sub(1).and_then(|before| names.get(before))) {
        (Some(next), _) => Span { end: next.name.span.start, ..span(&names[index]) },
        (None, Some(before)) => Span { start: span(before).end, end: span(&names[index]).end, ..line.span },
        (None, None) => line.span,
    }
}
