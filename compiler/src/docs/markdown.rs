//! Pages as Markdown.

use std::fmt::Write as _;

use super::{Block, Entry};
use crate::markdown::{authored, block, row, rule};

/// The blocks as Markdown. Headings within written documentation go below those around them.
pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut level = 1;
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        if let Block::Heading(own, _) = block {
            level = *own;
        }
        write(&mut out, block, level);
    }
    out
}

fn write(out: &mut String, part: &Block, level: u8) {
    // Writing into a string can't fail.
    let _ = match part {
        Block::Heading(level, text) => writeln!(out, "{} {text}", "#".repeat(usize::from(*level))),
        Block::Paragraph(text) => writeln!(out, "{text}"),
        Block::Written(text) => {
            written(out, text, level);
            Ok(())
        }
        Block::Code(language, text) => writeln!(out, "{}", block(language, text)),
        Block::Facts(facts) => facts.iter().try_for_each(|(name, text)| writeln!(out, "* {name}: {text}")),
        Block::Table(header, rows) => {
            let _ = writeln!(out, "{}\n{}", row(header), rule(header.len()));
            rows.iter().try_for_each(|cells| writeln!(out, "{}", row(cells)))
        }
        Block::List(entries) => entries.iter().try_for_each(|entry| listed(out, "*", entry)),
        Block::Steps(first, entries) => {
            let numbered = entries.iter().enumerate();
            numbered
                .into_iter()
                .try_for_each(|(index, entry)| listed(out, &format!("{}.", first + index), entry))
        }
        Block::Drawing(text) => writeln!(out, "## Step graph\n\n{}", block("mermaid", text)),
    };
}

fn listed(out: &mut String, mark: &str, entry: &Entry) -> std::fmt::Result {
    writeln!(out, "{mark} {}", entry.text)?;
    let indent = " ".repeat(mark.len() + 1);
    entry.notes.iter().try_for_each(|note| writeln!(out, "{indent}* {note}"))
}

fn written(out: &mut String, text: &str, level: u8) {
    let mut in_code = false;
    for line in authored(text).trim().lines() {
        in_code ^= line.starts_with("```");
        let heading = !in_code && line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        if heading {
            out.push_str(&"#".repeat(usize::from(level)));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    // Close a code block that its author left open, so that the rest of the page isn't part of it.
    if in_code {
        out.push_str("```\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_headings_stay_what_they_are() {
        let blocks = [
            Block::Heading(2, "Two".to_owned()),
            Block::Written("# Own\n```sh\n# no heading".to_owned()),
            Block::Table(vec!["a", "b"], vec![vec!["x|y".to_owned(), String::new()]]),
        ];
        assert_eq!(
            markdown(&blocks),
            "## Two\n\n### Own\n```sh\n# no heading\n```\n\n| a | b |\n|---|---|\n| x\\|y |  |\n"
        );
    }

    #[test]
    fn notes_hang_below_their_entry() {
        let entry = Entry { text: "first".to_owned(), notes: vec!["note".to_owned()] };
        assert_eq!(
            markdown(&[Block::Steps(9, vec![entry.clone(), entry])]),
            "9. first\n   * note\n10. first\n    * note\n"
        );
    }
}
