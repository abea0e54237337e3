//! Cuts a file into chunks of one top-level item each.
//!
//! Items are parsed chunk by chunk: a broken one can't touch the next, and an editor parses again
//! only the one that changed. The cutter knows texts, comments and brackets, nothing else. Where the
//! brackets balance, an item begins with its keyword at the beginning of a line; where they don't,
//! only what can't be anything but the head of an item counts.
//!
//! It also measures nesting. The generated parser recurses, so what is nested too deeply is refused
//! before it runs.

use super::text::{block_end, line_text_end};

/// How deep brackets, `if`s and lambdas may nest in each other.
pub const MAX_NESTING: usize = 100;

/// A part of the file: trivia, then at most one item where the file is well formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub start: usize,
    pub end: usize,
    /// The first bracket or word that is nested too deeply.
    pub too_deep: Option<usize>,
}

/// Cuts `text`; the chunks lie side by side and hold all of it. An empty text has no chunk.
pub(crate) fn split(text: &str) -> Vec<Chunk> {
    let mut splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        open: Vec::new(),
        chain: 0,
        chained: 0,
        angles: 0,
        too_deep: None,
        chunk_start: 0,
        chunks: Vec::new(),
        comments: None,
        odd_blocks: text.matches("\"\"\"").count() % 2 == 1,
    };
    splitter.run();
    splitter.chunks
}

struct Splitter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The open brackets, each with the chain of `if`s around it on its own level.
    open: Vec<(u8, usize)>,
    /// `if`, `match` and `=>` since the last statement or comma: they nest without brackets.
    chain: usize,
    /// The sum of the chains in `open`.
    chained: usize,
    /// `<` right behind a word, not closed yet on this line: types nest in them.
    angles: usize,
    too_deep: Option<usize>,
    chunk_start: usize,
    chunks: Vec<Chunk>,
    /// Where the unbroken run of comment lines above the current line begins.
    comments: Option<usize>,
    /// Whether one of the file's text blocks lacks an end.
    odd_blocks: bool,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = self.line_start(self.text.len() - self.text.trim_start_matches('\u{FEFF}').len());
        let mut previous_word = (0, 0);
        while let Some(&byte) = self.bytes.get(at) {
            at = match byte {
                b'\n' => self.line_start(at + 1),
                b'/' if self.bytes.get(at + 1) == Some(&b'/') => self.line_end(at),
                b'"' => self.text_end(at),
                b'(' | b'[' | b'{' => {
                    self.open.push((byte, self.chain));
                    self.chained += self.chain;
                    self.chain = 0;
                    self.measure(at);
                    at + 1
                }
                b')' | b']' | b'}' => {
                    self.close(byte);
                    at + 1
                }
                b',' => {
                    self.chain = 0;
                    at + 1
                }
                b'<' if previous_word.1 == at => {
                    self.angles += 1;
                    self.measure(at);
                    at + 1
                }
                b'>' => {
                    self.angles = self.angles.saturating_sub(1);
                    at + 1
                }
                b'=' if self.bytes.get(at + 1) == Some(&b'>') => {
                    self.chain += 1;
                    self.measure(at);
                    at + 2
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                    let end = word_end(self.bytes, at);
                    let word = &self.text[at..end];
                    let after_else = &self.text[previous_word.0..previous_word.1] == "else";
                    if word == "match" || word == "if" && !after_else {
                        self.chain += 1;
                        self.measure(at);
                    }
                    previous_word = (at, end);
                    end
                }
                _ => at + 1,
            };
        }
        self.cut(self.text.len());
    }

    /// Looks at the beginning of a line; returns where to go on.
    fn line_start(&mut self, start: usize) -> usize {
        let blank = self.bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let at = start + blank;
        let rest = &self.text[at..];
        if rest.starts_with("//") {
            self.comments.get_or_insert(start);
            return at;
        }
        if !continues(rest) {
            (self.chain, self.angles) = (0, 0);
        }
        let strong = blank == 0 && strong_head(rest);
        if strong || blank == 0 && self.open.is_empty() && weak_head(rest) {
            self.cut(self.comments.unwrap_or(start));
            self.open.clear();
            self.chained = 0;
        }
        self.comments = None;
        at
    }

    fn cut(&mut self, end: usize) {
        if end > self.chunk_start {
            self.chunks.push(Chunk { start: self.chunk_start, end, too_deep: self.too_deep.take() });
            self.chunk_start = end;
        }
    }

    fn close(&mut self, byte: u8) {
        let opener = match byte {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        // A round or square bracket closes nothing beyond the block that it stands in.
        let mut inside = self.open.iter().rev().take_while(|(open, _)| opener == b'{' || *open != b'{');
        let Some(distance) = inside.position(|(open, _)| *open == opener) else { return };
        let keep = self.open.len() - 1 - distance;
        for (_, chain) in self.open.drain(keep..) {
            self.chain = chain;
            self.chained -= chain;
        }
        if byte == b'}' {
            self.chain = 0;
        }
    }

    fn measure(&mut self, at: usize) {
        if self.open.len() + self.chained + self.chain + self.angles > MAX_NESTING {
            self.too_deep.get_or_insert(at);
        }
    }

    fn line_end(&self, start: usize) -> usize {
        self.bytes[start..].iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |at| start + at)
    }

    fn text_end(&mut self, start: usize) -> usize {
        if !self.text[start..].starts_with("\"\"\"") {
            let text = line_text_end(self.bytes, start, MAX_NESTING.saturating_sub(self.open.len()));
            if let Some(at) = text.too_deep {
                self.too_deep.get_or_insert(at);
            }
            return text.end;
        }
        let block = block_end(self.bytes, start, MAX_NESTING.saturating_sub(self.open.len()));
        if let Some(at) = block.too_deep {
            self.too_deep.get_or_insert(at);
        }
        if block.closed && !self.odd_blocks {
            return block.end;
        }
        // Without an end of its own it ends where the next item begins.
        let inside = &self.text[start..block.end];
        let mut lines = inside.match_indices('\n').map(|(at, _)| start + at + 1);
        lines.find(|at| strong_head(&self.text[*at..])).map_or(block.end, |at| at - 1)
    }
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    start + bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
}

