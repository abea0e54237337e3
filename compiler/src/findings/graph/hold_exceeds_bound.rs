//! Poll that ends before its condition can hold.
//!
//! ## Why
//!
//! `for D` requires that the condition holds at every poll for the duration D. If `at most` ends the polls
//! before that, the step always fails, no matter how healthy the service is.
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
    Diagnostic::error(CODE, span, format!("this poll ends before its condition can hold for {hold}"))
        .note("when the limit is reached, the step fails")
        .help("shorten the time after `for`, or extend the limit after `at most`")
}
