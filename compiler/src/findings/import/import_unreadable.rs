//! A file that is to be imported can't be read.
//!
//! ## Why
//!
//! What stands below the place is unknown, so nothing of the file is converted: half a playbook is worse
//! than none. A template that the original tool would refuse, or that Quell can't write, stays as the text
//! that it is; the rest of the playbook is converted.
//!
//! ## Bad
//!
//! ```yaml
//! kind: Playbook
//! steps:
//!   - name: slack/message/dynamic
//!    id: say
//!  # ^
//! ```
//!
//! ## Good
//!
//! ```yaml
//! kind: Playbook
//! steps:
//!   - name: slack/message/dynamic
//!     id: say
//!     env: {RECIPIENTS: '#ops', MESSAGE_TEXT: We look at it.}
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-unreadable";

/// The file ends to be YAML at `span`.
pub fn not_yaml(span: Span, why: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("this is not YAML: {why}"))
        .note("what stands below it is unknown, so nothing was converted")
}

/// The file is YAML, but no playbook.
pub fn no_playbook(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "no playbook of StackPulse is in this file")
        .note("a playbook has `kind: Playbook` and a list of `steps`")
}

/// A template that the original tool would refuse to run.
pub fn template(span: Span, why: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("this template was left as text: {why}"))
        .help("write what it means in the converted playbook")
}

/// A template that means something, but whose conversion isn't Quell.
pub fn no_expression(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this template was left as text: Quell has no way to write it")
        .note("it nests deeper than an expression in Quell may, or its conversion doesn't parse")
        .help("write what it means in the converted playbook")
}

/// A playbook whose conversion doesn't parse, whatever is left out of it.
pub fn no_result(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this playbook can't be converted: the result would not be valid Quell")
        .note("this is a bug in Quell; nothing was written for this playbook")
        .help("report it with this file")
}
