//! The formatter: a syntax tree in, text out, and no options.
//!
//! It never depends on meaning. Code that the parser could not read is kept verbatim, and everything around
//! it is formatted. Every result is verified: if it would change the meaning, lose a comment, or change
//! when formatted again, the text is left as it was.

mod document;
mod layout;
mod printer;
mod range;
mod soundness;
mod tree;

pub use range::{Replacement, format_range};
pub use soundness::{Unsound, check_soundness};

use std::ops::Range;

use crate::syntax::{Parse, SyntaxNode, parse_again};
use tree::{Keep, Tree};

/// The formatted text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// Ranges of the original text that could not be read and were kept verbatim.
    pub skipped: Vec<Range<u32>>,
    /// Why the text was left alone: a fault of the formatter, not of the text.
    pub bug: Option<Unsound>,
}

/// Formats a file.
pub fn format(parse: &Parse) -> Formatted {
    let root = parse.syntax();
    let text = root.text().to_string();
    let mut bug = None;
    for keep in [Keep::Lines, Keep::Items] {
        let (after, skipped) = lay_out(&root, &text, keep);
        match settle(parse, &text, after, keep) {
            Ok(after) => return Formatted { text: after, skipped, bug: None },
            Err(unsound) if skipped.is_empty() => {
                bug = Some(unsound);
                break;
            }
            // Near code that can't be read, line ends may matter: keep more of it verbatim.
            Err(_) => {}
        }
    }
    let everything = 0..text.len() as u32;
    let skipped = if bug.is_none() { Vec::from([everything]) } else { Vec::new() };
    Formatted { text, skipped, bug }
}

fn lay_out(root: &SyntaxNode, text: &str, keep: Keep) -> (String, Vec<Range<u32>>) {
    let tree = Tree::new(root, text, keep);
    let after = printer::print(&layout::file(&tree)).text;
    (after, tree.skipped)
}

/// The formatted text, if it has the same meaning and formatting it again doesn't change it.
fn settle(before: &Parse, text: &str, mut after: String, keep: Keep) -> Result<String, Unsound> {
    if text == after {
        return Ok(after);
    }
    for _ in 0..PASSES {
        let parsed = parse_again(&after, before);
        check_soundness(before, &parsed)?;
        let root = parsed.syntax();
        let again = lay_out(&root, &after, Keep::Lines).0;
        if again == after {
            return Ok(after);
        }
        // Keep fewer lines verbatim next time, unless that fails again.
        let kept = keep == Keep::Items && lay_out(&root, &after, keep).0 == after;
        if kept && settle(&parsed, &after, again.clone(), Keep::Lines).is_err() {
            return Ok(after);
        }
        after = again;
    }
    Err(Unsound::Unstable)
}

/// How often the result may change when it is formatted again. If several comments end up at the end of one
/// line, all but the first move to lines of their own, and are placed from there; everything else is placed
/// correctly the first time.
const PASSES: usize = 4;
