//! Pages as text for a terminal, wrapped at 80 columns.

use super::{Block, Entry};

const WIDTH: usize = 80;

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// How it is highlighted.
    pub role: LineRole,
}

/// How a line is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LineRole {
    Heading,
    Text,
    Code,
    Quiet,
}

/// The blocks as lines.
pub fn text(blocks: &[Block]) -> Vec<Line> {
    let mut out = Writer { lines: Vec::new() };
    for block in blocks {
        if !out.lines.is_empty() && !matches!(block, Block::Drawing(_)) {
            out.line(LineRole::Text, "");
        }
        out.block(block);
    }
    out.lines
}

struct Writer {
    lines: Vec<Line>,
}

impl Writer {
    fn line(&mut self, role: LineRole, text: &str) {
        self.lines.push(Line { text: text.trim_end().to_owned(), role });
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let text = name(text);
                self.line(LineRole::Heading, &text);
                if *level < 3 {
                    let rule = if *level == 1 { "=" } else { "-" };
                    self.line(LineRole::Quiet, &rule.repeat(text.chars().count()));
                }
            }
            Block::Paragraph(text) => self.filled(LineRole::Text, "", "", text),
            Block::Written(text) => self.written(text),
            Block::Code(_, text) => {
                text.lines().for_each(|line| self.line(LineRole::Code, &format!("    {line}")))
            }
            Block::Facts(facts) => {
                let width = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
                for (name, text) in facts {
                    let first = format!("  {name:width$}  ");
                    self.filled(LineRole::Text, &first, &" ".repeat(width + 4), text);
                }
            }
            Block::Table(header, rows) => self.table(header, rows),
            Block::List(entries) => entries.iter().for_each(|entry| self.entry("* ", entry)),
            Block::Steps(first, entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    self.entry(&format!("{:>2}. ", first + index), entry);
                }
            }
            Block::Drawing(_) => {}
        }
    }

    fn entry(&mut self, mark: &str, entry: &Entry) {
        let indent = " ".repeat(mark.len());
        self.filled(LineRole::Text, mark, &indent, &entry.text);
        for note in &entry.notes {
            self.filled(LineRole::Quiet, &format!("{indent}- "), &format!("{indent}  "), note);
        }
    }

    /// Cells side by side; the last one gets the rest of the width and wraps.
    fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        let Some(last) = header.len().checked_sub(1) else { return };
        let width = |column: usize| {
            let cells = rows.iter().map(|row| name(&row[column]).chars().count());
            cells.chain([header[column].chars().count()]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..last).map(width).collect();
        // If little width is left, the last cell goes below the others.
        let stacked = widths.iter().map(|width| width + 2).sum::<usize>() > WIDTH / 2;
        let mut row = |role, cells: &[String]| {
            let mut first = String::from("  ");
            for (cell, width) in cells.iter().zip(&widths) {
                first.push_str(&format!("{:width$}  ", name(cell)));
            }
            if stacked && role == LineRole::Text {
                self.line(role, &first);
                self.filled(role, "      ", "      ", &cells[last]);
                return;
            }
            let indent = " ".repeat(first.chars().count());
            self.filled(role, &first, &indent, &cells[last]);
        };
        row(LineRole::Quiet, &header.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        rows.iter().for_each(|cells| row(LineRole::Text, cells));
    }

    /// Documentation as somebody wrote it: paragraphs and entries of lists are filled, source text stays.
    fn written(&mut self, text: &str) {
        let mut paragraph: Option<(String, String)> = None;
        let mut in_code = false;
        for line in text.trim().lines() {
            if line.starts_with("```") {
                self.finish(&mut paragraph);
                in_code = !in_code;
                continue;
            }
            if in_code {
                self.line(LineRole::Code, &format!("    {line}"));
                continue;
            }
            let trimmed = line.trim();
            if trimmed.is_empty() {
                self.finish(&mut paragraph);
                self.line(LineRole::Text, "");
            } else if let Some(heading) = heading(trimmed) {
                self.finish(&mut paragraph);
                self.line(LineRole::Heading, &plain(heading));
            } else if let Some((mark, rest)) = mark(line) {
                self.finish(&mut paragraph);
                paragraph = Some((mark.to_owned(), rest.to_owned()));
            } else if line.starts_with('|') {
                self.finish(&mut paragraph);
                self.line(LineRole::Text, line);
            } else {
                match &mut paragraph {
                    Some((_, known)) => {
                        known.push(' ');
                        known.push_str(trimmed);
                    }
                    None => paragraph = Some((String::new(), trimmed.to_owned())),
                }
            }
        }
        self.finish(&mut paragraph);
    }

    fn finish(&mut self, paragraph: &mut Option<(String, String)>) {
        if let Some((mark, text)) = paragraph.take() {
            self.filled(LineRole::Text, &mark, &" ".repeat(mark.chars().count()), &text);
        }
    }

    fn filled(&mut self, role: LineRole, first: &str, further: &str, text: &str) {
        let mut line = first.to_owned();
        let mut length = first.chars().count();
        let mut empty = true;
        for word in plain(text).split_whitespace() {
            let letters = word.chars().count();
            if !empty && length + 1 + letters > WIDTH {
                self.line(role, &line);
                (line, length, empty) = (further.to_owned(), further.chars().count(), true);
            }
            if !empty {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += letters;
            empty = false;
        }
        self.line(role, &line);
    }
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    (rest.len() < line.len()).then(|| rest.strip_prefix(' ')).flatten()
}

/// The mark of an entry of a list, with the space before and behind it.
fn mark(line: &str) -> Option<(&str, &str)> {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let length = match &rest[digits..] {
        rest if digits == 0 && (rest.starts_with("* ") || rest.starts_with("- ")) => 2,
        rest if digits > 0 && rest.starts_with(". ") => digits + 2,
        _ => return None,
    };
    Some((&line[..indent + length], &line[indent + length..]))
}

/// A name that stands for itself, where nothing has to set it off from words.
fn name(text: &str) -> String {
    plain(text).replace('`', "")
}

/// Without what only Markdown needs: `**` around what is strong, the targets of links to other pages, the
/// backslashes in front of letters that would mean something. Code keeps its backticks.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let behind = &rest[letter.len_utf8()..];
        if let Some(escaped) =
            behind.chars().next().filter(|next| letter == '\\' && next.is_ascii_punctuation())
        {
            out.push(escaped);
            rest = &behind[escaped.len_utf8()..];
        } else if let Some((code, after)) = code_at(rest) {
            out.push_str(&format!("`{code}`"));
            rest = after;
        } else if let Some((name, after)) = link_at(rest) {
            out.push_str(&plain(name));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**") {
            rest = after;
        } else {
            out.push(letter);
            rest = behind;
        }
    }
    out
}

