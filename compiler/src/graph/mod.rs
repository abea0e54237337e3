//! The step graph: what waits for what, why, and how long it can take.
//!
//! The playbook and each task compile to one [`StepGraph`]. Whatever runs or draws a playbook (the
//! dry run, the drawings, the published JSON) starts from it and never looks at the parts again.

mod model;
mod plan;
mod schedule;

pub use model::*;
pub use plan::*;
pub use schedule::*;
