//! Suppression that uses a rule's former name.
//!
//! ## Why
//!
//! It still works, but the rule is documented and reported under its current name, so readers can't look it
//! up.
//!
//! ## Bad
//!
//! ```quell
//! action queue_length() -> Int reads {
//!   provides verification
//! }
//!
//! task drained() {
//!   // quell: allow(short-poll) the endpoint is made for frequent polling
//! //                ^^^^^^^^^^
//!   step left = queue_length()
//!     repeat every 1s until it == 0, at most 1h
//! }
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! action queue_length() -> Int reads {
//!   provides verification
//! }
//!
//! task drained() {
//!   // quell: allow(excessive-polling) the endpoint is made for frequent polling
//! //                ^^^^^^^^^^
//!   step left = queue_length()
//!     repeat every 1s until it == 0, at most 1h
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action queue_length() -> Int reads {
//!   provides verification
//! }
//!
//! task drained() {
//!   // quell: allow(excessive-polling) the endpoint is made for frequent polling
//!   step left = queue_length()
//!     repeat every 1s until it == 0, at most 1h
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Level, Safety},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    source::Span,
};

/// The rule; the driver finds what it is about.
pub static RULE: Rule = Rule {
    // An upgrade of Quell shouldn't fail anybody's checks.
    level: Level::Info,
    profile: Profile::Minimal,
    fix: Some(Safety::Safe),
    ..Rule::new("renamed-suppression", Group::Upkeep, include_str!("renamed_suppression.rs"), check)
};

fn check(_: &mut Pass<'_>) {}

/// The suppression at `span` names `code` as it was named before.
pub(in crate::lint) fn report(former: &str, code: &str, span: Span) -> Diagnostic {
    finding(span, format!("`{former}` is now named `{code}`")).fix(Fix::replace(
        Safety::Safe,
        format!("replace with `{code}`"),
        span,
        code,
    ))
}
