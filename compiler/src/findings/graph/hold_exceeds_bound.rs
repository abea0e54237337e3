//! A `repeat` is cut before its condition can have held long enough.
//!
//! ## Why
//!
//! `for D` asks that the condition holds at each poll during D. If `at most` ends the polls sooner,
//! the step can only fail, however healthy the service is.
//!
//! ## Bad
//!
//! ```quell
//! use std.postgres
//! use std.postgres (Database)
//!
//! /// Waits until the database takes writes.
//! task settle(database: Database) -> Bool {
//!   step steady = postgres.write_check(database)
//!     repeat every 10s until it.ok for 10m, at most 10m
//! //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   return steady.ok
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.postgres
//! use std.postgres (Database)
//!
//! /// Waits until the database takes writes.
//! task settle(database: Database) -> Bool {
//!   step steady = postgres.write_check(database)
//!     repeat every 10s until it.ok for 2m, at most 10m
//!   return steady.ok
//! }
//! ```

use super::duration_text;
use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "hold-exceeds-bound";

/// The `repeat` at `span` asks that its condition holds for longer than it polls.
pub fn finding(span: Span, hold: i64) -> Diagnostic {
    let hold = duration_text(hold);
    Diagnostic::error(CODE, span, format!("this ends before its condition can have held for {hold}"))
        .note("when the bound is used up, the step fails")
        .help("ask for less after `for`, or allow more after `at most`")
}
