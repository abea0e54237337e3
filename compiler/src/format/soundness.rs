//! Whether a layout means what the text meant: held against every result before anybody sees it.
//!
//! It shares no code with the layout. It reads both syntax trees as streams of nodes and tokens, in
//! which what the layout may change is taken out or put into one order, and compares them.

use std::ops::Range;

use crate::syntax::{Parse, SyntaxElement, SyntaxKind, SyntaxNode, WalkEvent};

/// What a layout must never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsound {
    /// The trees differ in more than trivia, commas and orders that mean nothing.
    Meaning,
    /// A comment is missing, new or changed.
    Comments,
    /// Laid out again it would look different.
    Unstable,
}

impl Unsound {
    /// What would have been changed, in words.
    pub fn word(self) -> &'static str {
        match self {
            Unsound::Meaning => "what the file says",
            Unsound::Comments => "its comments",
            Unsound::Unstable => "its own result if it was run again",
        }
    }
}

/// Compares a text with its layout: the same tree, apart from trivia, commas behind the last element,
/// the order of imports, clauses and headers; and the same comments.
pub fn check_soundness(before: &Parse, after: &Parse) -> Result<(), Unsound> {
    let (before, after) = (before.syntax(), after.syntax());
    if meaning(&before) != meaning(&after) {
        return Err(Unsound::Meaning);
    }
    if comments(&before) != comments(&after) {
        return Err(Unsound::Comments);
    }
    Ok(())
}

/// A piece of the meaning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Begin(SyntaxKind),
    Token(SyntaxKind, Box<str>),
    End,
}

/// The tree in one line.
fn meaning(root: &SyntaxNode) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // For each open node, where it begins and where its parts do.
    let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
    for event in root.preorder_with_tokens() {
        match event {
            WalkEvent::Enter(SyntaxElement::Node(node)) => {
                if let Some((_, parts)) = open.last_mut() {
                    parts.push(pieces.len());
                }
                open.push((pieces.len(), Vec::new()));
                pieces.push(Piece::Begin(node.kind()));
            }
            WalkEvent::Enter(SyntaxElement::Token(token)) => {
                let kind = token.kind();
                let documents = kind == SyntaxKind::DocComment
                    && open.last().is_some_and(|(start, parts)| parts.is_empty() && *start > 0);
                if documents {
                    pieces.push(Piece::Token(kind, token.text().trim_end().into()));
                }
                if !means_something(kind) {
                    continue;
                }
                if let Some((_, parts)) = open.last_mut() {
                    parts.push(pieces.len());
                }
                pieces.push(Piece::Token(kind, words(kind, token.text())));
            }
            WalkEvent::Leave(SyntaxElement::Node(node)) => {
                if let Some((start, parts)) = open.pop() {
                    put_in_order(node.kind(), &mut pieces, start, &parts);
                }
                pieces.push(Piece::End);
            }
            WalkEvent::Leave(SyntaxElement::Token(_)) => {}
        }
    }
    pieces
}

/// Comments count for themselves, except those that document what follows them.
fn means_something(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    !matches!(kind, Whitespace | Comment | DocComment | FileDoc | Comma)
}

/// A token's text, with blanks in it that mean nothing made equal.
fn words(kind: SyntaxKind, text: &str) -> Box<str> {
    match kind {
        SyntaxKind::OpIn => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        SyntaxKind::BlockText => text.replace("\r\n", "\n").into(),
        _ => text.into(),
    }
}

/// Puts the parts of a node whose order means nothing into one.
fn put_in_order(kind: SyntaxKind, pieces: &mut Vec<Piece>, start: usize, parts: &[usize]) {
    let rank: fn(SyntaxKind) -> Option<u8> = match kind {
        SyntaxKind::SourceFile => |part| (part == SyntaxKind::UseItem).then_some(0),
        SyntaxKind::UseList => |part| (part == SyntaxKind::UseName).then_some(0),
        SyntaxKind::PlaybookItem => header_rank,
        SyntaxKind::StepStmt => clause_rank,
        _ => return,
    };
    let kind_at = |pieces: &[Piece], at: usize| match pieces[at] {
        Piece::Begin(kind) => Some(kind),
        _ => None,
    };
    let by_text = matches!(kind, SyntaxKind::SourceFile | SyntaxKind::UseList);
    let end = pieces.len();
    let range = |number: usize| parts[number]..parts.get(number + 1).copied().unwrap_or(end);
    let mut ordered: Vec<Piece> = pieces[start..parts.first().copied().unwrap_or(end)].to_vec();
    let mut number = 0;
    while number < parts.len() {
        let mut run: Vec<(Option<u8>, Range<usize>)> = Vec::new();
        while number < parts.len() {
            let Some(rank) = kind_at(pieces, parts[number]).and_then(rank) else { break };
            run.push((Some(rank), range(number)));
            number += 1;
        }
        if by_text {
            run.sort_by(|(_, a), (_, b)| pieces[a.clone()].cmp(&pieces[b.clone()]));
        } else {
            run.sort_by_key(|(rank, _)| *rank);
        }
        for (_, range) in run {
            ordered.extend_from_slice(&pieces[range]);
        }
        if number < parts.len() {
            ordered.extend_from_slice(&pieces[range(number)]);
            number += 1;
        }
    }
    pieces.truncate(start);
    pieces.append(&mut ordered);
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

/// Any order will do, as long as two clauses of one kind keep theirs.
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

/// All comments, sorted; blanks at their ends don't count.
fn comments(root: &SyntaxNode) -> Vec<String> {
    let tokens = root.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    let comments = tokens.filter(|token| {
        matches!(token.kind(), SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc)
    });
    let mut comments: Vec<String> = comments.map(|comment| comment.text().trim_end().to_owned()).collect();
    comments.sort_unstable();
    comments
}
