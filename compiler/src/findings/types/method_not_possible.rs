//! A method needs something of the elements that they haven't.
//!
//! ## Why
//!
//! `sort` needs elements that can be ordered, `sum` such that can be added, `join` texts.
//!
//! ## Bad
//!
//! ```quell
//! fn total(names: List<Text>) -> Text = names.sum()
//! //                                          ^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn total(names: List<Text>) -> Text = names.join(", ")
//! ```

use crate::{
    diagnostic::Diagnostic,
    source::Span,
    types::{Method, Needs},
};

/// The code.
pub const CODE: &str = "method-not-possible";

/// The method can't be used with this type.
pub fn report(method: &Method, ty: &str, span: Span) -> Diagnostic {
    let what = match method.needs {
        Needs::Order => "can be ordered",
        Needs::Equality => "can be compared",
        Needs::Sum => "can be added up: numbers, percents, durations, sizes",
        Needs::Text => "are texts",
        Needs::Nothing => "fit",
    };
    let message = format!("`{}` can't be used with values of type `{ty}`", method.name);
    let finding = Diagnostic::error(CODE, span, message).note(format!("it needs values that {what}"));
    match method.needs {
        Needs::Text => finding.help("make texts of them first: `.map(x => \"${x}\")`"),
        _ => finding,
    }
}
