//! An explanation as a tree of rows.

use super::Explanation;
use crate::{
    report::rows::{WIDTH, piece, quiet},
    simulate::timeline::{Piece, Role, Row, wrapped},
};

/// The explanation in rows of at most 80 characters, its reasons hanging below it.
pub fn explanation_rows(explanation: &Explanation) -> Vec<Row> {
    let mut rows = Vec::new();
    branch(explanation, "", "", &mut rows);
    rows
}

fn branch(explanation: &Explanation, first: &str, rest: &str, rows: &mut Vec<Row>) {
    let below = if explanation.because.is_empty() { "  " } else { "│ " };
    let indent = if first.is_empty() && rest.is_empty() { String::new() } else { format!("{rest}{below}") };
    let width = WIDTH.saturating_sub(first.chars().count().max(indent.chars().count())).max(24);
    for (index, text) in sentence(explanation, width).into_iter().enumerate() {
        let margin = if index == 0 { first } else { indent.as_str() };
        let mut row = vec![quiet(margin)];
        row.extend(text);
        rows.push(row);
    }
    let last = explanation.because.len().saturating_sub(1);
    for (index, reason) in explanation.because.iter().enumerate() {
        let (own, further) = if index == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        branch(reason, &format!("{rest}{own}"), &format!("{rest}{further}"), rows);
    }
}

/// What it is about, what it is to the one above, and what came of it, in rows.
fn sentence(explanation: &Explanation, width: usize) -> Vec<Vec<Piece>> {
    let Explanation { about, link, text, tone, .. } = explanation;
    let mut words: Vec<(String, Role)> = Vec::new();
    let mut say = |text: &str, role| words.extend(text.split(' ').map(|word| (word.to_owned(), role)));
    if !about.is_empty() {
        let comma = if link.is_empty() && !text.is_empty() { ":" } else { "" };
        say(&format!("{about}{comma}"), Role::Name);
    }
    if !link.is_empty() {
        say(&format!("({link}):"), Role::Quiet);
    }
    say(text, Role::Text(*tone));
    let mut rows: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut length = 0;
    for (word, role) in words {
        for (index, part) in wrapped(&word, width).into_iter().enumerate() {
            let letters = part.chars().count();
            if length > 0 && (index > 0 || length + 1 + letters > width) {
                rows.push(Vec::new());
                length = 0;
            }
            let Some(row) = rows.last_mut() else { continue };
            let blank = if length > 0 { " " } else { "" };
            match row.last_mut().filter(|last| last.role == role) {
                Some(last) => last.text.push_str(&format!("{blank}{part}")),
                None => row.push(piece(format!("{blank}{part}"), role)),
            }
            length += letters + blank.len();
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::timeline::Tone;

    fn one(about: &str, text: &str, because: Vec<Explanation>) -> Explanation {
        let (about, text) = (about.to_owned(), text.to_owned());
        Explanation { about, link: String::new(), text, tone: Tone::Plain, node: None, at: None, because }
    }

    fn lines(explanation: &Explanation) -> Vec<String> {
        let text = |row: Row| row.into_iter().map(|piece| piece.text).collect::<String>();
        explanation_rows(explanation).into_iter().map(text).collect()
    }

    #[test]
    fn reasons_hang_below_what_they_explain() {
        let tree =
            one("a", "ran", vec![one("b", "ran", vec![one("c", "is 1", vec![])]), one("d", "ran", vec![])]);
        assert_eq!(lines(&tree), ["a: ran", "├─ b: ran", "│  └─ c: is 1", "└─ d: ran"]);
    }

    #[test]
    fn no_row_is_wider_than_the_terminal() {
        let long = "word ".repeat(40);
        let mut tree = one("z", &long, vec![]);
        for _ in 0..6 {
            tree = one("abc", &long, vec![tree]);
        }
        assert!(lines(&tree).iter().all(|line| line.chars().count() <= 80), "{:#?}", lines(&tree));
    }
}
