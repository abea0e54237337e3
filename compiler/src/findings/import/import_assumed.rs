//! The file doesn't say something that Quell has to know.
//!
//! ## Why
//!
//! Quell asks for what matters at three in the morning: what a step does to the world, who owns a playbook, how
//! bad it is. Where the file is silent the converted playbook assumes something on the safe side, and this
//! finding says what.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: acme/frobnicate
//!   #       ^^^^^^^^^^^^^^^
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

use crate::{diagnostic::{Diagnostic, Level}, source::Span};

/// The code.
pub const CODE: &str = "import-assumed";

/// Something was assumed.
pub fn at(span: Span, what: &str, advice: &str) -> Diagnostic {
    Diagnostic::new(CODE, Level::Info, span, what).help(advice)
}
