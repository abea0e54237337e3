//! The linter: what compiles and is still no good practice in an incident.
//!
//! A rule is a value ([`Rule`]) in a file of its own under `rules/<group>/`, whose `//!` comment is its
//! page. Rules read the [`Facts`] of what was checked, never the names of actions or modules. What
//! they find is levelled, suppressed and sorted here, in one place.

mod assumed;
mod body;
mod conditions;
mod contracts;
mod driver;
mod facts;
mod fingerprint;
mod rule;
mod rules;
mod settings;
mod suppression;
mod values;

pub use body::{Body, StepFact};
pub use driver::{lint, without_allowed};
pub use facts::Facts;
pub use fingerprint::fingerprints;
pub use rule::{AlertsPass, Check, Group, OptionSpec, OptionValue, Pass, Profile, Rule};
pub use rules::{all, find};
pub use settings::{RuleSettings, Settings, Switch};
