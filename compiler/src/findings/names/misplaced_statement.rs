//! Statement in the wrong place.
//!
//! ## Why
//!
//! `severity` belongs in enrich or triage, `cause` in triage, `suspect when` and `rule out when` in a cause,
//! `resolved after` in remediate, and `return` at the end of a task. A step with `every` belongs in a
//! playbook, because it repeats for as long as the run lasts.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task scan() -> Float {
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
//! task scan() -> Float {
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
        "severity" => "move it to enrich or triage, outside of groups and causes",
        "resolved" => "move it to remediate, outside of groups",
        "return" => {
            "only a task returns a value, with `return` as its last line; a playbook has steps and `let`s"
        }
        "cause" => "move it to triage, outside of groups and causes",
        _ => "move it into a cause, outside of groups",
    };
    Diagnostic::error(CODE, keyword, format!("`{word}` isn't allowed in {place}")).help(belongs)
}

/// A step of a task recurs: the clause stands at `span`.
pub fn recurring(span: Span) -> Diagnostic {
    let keyword = Span { end: span.end.min(span.start + "every".len() as u32), ..span };
    Diagnostic::error(CODE, keyword, "`every` can't be used in a task")
        .note("a step with `every` repeats for as long as the run lasts, and a task ends earlier")
        .help("move the step to a playbook, or poll with `repeat every 10s until ..., at most 10m`")
}

/// `return` must be the last statement of its task; `last` is.
pub fn not_last(span: Span, last: Span) -> Diagnostic {
    let keyword = Span { end: span.end.min(span.start + "return".len() as u32), ..span };
    Diagnostic::error(CODE, keyword, "`return` must be the last statement of its task")
        .label(last, "this follows it")
        .note("a task returns its value when all its steps are done, including those after `return`")
        .help("move `return` to the end")
}
