//! Unknown key.
//!
//! ## Why
//!
//! YAML accepts every key. The tool that reads the file ignores one that is misspelled, and the author
//! believes that it has an effect.
//!
//! ## Bad
//!
//! ```yaml
//! parameters:
//!   - name: pod
//!     type: var
//!     Description: The pod that goes.
//!   # ^^^^^^^^^^^
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: "{{ $.params.pod }}"
//! ```
//!
//! ## Good
//!
//! ```yaml
//! parameters:
//!   - name: pod
//!     type: var
//!     description: The pod that goes.
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: "{{ $.params.pod }}"
//! ```

use crate::{diagnostic::Diagnostic, findings::suggest::nearest, source::Span};

/// The code.
pub const CODE: &str = "import-unknown-key";

/// `key` is not among the keys that can stand there.
pub fn at(span: Span, key: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::warning(CODE, span, format!("unknown key `{key}`"))
        .note("it has no effect in the original and was not converted");
    let lower = key.to_lowercase();
    match nearest(&lower, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// The key stands twice in one mapping.
pub fn twice(span: Span, first: Span, key: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the key `{key}` is set twice"))
        .label(first, "first here")
        .note("the first one was converted")
}
