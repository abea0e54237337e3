//! Functions, values or tasks need themselves.
//!
//! ## Why
//!
//! Every playbook ends. Nothing calls itself, also not by way of others, so each can be looked through to
//! its end before it runs.
//!
//! ## Bad
//!
//! ```quell
//! fn countdown(from: Int) -> Text = if from > 0 then "${from} ${countdown(from - 1)}" else "0"
//! //                                                            ^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! Lists have methods for what else would need recursion; a poll is a `repeat`.
//!
//! ```quell
//! fn countdown(numbers: List<Int>) -> Text = numbers.reverse().map(n => "${n}").join(" ")
//! ```

use crate::{diagnostic::Diagnostic, hir::Item, source::Span};

/// The code.
pub const CODE: &str = "recursion";

/// The items of `path` name each other, each at its span the next, the last one the first.
pub fn report(path: &[(&Item, Span)]) -> Diagnostic {
    let Some((first, span)) = path.first() else {
        return Diagnostic::error(CODE, Span::new(crate::source::FileId(0), 0, 0), "an item needs itself");
    };
    let word = first.kind.word();
    if path.len() == 1 {
        let message = format!("the {word} `{}` needs itself", first.name.text);
        return Diagnostic::error(CODE, *span, message).note("every playbook ends, so nothing calls itself");
    }
    let mut way: Vec<String> = path.iter().map(|(item, _)| format!("`{}`", item.name.text)).collect();
    way.push(format!("`{}`", first.name.text));
    let mut finding = Diagnostic::error(
        CODE,
        *span,
        format!("the {word} `{}` needs itself by way of others", first.name.text),
    );
    for (item, span) in &path[1..] {
        finding = finding.label(*span, format!("`{}` needs the next", item.name.text));
    }
    finding
        .note(format!("the circle is {}", way.join(" → ")))
        .note("every playbook ends, so nothing calls itself")
}
