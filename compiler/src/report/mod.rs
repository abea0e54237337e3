//! Answers to questions about a run, from its trace.
//!
//! [`explain()`] shows why a step ran, waited or was skipped; [`plan()`] what would change; [`contacts()`] who
//! is told or asked what. Each returns plain data, and another function formats the data as
//! [`Row`](crate::simulate::timeline::Row)s, which the command line colors.

mod contacts;
mod explain;
mod page;
mod plan;
mod postmortem;
mod rows;
mod statistics;

pub use contacts::{Contact, Contacts, When, contacts, contacts_rows, severities};
pub use explain::{Explanation, explain, explanation_rows};
pub use page::{GENERATOR, graph_page, page};
pub use plan::{Approval, ApprovalState, Plan, PlannedChange, Sign, Undoing, plan, plan_rows};
pub use postmortem::postmortem;
pub use statistics::{
    PERCENTILES, RunOutcomeWord, STATISTICS_SCHEMA, StepTally, Tally, by_people, percentile, statistics_json,
    statistics_rows, tally,
};
