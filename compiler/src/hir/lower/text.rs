//! Texts: escapes and the indentation of text blocks.
//!
//! A text block begins behind the line of its opening quotes if nothing else stands there, and ends
//! before the line of its closing quotes if they stand alone. What its least indented line (the
//! closing quotes count) is indented by is taken from each line. Lines end with `\n` whatever the file has.

use super::{
    ExprId, ExprKind, Lowering,
    nodes::{expressions, range_span},
};
use crate::{
    hir::{Literal, TextPart},
    syntax::{SyntaxElement, SyntaxKind, SyntaxNode},
};

impl Lowering {
    /// A `"..."` or `"""..."""`.
    pub(super) fn text(&mut self, node: &SyntaxNode) -> ExprId {
        let span = self.span(node);
        let parts = self.text_parts(node);
        let kind = match parts.as_slice() {
            [] => ExprKind::Literal(Literal::Text(String::new())),
            [TextPart::Literal(text)] => ExprKind::Literal(Literal::Text(text.clone())),
            _ => ExprKind::Text(parts),
        };
        self.expr_of(span, kind)
    }

    fn text_parts(&mut self, node: &SyntaxNode) -> Vec<TextPart> {
        let block = (node.kind() == SyntaxKind::TextBlock).then(|| BlockShape::of(node));
        let mut parts = Vec::new();
        let mut literal = String::new();
        for element in node.children_with_tokens() {
            let range = element.text_range();
            match element {
                SyntaxElement::Token(token) => match token.kind() {
                    SyntaxKind::StringText => literal.push_str(token.text()),
                    SyntaxKind::BlockText => {
                        let start = usize::from(range.start() - node.text_range().start());
                        if let Some(block) = &block {
                            block.push(token.text(), start, &mut literal);
                        }
                    }
                    SyntaxKind::Escape => literal.extend(unescape(token.text())),
                    SyntaxKind::BadInterpolation => {
                        flush(&mut literal, &mut parts);
                        let missing = self.missing(range_span(self.file, range));
                        parts.push(TextPart::Value(missing));
                    }
                    _ => {}
                },
                SyntaxElement::Node(child) if child.kind() == SyntaxKind::Interpolation => {
                    flush(&mut literal, &mut parts);
                    let value = match expressions(&child).next() {
                        Some(value) => self.expression(&value),
                        None => self.missing(range_span(self.file, range)),
                    };
                    parts.push(TextPart::Value(value));
                }
                SyntaxElement::Node(_) => {}
            }
        }
        flush(&mut literal, &mut parts);
        parts
    }
}

fn flush(literal: &mut String, parts: &mut Vec<TextPart>) {
    if !literal.is_empty() {
        parts.push(TextPart::Literal(std::mem::take(literal)));
    }
}

/// What an escape stands for; nothing for a number that no character has.
fn unescape(escape: &str) -> Option<char> {
    match escape.as_bytes().get(1)? {
        b'n' => Some('\n'),
        b't' => Some('\t'),
        b'r' => Some('\r'),
        b'u' => {
            let digits = escape.get(3..escape.len() - 1)?;
            u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
        }
        _ => escape.chars().nth(1),
    }
}

/// What of a text block's raw text is content.
struct BlockShape {
    /// Offsets in the node: content begins and ends here.
    start: usize,
    end: usize,
    indent: usize,
}

impl BlockShape {
    fn of(node: &SyntaxNode) -> Self {
        let raw = node.text().to_string();
        let closed = raw.len() >= 6 && raw.ends_with("\"\"\"");
        let inner_end = if closed { raw.len() - 3 } else { raw.len() };
        let inner = &raw[3.min(inner_end)..inner_end];
        let first_break = inner.find('\n').filter(|at| inner[..*at].trim().is_empty());
        let start = 3 + first_break.map_or(0, |at| at + 1);
        let last_break = inner.rfind('\n').filter(|at| inner[at + 1..].trim().is_empty());
        let end = match last_break {
            Some(at) if 3 + at >= start => 3 + at,
            // Nothing but the two lines of the quotes.
            Some(_) => start,
            None => inner_end,
        };
        // The first line counts only if it is a line of its own; the closing quotes' always does.
        let lines = raw[start.min(inner_end)..inner_end].split('\n').skip(usize::from(first_break.is_none()));
        let is_last = |line: &str, rest: Option<&&str>| rest.is_none() && line.trim().is_empty() && closed;
        let mut lines = lines.peekable();
        let mut indent = usize::MAX;
        while let Some(line) = lines.next() {
            if !line.trim().is_empty() || is_last(line, lines.peek()) {
                indent = indent.min(line.len() - line.trim_start_matches([' ', '\t']).len());
            }
        }
        Self { start, end, indent: if indent == usize::MAX { 0 } else { indent } }
    }

    /// Appends the content in `text`, which begins at offset `at` of the node.
    fn push(&self, text: &str, at: usize, out: &mut String) {
        let from = self.start.saturating_sub(at).min(text.len());
        let to = self.end.saturating_sub(at).min(text.len()).max(from);
        let mut line_start = at + from == self.start && self.start > 3;
        for piece in text[from..to].split_inclusive('\n') {
            let mut line = piece;
            if line_start {
                let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
                line = &line[blank.min(self.indent)..];
            }
            line_start = piece.ends_with('\n');
            match line.strip_suffix("\r\n") {
                Some(line) => {
                    out.push_str(line);
                    out.push('\n');
                }
                None => out.push_str(line),
            }
        }
        // The carriage return of the line break that was cut off with the closing quotes.
        if to < text.len() && out.ends_with('\r') {
            out.pop();
        }
    }
}
