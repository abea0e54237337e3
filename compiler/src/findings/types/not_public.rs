//! Internal text would be shown to everybody.
//!
//! ## Why
//!
//! What customers read is made of literals and of values that were declared `Public`. Everything else,
//! alerts and answers of other systems above all, may hold what they shouldn't read. A choice between two
//! public texts may depend on anything.
//!
//! ## Bad
//!
//! ```quell
//! fn notice(reason: Text) -> Public = "Some orders fail: ${reason}"
//! //                                                       ^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn notice(orders: Bool) -> Public = if orders then "Some orders fail." else "We are looking into it."
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-public";

/// A `Text` stands where a `Public` is wanted; `part` is what isn't public in it.
pub fn report(span: Span, part: &Option<Span>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, part.unwrap_or(span), "everybody could read this internal text")
        .note("a `Public` text is made of literals and of values declared `Public`");
    match part {
        Some(_) => finding.label(span, "this text is for everybody"),
        None => finding,
    }
}

/// A Json is read as `Public`.
pub fn cast(target: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `Json` can't be read as `{target}`: it never becomes public"))
        .note("what other systems answer may hold what customers shouldn't read")
}
