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
    Diagnostic::error(CODE, span, format!("`{left}` and `{right}` can't be compared")).help(
        match (left, right) {
            ("Duration", _) | (_, "Duration") => {
                "write a duration with its unit and without quotes: `5m`".to_owned()
            }
            ("Severity", _) | (_, "Severity") => {
                "write the severity without quotes: `critical`, `major`, `minor` or `info`".to_owned()
            }
            ("Size", _) | (_, "Size") => "write a size with its unit and without quotes: `5GiB`".to_owned(),
            ("Percent", _) | (_, "Percent") => {
                "write a percentage with its sign and without quotes: `5%`".to_owned()
            }
            ("Text" | "Public", "Int") | ("Int", "Text" | "Public") => {
                "convert the text with `.to_int()`, or write the number without quotes".to_owned()
            }
            ("Json", other) | (other, "Json") => format!("convert the document first: `(... as {other})`"),
            _ => "compare values of the same type; to compare as texts, write `\"${...}\"`".to_owned(),
        },
    )
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
        .help("write a list, such as `x in [1, 2]`; for a range, `x >= 1 and x <= 5`")
}
