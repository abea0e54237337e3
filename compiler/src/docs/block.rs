//! What pages are made of.

use crate::markdown::authored;

/// A piece of a page. Texts are Markdown within a line: `code`, **strong**, links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; 1 is the page's own.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// Markdown of several blocks, as somebody wrote it in a doc comment.
    Written(String),
    /// Source text.
    Code(&'static str, String),
    /// Names with what they are.
    Facts(Vec<(String, String)>),
    /// Rows below a header; all have as many cells.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// A list.
    List(Vec<Entry>),
    /// Numbered steps; the number of the first.
    Steps(usize, Vec<Entry>),
    /// A flow chart for Mermaid, with its heading; left out where nothing can draw it.
    Drawing(String),
}

/// An entry of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub text: String,
    /// What is to be known of it, a line each.
    pub notes: Vec<String>,
}

impl Entry {
    /// One without notes.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), notes: Vec::new() }
    }
}

/// The first sentence of a documentation, on one line, without a link that follows it.
pub(super) fn summary(docs: &str) -> String {
    let paragraph: Vec<&str> = docs
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect();
    let line = paragraph.join(" ");
    let end = line
        .match_indices(". ")
        .map(|(at, _)| at + 1)
        // `such as e.g. this` is no end: a sentence goes on in lower case.
        .find(|end| {
            !line[*end..].trim_start().starts_with(|letter: char| {
                letter.is_ascii_lowercase() && !line[*end..].trim_start().starts_with("http")
            })
        })
        .unwrap_or(line.len());
    let first = authored(&line[..end]);
    // Within a line nothing begins that takes a line of its own.
    let first = first.trim_start_matches(['#', '>', ' ']);
    first.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_the_first_sentence() {
        assert_eq!(summary("Post it. https://a.example/b"), "Post it.");
        assert_eq!(summary("Such as v. this\none. And more."), "Such as v. this one.");
        assert_eq!(summary("\nNo end\n\nMore."), "No end");
        assert_eq!(summary(""), "");
    }
}
