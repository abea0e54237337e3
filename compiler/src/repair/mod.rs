//! Applies the fixes of findings, and compares every result with the text before.
//!
//! No fix is trusted: [`check_text`] compares the texts, [`worse`] the findings. Both the command line
//! (through [`repair`]) and the editor make these comparisons before they apply a fix.

mod errors;
mod rounds;
mod texts;

pub use errors::{Surfacing, worse};
pub use rounds::{Files, Repaired, repair};
pub use texts::{check_edits, check_text};

use std::fmt;

use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Misfit, Safety, clash},
    source::FileId,
};

/// What a fix must never do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// Its edits can't be made.
    Misfit(Misfit),
    /// Words outside of its edits are read as something else, or not at all.
    Words,
    /// A comment is gone.
    Comments,
    /// There is more that can't be parsed.
    Syntax,
    /// Any of these, in a text that couldn't be parsed before either.
    Unfit,
    /// An error that wasn't there before.
    Error {
        /// Its code.
        code: &'static str,
        /// What it says.
        message: String,
    },
    /// The finding is there as before.
    Uncured,
}

impl Harm {
    /// Whether only a mistake in Quell can do such a thing: a safe fix may be premature, and is then left
    /// out, but it never damages a text.
    pub fn is_fault(&self) -> bool {
        match self {
            Harm::Misfit(_) | Harm::Words | Harm::Comments | Harm::Syntax => true,
            Harm::Unfit | Harm::Error { .. } | Harm::Uncured => false,
        }
    }
}

impl fmt::Display for Harm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Harm::Misfit(misfit) => write!(f, "{misfit}"),
            Harm::Words => f.write_str("it would change text outside its edits"),
            Harm::Comments => f.write_str("it would remove a comment"),
            Harm::Syntax => f.write_str("the result would no longer parse"),
            Harm::Unfit => f.write_str("it can't be applied until the file parses"),
            Harm::Error { code, message } => write!(f, "it would cause `{code}`: {message}"),
            Harm::Uncured => f.write_str("it wouldn't resolve the finding"),
        }
    }
}

/// The first fix of a finding that may be made: at most as unsafe as `limit`, in files that are `writable`.
pub fn applicable<'f>(
    finding: &'f Diagnostic,
    limit: Safety,
    writable: &dyn Fn(FileId) -> bool,
) -> Option<&'f Fix> {
    let may = |fix: &&Fix| fix.safety <= limit && fix.safety != Safety::Suggestion;
    let fix = finding.fixes.iter().find(may)?;
    fix.edits.iter().all(|edit| writable(edit.span.file)).then_some(fix)
}

/// Whether a fix can be made together with these edits.
pub fn fits_in(fix: &Fix, edits: &[&Edit]) -> bool {
    !fix.edits.iter().any(|edit| edits.iter().any(|other| clash(edit, other)))
}
