//! Unused parameter.
//!
//! ## Why
//!
//! The person who starts the playbook provides a value that has no effect. Often another name is used in its
//! place.
//!
//! ## Bad
//!
//! ```yaml
//! parameters:
//!   - name: reason
//!   #       ^^^^^^
//!     type: var
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: checkout-1
//! ```
//!
//! ## Good
//!
//! ```yaml
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: checkout-1
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-unused-parameter";

/// No template names the parameter.
pub fn at(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("nothing uses the parameter `{name}`"))
        .note("it was not converted")
}
