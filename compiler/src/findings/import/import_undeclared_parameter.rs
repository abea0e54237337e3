//! Template that uses an undeclared parameter.
//!
//! ## Why
//!
//! At run time the template is replaced with an empty text, without an error, and the step acts on nothing,
//! or on everything. The converted playbook declares the parameter as a required input.
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
        .note("it is always empty in the original; the converted playbook has it as a required input");
    match nearest(name, declared.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if declared.is_empty() => finding.help("declare it under `parameters`"),
        None => finding.help(format!("the declared parameters are {}", listed(declared))),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
