//! Wait without a limit.
//!
//! ## Why
//!
//! Every playbook ends, and its worst case is known before it runs. So each approval says how long it waits
//! for people, and each poll says what it waits for and for how long.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//!
//! playbook scan {
//!   enrich {
//!     step up = probe.tcp("db.example.com", from: ["eu"])
//!       repeat every 10s until it.any(p => p.ok)
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.probe
//!
//! playbook scan {
//!   enrich {
//!     step up = probe.tcp("db.example.com", from: ["eu"])
//!       repeat every 10s until it.any(p => p.ok), at most 5m
//!   }
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "unbounded-wait";

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// An approval without `within`.
    Approval,
    /// A poll without `at most`.
    Repeat,
    /// A poll without `until`.
    Until,
}

/// A clause that waits without an end.
pub fn unbounded_wait(span: Span, wait: Wait) -> Diagnostic {
    let (message, help, insert) = match wait {
        Wait::Approval => (
            "the approval has no time limit",
            "add `within` with the time that each group has: `within 10m`",
            " within 10m",
        ),
        Wait::Repeat => (
            "the poll has no limit",
            "add `at most` with a time or a number of polls: `at most 10m`",
            ", at most 10m",
        ),
        Wait::Until => {
            ("the poll has no condition", "add `until` with a condition on `it`: `until it.ok`", "")
        }
    };
    let finding = Diagnostic::error(CODE, span, message)
        .note("a playbook must end, so every wait needs a limit")
        .help(help);
    if insert.is_empty() {
        return finding;
    }
    finding.fix(Fix::replace(
        Safety::Unsafe,
        format!("add `{}`", insert.trim_start_matches([',', ' '])),
        span.at_end(),
        insert,
    ))
}
