//! Use of a value that doesn't exist.
//!
//! ## Why
//!
//! An action or task without `->` has no value, and neither does `manual` in a step without a type, or a step
//! that repeats with `every`. Such a step can still be named in `after`.
//!
//! ## Bad
//!
//! ```quell
//! action drain(host: Text) changes {
//!   idempotent
//!   irreversible "connections are closed"
//! }
//!
//! task scan(host: Text) -> Text {
//!   step drained = drain(host)
//!   return drained
//! //       ^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action drain(host: Text) -> Text changes {
//!   idempotent
//!   irreversible "connections are closed"
//! }
//!
//! task scan(host: Text) -> Text {
//!   step drained = drain(host)
//!   return drained
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "no-value";

/// Why a step has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// What it calls gives none.
    Nothing,
    /// It recurs.
    Recurring,
}

/// The step `name` has no value and is named.
pub fn named(name: &Ident, why: Why, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("the step `{}` has no value", name.text));
    match why {
        Why::Nothing => finding.label(name.span, "this call returns no value"),
        Why::Recurring => finding
            .label(name.span, "this step repeats with `every`")
            .note("a step that repeats has no single value, and other steps can't wait for it"),
    }
}

/// A call that gives no value is used as one.
pub fn call(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this returns no value")
}

/// `on failure use` gives a value to a step that has none.
pub fn instead(name: &Ident, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the step `{}` has no value that this could replace", name.text))
        .help("write `on failure continue`")
}

/// A scenario sets the value of `target`, which has none.
pub fn given(target: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{target}` has no value, so a scenario can't set one"))
        .note("it calls an action or task without `->`, or `manual` without an answer")
        .help(format!("write `given {target} taking 9m` if it succeeds, or `given {target} fails \"why\"`"))
}
