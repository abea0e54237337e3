//! Duplicate statement.
//!
//! ## Why
//!
//! A playbook sets one severity and has one `resolved after`, and a task returns one value.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task scan() -> Float {
//!   step up = prometheus.value("up")
//!   return up
//!   return up
//! //^^^^^^
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
pub const CODE: &str = "duplicate-statement";

/// The statement that begins with `word` stands at `first` already.
pub fn report(word: &str, span: Span, first: Span) -> Diagnostic {
    let keyword = word.split(' ').next().unwrap_or(word).len() as u32;
    let short = |span: Span| Span { end: span.end.min(span.start + keyword), ..span };
    let help = match word {
        "resolved after" => "list all steps on one line: `resolved after a, b`",
        _ => "combine the two into one expression with `if` or `match`",
    };
    Diagnostic::error(CODE, short(span), format!("duplicate `{word}`"))
        .label(short(first), "first one")
        .help(help)
}
