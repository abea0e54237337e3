//! Source text on one line.

/// The text with each run of white space as one space, and without what only several lines need:
/// the space behind an opening bracket, the comma before a closing one. Comments go. White space in
/// texts becomes single spaces too; nothing else in them changes.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut quoted = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if !quoted && rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        let after = &rest[letter.len_utf8()..];
        match letter {
            '"' => {
                quoted = !quoted;
                line.push('"');
            }
            '\\' if quoted => {
                line.push(letter);
                if let Some(escaped) = after.chars().next() {
                    line.push(escaped);
                    rest = &after[escaped.len_utf8()..];
                    continue;
                }
            }
            letter if letter.is_whitespace() => {
                let opened = !quoted && line.ends_with(['(', '[']);
                if !opened && !line.ends_with(' ') && !line.is_empty() {
                    line.push(' ');
                }
            }
            ')' | ']' if !quoted => {
                let kept = line.trim_end_matches(' ').trim_end_matches(',').len();
                line.truncate(kept);
                line.push(letter);
            }
            '}' if !quoted && line.ends_with(", ") => {
                line.truncate(line.len() - 2);
                line.push_str(" }");
            }
            _ => line.push(letter),
        }
        rest = after;
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn joins_lines_and_leaves_texts_alone() {
        assert_eq!(one_line("f(\n  a, // why\n  b,\n)"), "f(a, b)");
        assert_eq!(one_line("g(\"x, )  y\\\" // z\", [ 1, ])"), "g(\"x, ) y\\\" // z\", [1])");
        assert_eq!(one_line("{ a: 1,\n  b: 2,\n}"), "{ a: 1, b: 2 }");
        assert_eq!(one_line("  \n "), "");
    }
}
