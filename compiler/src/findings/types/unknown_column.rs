//! Unknown column of a table.
//!
//! ## Why
//!
//! The columns of `table` are the names of fields, written as literals.
//!
//! ## Bad
//!
//! ```quell
//! fn shown(people: List<Person>) -> Text = table(people, columns: ["name", "phone"])
//! //                                                                       ^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn shown(people: List<Person>) -> Text = table(people, columns: ["name", "email"])
//! ```

use crate::{
    diagnostic::Diagnostic,
    findings::{suggest::nearest, words::list},
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-column";

/// `name` isn't among the `fields`.
pub fn report(name: &str, span: Span, fields: &[&str]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("the rows have no column `{name}`"));
    match nearest(name, fields.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.note(format!("the columns are {}", list(fields))),
    }
}

/// A column isn't a literal.
pub fn not_literal(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "the columns of a table must be literals")
        .help("write them out: `columns: [\"name\", \"age\"]`")
}

/// The rows are no records.
pub fn no_records(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a table needs a list of records, and this is a `{found}`"))
}
