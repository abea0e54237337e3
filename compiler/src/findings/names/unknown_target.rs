//! Unknown step, action, module or person in a scenario.
//!
//! ## Why
//!
//! A `given` for something that never happens would have no effect, and an `expect` for it would test
//! nothing.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   given bussy returns 3%
//! //      ^^^^^
//!   expect completed
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   given busy returns 3%
//!   expect completed
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{
        suggest::nearest,
        words::{either, list},
    },
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-target";

/// More names than these aren't listed.
const MOST: usize = 8;

/// `path` at `span` names nothing of the kind `wanted` ("step", "step or action"); `candidates` would.
pub fn report(path: &str, span: Span, wanted: &str, candidates: &[String]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("the playbook has no {wanted} named `{path}`"));
    if matches!(path, "now" | "time" | "start" | "clock" | "date") {
        return finding.help("write `given start at time(\"2026-01-02T03:04:05Z\")`");
    }
    match nearest(path, candidates.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            span,
            near,
        )),
        None => match candidates {
            [] => finding
                .help(format!("add the {} to the playbook", wanted.split(' ').next().unwrap_or(wanted))),
            few if few.len() <= MOST => {
                let few: Vec<&str> = few.iter().map(String::as_str).collect();
                finding.help(format!("write one of these: {}", list(&few)))
            }
            _ => finding.help(format!("write the name of a {wanted}")),
        },
    }
}

/// `given STEP = ...`: the step `name` isn't an input.
pub fn step_value(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` is a step, not an input or event"))
        .help(format!("write `given {name} returns VALUE`"))
}

/// `given severity = ...`.
pub fn severity(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "a scenario can't set the severity")
        .note("the playbook computes the severity from other values")
        .help("set the values that it depends on, such as `given STEP returns VALUE`")
}

/// `path` at `span` names a `word` where a `wanted` is needed.
pub fn wrong_kind(path: &str, span: Span, word: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{path}` is a {word}, not a {wanted}"))
        .help(format!("write the name of a {wanted}"))
}

/// Several modules that the playbook uses are called `name`.
pub fn ambiguous(name: &str, span: Span, paths: &[String]) -> Diagnostic {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    Diagnostic::error(CODE, span, format!("several modules are named `{name}`"))
        .help(format!("write {}", either(&paths)))
}
