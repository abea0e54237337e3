//! Verifies that formatting preserved the meaning, for every result before it is returned.
//!
//! It shares no code with the formatter. It reads both syntax trees as streams of nodes and tokens, removes
//! or normalizes whatever formatting may change, and compares them.

use crate::{
    diagnostic::Diagnostic,
    source::{FileId, Span},
    syntax::{Parse, SyntaxElement, SyntaxKind, SyntaxNode, WalkEvent},
};

/// What formatting must never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsound {
    /// The trees differ in more than trivia, commas and orders that have no meaning.
    Meaning,
    /// A comment is missing, added or changed.
    Comments,
    /// The formatted text has other syntax errors, or at other places.
    Problems,
    /// Formatting it again would change it.
    Unstable,
}

impl Unsound {
    /// A description of the violation.
    pub fn word(self) -> &'static str {
        match self {
            Unsound::Meaning => "what the file says",
            Unsound::Comments => "its comments",
            Unsound::Problems => "what is wrong with the file",
            Unsound::Unstable => "its own result if it was run again",
        }
    }
}

/// Compares a text with its formatted version: the same tree, apart from trivia, trailing commas, and the
/// order of imports, clauses and headers; the same comments; and the same syntax errors at the same words.
pub fn check_soundness(before: &Parse, after: &Parse) -> Result<(), Unsound> {
    if (!before.is_good() || !after.is_good()) && problems(before) != problems(after) {
        return Err(Unsound::Problems);
    }
    let (before, after) = (before.syntax(), after.syntax());
    let (before_text, after_text) = (before.text().to_string(), after.text().to_string());
    let before = Meaning::new(&before, &before_text);
    let after = Meaning::new(&after, &after_text);
    if before.pieces != after.pieces {
        return Err(Unsound::Meaning);
    }
    if before.comments != after.comments {
        return Err(Unsound::Comments);
    }
    Ok(())
}

/// The syntax errors of a text: each message with the words that it is about.
fn problems(parsed: &Parse) -> Vec<(&'static str, String, Vec<String>)> {
    let text = parsed.syntax().text().to_string();
    let words = |span: Span| span.of(&text).to_owned();
    let one = |found: Diagnostic| {
        (found.code, found.message, found.labels.iter().map(|label| words(label.span)).collect())
    };
    parsed.diagnostics(FileId(0)).into_iter().map(one).collect()
}

/// An element of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'t> {
    Begin(SyntaxKind),
    Token(SyntaxKind, &'t str),
    End,
}

/// The meaning of a text.
struct Meaning<'t> {
    /// The tree on one line.
    pieces: Vec<Piece<'t>>,
    /// All comments, sorted, without trailing blanks.
    comments: Vec<&'t str>,
}

impl<'t> Meaning<'t> {
    fn new(root: &SyntaxNode, text: &'t str) -> Self {
        let mut meaning = Self { pieces: Vec::new(), comments: Vec::new() };
        // For each open node, the start of the node and of its parts.
        let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
        // Blanks and comments within code that could not be read belong to it.
        let mut between: Vec<Piece> = Vec::new();
        for event in root.preorder_with_tokens() {
            let at = meaning.pieces.len();
            match event {
                WalkEvent::Enter(SyntaxElement::Node(node)) => {
                    if let Some((_, parts)) = open.last_mut() {
                        parts.push(at);
                    }
                    open.push((at, Vec::new()));
                    meaning.pieces.push(Piece::Begin(node.kind()));
                }
                WalkEvent::Enter(SyntaxElement::Token(token)) => {
                    let range = token.text_range();
                    let text = &text[usize::from(range.start())..usize::from(range.end())];
                    let Some((start, parts)) = open.last_mut() else { continue };
                    if matches!(meaning.pieces[*start], Piece::Begin(kind) if kind.is_error()) {
                        match token.kind() {
                            kind if kind.is_trivia() => between.push(Piece::Token(kind, text)),
                            _ => meaning.pieces.append(&mut between),
                        }
                    }
                    let at = meaning.pieces.len();
                    // Comments above the first word of a node are its doc comment.
                    let documents = parts.is_empty() && *start > 0;
                    if meaning.token(token.kind(), text, documents) {
                        parts.push(at);
                    }
                }
                WalkEvent::Leave(SyntaxElement::Node(node)) => {
                    between.clear();
                    if let Some((_, parts)) = open.pop() {
                        put_in_order(node.kind(), &mut meaning.pieces, &parts);
                    }
                    meaning.pieces.push(Piece::End);
                }
                WalkEvent::Leave(SyntaxElement::Token(_)) => {}
            }
        }
        meaning.comments.sort_unstable();
        meaning
    }

