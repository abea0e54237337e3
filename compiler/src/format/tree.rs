//! The tree as the formatter reads it: without trivia, with comments attached to the tokens after them, and
//! with everything that is kept verbatim folded into single tokens.
//!
//! That is string literals (text in quotes belongs to the author), and code that the parser could not read:
//! the smallest statement, clause, entry or item around an error. Everything next to it is formatted.

use std::ops::Range;

use crate::syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken, WalkEvent};

/// A node's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(u32);

/// A token's number; tokens are numbered in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TokenId(u32);

/// A part of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Node(NodeId),
    Token(TokenId),
}

/// How much is kept verbatim around code that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// The statement, clause or entry.
    Lines,
    /// The item.
    Items,
}

/// A node with at least one token.
#[derive(Debug)]
struct Node {
    kind: SyntaxKind,
    children: Range<u32>,
    first: TokenId,
    last: TokenId,
}

/// A token, or a verbatim part of the text.
#[derive(Debug)]
struct Token {
    kind: SyntaxKind,
    range: Range<u32>,
    comments: Range<u32>,
    after_blank_line: bool,
}

/// A comment.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub kind: SyntaxKind,
    pub range: Range<u32>,
    /// Whether it is the first thing on its line.
    pub own_line: bool,
    /// Whether the line above it is blank.
    pub after_blank_line: bool,
}

/// The tree of a file.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub text: &'t str,
    nodes: Vec<Node>,
    children: Vec<Child>,
    tokens: Vec<Token>,
    comments: Vec<Comment>,
    /// The ranges that could not be read.
    pub skipped: Vec<Range<u32>>,
    root: NodeId,
}

impl<'t> Tree<'t> {
    /// Reads the tree under `root`, whose text is `text`.
    pub fn new(root: &SyntaxNode, text: &'t str, keep: Keep) -> Self {
        let mut reader = Reader::new(text, keep);
        for event in root.preorder_with_tokens() {
            match event {
                WalkEvent::Enter(SyntaxElement::Node(node)) => reader.enter(&node),
                WalkEvent::Enter(SyntaxElement::Token(token)) => reader.token(&token),
                WalkEvent::Leave(SyntaxElement::Node(_)) => reader.leave(),
                WalkEvent::Leave(SyntaxElement::Token(_)) => {}
            }
        }
        reader.tree
    }

    /// The node of the file.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The end of the file: an empty token with the last comments.
    pub fn end(&self) -> TokenId {
        TokenId(self.tokens.len() as u32 - 1)
    }

    pub fn children(&self, node: NodeId) -> &[Child] {
        let Range { start, end } = self.nodes[node.0 as usize].children;
        &self.children[start as usize..end as usize]
    }

    /// The node's kind, or the token's.
    pub fn kind(&self, child: Child) -> SyntaxKind {
        match child {
            Child::Node(node) => self.nodes[node.0 as usize].kind,
            Child::Token(token) => self.tokens[token.0 as usize].kind,
        }
    }

    pub fn first(&self, child: Child) -> TokenId {
        match child {
            Child::Node(node) => self.nodes[node.0 as usize].first,
            Child::Token(token) => token,
        }
    }

    pub fn last(&self, child: Child) -> TokenId {
        match child {
            Child::Node(node) => self.nodes[node.0 as usize].last,
            Child::Token(token) => token,
        }
    }

    /// The token that follows; the last one follows itself.
    pub fn next(&self, token: TokenId) -> TokenId {
        TokenId((token.0 + 1).min(self.end().0))
    }

    /// The position of the child in the text, without the comments before it.
    pub fn range(&self, child: Child) -> Range<u32> {
        let (first, last) = (self.first(child), self.last(child));
        self.tokens[first.0 as usize].range.start..self.tokens[last.0 as usize].range.end
    }

