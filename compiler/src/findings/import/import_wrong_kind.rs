//! Value of the wrong kind.
//!
//! ## Why
//!
//! The intended meaning isn't known, so this part isn't converted. The original tool would have refused it,
//! or ignored it without an error.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: kubectl/get-pods
//!     id: pods
//!     env: checkout
//!     #    ^^^^^^^^
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "{{ $.pods.items }}"
//! ```
//!
//! ## Good
//!
//! ```yaml
//! steps:
//!   - name: kubectl/get-pods
//!     id: pods
//!     env: {NAME_CONTAINS: checkout}
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "{{ $.pods.items }}"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-wrong-kind";

/// Something is of another kind than it has to be: `env` is a text.
pub fn at(span: Span, what: &str, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` should be {wanted}, but this is {found}"))
        .note("it was not converted")
}

/// A step doesn't say what it is.
pub fn no_image(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this step has neither a `name` nor `steps`")
        .note("it was not converted")
        .help("set `name` to the image to run")
}
