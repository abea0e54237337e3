//! Duplicate entry in an action.
//!
//! ## Why
//!
//! An action has one binding, and each line of a binding may appear only once. A request has a single body:
//! `json`, `form` or `body`.
//!
//! ## Bad
//!
//! ```quell
//! action uptime(host: Text) -> Json reads {
//!   http GET "https://${host}/uptime" {
//!     json { host: host }
//!     form { host: host }
//! //  ^^^^
//!     return body
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action uptime(host: Text) -> Json reads {
//!   http GET "https://${host}/uptime" {
//!     json { host: host }
//!     return body
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "duplicate-entry";

/// The entry `word` stands at `first` already, as itself or as `other`.
pub fn report(word: &str, span: Span, other: &str, first: Span) -> Diagnostic {
    let message = if word == other {
        format!("duplicate `{word}`")
    } else {
        format!("a request has only one body, and `{other}` already sets it")
    };
    Diagnostic::error(CODE, span, message).label(first, "first one")
}

/// The action is carried out in two ways.
pub fn binding(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "the action has two bindings")
        .label(first, "first one")
        .help("split it into two actions")
}