    pub fn token_text(&self, token: TokenId) -> &'t str {
        let Range { start, end } = self.tokens[token.0 as usize].range;
        &self.text[start as usize..end as usize]
    }

    /// The comments between the previous token and this one.
    pub fn comments(&self, token: TokenId) -> &[Comment] {
        let Range { start, end } = self.tokens[token.0 as usize].comments;
        &self.comments[start as usize..end as usize]
    }

    /// The comments before the token on lines of their own.
    pub fn own_line_comments(&self, token: TokenId) -> &[Comment] {
        let comments = self.comments(token);
        &comments[usize::from(comments.first().is_some_and(|comment| !comment.own_line))..]
    }

    /// The comment after the token, on the same line.
    pub fn comment_behind(&self, token: TokenId) -> Option<&Comment> {
        if token == self.end() {
            return None;
        }
        self.comments(self.next(token)).first().filter(|comment| !comment.own_line)
    }

    /// Whether the line directly above the token is blank.
    pub fn blank_line_above(&self, token: TokenId) -> bool {
        self.tokens[token.0 as usize].after_blank_line
    }

    /// Whether there is a blank line above the token and the comments on lines of their own before it.
    pub fn blank_line_before(&self, token: TokenId) -> bool {
        match self.own_line_comments(token).first() {
            Some(comment) => comment.after_blank_line,
            None => self.blank_line_above(token),
        }
    }

    /// The comment's text without trailing blanks.
    pub fn comment_text(&self, comment: &Comment) -> &'t str {
        self.text[comment.range.start as usize..comment.range.end as usize].trim_end()
    }
}

/// A node that has been entered but not left.
struct Frame {
    kind: SyntaxKind,
    children: Vec<Child>,
    /// The start of its entries in the tables.
    mark: Mark,
    /// The start of its last child's entries in the tables.
    last_child: Mark,
    broken: bool,
}

#[derive(Clone, Copy)]
struct Mark {
    nodes: usize,
    children: usize,
    tokens: usize,
    skipped: usize,
}

struct Reader<'t> {
    tree: Tree<'t>,
    keep: Keep,
    frames: Vec<Frame>,
    pending: Vec<Comment>,
    /// Line ends since the last token or comment.
    line_ends: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, keep: Keep) -> Self {
        let tree = Tree {
            text,
            nodes: Vec::new(),
            children: Vec::new(),
            tokens: Vec::new(),
            comments: Vec::new(),
            skipped: Vec::new(),
            root: NodeId(0),
        };
        // At the start of the file, a comment is on a line of its own.
        Self { tree, keep, frames: Vec::new(), pending: Vec::new(), line_ends: 1 }
    }

    fn mark(&self) -> Mark {
        Mark {
            nodes: self.tree.nodes.len(),
            children: self.tree.children.len(),
            tokens: self.tree.tokens.len(),
            skipped: self.tree.skipped.len(),
        }
    }

    fn enter(&mut self, node: &SyntaxNode) {
        let mark = self.mark();
        let kind = node.kind();
        self.frames.push(Frame {
            kind,
            children: Vec::new(),
            mark,
            last_child: mark,
            broken: kind.is_error() || kind.is_missing(),
        });
    }

    fn token(&mut self, token: &SyntaxToken) {
        let range = token.text_range();
        let range = u32::from(range.start())..u32::from(range.end());
        let kind = token.kind();
        if kind == SyntaxKind::Whitespace {
            self.line_ends += line_ends(token.text());
        } else if kind.is_trivia() {
            let (own_line, after_blank_line) = (self.line_ends > 0, self.line_ends > 1);
            self.pending.push(Comment { kind, range, own_line, after_blank_line });
            self.line_ends = 0;
        } else {
            let mark = self.mark();
            let id = self.push_token(kind, range);
            if let Some(frame) = self.frames.last_mut() {
                frame.broken |= kind.is_error();
                frame.children.push(Child::Token(id));
                frame.last_child = mark;
            }
        }
    }

    fn push_token(&mut self, kind: SyntaxKind, range: Range<u32>) -> TokenId {
        let start = self.tree.comments.len() as u32;
        self.tree.comments.append(&mut self.pending);
        let comments = start..self.tree.comments.len() as u32;
        self.tree.tokens.push(Token { kind, range, comments, after_blank_line: self.line_ends > 1 });
        self.line_ends = 0;
        TokenId(self.tree.tokens.len() as u32 - 1)
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if self.frames.is_empty() {
            let end = self.tree.text.len() as u32;
            let end = self.push_token(SyntaxKind::SourceFile, end..end);
            self.tree.root = self.push_node(frame.kind, frame.children, TokenId(0), end);
            return;
        }
        let mark = frame.mark;
        if self.tree.tokens.len() == mark.tokens {
            // A hole: there is nothing to format, but the node that contains it is incomplete.
            if let Some(parent) = self.frames.last_mut() {
                parent.broken |= frame.broken;
            }
            return;
        }
        let (first, last) = (TokenId(mark.tokens as u32), TokenId(self.tree.tokens.len() as u32 - 1));
        let skipped = frame.broken && self.stands_alone(frame.kind);
        if self.shares_line(frame.kind, mark, skipped) {
            // If a line can't be read, only its end separates its parts from others.
            let Some(before) = self.frames.last_mut().and_then(|parent| {
                parent.children.pop()?;
                Some(parent.last_child)
            }) else {
                return;
            };
            self.add(frame.kind, before, true);
        } else if skipped {
            self.add(frame.kind, mark, true);
        } else if is_text(frame.kind) {
            let broken = frame.broken;
            self.add(frame.kind, mark, false);
            if let Some(parent) = self.frames.last_mut() {
                parent.broken |= broken;
            }
        } else {
            let node = self.push_node(frame.kind, frame.children, first, last);
            if let Some(parent) = self.frames.last_mut() {
                parent.children.push(Child::Node(node));
                parent.last_child = mark;
                parent.broken |= frame.broken;
            }
        }
    }

    /// Whether the node just left, which starts at `mark`, continues the line of the one before it, and one of
    /// the two can't be read.
    fn shares_line(&self, kind: SyntaxKind, mark: Mark, skipped: bool) -> bool {
        let Some(last) = self.frames.last().and_then(|parent| parent.children.last()) else { return false };
        if !self.stands_alone(self.tree.kind(*last)) {
            return false;
        }
        if kind == SyntaxKind::BadTail {
            return true;
        }
        let end = self.tree.range(*last).end;
        let was_skipped = self.tree.skipped.last().is_some_and(|skipped| skipped.end == end);
        let start = self.tree.tokens[mark.tokens].range.start;
        (skipped || was_skipped)
            && self.stands_alone(kind)
            && line_ends(&self.tree.text[end as usize..start as usize]) == 0
    }

    /// Whether the node just left can be kept verbatim without what surrounds it.
    fn stands_alone(&self, kind: SyntaxKind) -> bool {
        let is_item = self.frames.len() == 1;
        is_item || self.keep == Keep::Lines && is_unit(kind)
    }

    /// Folds everything since `mark` into a single token, and adds it to the node around it.
    fn add(&mut self, kind: SyntaxKind, mark: Mark, skipped: bool) {
        let end = self.tree.tokens.last().map_or(0, |token| token.range.end);
        self.tree.tokens.truncate(mark.tokens + 1);
        self.tree.nodes.truncate(mark.nodes);
        self.tree.children.truncate(mark.children);
        self.tree.skipped.truncate(mark.skipped);
        let Some(token) = self.tree.tokens.last_mut() else { return };
        token.kind = kind;
        token.range.end = end;
        self.tree.comments.truncate(token.comments.end as usize);
        if skipped {
            self.tree.skipped.push(token.range.clone());
        }
        if let Some(parent) = self.frames.last_mut() {
            parent.children.push(Child::Token(TokenId(mark.tokens as u32)));
            parent.last_child = mark;
        }
    }

    fn push_node(&mut self, kind: SyntaxKind, children: Vec<Child>, first: TokenId, last: TokenId) -> NodeId {
        let start = self.tree.children.len() as u32;
        self.tree.children.extend(children);
        let children = start..self.tree.children.len() as u32;
        self.tree.nodes.push(Node { kind, children, first, last });
        NodeId(self.tree.nodes.len() as u32 - 1)
    }
}

