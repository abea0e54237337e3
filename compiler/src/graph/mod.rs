//! The step graph: which step waits for which, why, and how long that can take.
//!
//! The playbook and each task compile to one [`StepGraph`]. Everything that runs or draws a playbook (the
//! dry run, the drawings, the published JSON) uses only the graph, and never reads the parts again.

mod bounds;
mod build;
mod closure;
mod constant;
mod cycle;
mod describe;
mod detour;
mod meaning;
mod model;
mod plan;
mod schedule;
mod truth;

pub use bounds::{Durations, Span as DurationSpan, check as check_bounds, durations};
pub use build::{Bodies, build};
pub use constant::{Constant, NotConstant, evaluate};
pub use describe::{describe, waits};
pub use detour::Detours;
pub use meaning::{Meaning, ModuleMeaning};
pub use model::*;
pub use plan::*;
pub use schedule::*;
pub use truth::{Assumptions, Known, Truth};
