//! The linter: code that compiles and is still risky in an incident.
//!
//! A rule is a value ([`Rule`]) in a file of its own in `rules/<group>/`, whose `//!` comment is its
//! page. Rules read the [`Facts`] of what was checked, never the names of actions or modules. Levels,
//! suppressions and the order of findings are applied here, in one place.

mod assumed;
mod body;
mod codes;
mod conditions;
mod contracts;
mod driver;
mod facts;
mod fingerprint;
mod rule;
mod rules;
mod settings;
mod suppression;
mod together;
mod values;

pub use body::{Body, StepFact};
pub use codes::{Named, resolve};
pub use driver::{lint, without_allowed};
pub use facts::Facts;
pub use fingerprint::{Identity, fingerprints, identities};
pub use rule::{AlertsPass, Check, Group, OptionSpec, OptionValue, Pass, Profile, Rule};
pub use rules::{all, find};
pub use settings::{RuleSettings, Settings, Switch};
pub use together::together;
