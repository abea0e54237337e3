//! File that can't be imported.
//!
//! ## Why
//!
//! The rest of the file after this place can't be understood, so nothing is converted: half a playbook is
//! worse than none. A template that the original tool would refuse, or that can't be written in Quell, is
//! kept as text; the rest of the playbook is converted.
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
        .note("the rest of the file can't be read, so nothing was converted")
}

/// The file is YAML, but no playbook.
pub fn no_playbook(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this file has no StackPulse playbook")
        .note("a playbook has `kind: Playbook` and a list of `steps`")
}

/// A template that the original tool would refuse to run.
pub fn template(span: Span, why: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("this template was kept as text: {why}"))
        .help("write what it means in the converted playbook")
}

/// A template that means something, but whose conversion isn't Quell.
pub fn no_expression(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this template was kept as text: it can't be written in Quell")
        .note("it is nested too deeply for a Quell expression, or its conversion doesn't parse")
        .help("write what it means in the converted playbook")
}

/// A playbook whose conversion doesn't parse, whatever is left out of it.
pub fn no_result(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this playbook can't be converted: the result would not be valid Quell")
        .note("this is a bug in Quell; nothing was written for this playbook")
        .help("report it with this file")
}