    /// Adds a token; returns whether it is a part of its node.
    fn token(&mut self, kind: SyntaxKind, text: &'t str, documents: bool) -> bool {
        match kind {
            SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc => {
                self.comments.push(text.trim_end());
                if documents && kind == SyntaxKind::DocComment {
                    self.pieces.push(Piece::Token(kind, text.trim_end()));
                }
                return false;
            }
            SyntaxKind::Whitespace | SyntaxKind::Comma => return false,
            SyntaxKind::OpIn => {
                let words = text.split_ascii_whitespace();
                self.pieces.extend(words.map(|word| Piece::Token(kind, word)));
            }
            SyntaxKind::BlockText => {
                let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
                self.pieces.extend(lines.map(|line| Piece::Token(kind, line)));
            }
            _ => self.pieces.push(Piece::Token(kind, text)),
        }
        true
    }
}

/// Normalizes the order of siblings whose order has no meaning; `parts` are the starts of a node's parts.
fn put_in_order(kind: SyntaxKind, pieces: &mut [Piece], parts: &[usize]) {
    let rank: fn(SyntaxKind) -> Option<u8> = match kind {
        SyntaxKind::SourceFile => |part| (part == SyntaxKind::UseItem).then_some(0),
        SyntaxKind::UseList => |part| (part == SyntaxKind::UseName).then_some(0),
        SyntaxKind::PlaybookItem => header_rank,
        SyntaxKind::StepStmt => clause_rank,
        _ => return,
    };
    let end = pieces.len();
    let range = |number: usize| parts[number]..parts.get(number + 1).copied().unwrap_or(end);
    let ranks: Vec<Option<u8>> = parts
        .iter()
        .map(|at| match pieces[*at] {
            Piece::Begin(kind) => rank(kind),
            _ => None,
        })
        .collect();
    let numbers: Vec<usize> = (0..parts.len()).collect();
    for run in numbers.chunk_by(|a, b| ranks[*a].is_some() && ranks[*b].is_some()) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if first == last {
            continue;
        }
        let mut ordered = run.to_vec();
        match kind {
            SyntaxKind::SourceFile | SyntaxKind::UseList => {
                ordered.sort_by(|a, b| pieces[range(*a)].cmp(&pieces[range(*b)]));
            }
            _ => ordered.sort_by_key(|number| ranks[*number]),
        }
        let moved: Vec<Piece> =
            ordered.into_iter().flat_map(|number| pieces[range(number)].to_vec()).collect();
        pieces[range(*first).start..range(*last).end].copy_from_slice(&moved);
    }
}

fn header_rank(kind: SyntaxKind) -> Option<u8> {
    match kind {
        SyntaxKind::OnHeader => Some(0),
        SyntaxKind::InputHeader => Some(1),
        SyntaxKind::OwnerHeader => Some(2),
        SyntaxKind::ResolveHeader => Some(3),
        _ => None,
    }
}

/// Any order works, as long as two clauses of the same kind keep theirs.
fn clause_rank(kind: SyntaxKind) -> Option<u8> {
    match kind {
        SyntaxKind::AfterClause => Some(0),
        SyntaxKind::ApproveClause => Some(1),
        SyntaxKind::EachClause => Some(2),
        SyntaxKind::EveryClause => Some(3),
        SyntaxKind::FailureClause => Some(4),
        SyntaxKind::IrreversibleClause => Some(5),
        SyntaxKind::RepeatClause => Some(6),
        SyntaxKind::RetryClause => Some(7),
        SyntaxKind::TimeoutClause => Some(8),
        SyntaxKind::UndoClause => Some(9),
        SyntaxKind::WhenClause => Some(10),
        _ => None,
    }
}
