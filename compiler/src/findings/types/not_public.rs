//! Internal text in a public message.
//!
//! ## Why
//!
//! Texts for customers are built from literals and values declared `Public`. Everything else, above all
//! alerts and responses of other systems, may contain something that customers shouldn't see. Choosing
//! between two public texts may depend on anything.
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
    let finding = Diagnostic::error(CODE, part.unwrap_or(span), "this internal text would become public")
        .note("a `Public` text may only contain literals and values declared `Public`");
    match part {
        Some(_) => finding.label(span, "this text is public"),
        None => finding,
    }
}

/// A Json is read as `Public`.
pub fn cast(target: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        CODE,
        span,
        format!("a `Json` can't be read as `{target}`, because its content is never public"),
    )
    .note("responses of other systems may contain something that customers shouldn't see")
}
