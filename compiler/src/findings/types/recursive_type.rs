//! Recursive type.
//!
//! ## Why
//!
//! An alias of itself has no meaning, and a record that requires another record of the same type could never
//! be built. A `List` or a `T?` of the same type is fine.
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
    Diagnostic::error(CODE, name.span, format!("the type `{}` is an alias of itself", name.text))
}

/// The record holds itself by way of the field.
pub fn record(name: &Ident, field: &Ident, span: Span) -> Diagnostic {
    let message = format!("`{}` can never be built: its field `{}` contains it again", name.text, field.text);
    Diagnostic::error(CODE, span, message)
        .label(name.span, "record declared here")
        .help("add `?` after the type, so that the field may be `none`")
}

/// Types nest too deeply.
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "the type is nested too deeply").help("split it into several records")
}
