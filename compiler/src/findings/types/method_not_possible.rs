//! Method not supported by the elements.
//!
//! ## Why
//!
//! `sort` needs elements that can be ordered, `sum` elements that can be added, and `join` texts.
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
        Needs::Sum => "can be added: numbers, percentages, durations or sizes",
        Needs::Text => "are texts",
        Needs::Nothing => "match",
    };
    let message = format!("`{}` can't be used with values of type `{ty}`", method.name);
    let finding = Diagnostic::error(CODE, span, message).note(format!("it needs elements that {what}"));
    match method.needs {
        Needs::Text => finding.help("convert them to text first: `.map(x => \"${x}\")`"),
        _ => finding,
    }
}
