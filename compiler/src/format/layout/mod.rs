//! From the tree to a document: where lines may end, and where they do.
//!
//! Most nodes are a line of words ([`Layout::sequence`]); the others have functions of their own. The
//! format of a node depends only on the node and never on its author's line breaks. Only blank lines and
//! the positions of comments are taken from the source.

mod expressions;
mod items;
mod lists;
mod statements;

use std::collections::BTreeMap;

use super::{
    document::{Document, Element},
    tree::{Child, Comment, NodeId, TokenId, Tree},
};
use crate::syntax::SyntaxKind;

/// The document of a whole file.
pub(super) fn file<'t>(tree: &Tree<'t>) -> Document<'t> {
    let mut layout = Layout::new(tree);
    layout.source_file();
    layout.finish()
}

struct Layout<'t, 'a> {
    tree: &'a Tree<'t>,
    document: Document<'t>,
    /// The number of a token's comments that have been written before it.
    written: BTreeMap<TokenId, usize>,
    /// The last token of the line or block being written.
    line_end: TokenId,
    /// Whether the next list is a command: its words fill lines.
    is_command: bool,
}

impl<'t, 'a> Layout<'t, 'a> {
    fn new(tree: &'a Tree<'t>) -> Self {
        Self {
            tree,
            document: Document::default(),
            written: BTreeMap::new(),
            line_end: tree.end(),
            is_command: false,
        }
    }

