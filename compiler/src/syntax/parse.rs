//! A file's text to its tree, chunk by chunk.

use std::sync::Arc;

use pest::Parser;
use quell_grammar::{QuellParser, Rule};
use rowan::{GreenNode, Language, NodeOrToken, TokenAtOffset};

use super::{
    SyntaxKind, SyntaxNode, SyntaxToken,
    ast::{self, AstNode},
    characters::{characters, names},
    conflicts::conflicts,
    language::Quell,
    problem::diagnose,
    split::{Chunk, split},
    tree::{Problem, TreeBuilder},
};
use crate::{
    diagnostic::Diagnostic,
    source::{FileId, Span},
};

/// A parsed file: its tree, and what is wrong with its text. Cheap to clone, and can go to other
/// threads.
#[derive(Debug, Clone)]
pub struct Parse {
    green: GreenNode,
    chunks: Vec<Arc<ParsedChunk>>,
}

/// A chunk with what it parsed to. Places are relative to its start.
#[derive(Debug)]
struct ParsedChunk {
    text: Box<str>,
    green: GreenNode,
    /// What the grammar doesn't know.
    diagnostics: Vec<Diagnostic>,
    /// What readers can't see.
    characters: Vec<Diagnostic>,
}

/// Parses a file.
pub fn parse(text: &str) -> Parse {
    assemble(split(text).into_iter().map(|chunk| Arc::new(parse_chunk(text, chunk))).collect())
}

/// Parses a file anew after an edit: the items whose text is as before keep their trees.
pub fn parse_again(text: &str, previous: &Parse) -> Parse {
    let known = &previous.chunks;
    // An edit leaves the chunks before it and those behind it, so both ends are compared in step.
    let chunks = split(text);
    let tail_start = chunks.len();
    let parsed = chunks.into_iter().enumerate().map(|(index, chunk)| {
        let chunk_text = &text[chunk.start..chunk.end];
        let from_end = known.len().checked_sub(tail_start - index);
        let candidates = [Some(index), from_end].into_iter().flatten();
        let same = candidates.filter_map(|at| known.get(at)).find(|old| &*old.text == chunk_text);
        same.cloned().unwrap_or_else(|| Arc::new(parse_chunk(text, chunk)))
    });
    assemble(parsed.collect())
}

/// What a file says in words, its comments and texts, each with its place.
pub fn written(text: &str) -> Vec<(u32, String)> {
    let tokens = parse(text).syntax().descendants_with_tokens().filter_map(|element| element.into_token());
    let wanted = |token: &SyntaxToken| {
        matches!(token.kind(), SyntaxKind::StringText | SyntaxKind::BlockText)
            || token.kind().is_trivia() && token.kind() != SyntaxKind::Whitespace
    };
    tokens.filter(wanted).map(|token| (token.text_range().start().into(), token.text().to_owned())).collect()
}

fn assemble(chunks: Vec<Arc<ParsedChunk>>) -> Parse {
    let children = chunks.iter().flat_map(|chunk| {
        chunk.green.children().map(|child| match child {
            NodeOrToken::Node(node) => NodeOrToken::Node(node.to_owned()),
            NodeOrToken::Token(token) => NodeOrToken::Token(token.to_owned()),
        })
    });
    let kind = Quell::kind_to_raw(SyntaxKind::SourceFile);
    let green = GreenNode::new(kind, children.collect::<Vec<_>>());
    Parse { green, chunks }
}

fn parse_chunk(file: &str, chunk: Chunk) -> ParsedChunk {
    let text = &file[chunk.start..chunk.end];
    let (green, problems) = match chunk.too_deep {
        Some(at) => {
            let at = at - chunk.start;
            TreeBuilder::new(text).flat_chunk(SyntaxKind::TooDeep, (at, at + 1))
        }
        None => read_chunk(text),
    };
    let mut diagnostics = diagnose(text, &problems);
    names(text, &green, &mut diagnostics);
    let characters = characters(text, &green);
    ParsedChunk { text: text.into(), green, diagnostics, characters }
}

fn read_chunk(text: &str) -> (GreenNode, Vec<Problem>) {
    match QuellParser::parse(Rule::file, text) {
        Ok(pairs) => TreeBuilder::new(text).chunk(pairs.flat_map(|file| file.into_inner())),
        Err(error) => {
            // The grammar reads any text. What is left is its guard against running out of stack.
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            };
            TreeBuilder::new(text).flat_chunk(SyntaxKind::TooDeep, (at, at))
        }
    }
}

impl ParsedChunk {
    /// The kinds of its items, `use` lines aside.
    fn items(&self) -> impl Iterator<Item = SyntaxKind> {
        let kinds = self.green.children().filter_map(NodeOrToken::into_node);
        let kinds = kinds.map(|node| Quell::kind_from_raw(node.kind()));
        kinds.filter(|kind| ast::Item::can_cast(*kind) && *kind != SyntaxKind::UseItem)
    }
}

impl Parse {
    /// The root of the tree, a [`SyntaxKind::SourceFile`].
    pub fn syntax(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }

    /// The typed view of the root.
    pub fn file(&self) -> ast::SourceFile {
        ast::SourceFile::of_root(self.syntax())
    }

    /// Whether the text is what the grammar knows.
    pub fn is_good(&self) -> bool {
        self.chunks.iter().all(|chunk| chunk.diagnostics.is_empty())
    }

    /// Which items, `use` lines aside, have the text that they had in `before`: an answer for each, in
    /// order. None if items came, went or changed their kind.
    pub fn kept_items(&self, before: &Parse) -> Option<Vec<bool>> {
        if self.chunks.len() != before.chunks.len() {
            return None;
        }
        let mut kept = Vec::new();
        for (chunk, old) in self.chunks.iter().zip(&before.chunks) {
            let same = Arc::ptr_eq(chunk, old) || chunk.text == old.text;
            if !same && !chunk.items().eq(old.items()) {
                return None;
            }
            kept.extend(chunk.items().map(|_| same));
        }
        Some(kept)
    }

    /// What is wrong with the text, in its order; `file` is put into the places.
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        let mut all = self.conflicts(file);
        if !all.is_empty() {
            return all;
        }
        let mut start = 0;
        for chunk in &self.chunks {
            let place = |span: &mut Span| {
                *span = Span { file, start: span.start + start, end: span.end + start };
            };
            for diagnostic in chunk.diagnostics.iter().chain(&chunk.characters) {
                let mut diagnostic = diagnostic.clone();
                diagnostic.labels.iter_mut().for_each(|label| place(&mut label.span));
                let edits = diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
                edits.for_each(|edit| place(&mut edit.span));
                all.push(diagnostic);
            }
            start += chunk.text.len() as u32;
        }
        all
    }

    /// The unresolved conflicts of a text that can't be read: a text may have such lines in a text block.
    fn conflicts(&self, file: FileId) -> Vec<Diagnostic> {
        if self.is_good() {
            return Vec::new();
        }
        let text: String = self.chunks.iter().map(|chunk| &*chunk.text).collect();
        let mut found = conflicts(&text);
        found.iter_mut().flat_map(|found| &mut found.labels).for_each(|label| label.span.file = file);
        found
    }

    /// The tokens that touch `offset`: none behind the end, two between two tokens.
    pub fn tokens_at(&self, offset: u32) -> TokenAtOffset<SyntaxToken> {
        let root = self.syntax();
        let offset = rowan::TextSize::from(offset);
        if offset > root.text_range().end() { TokenAtOffset::None } else { root.token_at_offset(offset) }
    }
}
