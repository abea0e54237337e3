//! What people ask of a run, answered from its trace.
//!
//! [`explain()`] says why a step ran, waited or was skipped; [`plan()`] what would change; [`contacts()`] who
//! is told or asked what. Each gives plain data, and a function beside it lays the data out in
//! [`Row`](crate::simulate::timeline::Row)s, which the command line gives colours.

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
