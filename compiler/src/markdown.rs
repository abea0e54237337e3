//! Markdown that says what it is given and nothing else.
//!
//! Causes, reasons and titles come from sources, messages and names from alerts and chats. [`text`] and
//! [`code`] write those so that CommonMark, with GitHub's tables, shows each letter as it is. Documentation
//! is Markdown by its author: [`authored`] leaves it so, but what a browser would carry out becomes text.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::visible::visible_line;

/// Text within a paragraph, a heading, an entry of a list or a cell: no letter of it means anything.
pub fn text(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len());
    let mut before = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let inside = |other: Option<char>| other.is_some_and(char::is_alphanumeric);
        let within = inside(before) && inside(letters.peek().copied());
        before = Some(letter);
        // Inside of a word it is only an underscore.
        if is_special(letter) && !(letter == '_' && within) {
            out.push('\\');
        }
        out.push(letter);
    }
    let at = beginning(&out);
    if let Some(at) = at {
        out.insert(at, '\\');
    }
    out
}

/// Text as code within a line.
pub fn code(text: &str) -> String {
    let line = visible_line(text.trim_matches(['\n', '\r'])).replace(['␊', '␍'], " ");
    let longest = line.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let ends = |letter| line.starts_with(letter) && line.ends_with(letter);
    // A blank at both ends is taken off again, unless there is nothing else.
    let padded = line.starts_with('`') || line.ends_with('`') || ends(' ') || line.is_empty();
    let blank = if padded && (line.is_empty() || !line.trim_matches(' ').is_empty()) { " " } else { "" };
    format!("{fence}{blank}{line}{blank}{fence}")
}

/// Text as code on lines of its own.
pub fn block(language: &str, text: &str) -> String {
    let text = crate::visible::visible(text.trim_end());
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// A line of a table, from cells that are Markdown.
pub fn row(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut out = String::from("|");
    for cell in cells {
        // Before anything else a bar ends the cell, also within code.
        out.push_str(&format!(" {} |", cell.as_ref().replace('|', "\\|")));
    }
    out
}

/// The line below the header of a table.
pub fn rule(columns: usize) -> String {
    format!("|{}", "---|".repeat(columns))
}

/// Markdown by an author, in which what a browser would carry out is only text: HTML, and links to scripts.
pub fn authored(markdown: &str) -> String {
    let mut out = visible_lines(markdown);
    // Behind what has become text, something else may have become Markdown.
    for _ in 0..ROUNDS {
        let places = live(&out);
        if places.is_empty() {
            return out;
        }
        for at in places.into_iter().rev() {
            out.insert(at, '\\');
        }
    }
    text(&out)
}

/// More often than this, nobody hides anything in what hides something.
const ROUNDS: usize = 16;

/// Where to put a backslash, in order, so that nothing is carried out.
fn live(markdown: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let signs = html.match_indices('<').map(|(at, _)| range.start + at);
                places.extend(signs.filter(|at| markdown[*at..].starts_with('<')));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if !leads_somewhere(&dest_url) =>
            {
                let sign = markdown[range.clone()].find(['[', '<']);
                places.extend(sign.map(|at| range.start + at));
            }
            _ => {}
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// Whether a link leads to a page, and not to something that is carried out.
fn leads_somewhere(target: &str) -> bool {
    let target: String =
        target.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let scheme = target.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
    scheme.is_none_or(|(scheme, _)| {
        ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
    })
}

fn visible_lines(markdown: &str) -> String {
    crate::visible::visible(&markdown.replace("\r\n", "\n")).into_owned()
}

/// On one line, with what can't be seen as symbols.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    visible_line(&words.join(" ")).into_owned()
}

fn is_special(letter: char) -> bool {
    matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '~' | '&' | '!')
}