/// The code with which a text begins, without its backticks, and what follows.
fn code_at(text: &str) -> Option<(&str, &str)> {
    let length = text.len() - text.trim_start_matches('`').len();
    if length == 0 {
        return None;
    }
    let (fence, inside) = text.split_at(length);
    let mut runs = inside.match_indices(fence);
    let is_whole = |at: usize| !inside[..at].ends_with('`') && !inside[at + length..].starts_with('`');
    let (end, _) = runs.find(|(at, _)| is_whole(*at))?;
    let code = &inside[..end];
    let padded = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    Some((padded.filter(|code| !code.trim().is_empty()).unwrap_or(code), &inside[end + length..]))
}

/// The name of the link with which a text begins, and what follows.
fn link_at(text: &str) -> Option<(&str, &str)> {
    let (name, more) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = more.split_once(')')?;
    (!name.contains(['[', ']'])).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(blocks: &[Block]) -> Vec<String> {
        text(blocks).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn nothing_is_wider_than_the_terminal() {
        let words = "word ".repeat(60);
        let blocks = [
            Block::Paragraph(words.clone()),
            Block::Written(format!("{words}\n\n- {words}\n1. {words}")),
            Block::Facts(vec![("name".to_owned(), words.clone())]),
            Block::Table(vec!["a", "b"], vec![vec!["cell".to_owned(), words.clone()]]),
            Block::Steps(1, vec![Entry { text: words.clone(), notes: vec![words] }]),
        ];
        assert!(lines(&blocks).iter().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn documentation_is_filled_and_its_source_text_stays() {
        let blocks = [Block::Written("One\ntwo.\n\n```quell\nstep  a = b()\n```\n- x\n  y".to_owned())];
        assert_eq!(lines(&blocks), ["One two.", "", "    step  a = b()", "- x y"]);
    }

    #[test]
    fn links_show_their_names() {
        assert_eq!(plain("see [`std.slack`](slack.md), **now**, xs[0]"), "see `std.slack`, now, xs[0]");
    }

    #[test]
    fn what_was_escaped_is_read_as_it_was() {
        for source in ["a <b> & `c` **d** [e](f) \\ _g_ #1", "1. x", "- x", "a|b", "p99 < 5"] {
            assert_eq!(plain(&crate::markdown::text(source)), source);
        }
        for source in ["a`b", "``", "a **b** \\*", "x"] {
            assert_eq!(plain(&crate::markdown::code(source)), format!("`{source}`"));
        }
    }
}
