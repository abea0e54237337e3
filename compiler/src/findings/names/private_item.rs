//! Private item of another module.
//!
//! ## Why
//!
//! The author of a module may change or remove a private item without checking other modules.
//!
//! ## Bad
//!
//! ```quell
//! use std.slack (channel_name)
//! //             ^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! Use what the module offers.
//!
//! ```quell
//! use std.slack (create_channel)
//! ```

use crate::{diagnostic::Diagnostic, names::Export, source::Span};

/// The code.
pub const CODE: &str = "private-item";

/// `name` is `export` of `module`, which is private there.
pub fn report(name: &str, span: Span, export: &Export, module: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the {} `{name}` is private to `{module}`", export.kind.word()))
        .label(export.span, "declared here")
        .help("use a public item of the module, or remove `private` there")
}
