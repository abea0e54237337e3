//! An action doesn't say what it does to the world.
//!
//! ## Why
//!
//! The effect of an action decides in which parts of a playbook it may be called and whether its call wants
//! an approval: `reads` looks, `asks` waits for a person, `notifies` touches people and the incident's
//! records, `changes` touches what serves users, `destroys` can lose data or can't be put back.
//!
//! ## Bad
//!
//! ```quell
//! action look(host: Text) -> Text
//! //                         ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! action look(host: Text) -> Text reads
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

use crate::findings::suggest::nearest;

/// The code.
pub const CODE: &str = "missing-effect";

const EFFECTS: [&str; 5] = ["reads", "asks", "notifies", "changes", "destroys"];
const NOTE: &str = "the effects are `reads`, `asks`, `notifies`, `changes` and `destroys`";

/// No effect stands at `span`.
pub fn missing(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected an effect, found {found}"),
        None => "expected an effect".to_owned(),
    };
    Diagnostic::error(CODE, span, message).note(NOTE)
}

/// `word` stands where an effect should.
pub fn unknown(span: Span, word: &str) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{word}` is no effect"));
    match nearest(word, EFFECTS) {
        Some(effect) => error.help(format!("did you mean `{effect}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace by `{effect}`"),
            span,
            effect,
        )),
        None => error.note(NOTE),
    }
}
