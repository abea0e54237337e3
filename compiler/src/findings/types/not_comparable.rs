//! Values that can't be compared.
//!
//! ## Why
//!
//! `==` compares two values of the same type, or a `T?` with a `T`. `<`, `<=`, `>` and `>=` compare numbers,
//! quantities, times, texts, and the variants of an `ordered enum`.
//!
//! ## Bad
//!
//! ```quell
//! enum Colour { red, green }
//!
//! fn more(colour: Colour) -> Bool = colour > red
//! //                                ^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! ordered enum Colour { red, green }
//!
//! fn more(colour: Colour) -> Bool = colour > red
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-comparable";

/// The two have nothing in common.
pub fn report(left: &str, right: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{left}` and `{right}` can't be compared"))
}

/// Values of this type have no order.
pub fn unordered(ty: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("values of type `{ty}` have no order"))
}

/// The variants of this enum have no order.
pub fn unordered_enum(ty: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("the variants of `{ty}` have no order"))
        .help("if the first variant is the lowest, declare it as `ordered enum`");
    match declared {
        Some(declared) => finding.label(declared, "declared here"),
        None => finding,
    }
}

/// Values of this kind can't be compared at all.
pub fn kind(ty: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a {ty} can't be compared"))
}

/// A Json is compared with `none`.
pub fn json_with_none(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "a `Json` is never `none`")
        .note("whether a field of a Json document is missing is only known when it is converted with `as`")
        .help("convert it to an optional type first: `... as Text?`")
}

/// What stands behind `in`, or is searched, holds nothing.
pub fn no_container(ty: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`in` can't search a `{ty}`"))
        .note("`in` searches for an element of a list, a key of a map, or a part of a text")
}
