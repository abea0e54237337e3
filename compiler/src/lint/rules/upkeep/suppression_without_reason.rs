//! Suppression without a reason.
//!
//! ## Why
//!
//! Who reads it in a year can't tell whether the reason still holds. One sentence behind the bracket is
//! enough.
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
    finding(place, "this suppression gives no reason")
        .help("add the reason after the bracket: `// quell: allow(rule) the reason`")
}
