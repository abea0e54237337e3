//! The language server of Quell.
//!
//! [`ide`] contains the features: functions over an immutable [`Snapshot`](ide::Snapshot) that return
//! plain data with byte offsets. [`server`] implements the protocol: it receives edits, schedules
//! work, and converts positions and results to the protocol's types. [`workspace`] is the files of a
//! session, saved or not.

pub mod ide;
pub mod server;
pub mod workspace;

pub use server::{Ended, serve};
