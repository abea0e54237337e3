//! A key that the format doesn't know.
//!
//! ## Why
//!
//! YAML takes every key. One that is misspelt is passed over by the tool that reads the file, and whoever
//! wrote it believes that it counts.
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
    let finding = Diagnostic::warning(CODE, span, format!("the format knows no key `{key}` here"))
        .note("it has no effect, and was not converted");
    let lower = key.to_lowercase();
    match nearest(&lower, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// The key stands twice in one mapping.
pub fn twice(span: Span, first: Span, key: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the key `{key}` stands here twice"))
        .label(first, "first here")
        .note("only one of them can count; the first was converted")
}
