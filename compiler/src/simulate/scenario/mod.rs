//! Scenarios: what is given becomes a [`Script`](script::Script) that the engine reads, and what is
//! expected is compared with the trace.

mod compile;
mod expect;
pub mod script;
mod unused;
mod verify;

pub(super) use compile::compile;
pub use expect::{Unmet, check_expectations, judge};
pub use unused::unused;
pub use verify::{Verdict, Verified, verify};
