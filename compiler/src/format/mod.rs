//! The one layout of Quell: a syntax tree in, text out, and no options.
//!
//! It never looks at meaning. What the parser could not read stays byte for byte, and what stands
//! beside it is laid out. No layout leaves this room unchecked: where it would change what the text
//! says, lose a comment, or not be its own layout, the text stays as it was.

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

/// A file's layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// What could not be read and stayed as it was: ranges of the text before.
    pub skipped: Vec<Range<u32>>,
    /// Why the text was left alone: the layout is at fault, not the text.
    pub bug: Option<Unsound>,
}

/// Lays out a file.
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
            // Around what can't be read, lines may be what holds the rest together: keep more of it.
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

/// The layout, if it says the same and is its own layout.
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
        // Next time fewer lines will be kept as they are, unless that fails again.
        let kept = keep == Keep::Items && lay_out(&root, &after, keep).0 == after;
        if kept && settle(&parsed, &after, again.clone(), Keep::Lines).is_err() {
            return Ok(after);
        }
        after = again;
    }
    Err(Unsound::Unstable)
}

/// How often a layout may change in its turn. Where several comments meet at the end of one line, all
/// but the first move to lines of their own, and take their places from there; everything else stays
/// where it is put first.
const PASSES: usize = 4;
