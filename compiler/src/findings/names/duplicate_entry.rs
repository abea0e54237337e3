//! An action says twice what it says once: a binding, or a line of one.
//!
//! ## Why
//!
//! The second would replace the first, or the other way round; a reader can't tell. A request has one
//! body: `json`, `form` or `body`.
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
        format!("`{word}` stands here a second time")
    } else {
        format!("a request has one body, and `{other}` gives it already")
    };
    Diagnostic::error(CODE, span, message).label(first, "here is the first")
}

/// The action is carried out in two ways.
pub fn binding(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "the action is carried out in two ways")
        .label(first, "here is the first")
        .help("make it two actions")
}