/// Where a line begins a list, a quotation or a rule, and a backslash keeps it from that.
fn beginning(line: &str) -> Option<usize> {
    if line.starts_with(['-', '+', '=', '>']) {
        return Some(0);
    }
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    (digits > 0 && line[digits..].starts_with(['.', ')'])).then_some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a reader sees of Markdown, and what else is in it.
    fn read(markdown: &str) -> (String, Vec<String>) {
        let (mut seen, mut else_there) = (String::new(), Vec::new());
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(text) | Event::Code(text) => seen.push_str(&text),
                Event::SoftBreak => seen.push(' '),
                Event::Start(
                    Tag::Paragraph | Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell,
                ) => {}
                Event::End(_) => {}
                other => else_there.push(format!("{other:?}")),
            }
        }
        (seen, else_there)
    }

    /// A text as it is to be seen: on one line, without what can't be seen.
    fn wanted(text: &str) -> String {
        one_line(text)
    }

    fn hostile() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "<script>",
            "</p>",
            "<!--",
            "&amp;",
            "&#60;",
            "[a](b)",
            "![i](j)",
            "[a]: b",
            "http://a.b",
            "<http://a.b>",
            "`",
            "``",
            "```",
            "|",
            "\\",
            "\\|",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "#",
            "# ",
            "- ",
            "+ ",
            "1. ",
            "2) ",
            "> ",
            "---",
            "===",
            "\n",
            "\n\n",
            "    ",
            "\t",
            " ",
            "a",
            "é",
            "x_y",
            "\u{202e}",
            "\u{1b}",
            "!",
            "[^1]",
            "javascript:",
            "\u{a0}",
            "(",
            ")",
            "]",
            "[",
            "<",
            ">",
            "&",
            ":",
            "$",
        ];
        prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn nothing_in_a_text_means_anything_to_markdown() {
        assert_eq!(text("a | b\n<img src=x>"), "a | b \\<img src=x>");
        assert_eq!(text("- x"), "\\- x");
        assert_eq!(text("1. x"), "1\\. x");
        assert_eq!(text("a_b _c_"), "a_b \\_c\\_");
        assert_eq!(text("**no** [l](u) `c`"), "\\*\\*no\\*\\* \\[l\\](u) \\`c\\`");
        assert_eq!(text("a\u{202e}b\u{1b}"), "a\\<U+202E>b␛");
    }

    #[test]
    fn code_ends_where_it_should() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a|b`"), "`` `a|b` ``");
        assert_eq!(code(""), "`  `");
        assert_eq!(block("sh", "```\n"), "````sh\n```\n````");
        assert_eq!(row([code("a|b"), text("c|d\\")]), "| `a\\|b` | c\\|d\\\\ |");
    }

    #[test]
    fn authors_write_markdown_and_no_html() {
        let fine =
            "See [this](https://a.b), [that](slack.md) and `<tag>`.\n\n* **one** < 2\n\n```html\n<p>\n```";
        assert_eq!(authored(fine), fine);
        assert_eq!(authored("a <script>alert(1)</script>"), "a \\<script>alert(1)\\</script>");
        assert_eq!(authored("<div>\nx"), "\\<div>\nx");
        assert_eq!(authored("[a](javascript:x) <javascript:y>"), "\\[a](javascript:x) \\<javascript:y>");
        assert_eq!(authored("[a](java\tscript:x)"), "[a](java\tscript:x)", "no link at all");
    }

    proptest! {
        #[test]
        fn texts_are_read_as_they_were(source in hostile()) {
            let (seen, other) = read(&text(&source));
            prop_assert_eq!(seen, wanted(&source));
            prop_assert_eq!(other, Vec::<String>::new());
        }

        #[test]
        fn cells_are_read_as_they_were(source in hostile()) {
            let table = format!("{}\n{}\n{}\n", row(["a"]), rule(1), row([text(&source)]));
            let (seen, other) = read(&table);
            prop_assert_eq!(seen, format!("a{}", wanted(&source)));
            prop_assert_eq!(other, Vec::<String>::new());
        }

        #[test]
        fn code_is_read_as_it_was(source in hostile()) {
            let shown = visible_line(source.trim_matches(['\n', '\r'])).replace(['␊', '␍'], " ");
            let (seen, other) = read(&format!("x {} x", code(&source)));
            let shown = if shown.is_empty() { "  ".to_owned() } else { shown };
            prop_assert_eq!(seen, format!("x {shown} x"));
            prop_assert_eq!(other, Vec::<String>::new());
        }

        #[test]
        fn nothing_that_an_author_writes_is_carried_out(source in hostile()) {
            let events = Parser::new_ext(&authored(&source), Options::ENABLE_TABLES).filter(|event| match event {
                Event::Html(_) | Event::InlineHtml(_) => true,
                Event::Start(Tag::Link { dest_url, .. }) => !leads_somewhere(dest_url),
                _ => false,
            }).count();
            prop_assert_eq!(events, 0);
        }
    }
}
