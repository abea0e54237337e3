//! Actions: contract, bindings and simulation.

use super::{
    ExprId, Ident, LocalKind, Lowering,
    nodes::{child, expression_after, expressions, ident, idents, mark, token, token_span, tokens},
};
use crate::{
    hir::{Action, Binding, BindingEntry, BindingKind, Contract, Effect, Simulate, Takes},
    syntax::{SyntaxKind, SyntaxNode},
};

impl Lowering {
    pub(super) fn action(&mut self, node: &SyntaxNode) -> Action {
        let mut action = Action {
            parameters: self.parameters(node),
            result: self.optional_type(node),
            effect: token(node, SyntaxKind::Effect)
                .and_then(|word| Some((effect(word.text())?, token_span(self.file, &word)))),
            contract: Contract::default(),
            narrows: None,
            bindings: Vec::new(),
            simulate: None,
        };
        if let Some(narrowing) = child(node, SyntaxKind::Narrowing) {
            let span = self.span(&narrowing);
            action.narrows = Some(self.first(&narrowing, span));
        }
        if let Some(body) = child(node, SyntaxKind::ActionBody) {
            for entry in body.children() {
                self.action_entry(&entry, &mut action);
            }
        }
        action
    }

    fn action_entry(&mut self, node: &SyntaxNode, action: &mut Action) {
        let span = self.span(node);
        let contract = &mut action.contract;
        match node.kind() {
            SyntaxKind::TimeoutClause => contract.timeout = Some(self.first(node, span)),
            SyntaxKind::UndoClause => contract.undo = Some(self.undo(node)),
            SyntaxKind::IrreversibleClause => contract.irreversible = Some(self.first(node, span)),
            SyntaxKind::IdempotentEntry => contract.idempotent = Some(span),
            SyntaxKind::DeprecatedEntry => contract.deprecated = Some(self.first(node, span)),
            SyntaxKind::TouchesEntry => contract.touches.extend(idents(self.file, node)),
            SyntaxKind::ProvidesEntry => contract.provides.extend(idents(self.file, node)),
            SyntaxKind::HttpBinding => {
                let method = token(node, SyntaxKind::Method).map(|method| ident(self.file, &method));
                let method = method.unwrap_or_else(|| Ident { text: "".into(), span: span.at_end() });
                let url = self.first(node, span);
                self.binding(node, BindingKind::Http { method, url }, action);
            }
            SyntaxKind::CommandBinding => {
                let arguments = self.first(node, span);
                self.binding(node, BindingKind::Command { arguments }, action);
            }
            SyntaxKind::ContainerBinding => {
                let image = self.first(node, span);
                self.binding(node, BindingKind::Container { image }, action);
            }
            SyntaxKind::SimulateBlock => action.simulate = Some(self.simulate(node)),
            _ => {}
        }
    }

    fn binding(&mut self, node: &SyntaxNode, kind: BindingKind, action: &mut Action) {
        let span = self.span(node);
        let runner = child(node, SyntaxKind::Runner).map(|runner| self.first(&runner, span));
        let body = child(node, SyntaxKind::BindingBody);
        let entries = body.into_iter().flat_map(|body| body.children());
        let entries = entries.filter_map(|entry| self.binding_entry(&entry)).collect();
        action.bindings.push(Binding { span, kind, runner, entries });
    }

    fn binding_entry(&mut self, node: &SyntaxNode) -> Option<BindingEntry> {
        let span = self.span(node);
        Some(match node.kind() {
            SyntaxKind::AuthEntry => {
                let scheme = tokens(node).find(|token| {
                    matches!(token.kind(), SyntaxKind::KwBearer | SyntaxKind::KwBasic | SyntaxKind::KwHeader)
                })?;
                BindingEntry::Auth { scheme: ident(self.file, &scheme), values: self.expressions(node) }
            }
            SyntaxKind::DataEntry => {
                let kind = token(node, SyntaxKind::DataKind)?;
                BindingEntry::Data { kind: ident(self.file, &kind), value: self.first(node, span) }
            }
            SyntaxKind::OutputEntry => {
                BindingEntry::Output(ident(self.file, &token(node, SyntaxKind::OutputFormat)?))
            }
            SyntaxKind::ExpectEntry => BindingEntry::Expect {
                condition: self.first(node, span),
                otherwise: self.after(node, SyntaxKind::KwElse),
            },
            SyntaxKind::LetStmt => {
                let (local, value) = self.plain_let(node);
                BindingEntry::Let(local, value)
            }
            SyntaxKind::ReturnStmt => BindingEntry::Return(self.first(node, span)),
            _ => return None,
        })
    }

    /// The expression behind the keyword, if the keyword is there.
    pub(super) fn after(&mut self, node: &SyntaxNode, keyword: SyntaxKind) -> Option<ExprId> {
        let place = mark(self.file, node, keyword)?;
        Some(self.optional(expression_after(node, keyword), place))
    }

    /// `let NAME = E` where a written type would say nothing new.
    pub(super) fn plain_let(&mut self, node: &SyntaxNode) -> (super::LocalId, ExprId) {
        let name = self.name(node);
        let local = self.local(&name, LocalKind::Let);
        (local, self.first(node, self.span(node)))
    }

    fn simulate(&mut self, node: &SyntaxNode) -> Simulate {
        let mut simulate =
            Simulate { span: self.span(node), lets: Vec::new(), returns: None, takes: None, fails: None };
        for entry in node.children() {
            let span = self.span(&entry);
            match entry.kind() {
                SyntaxKind::ReturnStmt => simulate.returns = Some(self.first(&entry, span)),
                SyntaxKind::LetStmt => simulate.lets.push(self.plain_let(&entry)),
                SyntaxKind::TakesEntry => simulate.takes = Some(self.takes(&entry)),
                SyntaxKind::FailsEntry => {
                    let rate = self.first(&entry, span);
                    simulate.fails = Some((rate, self.after(&entry, SyntaxKind::KwWith)));
                }
                _ => {}
            }
        }
        simulate
    }

    fn takes(&mut self, node: &SyntaxNode) -> Takes {
        let span = self.span(node);
        let mut values = expressions(node);
        let first = self.optional(values.next(), span);
        if token(node, SyntaxKind::KwMean).is_some() {
            return Takes::Mean(first);
        }
        if token(node, SyntaxKind::KwP50).is_some() {
            return Takes::Percentiles { p50: first, p95: self.optional(values.next(), span) };
        }
        match token(node, SyntaxKind::KwTo) {
            Some(_) => Takes::Between(first, self.optional(values.next(), span)),
            None => Takes::Exactly(first),
        }
    }
}

fn effect(word: &str) -> Option<Effect> {
    [Effect::Reads, Effect::Asks, Effect::Notifies, Effect::Changes, Effect::Destroys]
        .into_iter()
        .find(|effect| effect.word() == word)
}
