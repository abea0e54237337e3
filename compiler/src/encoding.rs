//! From a file's bytes to its text, and what is wrong with it before anybody reads what it says:
//! bytes that are not UTF-8, a byte order mark, foreign line ends, tabs, nothing at all.

use crate::{
    diagnostic::Diagnostic,
    findings::files::{byte_order_mark, carriage_return, empty_file, not_utf8, tab},
    source::{FileId, Span},
};

/// Larger files, in bytes, are not read: no playbook is that long, and something else must be in it.
pub const LARGEST: u64 = 8 << 20;

/// The text of a file, with its findings. Bytes that are not UTF-8 become `U+FFFD`.
pub fn decode(file: FileId, bytes: Vec<u8>) -> (String, Vec<Diagnostic>) {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            // Up to the first bad byte the text is the bytes, so the offset holds in both.
            let finding = not_utf8::at(Span::new(file, at as u32, at as u32 + 3), &bytes, at);
            return (text, vec![finding]);
        }
    };
    let findings = inspect(file, &text);
    (text, findings)
}

/// What is wrong with a text as a file: one finding of a kind, at its first place.
pub fn inspect(file: FileId, text: &str) -> Vec<Diagnostic> {
    let span = |start: usize, end: usize| Span::new(file, start as u32, end as u32);
    let mut findings = Vec::new();
    // Tools that each put one there leave several.
    let body = text.trim_start_matches('\u{FEFF}');
    if body.len() < text.len() {
        findings.push(byte_order_mark::at(span(0, text.len() - body.len())));
    }
    if body.trim().is_empty() {
        findings.push(empty_file::at(span(text.len(), text.len())));
        return findings;
    }
    let mut returns = text.match_indices("\r\n");
    if let Some((first, _)) = returns.next() {
        findings.push(carriage_return::at(span(first, first + 1), 1 + returns.count()));
    }
    let mut tabbed = text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line))
    });
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut indented = tabbed.by_ref().filter_map(|(start, line)| {
        let spaces = &line[..indent(line)];
        spaces.find('\t').map(|at| (start + at, start + spaces.len()))
    });
    if let Some((start, end)) = indented.next() {
        findings.push(tab::at(span(start, end), 1 + indented.count()));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(bytes: &[u8]) -> Vec<(&'static str, u32, u32)> {
        let (_, findings) = decode(FileId(0), bytes.to_vec());
        findings.iter().map(|finding| (finding.code, finding.span().start, finding.span().end)).collect()
    }

    #[test]
    fn plain_text_is_fine() {
        assert_eq!(codes("type A = Int // ä\n".as_bytes()), []);
    }

    #[test]
    fn each_oddity_is_found_once_at_its_first_place() {
        assert_eq!(codes(b"a\r\nb\r\n"), [("carriage-return", 1, 2)]);
        assert_eq!(codes(b"a\n \tb\tc\n\td"), [("tab", 3, 4)]);
        assert_eq!(codes("\u{FEFF}a".as_bytes()), [("byte-order-mark", 0, 3)]);
        assert_eq!(codes("\u{FEFF}\u{FEFF}a".as_bytes()), [("byte-order-mark", 0, 6)]);
        assert_eq!(codes(b""), [("empty-file", 0, 0)]);
        assert_eq!(codes("\u{FEFF} \r\n".as_bytes()), [("byte-order-mark", 0, 3), ("empty-file", 6, 6)]);
    }

    #[test]
    fn a_tab_within_a_line_is_left_alone() {
        assert_eq!(codes(b"let a = \"x\ty\"\n"), []);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_found_where_they_stand() {
        let (text, findings) = decode(FileId(0), b"let \xFF = 1".to_vec());
        assert_eq!(text, "let \u{FFFD} = 1");
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].code, findings[0].span().start, findings[0].span().end), ("not-utf8", 4, 7));
        assert!(findings[0].message.contains("0xFF"), "{}", findings[0].message);
        let (_, utf16) = decode(FileId(0), b"\xFF\xFEl\0e\0t\0".to_vec());
        assert!(utf16[0].message.contains("UTF-16"), "{}", utf16[0].message);
    }
}