    fn finish(mut self) -> Document<'t> {
        self.document.measure();
        self.document
    }

    fn child(&mut self, child: Child) {
        match child {
            Child::Token(token) => self.token(token),
            Child::Node(node) => self.node(node),
        }
    }

    fn node(&mut self, node: NodeId) {
        use SyntaxKind::*;
        // A comment above it doesn't break the groups that contain it.
        self.comments(self.tree.first(Child::Node(node)));
        match self.tree.kind(Child::Node(node)) {
            PlaybookItem | SimulateBlock | Block | ActionBody | BindingBody | ScenarioBody => {
                self.block(node)
            }
            UseList | FieldList | VariantList | ParamList | ArgList | List | Map | ArmList => self.list(node),
            StepStmt => self.step(node),
            IfStmt => self.if_statement(node),
            Arm => self.arm(node),
            Call | Field | Index | Cast | Paren | Binary | Unary | Lambda | IfExpr => {
                self.expression(Child::Node(node), expressions::Place::Behind);
            }
            _ => self.sequence(self.tree.children(node), self.tree.kind(Child::Node(node))),
        }
    }

    /// Words on a line, separated by blanks where needed.
    fn sequence(&mut self, children: &[Child], parent: SyntaxKind) {
        let has_breaks = breaks_at_commas(parent)
            && children.iter().any(|child| self.tree.kind(*child) == SyntaxKind::Comma);
        if has_breaks {
            self.document.start(super::document::GroupKind::Plain);
        }
        let mut before = None;
        let mut indented = false;
        for child in children {
            let kind = self.tree.kind(*child);
            match before {
                Some(SyntaxKind::Comma) if has_breaks => {
                    if !indented {
                        self.document.push(Element::Indent);
                        indented = true;
                    }
                    let line = self.line_before(*child);
                    self.document.push(line);
                }
                Some(SyntaxKind::Equals) if !matches!(child, Child::Token(_)) || is_value(kind) => {
                    self.assigned(*child, parent);
                    before = Some(kind);
                    continue;
                }
                Some(before) if spaced(before, kind) => self.document.text(" "),
                _ => {}
            }
            self.is_command = parent == SyntaxKind::CommandBinding && kind == SyntaxKind::List;
            self.child(*child);
            before = Some(kind);
        }
        if indented {
            self.document.push(Element::Dedent);
        }
        if has_breaks {
            self.document.end();
        }
    }

    /// The place before an expression outside of brackets, where a line may end: unless its first
    /// words, at the beginning of a line, would be read as the head of one (`owner team`, `input[0]`).
    fn line_before(&self, expression: Child) -> Element<'static> {
        let tree = self.tree;
        let first = tree.first(expression);
        let second = if first < self.line_end { tree.token_text(tree.next(first)) } else { "" };
        let is_head = match tree.token_text(first) {
            "on" | "input" | "owner" | "given" | "expect" => {
                !matches!(second, "and" | "or" | "in" | "not in" | "as" | "then" | "else")
                    && second.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '"' | '['))
            }
            "enrich" | "triage" | "communicate" | "remediate" => matches!(second, "{" | "none"),
            "resolve" => second == "within",
            "resolved" => second == "after",
            "suspect" => second == "when",
            "rule" => second == "out",
            _ => false,
        };
        if is_head { Element::Text(" ") } else { Element::Line(" ") }
    }

    /// A token with its comments.
    fn token(&mut self, token: TokenId) {
        self.comments(token);
        self.token_alone(token);
    }

    /// A token with the comment after it, but without those above it.
    fn token_alone(&mut self, token: TokenId) {
        let text = self.tree.token_text(token);
        match self.tree.kind(Child::Token(token)) {
            SyntaxKind::OpIn if text.starts_with("not") => self.document.text("not in"),
            SyntaxKind::TextBlock => {
                for (at, line) in text.split("\r\n").enumerate() {
                    if at > 0 {
                        self.document.push(Element::Raw("\n"));
                    }
                    self.document.push(Element::Raw(line));
                }
            }
            kind if is_kept(kind) => self.document.push(Element::Raw(text)),
            _ => self.document.text(text),
        }
        self.comment_behind(token);
    }

    fn comment_behind(&mut self, token: TokenId) {
        if let Some(comment) = self.tree.comment_behind(token) {
            self.document.push(Element::Behind(self.tree.comment_text(comment)));
        }
    }

    /// The comments above a token, each on a line of its own; a new line too if there is one behind
    /// the token before: where a comment stands, a line may end.
    fn comments(&mut self, token: TokenId) {
        let tree = self.tree;
        let comments = tree.own_line_comments(token);
        if tree.comments(token).is_empty() || self.written.get(&token) == Some(&comments.len()) {
            return;
        }
        let written = self.written.insert(token, comments.len()).unwrap_or(0);
        let brace = tree.kind(Child::Token(token)) == SyntaxKind::LeftBrace;
        if comments.is_empty() && !brace && !self.document.at_line_start() {
            self.document.push(Element::HangingLine);
        }
        self.comment_lines(&comments[written..], tree.blank_line_above(token));
    }

    /// Comments on lines of their own, including the end of the last one's line.
    fn comment_lines(&mut self, comments: &[Comment], blank_line_below: bool) {
        if comments.is_empty() {
            return;
        }
        let hanging = !self.document.at_line_start();
        if hanging {
            self.document.push(Element::HangingLine);
        }
        for (at, comment) in comments.iter().enumerate() {
            self.document.push(Element::Raw(self.tree.comment_text(comment)));
            let below = comments.get(at + 1);
            let blank = below.map_or(blank_line_below, |below| below.after_blank_line)
                || comment.kind == SyntaxKind::FileDoc
                    && below.is_none_or(|below| below.kind != SyntaxKind::FileDoc);
            self.document.push(match (hanging, blank) {
                (true, _) => Element::HangingLine,
                (false, true) => Element::BlankLine,
                (false, false) => Element::HardLine,
            });
        }
    }

    /// The comments before a closing bracket, indented like the contents.
    fn comments_before_end(&mut self, comments: &[Comment], is_empty: bool) {
        for (at, comment) in comments.iter().enumerate() {
            let blank = comment.after_blank_line && !(is_empty && at == 0);
            self.document.push(if blank { Element::BlankLine } else { Element::HardLine });
            self.document.push(Element::Raw(self.tree.comment_text(comment)));
        }
    }
}

/// Whether the token is kept verbatim.
fn is_kept(kind: SyntaxKind) -> bool {
    // What was a node is now a single token; the text of real tokens is a word or a sign.
    !kind.is_token() || kind == SyntaxKind::ErrorText
}

fn is_value(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::StringExpr | SyntaxKind::TextBlock)
}

/// Whether two words are separated by a blank.
fn spaced(before: SyntaxKind, after: SyntaxKind) -> bool {
    use SyntaxKind::*;
    let open = matches!(before, Dot | QuestionDot | LeftParen | LeftBracket | LeftAngle | OpMinus);
    let tight = matches!(
        after,
        Comma
            | Colon
            | Dot
            | QuestionDot
            | Question
            | RightParen
            | RightBracket
            | LeftAngle
            | RightAngle
            | LeftBracket
            | ArgList
            | ParamList
            | TypeArgs
    );
    !open && !tight
}

/// Whether such a line continues on the next line after a comma if it is too long.
fn breaks_at_commas(parent: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(
        parent,
        AfterClause
            | ResolvedStmt
            | ApproveClause
            | EachClause
            | RepeatClause
            | GivenApproval
            | GivenAnswer
            | ReturnsPart
            | AuthEntry
    )
}
