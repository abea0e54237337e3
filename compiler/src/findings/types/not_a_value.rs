//! Name that isn't a value.
//!
//! ## Why
//!
//! A module, a type, an action or a function isn't a value: use one of its members, or call it.
//!
//! ## Bad
//!
//! ```quell
//! use std.slack
//!
//! fn room() -> Text = "${slack}"
//! //                     ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.slack (Channel)
//!
//! fn room(channel: Channel) -> Text = "#${channel.name}"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-a-value";

/// `name` is a `word`: a module, an enum.
pub fn report(name: &str, word: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`{name}` is a {word}, not a value"));
    match word {
        "module" => finding.help(format!("use one of its items: `{name}.ITEM`")),
        "enum" => finding.help(format!("use one of its variants: `{name}.VARIANT`")),
        "milestone" => finding
            .note("milestones can only be used in `after`")
            .help(format!("write `after {name}` below a step")),
        "trigger" => finding.help(format!("write `on {name}() as NAME` in the header of a playbook")),
        "type" => finding.help("write a value of the type"),
        _ => finding.help("write the name of a value: a step, an input or a `let`"),
    }
}

/// `name` is a `word` that is called: a function, an action, a record.
pub fn callable(name: &str, word: &str, span: Span) -> Diagnostic {
    let article = if word == "action" { "an" } else { "a" };
    Diagnostic::error(CODE, span, format!("`{name}` is {article} {word}, not a value"))
        .help(format!("call it: `{name}(...)`"))
}

/// A cause stands where a text is wanted.
pub fn cause(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the cause `{name}` can't be shown as text")).help(format!(
        "use its state, such as `{name}.suspected`; `run.suspects` lists the suspected causes as text"
    ))
}
