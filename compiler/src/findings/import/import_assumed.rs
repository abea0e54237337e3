//! An assumption was needed.
//!
//! ## Why
//!
//! Quell needs to know what matters at three in the morning: what a step does to the world, who owns a
//! playbook, how severe it is. Where the file doesn't have that, the converted playbook assumes something on
//! the safe side, and this finding reports it.
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

use crate::{
    diagnostic::{Diagnostic, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "import-assumed";

/// Something was assumed.
pub fn at(span: Span, what: &str, advice: &str) -> Diagnostic {
    Diagnostic::new(CODE, Level::Info, span, what).help(advice)
}
