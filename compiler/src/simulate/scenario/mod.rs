//! Scenarios.

pub mod script;
