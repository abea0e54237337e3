//! Duplicate field, variant, parameter or key.
//!
//! ## Why
//!
//! Within a record, enum, parameter list or map each name may be used only once: the second would hide the
//! first.
//!
//! ## Bad
//!
//! ```quell
//! record Host {
//!   name: Text,
//!   name: Text,
//! //^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Host {
//!   name: Text,
//!   rack: Text,
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "duplicate-field";

/// The `what` (field, variant, parameter, key) `name` was declared at `first` already.
pub fn report(what: &str, name: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("duplicate {what} `{}`", name.text))
        .label(first, "first one")
        .help("rename one of them, or remove it")
}
