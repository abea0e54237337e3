//! From pest's pairs to the lossless tree.
//!
//! Tokens come from the pairs, what lies between them is trivia: so every byte of the text is in the
//! tree. Docs move into the node that they stand above. What is nested too deeply becomes one flat
//! node, so that nobody who walks the tree needs to fear for the stack.

use pest::iterators::Pair;
use quell_grammar::Rule;
use rowan::{GreenNode, GreenNodeBuilder, Language};

use super::{
    SyntaxKind,
    language::Quell,
    trivia::{Piece, docs_start, loose, skip_trivia, trivia},
};

/// How deep the tree can be: far more than anybody writes, and harmless for a small stack.
pub const MAX_DEPTH: usize = 256;

/// What the builder met that is no good text. The places are offsets in the chunk.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// What: an error or missing kind, or [`SyntaxKind::Binary`] for comparisons in a chain.
    pub kind: SyntaxKind,
    pub start: usize,
    pub end: usize,
    /// The node in which it stands.
    pub parent: SyntaxKind,
    /// Where that node begins.
    pub parent_start: usize,
    /// The opening bracket or quote of that node.
    pub opener: Option<usize>,
    /// The last token before it.
    pub previous: Option<(usize, usize)>,
    /// The sibling before it, with the place of its last token.
    pub before: Option<(SyntaxKind, usize)>,
}

/// Builds the tree of one chunk.
pub(crate) struct TreeBuilder<'t> {
    text: &'t str,
    green: GreenNodeBuilder<'static>,
    /// Everything before is in the tree.
    at: usize,
    frames: Vec<Frame>,
    last_token: Option<(usize, usize)>,
    problems: Vec<Problem>,
}

struct Frame {
    kind: SyntaxKind,
    start: usize,
    opener: Option<usize>,
    last_child: Option<(SyntaxKind, usize)>,
}

impl<'t> TreeBuilder<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            green: GreenNodeBuilder::new(),
            at: 0,
            frames: Vec::new(),
            last_token: None,
            problems: Vec::new(),
        }
    }

    /// The whole chunk as a [`SyntaxKind::SourceFile`], read by the grammar.
    pub fn chunk(mut self, pairs: impl Iterator<Item = Pair<'t, Rule>>) -> (GreenNode, Vec<Problem>) {
        self.open(SyntaxKind::SourceFile);
        for pair in pairs {
            self.pair(pair);
        }
        self.trivia_to(self.text.len());
        self.close();
        (self.green.finish(), self.problems)
    }

    /// The whole chunk as one node of loose tokens.
    pub fn flat_chunk(mut self, kind: SyntaxKind, problem_at: (usize, usize)) -> (GreenNode, Vec<Problem>) {
        self.open(SyntaxKind::SourceFile);
        self.problem(kind, problem_at.0, problem_at.1);
        self.flat(kind, self.text.len());
        self.close();
        (self.green.finish(), self.problems)
    }

    fn inner(&mut self, pair: Pair<'t, Rule>) {
        for child in pair.into_inner() {
            self.pair(child);
        }
    }

    /// Adds a pair with all that it holds.
    pub fn pair(&mut self, pair: Pair<'t, Rule>) {
        let span = pair.as_span();
        let Some(kind) = SyntaxKind::of(pair.as_rule()) else {
            return match pair.as_rule() {
                Rule::expr | Rule::head_expr => self.expression(pair),
                _ => self.inner(pair),
            };
        };
        if kind.is_missing() {
            self.hole(kind, span.start());
        } else if kind.is_token() {
            if kind.is_error() {
                self.problem(kind, span.start(), span.end());
            }
            self.token(kind, span.start(), span.end());
        } else if kind.is_error() {
            let end = span.end();
            self.problem(kind, skip_trivia(self.text, self.at), end);
            self.flat(kind, end);
        } else if self.frames.len() >= MAX_DEPTH {
            self.too_deep(span.end());
        } else {
            if matches!(kind, SyntaxKind::StrayStmt | SyntaxKind::StrayClause) {
                let start = skip_trivia(self.text, self.at);
                self.problem(kind, start, span.end());
            }
            self.start(kind);
            self.inner(pair);
            self.close();
        }
    }

    /// Replaces what reaches up to `end` by a flat node.
    pub fn too_deep(&mut self, end: usize) {
        let start = skip_trivia(self.text, self.at);
        if !self.problems.iter().any(|problem| problem.kind == SyntaxKind::TooDeep) {
            self.problem(SyntaxKind::TooDeep, start, end);
        }
        self.flat(SyntaxKind::TooDeep, end);
    }

    /// Adds a node of loose tokens that reaches up to `end`.
    fn flat(&mut self, kind: SyntaxKind, end: usize) {
        self.trivia_to(skip_trivia(self.text, self.at).min(end));
        self.open(kind);
        for piece in loose(self.text, self.at, end) {
            self.piece(piece);
            if !piece.kind.is_trivia() {
                self.last_token = Some((piece.start, piece.end));
            }
        }
        self.close();
    }

    /// Begins a node at the next token; docs directly above it come in.
    pub fn start(&mut self, kind: SyntaxKind) {
        let start = skip_trivia(self.text, self.at);
        let docs = if kind.takes_docs() { docs_start(self.text, self.at, start) } else { None };
        self.trivia_to(docs.unwrap_or(start));
        self.open(kind);
    }

    fn open(&mut self, kind: SyntaxKind) {
        self.green.start_node(Quell::kind_to_raw(kind));
        self.frames.push(Frame {
            kind,
            start: skip_trivia(self.text, self.at),
            opener: None,
            last_child: None,
        });
    }

    /// Ends the node that was begun last.
    pub fn close(&mut self) {
        self.green.finish_node();
        let closed = self.frames.pop();
        if let (Some(closed), Some(parent)) = (closed, self.frames.last_mut()) {
            parent.last_child = Some((closed.kind, self.last_token.map_or(0, |(start, _)| start)));
        }
    }

    /// Adds a token and the trivia before it.
    pub fn token(&mut self, kind: SyntaxKind, start: usize, end: usize) {
        use SyntaxKind::*;
        self.trivia_to(start);
        self.piece(Piece { kind, start, end });
        self.last_token = Some((start, end));
        if matches!(kind, LeftBrace | LeftParen | LeftBracket | LeftAngle | DollarBrace | Quote | BlockQuote)
            && let Some(frame) = self.frames.last_mut()
        {
            frame.opener.get_or_insert(start);
        }
    }

    fn hole(&mut self, kind: SyntaxKind, at: usize) {
        self.problem(kind, at, at);
        self.green.start_node(Quell::kind_to_raw(kind));
        self.green.finish_node();
    }

    /// Notes what will become a finding.
    pub fn problem(&mut self, kind: SyntaxKind, start: usize, end: usize) {
        let frame = self.frames.last();
        self.problems.push(Problem {
            kind,
            start,
            end,
            parent: frame.map_or(SyntaxKind::SourceFile, |frame| frame.kind),
            parent_start: frame.map_or(0, |frame| frame.start),
            opener: frame.and_then(|frame| frame.opener),
            previous: self.last_token,
            before: frame.and_then(|frame| frame.last_child),
        });
    }

    /// How many levels there are room for.
    pub fn room(&self) -> usize {
        MAX_DEPTH.saturating_sub(self.frames.len())
    }

    fn trivia_to(&mut self, end: usize) {
        for piece in trivia(self.text, self.at, end) {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: Piece) {
        self.green.token(Quell::kind_to_raw(piece.kind), &self.text[piece.start..piece.end]);
        self.at = piece.end;
    }
}
