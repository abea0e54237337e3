//! Playbooks: header, parts and statements.

use super::{
    LocalKind, Lowering, docs,
    nodes::{child, expressions, is_expression, mark, token},
};
use crate::{
    hir::{
        Block, Cause, IfStatement, Input, LetStatement, OnTrigger, Part, PartBody, PartKind, Playbook,
        Statement, StatementKind,
    },
    syntax::{SyntaxKind, SyntaxNode},
};

impl Lowering {
    pub(super) fn playbook(&mut self, node: &SyntaxNode) -> Playbook {
        let mut playbook = Playbook {
            triggers: Vec::new(),
            inputs: Vec::new(),
            owner: None,
            resolve_within: None,
            parts: Vec::new(),
        };
        for member in node.children() {
            let span = self.span(&member);
            match member.kind() {
                SyntaxKind::OnHeader => {
                    let trigger = self.first(&member, span);
                    let alias = token(&member, SyntaxKind::Name).map(|_| self.name(&member));
                    let alias = alias.map(|name| self.local(&name, LocalKind::Trigger));
                    playbook.triggers.push(OnTrigger { span, trigger, alias });
                }
                SyntaxKind::InputHeader => playbook.inputs.push(self.input(&member)),
                SyntaxKind::OwnerHeader => playbook.owner = Some(self.once(playbook.owner, &member)),
                SyntaxKind::ResolveHeader => {
                    playbook.resolve_within = Some(self.once(playbook.resolve_within, &member));
                }
                SyntaxKind::Section => playbook.parts.extend(self.part(&member)),
                _ => {}
            }
        }
        playbook
    }

    fn input(&mut self, node: &SyntaxNode) -> Input {
        let name = self.name(node);
        Input {
            local: self.local(&name, LocalKind::Input),
            name,
            docs: docs(node, SyntaxKind::DocComment, "///"),
            ty: self.type_in(node),
            default: expressions(node).next().map(|value| self.expression(&value)),
        }
    }

    fn part(&mut self, node: &SyntaxNode) -> Option<Part> {
        let words = [
            (SyntaxKind::KwEnrich, PartKind::Enrich),
            (SyntaxKind::KwTriage, PartKind::Triage),
            (SyntaxKind::KwCommunicate, PartKind::Communicate),
            (SyntaxKind::KwRemediate, PartKind::Remediate),
        ];
        let (kind, keyword) =
            words.iter().find_map(|(word, kind)| Some((*kind, mark(self.file, node, *word)?)))?;
        let body = match token(node, SyntaxKind::KwNone) {
            Some(_) => PartBody::None { reason: self.first(node, self.span(node)) },
            None => PartBody::Block(self.block_in(node)),
        };
        Some(Part { kind, keyword, body })
    }

    /// The block that is a child of `node`; an empty one where it is missing.
    pub(super) fn block_in(&mut self, node: &SyntaxNode) -> Block {
        match child(node, SyntaxKind::Block) {
            Some(block) => self.block(&block),
            None => Block { span: self.span(node).at_end(), statements: Vec::new() },
        }
    }

    fn block(&mut self, node: &SyntaxNode) -> Block {
        let statements = node.children().filter_map(|child| self.statement(&child)).collect();
        Block { span: self.span(node), statements }
    }

    fn statement(&mut self, node: &SyntaxNode) -> Option<Statement> {
        let span = self.span(node);
        let kind = match node.kind() {
            SyntaxKind::StepStmt => StatementKind::Step(self.step(node)),
            SyntaxKind::LetStmt => {
                let name = self.name(node);
                StatementKind::Let(LetStatement {
                    local: self.local(&name, LocalKind::Let),
                    ty: self.optional_type(node),
                    value: self.first(node, span),
                })
            }
            SyntaxKind::IfStmt => StatementKind::If(self.if_statement(node)),
            SyntaxKind::CauseStmt => {
                let name = self.name(node);
                StatementKind::Cause(Cause {
                    local: self.local(&name, LocalKind::Cause),
                    docs: docs(node, SyntaxKind::DocComment, "///"),
                    sentence: self.first(node, span),
                    body: self.block_in(node),
                })
            }
            SyntaxKind::SeverityStmt => StatementKind::Severity(self.first(node, span)),
            SyntaxKind::ResolvedStmt => StatementKind::Resolved(self.expressions(node)),
            SyntaxKind::SuspectStmt => StatementKind::Suspect(self.first(node, span)),
            SyntaxKind::RuleOutStmt => StatementKind::RuleOut(self.first(node, span)),
            SyntaxKind::ReturnStmt => StatementKind::Return(self.first(node, span)),
            _ => return None,
        };
        Some(Statement { span, kind })
    }

    fn if_statement(&mut self, node: &SyntaxNode) -> IfStatement {
        let mut statement = IfStatement { branches: Vec::new(), otherwise: None };
        let mut condition = None;
        for child in node.children() {
            let kind = child.kind();
            if is_expression(kind) {
                condition = Some(self.expression(&child));
            } else if matches!(kind, SyntaxKind::Block | SyntaxKind::MissingLbrace) {
                let block = match kind {
                    SyntaxKind::Block => self.block(&child),
                    _ => Block { span: self.span(&child), statements: Vec::new() },
                };
                match condition.take() {
                    Some(condition) => statement.branches.push((condition, block)),
                    None => statement.otherwise = Some(block),
                }
            }
        }
        statement
    }
}