/// The number of line ends in a stretch of trivia. A lone carriage return counts, as in the parser and in editors.
fn line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

fn is_text(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::StringExpr | SyntaxKind::TextBlock)
}

/// Whether nodes of this kind are on lines of their own, so that a broken one doesn't affect others.
fn is_unit(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(
        kind,
        UseItem | RecordItem | EnumItem | TypeItem | LetItem | FnItem | TriggerItem | TaskItem | ActionItem
            | PlaybookItem | ScenarioItem | IdempotentEntry | DeprecatedEntry | TouchesEntry | ProvidesEntry
            | HttpBinding | CommandBinding | ContainerBinding | AuthEntry | OutputEntry | ExpectEntry | DataEntry
            | SimulateBlock | TakesEntry | FailsEntry | OnHeader | InputHeader | OwnerHeader | ResolveHeader
            | Section | Block | ActionBody | BindingBody | ScenarioBody | StepStmt | LetStmt | SeverityStmt
            | ResolvedStmt | SuspectStmt | RuleOutStmt | ReturnStmt | IfStmt | CauseStmt | WhenClause | AfterClause
            | EachClause | RepeatClause | EveryClause | ApproveClause | TimeoutClause | RetryClause | UndoClause
            | IrreversibleClause | FailureClause | GivenStmt | ExpectStmt
            // What could not be read.
            | StrayStmt | StrayClause | BadItem | BadMember | BadStmt | BadEntry | BadClause
    )
}
