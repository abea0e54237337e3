//! Type mismatch.
//!
//! ## Why
//!
//! There are no implicit conversions, because the meaning of a text or a number depends on where it came
//! from. Exceptions: a `Public` is also a `Text`; and a person, a list of persons or a team is also `People`.
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

/// `left or right` at `span`, where `left` isn't a condition, as `mismatch` says.
pub fn or_as_default(mut mismatch: Diagnostic, left: &str, right: &str, span: Span) -> Diagnostic {
    let (left, right) = (short(left, "x"), short(right, "DEFAULT"));
    mismatch.help = vec![format!("`or` joins conditions; for a default value, write `{left} ?? {right}`")];
    mismatch.label(span, "`or` needs a condition on each side")
}

fn short<'a>(shown: &'a str, otherwise: &'a str) -> &'a str {
    if shown.contains('…') { otherwise } else { shown }
}

/// Elements of a list, or branches, have nothing in common.
pub fn mixed(first: (&str, Span), second: (&str, Span), what: &str) -> Diagnostic {
    Diagnostic::error(CODE, second.1, format!("the {what} have different types"))
        .at(format!("this is `{}`", second.0))
        .label(first.1, format!("this is `{}`", first.0))
        .note(format!("all {what} must have the same type"))
}

/// A `found` stands where a lambda is wanted.
pub fn function_wanted(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected a lambda, found `{found}`"))
        .help("pass a lambda that is applied to each element: `x => ...`")
}

/// A lambda stands where nobody calls it.
pub fn function_out_of_place(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "a lambda isn't allowed here")
        .note("lambdas are only passed to methods of lists, such as `filter` and `map`")
        .help("to name an argument, write `NAME: VALUE`; to declare a function, `fn NAME(x: TYPE) -> TYPE = ...`; to compare, `>=`")
}

/// A lambda takes another number of values than it is given.
pub fn lambda_parameters(found: usize, wanted: usize, span: Span) -> Diagnostic {
    let values = if wanted == 1 { "value" } else { "values" };
    Diagnostic::error(CODE, span, format!("this lambda takes {found} values, but gets {wanted} {values}"))
}

/// A map literal stands for a record.
pub fn map_for_record(record: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected `{record}`, found a map"))
        .help(format!("build the record with a call: `{record}(NAME: VALUE)`"))
}

/// A value can't stand in a Json literal.
pub fn not_json(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{found}` can't be part of a Json document"))
        .note("Json consists of texts, numbers, `true`, `false`, lists and objects")
        .help("convert it to text with `\"${...}\"`, or list its fields")
}

/// A value can't stand in a text.
pub fn not_shown(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a value of type `{found}` can't be shown as text"))
        .help("show one of its fields")
}

/// What is told or asked isn't a person.
pub fn no_people(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` isn't a person, a list of persons or a team"))
}
