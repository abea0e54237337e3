//! `after` names something that doesn't happen.
//!
//! ## Why
//!
//! `after` waits for steps and milestones, and for a time behind them (`assessed + 15m`). Values are waited
//! for by naming them where they are used.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task look(host: Text) -> Float {
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
//! task look() -> Float {
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
    let finding = Diagnostic::error(CODE, span, format!("`{name}` is a {word}, and nothing can come after it"));
    let finding = finding.note(allowed(targets));
    match word {
        "cause" => finding.help("`triaged` comes when all causes are decided"),
        _ => finding,
    }
}

/// `name` is neither a step nor a milestone.
pub fn report(name: &str, targets: Targets, span: Span) -> Diagnostic {
    let named = if name.contains('…') { "this".to_owned() } else { format!("`{name}`") };
    Diagnostic::error(CODE, span, format!("nothing can come after {named}")).note(allowed(targets))
}

/// `name` is a step that recurs.
pub fn recurring(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the step `{name}` recurs, so nothing can come after it"))
}

fn allowed(targets: Targets) -> &'static str {
    match targets {
        Targets::Any => "`after` names steps and milestones, and delays: `deployed`, `assessed + 15m`",
        Targets::Steps => "`resolved after` names steps",
    }
}
