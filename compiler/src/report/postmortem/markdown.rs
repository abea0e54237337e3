//! Markdown that says what it is given and nothing else: values come from alerts and chats.

/// Text within a paragraph or a cell of a table: no letter of it means anything to Markdown or HTML.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let mut before = None;
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            let inside = |other: Option<char>| other.is_some_and(char::is_alphanumeric);
            let within = inside(before) && inside(letters.peek().copied());
            before = Some(letter);
            match letter {
                // Inside of a word it is only an underscore.
                '_' if within => out.push('_'),
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                    out.push('\\');
                    out.push(letter);
                }
                letter if letter.is_control() => out.push(' '),
                letter => out.push(letter),
            }
        }
    }
    // At the beginning of a line these begin a list.
    if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}

/// Text as code, also within a table.
pub(super) fn code(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // In a table a bar ends the cell even within code.
    let line = line.replace('|', "¦");
    let longest = line.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if line.starts_with('`') || line.ends_with('`') || line.is_empty() { " " } else { "" };
    format!("{fence}{blank}{line}{blank}{fence}")
}

/// A table; nothing without rows.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_means_anything_to_markdown() {
        assert_eq!(text("a | b\n<img src=x>"), "a \\| b \\<img src=x\\>");
        assert_eq!(text("- x"), "\\- x");
        assert_eq!(text("a_b _c_"), "a_b \\_c\\_");
        assert_eq!(text("**no** [l](u) `c`"), "\\*\\*no\\*\\* \\[l\\](u) \\`c\\`");
    }

    #[test]
    fn code_ends_where_it_should() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a|b`"), "`` `a¦b` ``");
        assert_eq!(code(""), "`  `");
    }
}
