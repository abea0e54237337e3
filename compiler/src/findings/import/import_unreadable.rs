//! A file that is to be imported can't be read.
//!
//! ## Why
//!
//! What stands below the place is unknown, so nothing of the file is converted: half a playbook is worse
//! than none.
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
