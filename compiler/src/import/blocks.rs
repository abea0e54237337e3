//! Texts of several lines, as people would write them.

/// Expressions with their texts of several lines as blocks in `"""`, which stand behind `indent` blanks:
/// the formatter leaves the inside of texts alone.
pub fn blocks(code: &str, indent: usize) -> String {
    let mut result = String::new();
    let mut rest = code;
    while let Some(start) = rest.find('"') {
        let Some(length) = literal(&rest[start..]) else { break };
        let text = &rest[start..start + length];
        result.push_str(&rest[..start]);
        match block(&text[1..length - 1], &" ".repeat(indent)) {
            Some(block) => result.push_str(&block),
            None => result.push_str(text),
        }
        rest = &rest[start + length..];
    }
    result.push_str(rest);
    result
}

/// Code without its comments and texts, but with what is interpolated in them.
pub fn without_literals(code: &str) -> String {
    let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = lines.join("\n");
    let mut result = String::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find('"') {
        let Some(length) = literal(&rest[start..]) else { break };
        result.push_str(&rest[..start]);
        let inside = &rest[start + 1..start + length - 1];
        let pieces = inside.match_indices("${").map(|(at, _)| &inside[at..]);
        // What stands behind an interpolation may be words: a module must be named right behind its sign.
        pieces.for_each(|piece| result.push_str(piece.split('}').next().unwrap_or_default()));
        rest = &rest[start + length..];
    }
    result.push_str(rest);
    result
}

/// The length of the literal that the code begins with, its quotes included.
fn literal(code: &str) -> Option<usize> {
    let mut pieces = Pieces { code, at: 1 };
    while let Some(piece) = pieces.next() {
        if piece == Piece::Quote {
            return Some(pieces.at);
        }
    }
    None
}

#[derive(PartialEq)]
enum Piece<'c> {
    Text(&'c str),
    Quote,
}

/// What a literal is made of: its closing quote, escapes, interpolations as a whole, other letters.
struct Pieces<'c> {
    code: &'c str,
    at: usize,
}

impl<'c> Iterator for Pieces<'c> {
    type Item = Piece<'c>;

    fn next(&mut self) -> Option<Piece<'c>> {
        let rest = &self.code[self.at..];
        let first = rest.chars().next()?;
        let length = match first {
            '"' => {
                self.at += 1;
                return Some(Piece::Quote);
            }
            '\\' => 1 + rest[1..].chars().next()?.len_utf8(),
            '$' if rest.starts_with("${") => interpolation(rest)?,
            other => other.len_utf8(),
        };
        self.at += length;
        Some(Piece::Text(&rest[..length]))
    }
}

/// The length of an interpolation: up to the brace that closes its first one.
fn interpolation(code: &str) -> Option<usize> {
    let mut at = 2;
    let mut depth = 1;
    while depth > 0 {
        let next = code[at..].chars().next()?;
        match next {
            '"' => at += literal(&code[at..])?,
            '{' => (depth, at) = (depth + 1, at + 1),
            '}' => (depth, at) = (depth - 1, at + 1),
            other => at += other.len_utf8(),
        }
    }
    Some(at)
}

/// What stands between quotes as a block, if it has several lines and a block can say all of it.
fn block(inside: &str, indent: &str) -> Option<String> {
    let mut lines = vec![String::new()];
    for piece in (Pieces { code: inside, at: 0 }) {
        let Piece::Text(text) = piece else { return None };
        let line = lines.last_mut()?;
        match text {
            "\\n" => lines.push(String::new()),
            "\\\"" => line.push('"'),
            text => line.push_str(text),
        }
    }
    let ends_blank = |line: &String| line.ends_with(' ') || line.ends_with("\\t");
    let indented = |line: &String| line.starts_with(' ') || line.is_empty();
    let ends = lines.first().is_none_or(String::is_empty) || lines.last().is_none_or(String::is_empty);
    if lines.len() < 2 || ends || lines.iter().any(ends_blank) || lines.iter().all(indented) {
        return None;
    }
    let shifted = |line: &String| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    let text = lines.iter().map(shifted).collect::<Vec<_>>().join("\n");
    let sayable = !text.contains("\"\"\"") && !text.ends_with('"');
    sayable.then(|| format!("\"\"\"\n{text}\n{indent}\"\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_several_lines_become_blocks() {
        assert_eq!(
            blocks(r#"post(a, "b\nc ${d("\n")}")"#, 2),
            "post(a, \"\"\"\n  b\n  c ${d(\"\\n\")}\n  \"\"\")"
        );
        assert_eq!(blocks(r#"post("say \"a\"\nb")"#, 0), "post(\"\"\"\nsay \"a\"\nb\n\"\"\")");
    }

    #[test]
    fn what_a_block_cannot_say_stays() {
        for code in [r#"a("b")"#, r#"a("b\n")"#, r#"a("\nb")"#, r#"a("b \nc")"#, r#"a(" b\n c")"#, r#"a("b"#]
        {
            assert_eq!(blocks(code, 0), code);
        }
    }
}
