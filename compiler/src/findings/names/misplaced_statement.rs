//! A statement stands where it means nothing.
//!
//! ## Why
//!
//! `severity` belongs to enrich or triage, `cause` to triage, `suspect when` and `rule out when` to a
//! cause, `resolved after` to remediate, `return` to the end of a task. A step with `every` belongs to a
//! playbook, since it goes on as long as the run does.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Float {
//!   step up = prometheus.value("up")
//!   severity = major
//! //^^^^^^^^
//!   return up
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Float {
//!   step up = prometheus.value("up")
//!   return up
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "misplaced-statement";

/// The statement that begins with `word` can't stand in `place`.
pub fn report(word: &str, span: Span, place: &str) -> Diagnostic {
    let first = word.split(' ').next().unwrap_or(word);
    let keyword = Span { end: span.end.min(span.start + first.len() as u32), ..span };
    let belongs = match first {
        "severity" => "it belongs to enrich or triage, outside of groups and causes",
        "resolved" => "it belongs to remediate, outside of groups",
        "return" => "it belongs to the end of a task",
        "cause" => "it belongs to triage, outside of groups and causes",
        _ => "it belongs to a cause, outside of groups",
    };
    Diagnostic::error(CODE, keyword, format!("`{word}` can't stand in {place}")).note(belongs)
}

/// A step of a task recurs: the clause stands at `span`.
pub fn recurring(span: Span) -> Diagnostic {
    let keyword = Span { end: span.end.min(span.start + "every".len() as u32), ..span };
    Diagnostic::error(CODE, keyword, "`every` can't be used in a task")
        .note("a step with `every` goes on as long as the run does, and a task ends before that")
        .help("move the step to a playbook, or poll with `repeat every ... until ..., at most ...`")
}

/// `return` isn't the last statement of its task; `last` is.
pub fn not_last(span: Span, last: Span) -> Diagnostic {
    let keyword = Span { end: span.end.min(span.start + "return".len() as u32), ..span };
    Diagnostic::error(CODE, keyword, "`return` isn't the last statement of its task")
        .label(last, "this stands behind it")
        .note("a task gives its value when all its steps are done; what stands behind reads as if it came later")
        .help("move `return` to the end")
}
