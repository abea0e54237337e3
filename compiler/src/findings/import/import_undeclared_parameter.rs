//! A template names a parameter that isn't declared.
//!
//! ## Why
//!
//! A template that names nothing gives an empty text while the playbook runs: nobody is told, and the step
//! acts on nothing, or on everything. The converted playbook declares it as an input, so that it has to be
//! given.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: "{{ $.params.pod }}"
//!       #                ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```yaml
//! parameters:
//!   - name: pod
//!     type: var
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: "{{ $.params.pod }}"
//! ```

use crate::{diagnostic::Diagnostic, findings::suggest::nearest, source::Span};

/// The code.
pub const CODE: &str = "import-undeclared-parameter";

/// The parameter `name` is none of the `declared`.
pub fn at(span: Span, name: &str, declared: &[&str]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("the parameter `{name}` is not declared"))
        .note("it is empty whenever the playbook runs; in Quell it became an input that has to be given");
    match nearest(name, declared.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if declared.is_empty() => finding.help("declare it under `parameters`"),
        None => finding.help(format!("declared are {}", listed(declared))),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
