//! A value has another type than its place wants.
//!
//! ## Why
//!
//! Nothing is converted by itself: what a text or a number means depends on who wrote it. The exceptions
//! are a `Public`, which is a `Text` too, and a person, a list of persons or a team, which are `People`.
//!
//! ## Bad
//!
//! ```quell
//! fn greeting(count: Int) -> Text = count
//! //                                ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn greeting(count: Int) -> Text = "${count} alerts"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "type-mismatch";

/// A `found` stands where an `expected` is wanted.
pub fn report(found: &str, expected: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected `{expected}`, found `{found}`"))
}

/// Elements of a list, or branches, have nothing in common.
pub fn mixed(first: (&str, Span), second: (&str, Span), what: &str) -> Diagnostic {
    Diagnostic::error(CODE, second.1, format!("the {what} have different types"))
        .at(format!("this is `{}`", second.0))
        .label(first.1, format!("this is `{}`", first.0))
        .note(format!("all {what} have one type"))
}

/// A `found` stands where a lambda is wanted.
pub fn function_wanted(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected a lambda, found `{found}`"))
        .help("write what is to be done with each element: `x => ...`")
}

/// A lambda stands where nobody calls it.
pub fn function_out_of_place(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "a lambda can't stand here")
        .note("lambdas are given to the methods of lists, such as `filter` and `map`")
}

/// A lambda takes another number of values than it is given.
pub fn lambda_parameters(found: usize, wanted: usize, span: Span) -> Diagnostic {
    let values = if wanted == 1 { "value" } else { "values" };
    Diagnostic::error(CODE, span, format!("this lambda takes {found} values and is given {wanted} {values}"))
}

/// A map literal stands for a record.
pub fn map_for_record(record: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected `{record}`, found a map"))
        .help(format!("a record is built like a call: `{record}(...)`"))
}

/// A value can't stand in a Json literal.
pub fn not_json(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{found}` can't stand in a Json document"))
        .note("Json has texts, numbers, `true`, `false`, lists and objects")
        .help("make it a text with `\"${...}\"`, or write its fields out")
}

/// A value can't stand in a text.
pub fn not_shown(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a value of type `{found}` can't be shown"))
        .help("show one of its members")
}

/// What is told or asked isn't a person.
pub fn no_people(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` is neither a person, nor a list of persons, nor a team"))
}
