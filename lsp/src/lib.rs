//! The language server of Quell.
//!
//! [`ide`] holds the features: functions over an immutable [`Snapshot`](ide::Snapshot) that return
//! plain data with offsets of bytes. [`server`] speaks the protocol: it takes in edits, schedules
//! work, and turns positions and results into what editors know. [`workspace`] is the files of a
//! session, saved or not.

pub mod ide;
pub mod server;
pub mod workspace;

pub use server::{Ended, serve};
