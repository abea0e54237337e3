//! The one layout of Quell: a syntax tree in, text out, and no options.
//!
//! It never looks at meaning. What the parser could not read stays byte for byte, and what stands
//! beside it is laid out. No layout leaves this room unchecked: where it would change what the text
//! says, lose a comment, or not be its own layout, the text stays as it was.

mod document;
mod layout;
mod printer;
mod soundness;
mod tree;

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
        match held_against(parse, &text, &after) {
            Ok(()) => return Formatted { text: after, skipped, bug: None },
            Err(unsound) if skipped.is_empty() => {
                bug = Some(unsound);
                break;
            }
            // Around what can't be read, lines may be what holds the rest together: keep more of it.
            Err(_) => {}
        }
    }
    let everything = if bug.is_none() { std::iter::once(0..text.len() as u32).collect() } else { Vec::new() };
    Formatted { text, skipped: everything, bug }
}

fn lay_out(root: &SyntaxNode, text: &str, keep: Keep) -> (String, Vec<Range<u32>>) {
    let tree = Tree::new(root, text, keep);
    let after = printer::print(&layout::file(&tree), 0);
    (after, tree.skipped)
}

/// Whether the layout says the same, and is its own layout.
fn held_against(before: &Parse, text: &str, after: &str) -> Result<(), Unsound> {
    if text == after {
        return Ok(());
    }
    let parsed = parse_again(after, before);
    check_soundness(before, &parsed)?;
    let root = parsed.syntax();
    let stable = [Keep::Lines, Keep::Items].into_iter().any(|keep| lay_out(&root, after, keep).0 == after);
    if stable { Ok(()) } else { Err(Unsound::Unstable) }
}
