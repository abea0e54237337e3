//! Something waits without an end.
//!
//! ## Why
//!
//! Every playbook ends, and its worst case is known before it runs. For that each approval says how
//! long it waits for people, and each poll what it waits for and how long at most.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//!
//! playbook look {
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
//! playbook look {
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
            "the approval doesn't say how long it waits",
            "add `within` and how long each group has",
            " within 10m",
        ),
        Wait::Repeat => ("the poll has no end", "add `at most` and a time, or a number of polls", ", at most 10m"),
        Wait::Until => ("the poll doesn't say what it waits for", "add `until` and a condition over `it`", ""),
    };
    let finding = Diagnostic::error(CODE, span, message)
        .note("a playbook must end, so every wait has a bound")
        .help(help);
    if insert.is_empty() {
        return finding;
    }
    finding.fix(Fix::replace(Safety::Unsafe, format!("add `{}`", insert.trim_start_matches([',', ' '])), span.at_end(), insert))
}
