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
//! playbook scan_only {
//!   remediat none "diagnosis only"
//! //^^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! playbook scan_only {
//!   remediate none "diagnosis only"
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{
        foreign::{self, Advice, signs::Sign},
        suggest::nearest,
        words::with_article,
    },
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-word";

/// `word` starts no statement that is allowed here; `place` says where that is, `known` are the words that
/// could begin something.
pub fn unknown(span: Span, word: &str, what: &str, known: &[&'static str]) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{word}` isn't {}", with_article(what)));
    if let Some(meant) = nearest(word, known.iter().copied()) {
        return error.help(format!("did you mean `{meant}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{meant}`"),
            span,
            meant,
        ));
    }
    error.note(format!("expected {}", list(known)))
}

/// `word` comes from another language; `advice` says what to write.
pub fn foreign(span: Span, word: &str, what: &str, advice: &Advice) -> Diagnostic {
    let error =
        Diagnostic::error(CODE, span, format!("`{word}` isn't {}", with_article(what))).help(advice.help);
    match advice.instead {
        Some(ours) => error.fix(Fix::replace(Safety::Unsafe, format!("replace with `{ours}`"), span, ours)),
        None => error,
    }
}

/// A line that gives a value to `name` in another way; `value` is that value.
pub fn assigned(span: Span, name: &str, value: &str, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("this isn't {}", with_article(what)))
        .help(foreign::assigned(name, value))
}

/// A line that changes the value of `name`.
pub fn changed(span: Span, name: &str, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("this isn't {}", with_article(what)))
        .help(Sign::Assignment(name.to_owned()).help())
}

/// `NAME = ...` without a word in front.
pub fn assignment(span: Span, name: &str, what: &str) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{name} = ...` isn't {}", with_article(what)));
    match what {
        "item" => error.help(format!("write `let {name} = ...`")),
        _ => error.help(format!("write `step {name} = ...` for a call, `let {name} = ...` for a value")),
    }
}

/// A call without `step`.
pub fn bare_call(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a call on its own isn't {}", with_article(what)))
        .note("every call belongs to a named step: the timeline shows the name, and other steps can wait for it")
        .help("write `step NAME = ...`")
}

fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
