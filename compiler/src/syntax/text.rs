//! Where texts end: the same answer as the grammar's, found without it.

use super::split::MAX_NESTING;

/// The end of a text and what was found on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextEnd {
    /// Behind the closing quote, or where the text breaks off.
    pub end: usize,
    /// Whether there is a closing quote.
    pub closed: bool,
    /// The first interpolation or bracket that is nested too deeply.
    pub too_deep: Option<usize>,
}

/// The end of the one-line text that begins at `start`; brackets in its interpolations may nest
/// `room` levels.
pub(crate) fn line_text_end(bytes: &[u8], start: usize, room: usize) -> TextEnd {
    let mut too_deep = None;
    let mut at = start + 1;
    let mut hole = at;
    loop {
        match bytes.get(at) {
            None | Some(b'\r' | b'\n') => {
                let end = open_text_end(bytes, hole, at);
                return TextEnd { end, closed: false, too_deep };
            }
            Some(b'"') => return TextEnd { end: at + 1, closed: true, too_deep },
            Some(b'$') if bytes.get(at + 1) == Some(&b'{') => {
                at = hole_end(bytes, at, room, &mut too_deep);
                hole = at;
            }
            Some(b'\\') => at += escape_length(bytes, at),
            Some(_) => at += 1,
        }
    }
}

/// Where a text without a closing quote ends: before the brackets and commas at the end of its line.
fn open_text_end(bytes: &[u8], start: usize, line_end: usize) -> usize {
    let text = &bytes[start..line_end];
    let text = text.trim_ascii_end();
    let closers =
        text.iter().rev().take_while(|byte| matches!(byte, b')' | b']' | b'}' | b',' | b'{')).count();
    if closers == 0 { line_end } else { start + text.len() - closers }
}

/// The end of the text block that begins at `start`.
pub(crate) fn block_end(bytes: &[u8], start: usize, room: usize) -> TextEnd {
    let mut too_deep = None;
    let mut at = start + 3;
    loop {
        match bytes.get(at) {
            None => return TextEnd { end: bytes.len(), closed: false, too_deep },
            Some(b'"') if bytes[at..].starts_with(b"\"\"\"") => {
                return TextEnd { end: at + 3, closed: true, too_deep };
            }
            Some(b'$') if bytes.get(at + 1) == Some(&b'{') => at = hole_end(bytes, at, room, &mut too_deep),
            Some(b'\\') => at += escape_length(bytes, at),
            Some(_) => at += 1,
        }
    }
}

/// A backslash hides the character behind it, except the end of the line.
fn escape_length(bytes: &[u8], at: usize) -> usize {
    if matches!(bytes.get(at + 1), None | Some(b'\r' | b'\n')) { 1 } else { 2 }
}

/// The end of the `${...}` at `start`: where its brace closes on the same line; else it is broken and
/// ends at the first brace, quote or line end.
fn hole_end(bytes: &[u8], start: usize, room: usize, too_deep: &mut Option<usize>) -> usize {
    let mut scan = HoleScan { bytes, deepest: None };
    let end = scan.rest(start + 2, room.min(MAX_NESTING));
    if let Some(at) = scan.deepest {
        too_deep.get_or_insert(at);
    }
    end.unwrap_or_else(|| {
        let broken = bytes[start + 2..].iter().position(|byte| matches!(byte, b'}' | b'"' | b'\r' | b'\n'));
        match broken {
            Some(at) if bytes[start + 2 + at] == b'}' => start + 2 + at + 1,
            Some(at) => start + 2 + at,
            None => bytes.len(),
        }
    })
}

struct HoleScan<'b> {
    bytes: &'b [u8],
    deepest: Option<usize>,
}

impl HoleScan<'_> {
    /// Behind the `}` that closes the brace before `at`, if it is on this line. Recurses once for each
    /// level, at most `room` deep.
    fn rest(&mut self, mut at: usize, room: usize) -> Option<usize> {
        let mut round = 0;
        loop {
            if room <= round {
                self.deepest.get_or_insert(at);
                return None;
            }
            match self.bytes.get(at)? {
                b'\r' | b'\n' => return None,
                b'}' => return Some(at + 1),
                b'{' => at = self.rest(at + 1, room - round - 1)?,
                b'"' => at = self.text(at + 1, room - round - 1)?,
                b'(' | b'[' => {
                    round += 1;
                    at += 1;
                }
                b')' | b']' => {
                    round = round.saturating_sub(1);
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    fn text(&mut self, mut at: usize, room: usize) -> Option<usize> {
        loop {
            match self.bytes.get(at)? {
                b'\r' | b'\n' => return None,
                b'"' => return Some(at + 1),
                b'\\' if escape_length(self.bytes, at) == 1 => return None,
                b'\\' => at += 2,
                // Without a second reading for a broken one: that would be exponential.
                b'$' if self.bytes.get(at + 1) == Some(&b'{') => at = self.hole(at, room)?,
                _ => at += 1,
            }
        }
    }

    fn hole(&mut self, at: usize, room: usize) -> Option<usize> {
        if room == 0 {
            self.deepest.get_or_insert(at);
            return None;
        }
        self.rest(at + 2, room - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> &str {
        &text[..line_text_end(text.as_bytes(), 0, 100).end]
    }

    #[test]
    fn a_text_ends_at_its_quote_or_line() {
        assert_eq!(line("\"a\\\"b\" c"), "\"a\\\"b\"");
        assert_eq!(line("\"a\nb\""), "\"a");
        assert_eq!(line("\"a (b)], \n"), "\"a (b");
        assert_eq!(line("\")\n"), "\"");
        assert_eq!(line("\"a ${b}]\n"), "\"a ${b}");
        assert_eq!(line("\"a ${f(\"}\")} b\" c"), "\"a ${f(\"}\")} b\"");
        assert_eq!(line("\"a ${f(\"x${\"y\"}\")} b\" c"), "\"a ${f(\"x${\"y\"}\")} b\"");
    }

    #[test]
    fn a_broken_hole_ends_with_its_text() {
        assert_eq!(line("\"a ${b\" c"), "\"a ${b\"");
        assert_eq!(line("\"a ${b\nc }"), "\"a ${b");
    }

    #[test]
    fn a_block_ends_at_its_quotes() {
        let text = "\"\"\"a \\\"\"\" ${ \"}\" }\n\"\"\" b";
        let end = block_end(text.as_bytes(), 0, 100);
        assert_eq!((end.end, end.closed), (text.len() - 2, true));
        assert!(!block_end(b"\"\"\"a", 0, 100).closed);
    }
}
