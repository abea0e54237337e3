//! Unused suppression.
//!
//! ## Why
//!
//! What it suppressed has been fixed. If it stays, it hides the next problem in the same place.
//!
//! ## Bad
//!
//! ```quell
//! // quell: allow(unused-private) the drill next week needs it
//! //              ^^^^^^^^^^^^^^
//! let grace: Duration = 5m
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! //              ^^^^^^^^^^^^^^
//! let grace: Duration = 5m
//! ```
//!
//! ## Good
//!
//! ```quell
//! // quell: allow(unused-private) the drill next week needs it
//! private let grace: Duration = 5m
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    source::Span,
};

/// The rule; the driver finds what it is about.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    fix: Some(Safety::Safe),
    ..Rule::new("unused-suppression", Group::Upkeep, include_str!("unused_suppression.rs"), check)
};

fn check(_: &mut Pass<'_>) {}

/// The suppression of `code` at `span` was for nothing; `comment` is the whole of it, with its line end if
/// it has a line of its own, where no other rule stands in it.
pub(in crate::lint) fn report(code: &str, span: Span, comment: Option<Span>) -> Diagnostic {
    let said = finding(span, format!("`{code}` reports nothing here"));
    match comment {
        Some(comment) => said.fix(Fix::replace(Safety::Safe, "remove the comment", comment, "")),
        None => said.help(format!("remove `{code}` from the list")),
    }
}
