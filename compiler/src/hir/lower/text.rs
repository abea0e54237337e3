//! Texts: escapes resolved, the indentation of text blocks removed.
//!
//! A text block loses the line of its opening quotes if nothing stands behind them, the last line end
//! if the closing quotes stand alone on their line, and from each line the blanks that all of its
//! lines that aren't blank share, the closing line included when the quotes stand alone on it. Blank
//! lines become empty; line ends become `\n`.

use super::Lowering;
use crate::{
    findings::syntax::{interpolated_key, unknown_escape},
    hir::{ExprId, ExprKind, Literal, TextPart},
    source::part,
    syntax::{
        SyntaxKind,
        ast::{self, TextPiece},
    },
};

impl Lowering {
    /// A one-line text.
    pub(super) fn text(&mut self, pieces: impl Iterator<Item = TextPiece>) -> ExprKind {
        let mut parts = Parts::default();
        for piece in pieces {
            match self.value(&piece) {
                Some(value) => parts.0.push(TextPart::Value(value)),
                None => parts.text(&self.characters(&piece)),
            }
        }
        parts.finish()
    }

    /// A text where no values can stand: an interpolation is a mistake in `what`.
    pub(super) fn plain_text(&mut self, pieces: impl Iterator<Item = TextPiece>, what: &str) -> String {
        let mut text = String::new();
        for piece in pieces {
            if let TextPiece::Interpolation(hole) = &piece {
                let span = self.span(hole);
                self.diagnostics.push(interpolated_key::report(span, what));
            }
            text.push_str(&self.characters(&piece));
        }
        text
    }

    pub(super) fn text_block(&mut self, block: &ast::TextBlock) -> ExprKind {
        let mut lines = vec![Line::default()];
        for piece in block.pieces() {
            if let TextPiece::Token(token) = &piece
                && token.kind() == SyntaxKind::BlockText
            {
                raw_lines(&mut lines, token.text());
                continue;
            }
            match self.value(&piece) {
                Some(value) => last(&mut lines).parts.0.push(TextPart::Value(value)),
                None => {
                    let text = self.characters(&piece);
                    last(&mut lines).parts.text(&text);
                }
            }
        }
        unindent(lines)
    }

    /// The value of an interpolation; of a broken one, which was reported, a hole.
    fn value(&mut self, piece: &TextPiece) -> Option<ExprId> {
        match piece {
            TextPiece::Interpolation(hole) => Some(self.required(hole.value(), hole)),
            TextPiece::Token(token) if token.kind() == SyntaxKind::BadInterpolation => {
                let span = self.span_of(token);
                Some(self.push(span, ExprKind::Missing))
            }
            TextPiece::Token(_) => None,
        }
    }

    /// The characters that a piece of a text stands for.
    fn characters(&mut self, piece: &TextPiece) -> String {
        let token = match piece {
            TextPiece::Token(token) => token,
            TextPiece::Interpolation(hole) => return ast::AstNode::syntax(hole).text().to_string(),
        };
        let text = token.text();
        if token.kind() != SyntaxKind::Escape {
            return text.to_owned();
        }
        match text.strip_prefix('\\').unwrap_or(text) {
            "n" => "\n".to_owned(),
            "t" => "\t".to_owned(),
            "r" => "\r".to_owned(),
            escape => match escape.strip_prefix("u{").and_then(|rest| rest.strip_suffix('}')) {
                Some(digits) => {
                    let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                    if character.is_none() {
                        let span = self.span_of(token);
                        self.diagnostics.push(unknown_escape::no_character(span, digits));
                    }
                    character.map(String::from).unwrap_or_default()
                }
                None => escape.to_owned(),
            },
        }
    }
}

#[derive(Default)]
struct Parts(Vec<TextPart>);

impl Parts {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(TextPart::Literal(last)) => last.push_str(text),
            _ => self.0.push(TextPart::Literal(text.to_owned())),
        }
    }

    fn finish(mut self) -> ExprKind {
        match self.0.as_mut_slice() {
            [] => ExprKind::Literal(Literal::Text(String::new())),
            [TextPart::Literal(text)] => ExprKind::Literal(Literal::Text(std::mem::take(text))),
            _ => ExprKind::Text(self.0),
        }
    }
}

/// A line of a text block: its blanks and what stands behind them.
#[derive(Default)]
struct Line {
    indentation: String,
    parts: Parts,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.parts.0.is_empty()
    }
}

fn last(lines: &mut [Line]) -> &mut Line {
    // There is always one: the list begins with one and only grows.
    let index = lines.len() - 1;
    &mut lines[index]
}

/// Adds raw characters of a block to its lines.
fn raw_lines(lines: &mut Vec<Line>, text: &str) {
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 {
            lines.push(Line::default());
        }
        let part = part.strip_suffix('\r').unwrap_or(part);
        let line = last(lines);
        if !line.is_blank() {
            line.parts.text(part);
            continue;
        }
        let content = part.trim_start_matches([' ', '\t']);
        line.indentation.push_str(&part[..part.len() - content.len()]);
        line.parts.text(content);
    }
}

fn unindent(mut lines: Vec<Line>) -> ExprKind {
    let closes_alone = lines.len() > 1 && lines.last().is_some_and(Line::is_blank);
    let closing = if closes_alone { lines.pop() } else { None };
    let opens_alone = lines.first().is_some_and(Line::is_blank) && (lines.len() > 1 || closes_alone);
    let opening = if opens_alone { 1 } else { 0 };
    // What stands right behind the opening quotes has no indentation of its own.
    let indented = lines.iter().skip(1).filter(|line| !line.is_blank()).map(|line| line.indentation.as_str());
    let all = indented.chain(closing.as_ref().map(|line| line.indentation.as_str()));
    let common = all.reduce(common_start).unwrap_or_default().len();
    let mut parts = Parts::default();
    for (index, line) in lines.into_iter().skip(opening).enumerate() {
        if index > 0 {
            parts.text("\n");
        }
        if line.is_blank() {
            continue;
        }
        let removed = if index + opening == 0 { 0 } else { common };
        parts.text(part(&line.indentation, removed, line.indentation.len()));
        for part in line.parts.0 {
            match part {
                TextPart::Literal(text) => parts.text(&text),
                value => parts.0.push(value),
            }
        }
    }
    parts.finish()
}

fn common_start<'t>(a: &'t str, b: &'t str) -> &'t str {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    &a[..same]
}