/// Whether a line that begins like this goes on with the expression above it.
fn continues(line: &str) -> bool {
    let word = &line[..word_end(line.as_bytes(), 0)];
    matches!(word, "" | "if" | "then" | "else" | "match" | "and" | "or" | "not" | "in" | "as")
}

/// Whether a line begins like an item, where no bracket is open.
fn weak_head(line: &str) -> bool {
    let word = &line[..word_end(line.as_bytes(), 0)];
    matches!(
        word,
        "use"
            | "private"
            | "record"
            | "ordered"
            | "enum"
            | "type"
            | "let"
            | "fn"
            | "task"
            | "action"
            | "trigger"
            | "playbook"
            | "scenario"
    )
}

/// Whether a line can only be the head of an item, even if brackets are open above it. `let` never
/// is: blocks have it too.
fn strong_head(line: &str) -> bool {
    let (word, rest) = next_word(line);
    match word {
        "private" | "ordered" => strong_head(rest),
        "record" | "enum" | "playbook" => {
            let (name, rest) = next_word(rest);
            !name.is_empty() && rest.starts_with(['{', '\r', '\n'])
        }
        "fn" | "task" | "action" | "trigger" => {
            let (name, rest) = next_word(rest);
            !name.is_empty() && rest.starts_with('(')
        }
        "type" => {
            let (name, rest) = next_word(rest);
            !name.is_empty() && rest.starts_with('=')
        }
        "use" => {
            let (name, rest) = next_word(rest);
            !matches!(name, "" | "as") && rest.starts_with(['.', '(', '\r', '\n'])
        }
        "scenario" => rest.starts_with('"'),
        _ => false,
    }
}

/// The first word of a line and what follows it behind blanks.
fn next_word(line: &str) -> (&str, &str) {
    let (word, rest) = line.split_at(word_end(line.as_bytes(), 0));
    (word, rest.trim_start_matches([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str) -> Vec<&str> {
        split(text).iter().map(|chunk| &text[chunk.start..chunk.end]).collect()
    }

    #[test]
    fn items_are_cut_with_their_comments() {
        let text = "//! f\n\n// a\n/// b\nlet a = [\n1]\nuse b\n";
        assert_eq!(chunks(text), ["//! f\n\n", "// a\n/// b\nlet a = [\n1]\n", "use b\n"]);
        assert!(chunks("").is_empty());
    }

    #[test]
    fn texts_and_comments_hide_items() {
        let text =
            "let a = \"\"\"\nuse b\nplaybook c {\n\"\"\"\n// }\nlet b = \"{ ${ \"}\" } \\\" (\"\nlet c = 1\n";
        assert_eq!(chunks(text).len(), 3);
    }

    #[test]
    fn an_open_bracket_ends_at_the_next_sure_head() {
        let text = "playbook a {\n  enrich {\nlet x = 1\nrecord B {\n}\n";
        assert_eq!(chunks(text), ["playbook a {\n  enrich {\nlet x = 1\n", "record B {\n}\n"]);
        assert_eq!(chunks("let a = {\ntype: 1,\ntask: 2 }\n").len(), 1);
    }

    #[test]
    fn an_unclosed_text_block_ends_at_the_next_sure_head() {
        assert_eq!(chunks("let a = \"\"\"\nx\nrecord B {\n}\n").len(), 2);
        let text = "let a = \"\"\"\nx\nrecord B {\n}\nlet b = \"\"\"\ny\n\"\"\"\n";
        assert_eq!(chunks(text).len(), 3);
    }

    #[test]
    fn deep_nesting_is_found_at_its_first_bracket() {
        let deep = |text: &str| split(text)[0].too_deep;
        assert_eq!(deep(&"(".repeat(100)), None);
        assert_eq!(deep(&"(".repeat(100_000)), Some(100));
        assert_eq!(deep(&format!("let a = {}", "if a then ".repeat(101))), Some(8 + 100 * 10));
        assert_eq!(deep(&format!("let a = {}", "x else if a then ".repeat(500))), None);
        assert_eq!(deep(&"(a) => ".repeat(200)), Some(100 * 7));
        assert_eq!(deep(&"let a = if b then c else d\n".repeat(200)), None);
        assert!(deep(&format!("let a = {}", "\"${".repeat(200))).is_some());
        assert_eq!(deep(&format!("let a: {}", "List<".repeat(200))), Some(7 + 100 * 5 + 4));
        assert_eq!(deep(&"let a: List<Int> = b <c and d< e\n".repeat(200)), None);
    }
}
