//! Question without possible answers.
//!
//! ## Why
//!
//! The person asked either chooses from `options`, or enters a value of the type that the step declares.
//!
//! ## Bad
//!
//! ```quell
//! task consult(people: People) -> Text {
//!   step word = ask(people, "Who says so?", within: 5m)
//! //            ^^^
//!   return "it was ${word}"
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! task consult(people: People) -> Text {
//!   step word: Text = ask(people, "Who says so?", within: 5m)
//!   return "it was ${word}"
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unknown-answer";

/// `name` (`ask`, `ask_many`) has neither options nor a declared type.
pub fn report(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this question has no options and no answer type").help(format!(
        "add `options: [...]`, or declare the type of the answer: `step NAME: Bool = {name}(...)`"
    ))
}

/// Nobody can be asked for a value of this type.
pub fn not_askable(name: &str, ty: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("a question for a `{ty}` needs options"));
    match name {
        "ask_many" => finding.note("without options, `ask_many` returns a list of an enum's variants"),
        _ => finding.note(
            "without options, the answer is a `Bool`, a text, a number, a quantity or a variant of an enum",
        ),
    }
    .help("add `options: [...]`")
}
