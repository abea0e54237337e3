//! Value that may be missing.
//!
//! ## Why
//!
//! A `T?` is a `T` or `none`, and 3 a.m. is the wrong time to find out which. Decide what happens without the
//! value: check `!= none` first, provide a default with `??`, pass `none` on with `?.`, handle both cases
//! with `match`, or stop with a reason with `need(x, "why")`.
//!
//! ## Bad
//!
//! ```quell
//! fn shout(note: Text?) -> Text = note.upper()
//! //                              ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn shout(note: Text?) -> Text = if note != none then note.upper() else "nothing"
//! ```

use std::sync::Arc;

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "value-may-be-missing";

/// Why a step may have no value.
#[derive(Debug, Clone)]
pub enum Why {
    /// It has a `when`.
    Conditional(Arc<str>, Span),
    /// It is skipped without an approval.
    Skipped(Arc<str>, Span),
    /// It goes on after a failure.
    Continues(Arc<str>, Span),
    /// It stands in a group.
    Group(Arc<str>, Span),
    /// It is being undone.
    Undone,
}

fn because(finding: Diagnostic, why: Option<Why>) -> Diagnostic {
    match why {
        None => finding,
        Some(Why::Conditional(name, span)) => {
            finding.label(span, format!("`{name}` has no value if this condition is false"))
        }
        Some(Why::Skipped(name, span)) => {
            finding.label(span, format!("`{name}` has no value if it is not approved"))
        }
        Some(Why::Continues(name, span)) => finding.label(span, format!("`{name}` has no value if it fails")),
        Some(Why::Group(name, span)) => {
            finding.label(span, format!("`{name}` is in a group that may be skipped"))
        }
        Some(Why::Undone) => {
            finding.note("a timed-out attempt has no result, so inside its own `undo` the step may be `none`")
        }
    }
}

fn named(name: &str) -> String {
    if name.contains('…') { "this value".to_owned() } else { format!("`{name}`") }
}

/// A member is taken from it.
pub fn member(name: &str, span: Span, member: &str, why: Option<Why>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("{} may be missing", named(name)));
    let step = matches!(&why, Some(why) if !matches!(why, Why::Undone));
    let undone = matches!(why, Some(Why::Undone));
    let finding = because(finding, why);
    if undone {
        return finding
            .help(format!("use a value from before the step, or pass `none` on with `{name}?.{member}`"));
    }
    if name.contains('…') {
        return finding.help(format!(
            "to require the value, write `need(..., \"why\").{member}`; if it may be missing, `?.{member}`"
        ));
    }
    if step {
        return finding.help(format!("add `when {name} != none`, or pass `none` on with `{name}?.{member}`"));
    }
    finding.help(format!(
        "check `{name} != none` first, require it with `need({name}, \"why\").{member}`, or write `{name}?.{member}` \
         if the result may be missing"
    ))
}

/// An element is taken from it.
pub fn index(name: &str, span: Span, why: Option<Why>) -> Diagnostic {
    because(Diagnostic::error(CODE, span, format!("{} may be missing", named(name))), why)
        .help("check `!= none` first, or add a default with `??`")
}

/// It is used where an `expected` is wanted.
pub fn used(name: &str, span: Span, expected: &str, why: Option<Why>) -> Diagnostic {
    let message = format!("{} may be missing, and a `{expected}` is required", named(name));
    let help = ways(name, why.as_ref());
    because(Diagnostic::error(CODE, span, message), why).help(help)
}

/// It is compared or computed with.
pub fn compared(name: &str, span: Span, why: Option<Why>) -> Diagnostic {
    let help = ways(name, why.as_ref());
    because(Diagnostic::error(CODE, span, format!("{} may be missing", named(name))), why).help(help)
}

/// It is shown.
pub fn shown(name: &str, span: Span, why: Option<Why>) -> Diagnostic {
    let message = format!("{} may be missing, and would be shown as an empty text", named(name));
    let help = ways(name, why.as_ref());
    because(Diagnostic::error(CODE, span, message), why).help(help)
}

fn ways(name: &str, why: Option<&Why>) -> String {
    match why {
        Some(Why::Undone) => {
            return "use a value from before the step, or add a default with `??`".to_owned();
        }
        Some(_) => return format!("add `when {name} != none`, or a default: `{name} ?? ...`"),
        None => {}
    }
    if name.contains('…') {
        return "to require the value, write `need(..., \"why\")`; for a default, `... ?? DEFAULT`"
            .to_owned();
    }
    format!(
        "check `{name} != none` first, add a default with `{name} ?? ...`, or require it with `need({name}, \"why\")`"
    )
}

/// `none` is given where an `expected` is wanted.
pub fn none_given(span: Span, expected: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{expected}` is required, and this is `none`"))
        .help("write a value, or remove the clause or argument")
}

/// A member of `none` is asked for.
pub fn none(member: &Ident, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`none` has no `{}`", member.text))
}
