//! Words and signs of other languages, and how Quell writes what they mean.
//!
//! People come from Python, JavaScript, YAML, Terraform and shells. Where the compiler finds one of their
//! idioms, the finding shows what to write instead. The findings themselves (`unknown-word`,
//! `unexpected-text`, `unknown-name` and others) keep their codes; this is where their help comes from.

pub mod forms;
pub mod operators;
mod places;
pub mod signs;
mod statements;
mod values;

pub use statements::{assigned, continues_foreign, keyword_with_sign, line};
pub use values::{member, missing_member, parameter, type_name, value};

/// What to write instead of a foreign word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// The instruction.
    pub help: &'static str,
    /// What the word can be replaced with, if that is all there is to do.
    pub instead: Option<&'static str>,
}

const WAIT: &str = "to wait, add the clause `after STEP + 5m` to the next step, or poll with `repeat every 10s until ..., at most 10m`";
const COMMAND: &str = "commands run inside actions: `action NAME() -> Text reads { command [\"...\"] { return output } }`, called with `step x = NAME()`";

/// A row of a table: several words with one meaning.
type Row = (&'static [&'static str], &'static str);

/// The help of the row that has the word.
fn find(rows: &[Row], word: &str) -> Option<&'static str> {
    rows.iter().find(|(words, _)| words.contains(&word)).map(|(_, help)| *help)
}
