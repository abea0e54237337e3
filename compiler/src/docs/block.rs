//! The blocks that pages consist of.

use crate::markdown::authored;

/// A block of a page. Texts are inline Markdown: `code`, **strong**, links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the page's title.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A doc comment's Markdown, which may have several blocks.
    Written(String),
    /// Source text.
    Code(&'static str, String),
    /// Names and their values.
    Facts(Vec<(String, String)>),
    /// A header and rows with the same number of cells.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// A list.
    List(Vec<Entry>),
    /// Numbered steps; the number of the first.
    Steps(usize, Vec<Entry>),
    /// A Mermaid flow chart with its heading; left out on a terminal.
    Drawing(String),
}

/// A list entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its text.
    pub text: String,
    /// Notes below it, one per line.
    pub notes: Vec<String>,
}

impl Entry {
    /// An entry without notes.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), notes: Vec::new() }
    }
}

/// The first sentence of a doc comment, on one line, without a link that follows it.
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
        // `such as e.g. this` doesn't end a sentence: the next word is in lower case.
        .find(|end| {
            !line[*end..].trim_start().starts_with(|letter: char| {
                letter.is_ascii_lowercase() && !line[*end..].trim_start().starts_with("http")
            })
        })
        .unwrap_or(line.len());
    let first = authored(&line[..end]);
    // Inline text must not start with the mark of a heading or a quote.
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
