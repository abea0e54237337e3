//! Steps and their clauses.

use super::{
    ExprId, LocalKind, Lowering, docs,
    nodes::{child, expression_after, expressions, mark, node_span, token},
};
use crate::{
    findings::syntax::duplicate_clause,
    hir::{Approve, Bound, Clause, Clauses, Each, OnFailure, Repeat, Retry, RetryWait, Step, StepId, Undo},
    syntax::{SyntaxKind, SyntaxNode},
};

impl Lowering {
    pub(super) fn step(&mut self, node: &SyntaxNode) -> StepId {
        let name = self.name(node);
        let span = self.span(node);
        // The arena's next place: the local must know its step before the step is made.
        let id = StepId::new(self.module.steps.len());
        let local = self.local(&name, LocalKind::Step(id));
        let ty = self.optional_type(node);
        let call = self.first(node, span);
        let step = Step {
            local,
            name,
            docs: docs(node, SyntaxKind::DocComment, "///"),
            span,
            item: self.item,
            ty,
            call,
            clauses: Clauses::default(),
        };
        let id = self.module.steps.push(step);
        let clauses = self.clauses(node, id);
        self.module.steps[id].clauses = clauses;
        id
    }

    fn clauses(&mut self, step: &SyntaxNode, id: StepId) -> Clauses {
        let mut clauses = Clauses::default();
        for node in step.children() {
            let span = self.span(&node);
            match node.kind() {
                SyntaxKind::WhenClause => {
                    let value = self.first(&node, span);
                    self.set(&mut clauses.when, &node, value);
                }
                SyntaxKind::AfterClause => {
                    let value = self.expressions(&node);
                    self.set(&mut clauses.after, &node, value);
                }
                SyntaxKind::EachClause => {
                    let value = self.each(&node, id);
                    self.set(&mut clauses.each, &node, value);
                }
                SyntaxKind::RepeatClause => {
                    let value = self.repeat(&node);
                    self.set(&mut clauses.repeat, &node, value);
                }
                SyntaxKind::EveryClause => {
                    let value = self.first(&node, span);
                    self.set(&mut clauses.every, &node, value);
                }
                SyntaxKind::ApproveClause => {
                    let value = self.approve(&node);
                    self.set(&mut clauses.approve, &node, value);
                }
                SyntaxKind::TimeoutClause => {
                    let value = self.first(&node, span);
                    self.set(&mut clauses.timeout, &node, value);
                }
                SyntaxKind::RetryClause => {
                    let value = self.retry(&node);
                    self.set(&mut clauses.retry, &node, value);
                }
                SyntaxKind::UndoClause => {
                    let value = self.undo(&node);
                    self.set(&mut clauses.undo, &node, value);
                }
                SyntaxKind::IrreversibleClause => {
                    let value = self.first(&node, span);
                    self.set(&mut clauses.irreversible, &node, value);
                }
                SyntaxKind::FailureClause => {
                    let value = self.failure(&node);
                    self.set(&mut clauses.on_failure, &node, value);
                }
                _ => {}
            }
        }
        clauses
    }

    /// Keeps the first of several clauses of a kind and reports the others.
    fn set<T>(&mut self, place: &mut Option<Clause<T>>, node: &SyntaxNode, value: T) {
        let span = self.span(node);
        match place {
            None => *place = Some(Clause { span, value }),
            Some(first) => {
                let word = token_word(node);
                self.diagnostics.push(duplicate_clause::duplicate_clause(span, first.span, &word));
            }
        }
    }

    /// The value of a header that may stand once; a second one is reported.
    pub(super) fn once(&mut self, before: Option<ExprId>, node: &SyntaxNode) -> ExprId {
        let span = self.span(node);
        let value = self.first(node, span);
        let Some(first) = before else { return value };
        let first_span = self.module.exprs[first].span;
        self.diagnostics.push(duplicate_clause::duplicate_clause(span, first_span, &token_word(node)));
        first
    }

    pub(super) fn undo(&mut self, node: &SyntaxNode) -> Undo {
        let span = self.span(node);
        let call = self.first(node, span);
        Undo { span, call, always: mark(self.file, node, SyntaxKind::KwAlways) }
    }

    fn each(&mut self, node: &SyntaxNode, step: StepId) -> Each {
        let span = self.span(node);
        let name = self.name(node);
        let variable = self.local(&name, LocalKind::Each(step));
        let list = self.first(node, span);
        let at_a_time = child(node, SyntaxKind::AtATime).map(|limit| self.first(&limit, span));
        let at_most = child(node, SyntaxKind::AtMost).map(|limit| self.first(&limit, span));
        Each { variable, list, at_a_time, at_most }
    }

    fn repeat(&mut self, node: &SyntaxNode) -> Repeat {
        let span = self.span(node);
        let every = self.first(node, span);
        let until = self.after(node, SyntaxKind::KwUntil);
        let hold = self.after(node, SyntaxKind::KwFor);
        let bound = child(node, SyntaxKind::AtMost).map(|limit| {
            let value = self.first(&limit, span);
            match token(&limit, SyntaxKind::KwTimes) {
                Some(_) => Bound::Times(value),
                None => Bound::Time(value),
            }
        });
        Repeat { every, until, hold, bound }
    }

    fn approve(&mut self, node: &SyntaxNode) -> Approve {
        let span = self.span(node);
        let mut values = expressions(node);
        let count = self.optional(values.next(), span);
        let groups = values.map(|group| self.expression(&group)).collect();
        let when = child(node, SyntaxKind::ApproveWhen).map(|part| self.first(&part, span));
        let within = child(node, SyntaxKind::ApproveWithin).map(|part| self.first(&part, span));
        let else_skip = child(node, SyntaxKind::ApproveElse).map(|part| node_span(self.file, &part));
        Approve { count, groups, when, within, else_skip }
    }

    fn retry(&mut self, node: &SyntaxNode) -> Retry {
        let times = self.first(node, self.span(node));
        let every = self.after(node, SyntaxKind::KwEvery);
        let backoff = self.after(node, SyntaxKind::KwBackoff);
        let to = self.after(node, SyntaxKind::KwTo);
        let wait = match (every, backoff, to) {
            (Some(every), _, _) => Some(RetryWait::Every(every)),
            (None, Some(from), Some(to)) => Some(RetryWait::Backoff(from, to)),
            _ => None,
        };
        Retry { times, wait }
    }

    fn failure(&mut self, node: &SyntaxNode) -> OnFailure {
        let value = expression_after(node, SyntaxKind::KwFailure);
        let span = self.span(node);
        if token(node, SyntaxKind::KwUse).is_some() {
            OnFailure::Use(self.optional(value, span))
        } else if token(node, SyntaxKind::KwRun).is_some() {
            OnFailure::Run(self.optional(value, span))
        } else {
            OnFailure::Continue
        }
    }
}

/// The word that a clause begins with, for messages.
fn token_word(node: &SyntaxNode) -> String {
    let words = super::nodes::tokens(node).filter(|token| token.kind().is_keyword());
    let count = if node.kind() == SyntaxKind::FailureClause { 2 } else { 1 };
    words.take(count).map(|token| token.text().to_owned()).collect::<Vec<_>>().join(" ")
}
