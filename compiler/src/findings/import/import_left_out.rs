//! Something has no counterpart in Quell and was left out.
//!
//! ## Why
//!
//! The converted playbook does everything that it can say. What is listed here it doesn't say: look whether it
//! is needed, and add it by hand.
//!
//! ## Bad
//!
//! ```text
//! steps:
//!   - name: kubectl/delete
//!     retry:
//!       count: 3
//! ```
//!
//! ## Good
//!
//! ```text
//! steps:
//!   - name: kubectl/delete
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-left-out";

/// `what` was left out, because `why`.
pub fn at(span: Span, what: &str, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{what} was left out")).note(why)
}

/// A template can't be read or said.
pub fn template(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("this template was left as text: {why}"))
        .help("write what is meant in the converted playbook")
}
