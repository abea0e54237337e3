//! Unknown statement.
//!
//! ## Why
//!
//! Items, statements, clauses and the lines of actions start with keywords. If a keyword is misspelled or
//! comes from another language, the error names the Quell keyword that was most likely meant.
//!
//! ## Bad
//!
//! ```quell
//! playbook look_only {
//!   remediat none "diagnosis only"
//! //^^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! playbook look_only {
//!   remediate none "diagnosis only"
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

use crate::findings::suggest::nearest;

/// The code.
pub const CODE: &str = "unknown-word";

/// `word` begins nothing that could stand here; `place` says where that is, `known` are the words that
/// could begin something.
pub fn unknown(span: Span, word: &str, what: &str, known: &[&'static str]) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{word}` isn't a {what}"));
    if let Some(meant) = nearest(word, known.iter().copied()) {
        return error.help(format!("did you mean `{meant}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{meant}`"),
            span,
            meant,
        ));
    }
    match FOREIGN.iter().find(|(theirs, _)| *theirs == word) {
        Some((_, ours)) => error.help(*ours),
        None => error.note(format!("expected {}", list(known))),
    }
}

/// `NAME = ...` without a word in front.
pub fn assignment(span: Span, name: &str, what: &str) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{name} = ...` isn't a {what}"));
    match what {
        "item" => error.help(format!("write `let {name} = ...`")),
        _ => error.help(format!("write `step {name} = ...` for a call, `let {name} = ...` for a value")),
    }
}

/// A call without `step`.
pub fn bare_call(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a call on its own isn't a {what}"))
        .note("every call belongs to a named step: the timeline shows the name, and other steps can wait for it")
        .help("write `step NAME = ...`")
}

/// What people write who come from other languages, and what Quell has for it.
const FOREIGN: &[(&str, &str)] = &[
    ("for", "to do something for each element, give a step the clause `each x in xs`"),
    ("foreach", "to do something for each element, give a step the clause `each x in xs`"),
    ("while", "to wait for something, give a step the clause `repeat every 10s until ..., at most 10m`"),
    ("wait", "to wait, give a step the clause `after X + 5m` or `repeat every 10s until ...`"),
    ("sleep", "to wait, give a step the clause `after X + 5m` or `repeat every 10s until ...`"),
    ("parallel", "steps that need nothing of each other run at the same time by themselves"),
    ("try", "what happens when a step fails stands in its clause `on failure`"),
    ("catch", "what happens when a step fails stands in its clause `on failure`"),
    ("finally", "what must happen at the end is the clause `undo ... always`"),
    ("unless", "write `when not ...`"),
    ("elif", "write `else if`"),
    ("elsif", "write `else if`"),
    ("var", "write `let`"),
    ("const", "write `let`"),
    ("set", "write `let`"),
    ("val", "write `let`"),
    ("def", "write `fn` for a pure function, `task` for steps"),
    ("function", "write `fn` for a pure function, `task` for steps"),
    ("func", "write `fn` for a pure function, `task` for steps"),
    ("import", "write `use`"),
    ("include", "write `use`"),
    ("from", "write `use module (name)`"),
    ("class", "write `record`"),
    ("struct", "write `record`"),
    ("interface", "write `record`"),
    ("test", "write `scenario`"),
    ("runbook", "write `playbook`"),
    ("workflow", "write `playbook`"),
    ("steps", "a playbook's steps stand in its parts: `enrich`, `triage`, `communicate`, `remediate`"),
    ("trigger", "write `on` in a playbook"),
    ("trigger_on", "write `on`"),
    ("param", "write `input`"),
    ("params", "write `input`"),
    ("inputs", "write `input`"),
    ("notify", "telling people stands in the part `communicate`"),
    ("verify", "checks stand in the part `remediate`, and `resolved after` names them"),
    ("diagnose", "looking stands in the parts `enrich` and `triage`"),
    ("mitigate", "changes stand in the part `remediate`"),
    ("mock", "write `given`"),
    ("assert", "write `expect`"),
    ("print", "to tell people something, call an action such as `slack.post`"),
    ("pub", "items are public unless they are `private`"),
    ("public", "items are public unless they are `private`"),
    ("export", "items are public unless they are `private`"),
    ("async", "steps wait for what they name, nothing else"),
    ("await", "steps wait for what they name, nothing else"),
];

fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
