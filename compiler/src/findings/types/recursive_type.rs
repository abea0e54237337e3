//! A type is made of itself.
//!
//! ## Why
//!
//! An alias that stands for itself stands for nothing, and a record that has to hold a record of its own
//! kind could never be built: the innermost one would lack its field. A `List` or a `T?` of the same kind
//! is fine.
//!
//! ## Bad
//!
//! ```quell
//! record Node {
//!   parent: Node,
//! //        ^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Node {
//!   parent: Node?,
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "recursive-type";

/// The alias stands for itself.
pub fn alias(name: &Ident) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("the type `{}` stands for itself", name.text))
}

/// The record holds itself by way of the field.
pub fn record(name: &Ident, field: &Ident, span: Span) -> Diagnostic {
    let message = format!("no `{}` can ever be built: its field `{}` leads back to it", name.text, field.text);
    Diagnostic::error(CODE, span, message)
        .label(name.span, "the record is declared here")
        .help("put a `?` behind the type, so that there may be none")
}

/// Types nest too deeply.
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "the type is nested too deeply")
        .help("give the parts names of their own, as records")
}
