//! Suppression of an unknown rule.
//!
//! ## Why
//!
//! It suppresses nothing: either the name is misspelled, or the rule no longer exists.
//!
//! ## Bad
//!
//! ```quell
//! // quell: allow(unused-privat) the drill next week needs it
//! //              ^^^^^^^^^^^^^
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
    diagnostic::Diagnostic,
    findings::{self, suggest::nearest},
    lint::{Group, Pass, Profile, Rule, rule::finding, rules},
    source::Span,
};

/// The rule; the driver finds what it is about.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("unknown-suppression", Group::Upkeep, include_str!("unknown_suppression.rs"), check)
};

fn check(_: &mut Pass<'_>) {}

/// The comment begins like a suppression and is none.
pub(in crate::lint) fn misspelt(span: Span) -> Diagnostic {
    finding(span, "this comment suppresses nothing").help("write `// quell: allow(rule) the reason`")
}

/// The suppression names `code`, which no rule has.
pub(in crate::lint) fn report(code: &str, span: Span) -> Diagnostic {
    let known = rules::all().map(|rule| rule.code).chain(findings::all().map(|finding| finding.code));
    let said = finding(span, format!("there is no rule `{code}`"));
    match nearest(code, known) {
        Some(near) => said.help(format!("did you mean `{near}`?")),
        None => said.help("`quell explain` lists all rules"),
    }
}
