//! Playbooks: headers, parts and statements.

use rowan::NodeOrToken;

use super::{
    AstNode, Clause, Expr, TypeExpr,
    support::{child, child_behind, children, name_behind, token},
};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

node! {
    /// `playbook NAME { headers, parts }`.
    PlaybookItem;
    /// `on TRIGGER [as NAME]`.
    OnHeader;
    /// `input NAME: TYPE [= DEFAULT]`.
    InputHeader;
    /// `owner TEAM`.
    OwnerHeader;
    /// `resolve within D`.
    ResolveHeader;
    /// `enrich { ... }`, `remediate none "why"`: a part.
    Section;
    /// Statements between braces.
    Block;
    /// `step NAME = CALL` with clauses.
    StepStmt;
    /// `let NAME [: TYPE] = E`.
    LetStmt;
    /// `severity = E`.
    SeverityStmt;
    /// `resolved after X, ...`.
    ResolvedStmt;
    /// `suspect when E`.
    SuspectStmt;
    /// `rule out when E`.
    RuleOutStmt;
    /// `return E`.
    ReturnStmt;
    /// `if E { ... } else if E { ... } else { ... }`.
    IfStmt;
    /// `cause NAME "sentence" { ... }`.
    CauseStmt;
    /// A good statement where none may stand; reported.
    StrayStmt;
    /// A good clause without a step; reported.
    StrayClause;
}

choice! {
    /// A line above the parts.
    Header {
        On(OnHeader),
        Input(InputHeader),
        Owner(OwnerHeader),
        Resolve(ResolveHeader),
    }
}

choice! {
    /// A statement.
    Statement {
        Step(StepStmt),
        Let(LetStmt),
        Severity(SeverityStmt),
        Resolved(ResolvedStmt),
        Suspect(SuspectStmt),
        RuleOut(RuleOutStmt),
        Return(ReturnStmt),
        If(IfStmt),
        Cause(CauseStmt),
    }
}

impl PlaybookItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// The lines above the parts, in their order.
    pub fn headers(&self) -> impl Iterator<Item = Header> + use<> {
        children(&self.0)
    }

    /// The parts, in their order.
    pub fn sections(&self) -> impl Iterator<Item = Section> + use<> {
        children(&self.0)
    }
}

impl OnHeader {
    /// The call of a trigger.
    pub fn event(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// What the event is called.
    pub fn alias(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwAs)
    }
}

impl InputHeader {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its type.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its value where nothing is given.
    pub fn default(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl OwnerHeader {
    /// The team.
    pub fn team(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl ResolveHeader {
    /// The duration.
    pub fn within(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl Section {
    /// The word that says which part.
    pub fn keyword(&self) -> Option<SyntaxToken> {
        super::support::first_token(&self.0)
    }

    /// `none`, where there is no such part.
    pub fn none_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwNone)
    }

    /// Why there is no such part.
    pub fn reason(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwNone)
    }

    /// Its statements.
    pub fn block(&self) -> Option<Block> {
        child(&self.0)
    }
}

impl Block {
    /// The statements, in their order.
    pub fn statements(&self) -> impl Iterator<Item = Statement> + use<> {
        children(&self.0)
    }
}

impl StepStmt {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwStep)
    }

    /// The type that the answer to a question shall have.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// The call.
    pub fn call(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }

    /// Its clauses, in their order.
    pub fn clauses(&self) -> impl Iterator<Item = Clause> + use<> {
        children(&self.0)
    }
}

impl LetStmt {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwLet)
    }

    /// Its type, if said.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its value.
    pub fn value(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl SeverityStmt {
    /// Its value.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl ResolvedStmt {
    /// The steps.
    pub fn after(&self) -> impl Iterator<Item = Expr> + use<> {
        children(&self.0)
    }
}

impl SuspectStmt {
    /// The condition.
    pub fn condition(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl RuleOutStmt {
    /// The condition.
    pub fn condition(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl ReturnStmt {
    /// The value.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl CauseStmt {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwCause)
    }

    /// The sentence.
    pub fn sentence(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// Its statements.
    pub fn body(&self) -> Option<Block> {
        child(&self.0)
    }
}

/// A condition of an `if` with what it guards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Branch<T> {
    /// Its `if`.
    pub keyword: SyntaxToken,
    /// The condition.
    pub condition: Option<Expr>,
    /// What it guards.
    pub body: Option<T>,
}

impl IfStmt {
    /// Conditions with their blocks, in their order: at least one.
    pub fn branches(&self) -> Vec<Branch<Block>> {
        branches(&self.0, Block::cast)
    }

    /// The block of the last `else`.
    pub fn otherwise(&self) -> Option<Block> {
        otherwise(&self.0)
    }
}

/// The `if`s among the children, each with the expression and the body that follow it.
pub(super) fn branches<T>(node: &SyntaxNode, body: impl Fn(SyntaxNode) -> Option<T>) -> Vec<Branch<T>> {
    let mut branches: Vec<Branch<T>> = Vec::new();
    let mut wants_body = false;
    let mut done = false;
    for element in node.children_with_tokens() {
        match element {
            NodeOrToken::Token(token) => match token.kind() {
                SyntaxKind::KwIf => {
                    branches.push(Branch { keyword: token, condition: None, body: None });
                    (wants_body, done) = (false, false);
                }
                SyntaxKind::KwThen => wants_body = true,
                SyntaxKind::KwElse => done = true,
                _ => {}
            },
            NodeOrToken::Node(node) => {
                let Some(branch) = branches.last_mut().filter(|_| !done) else { continue };
                if node.kind() == SyntaxKind::Block || wants_body {
                    branch.body = branch.body.take().or_else(|| body(node));
                } else if branch.condition.is_none() {
                    branch.condition = Expr::cast(node);
                }
            }
        }
    }
    branches
}

/// What stands behind the last `else`, if no `if` does.
pub(super) fn otherwise<N: AstNode>(node: &SyntaxNode) -> Option<N> {
    let last = node.children_with_tokens().filter(|element| element.kind() == SyntaxKind::KwElse).last()?;
    let behind = last.into_token()?.siblings_with_tokens(rowan::Direction::Next).skip(1);
    let next = behind.into_iter().find(|element| !element.kind().is_trivia())?;
    next.into_node().and_then(N::cast)
}

impl StrayStmt {
    /// The statement.
    pub fn statement(&self) -> Option<Statement> {
        child(&self.0)
    }
}

impl StrayClause {
    /// The clause.
    pub fn clause(&self) -> Option<Clause> {
        child(&self.0)
    }
}
