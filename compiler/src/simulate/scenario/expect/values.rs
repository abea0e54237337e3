//! Conditions over the values at the end of a run.

use super::{AtEnd, Finding, Judge};
use crate::{
    check::CheckedModule,
    hir::{Access, BinaryOp, ExprId, ExprKind, Literal, UnaryOp, descendants},
    names::Def,
    simulate::{
        evaluate::reads,
        trace::{TraceNodeId, TraceNodeKind},
        value::{Value, literal},
    },
};

/// What a condition comes to.
enum Truth {
    Is(bool),
    /// It compares what isn't there.
    Absent(String),
    /// It has no value.
    Error(String),
}

impl Judge<'_, '_> {
    pub(super) fn value(&self, expr: ExprId) -> Finding {
        let scope = AtEnd(self.run);
        let lets = &self.run.script.lets;
        let truth = self.truth(expr);
        let mut actual: Vec<String> = match &truth {
            Truth::Is(_) => Vec::new(),
            Truth::Error(why) => vec![why.clone()],
            Truth::Absent(name) => vec![format!("`{name}` is missing: {}", self.fate(name))],
        };
        let mut events = Vec::new();
        for read in reads(self.evaluator, self.file, expr, lets, &scope) {
            events.extend(self.about(&read.name));
            if matches!(&truth, Truth::Absent(name) if *name == *read.name) {
                continue;
            }
            let value = read.value.as_ref().map_or_else(|| "not available".to_owned(), literal);
            actual.push(format!("{} is {value}", read.name));
        }
        let actual = if actual.is_empty() { "it is false".to_owned() } else { actual.join(", ") };
        events.sort_unstable();
        events.dedup();
        Finding::new(matches!(truth, Truth::Is(true)), actual, events)
    }

    /// Whether a condition holds. What isn't there makes none hold but the question whether it is there.
    fn truth(&self, expr: ExprId) -> Truth {
        let Some(module) = self.evaluator.checked.module(self.file) else { return Truth::Is(false) };
        match &module.hir.exprs[expr].kind {
            ExprKind::Unary(UnaryOp::Not, inner) => match self.truth(*inner) {
                Truth::Is(holds) => Truth::Is(!holds),
                other => other,
            },
            ExprKind::Binary(BinaryOp::And, left, right) => match self.truth(*left) {
                Truth::Is(true) => self.truth(*right),
                other => other,
            },
            ExprKind::Binary(BinaryOp::Or, left, right) => match self.truth(*left) {
                Truth::Is(false) => self.truth(*right),
                other => other,
            },
            ExprKind::If { branches, otherwise } => {
                for (condition, value) in branches {
                    match self.truth(*condition) {
                        Truth::Is(true) => return self.truth(*value),
                        Truth::Is(false) => {}
                        other => return other,
                    }
                }
                self.truth(*otherwise)
            }
            ExprKind::Binary(BinaryOp::Equal | BinaryOp::NotEqual, left, right)
                if asks_presence(module, *left, *right) =>
            {
                self.plain(expr)
            }
            _ => {
                let absent = descendants(&module.hir.exprs, expr).find(|part| {
                    matches!(module.def(*part), Some(Def::OfPlaybook(_, local))
                        if self.run.values.absent.contains(&local))
                });
                match absent.map(|absent| &module.hir.exprs[absent].kind) {
                    Some(ExprKind::Name(name)) => Truth::Absent(name.to_string()),
                    _ => self.plain(expr),
                }
            }
        }
    }

    fn plain(&self, expr: ExprId) -> Truth {
        match self.evaluator.evaluate(self.file, expr, &self.run.script.lets, &AtEnd(self.run)) {
            Ok(Value::Bool(holds)) => Truth::Is(holds),
            Ok(_) => Truth::Is(false),
            Err(error) => Truth::Error(error.to_string()),
        }
    }

    /// What became of a step or `let` of the playbook.
    fn fate(&self, name: &str) -> String {
        let nodes = self.run.trace.nodes.iter().enumerate();
        let found = nodes.into_iter().find(|(_, node)| {
            matches!(node.kind, TraceNodeKind::Step | TraceNodeKind::Let)
                && node.inside.is_none()
                && *node.name == *name
        });
        match found {
            Some((index, node)) if node.kind == TraceNodeKind::Step => {
                self.story(TraceNodeId(index as u32)).0
            }
            _ => "a value it is computed from is missing".to_owned(),
        }
    }
}

/// Whether a comparison asks whether a name is there: `x == none`, `x?.field != none`.
fn asks_presence(module: &CheckedModule, left: ExprId, right: ExprId) -> bool {
    let is_none = |expr: ExprId| matches!(module.hir.exprs[expr].kind, ExprKind::Literal(Literal::None));
    let is_name = |mut expr: ExprId| loop {
        match &module.hir.exprs[expr].kind {
            ExprKind::Name(_) => return true,
            ExprKind::Field { receiver, access: Access::IfPresent, .. } => expr = *receiver,
            _ => return false,
        }
    };
    is_none(left) && is_name(right) || is_none(right) && is_name(left)
}
