//! Suppression without a reason.
//!
//! ## Why
//!
//! A year from now, a reader can't tell whether the suppression is still needed. One sentence after the
//! closing parenthesis is enough.
//!
//! ## Bad
//!
//! ```quell
//! // quell: allow(unused-private)
//! //              ^^^^^^^^^^^^^^
//! private let grace: Duration = 5m
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
    lint::{Group, Pass, Profile, Rule, rule::finding},
    source::Span,
};

/// The rule; the driver finds what it is about.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new(
        "suppression-without-reason",
        Group::Upkeep,
        include_str!("suppression_without_reason.rs"),
        check,
    )
};

fn check(_: &mut Pass<'_>) {}

/// The suppression at `place` has no reason.
pub(in crate::lint) fn report(place: Span) -> Diagnostic {
    finding(place, "this suppression has no reason")
        .help("add the reason after the parenthesis: `// quell: allow(rule) the reason`")
}
