//! Missing effect.
//!
//! ## Why
//!
//! The effect of an action decides which parts of a playbook may call it and whether the call needs an
//! approval. `reads` only reads, `asks` waits for a person, `notifies` contacts people or updates incident
//! records, `changes` changes production, and `destroys` can lose data or can't be undone.
//!
//! ## Bad
//!
//! ```quell
//! action scan(host: Text) -> Text
//! //                         ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! action scan(host: Text) -> Text reads
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

use crate::findings::suggest::nearest;

/// The code.
pub const CODE: &str = "missing-effect";

const EFFECTS: [&str; 5] = ["reads", "asks", "notifies", "changes", "destroys"];
const HELP: &str =
    "write the effect after the type of the result: `reads`, `asks`, `notifies`, `changes` or `destroys`";

/// Words that people write for an effect, and ours.
const WORDS: &[(&[&str], &str)] = &[
    (&["read", "readonly", "read_only", "pure", "query", "queries", "get", "gets", "safe"], "reads"),
    (&["ask", "prompts", "prompt"], "asks"),
    (&["notify", "sends", "send", "posts", "post", "tells", "pages", "messages"], "notifies"),
    (
        &[
            "change", "write", "writes", "mutates", "mutate", "modifies", "modify", "update", "updates",
            "effects",
        ],
        "changes",
    ),
    (&["destroy", "delete", "deletes", "remove", "removes", "destructive", "drops"], "destroys"),
];

/// No effect stands at `span`.
pub fn missing(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected an effect, found {found}"),
        None => "expected an effect".to_owned(),
    };
    Diagnostic::error(CODE, span, message).help(HELP)
}

/// `word` stands where an effect should.
pub fn unknown(span: Span, word: &str) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{word}` isn't an effect"));
    let meant = WORDS.iter().find(|(theirs, _)| theirs.contains(&word)).map(|(_, ours)| *ours);
    match meant.or_else(|| nearest(word, EFFECTS)) {
        Some(effect) => error.help(format!("did you mean `{effect}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{effect}`"),
            span,
            effect,
        )),
        None => error.help(HELP),
    }
}
