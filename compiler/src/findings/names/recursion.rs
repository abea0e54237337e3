//! Recursive function, value or task.
//!
//! ## Why
//!
//! Every playbook ends, and what it does can be followed to the end before it runs. So nothing may call
//! itself, directly or through others.
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
        return Diagnostic::error(
            CODE,
            Span::new(crate::source::FileId(0), 0, 0),
            "an item depends on itself",
        );
    };
    let word = first.kind.word();
    if path.len() == 1 {
        let message = format!("the {word} `{}` depends on itself", first.name.text);
        return Diagnostic::error(CODE, *span, message)
            .note("recursion isn't allowed, because every playbook must end");
    }
    let mut way: Vec<String> = path.iter().map(|(item, _)| format!("`{}`", item.name.text)).collect();
    way.push(format!("`{}`", first.name.text));
    let mut finding = Diagnostic::error(
        CODE,
        *span,
        format!("the {word} `{}` depends on itself through others", first.name.text),
    );
    for (item, span) in &path[1..] {
        finding = finding.label(*span, format!("`{}` depends on the next one", item.name.text));
    }
    finding
        .note(format!("the circle is {}", way.join(" → ")))
        .note("recursion isn't allowed, because every playbook must end")
}
