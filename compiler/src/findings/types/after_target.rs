//! Invalid target of `after`.
//!
//! ## Why
//!
//! `after` waits for steps and milestones, and optionally for a time after them (`assessed + 15m`). To wait
//! for a value, use the value: a step waits for everything it names.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task scan(host: Text) -> Float {
//!   step up = prometheus.value("up")
//!     after host
//! //        ^^^^
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
//!   step first = prometheus.value("up")
//!   step up = prometheus.value("up")
//!     after first + 1m
//!   return up
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span, types::Targets};

/// The code.
pub const CODE: &str = "after-target";

/// `name` is a `word`, and `after` can't wait for it.
pub fn kind(name: &str, word: &str, targets: Targets, span: Span) -> Diagnostic {
    let finding =
        Diagnostic::error(CODE, span, format!("`after` can't wait for `{name}`, which is a {word}"));
    let finding = finding.note(allowed(targets));
    match word {
        "cause" => finding.help("wait for `triaged`, which is reached when all causes are decided"),
        _ => finding,
    }
}

/// `name` is neither a step nor a milestone.
pub fn report(name: &str, targets: Targets, span: Span) -> Diagnostic {
    let named = if name.contains('…') { "this".to_owned() } else { format!("`{name}`") };
    let finding =
        Diagnostic::error(CODE, span, format!("`after` can't wait for {named}")).note(allowed(targets));
    match targets {
        Targets::Any => {
            finding.help("write `after STEP`, `after STEP + 5m`, or `after FIRST, SECOND` for several")
        }
        Targets::Steps => finding.help("write `resolved after STEP`"),
    }
}

/// `name` is a step that recurs.
pub fn recurring(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`after` can't wait for `{name}`, which repeats with `every`"))
}

fn allowed(targets: Targets) -> &'static str {
    match targets {
        Targets::Any => {
            "`after` takes steps and milestones, with an optional delay: `deployed`, `assessed + 15m`"
        }
        Targets::Steps => "`resolved after` takes steps",
    }
}
