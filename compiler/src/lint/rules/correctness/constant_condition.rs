//! Condition with the same result in every run.
//!
//! ## Why
//!
//! What depends on the condition always happens, or never does. Either way the line doesn't do what it seems
//! to do.
//!
//! ## Bad
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! let automatic: Bool = false
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!       when automatic
//! //         ^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   input automatic: Bool = false
//!
//!   remediate {
//!     step restarted = restart()
//!       when automatic
//!   }
//! }
//! ```

use std::collections::BTreeSet;

use super::impossible_option;
use crate::{
    graph::{Assumptions, Constant, NodeKind, Truth},
    hir::{ExprId, ExprKind, Literal, descendants},
    lint::{
        Body, Group, Pass, Profile, Rule,
        assumed::assumptions,
        conditions::{Wanted, clash, conjuncts},
        rule::finding,
    },
    types::Type,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("constant-condition", Group::Correctness, include_str!("constant_condition.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let mut done: BTreeSet<ExprId> = BTreeSet::new();
    for body in pass.bodies() {
        let assumed = assumptions(pass.facts, &body);
        let mut conditions: Vec<(ExprId, Place)> = of_body(&body);
        // Expressions inside of the body see the same values.
        let own: Vec<ExprId> = inner(pass)
            .into_iter()
            .filter(|expr| {
                let (span, item) = (pass.span(*expr), body.item.span);
                item.start <= span.start && span.end <= item.end
            })
            .collect();
        conditions.extend(own.into_iter().map(|expr| (expr, Place::Elsewhere)));
        for (condition, place) in conditions {
            if done.insert(condition) {
                judge(pass, &assumed, condition, place);
            }
        }
    }
    for condition in inner(pass) {
        if done.insert(condition) {
            judge(pass, &Assumptions::default(), condition, Place::Elsewhere);
        }
    }
}

/// What a condition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The guard of a step: where it contradicts itself, its step is unreachable, which is said there.
    Guard,
    /// The other branch of a guard.
    Otherwise,
    Elsewhere,
}

fn judge(pass: &mut Pass<'_>, assumed: &Assumptions, condition: ExprId, place: Place) {
    let constant = pass.facts.constant(pass.file, condition);
    let truth = Truth { meaning: &pass.facts.meaning, assumptions: assumed };
    let value = match constant {
        Some(Constant::Bool(value)) => Some(value),
        _ => truth.decide(pass.file, condition),
    };
    let Some(value) = value else { return };
    let wanted = Wanted { condition, holds: place != Place::Otherwise };
    if constant.is_none() && place != Place::Elsewhere && value != wanted.holds {
        let parts = conjuncts(pass.facts, pass.file, [wanted]);
        if clash(pass.facts, pass.file, &parts).is_some() || by_severity(pass, assumed, condition) {
            return;
        }
    }
    // An answer that isn't among the options is said at the answer.
    if impossible_option::speaks_of(pass, condition) {
        return;
    }
    let often = if value { "always" } else { "never" };
    let text = pass.facts.text(pass.span(condition));
    let help = if value { "remove the condition" } else { "remove what depends on it" };
    let mut said = finding(pass.span(condition), format!("`{text}` {often} holds"));
    if constant.is_none() && value && by_severity(pass, assumed, condition) {
        said = said.note("at every severity that this playbook can have");
    }
    pass.report(said.help(help));
}

/// Whether it is only so because of what severity can be.
fn by_severity(pass: &Pass<'_>, assumed: &Assumptions, condition: ExprId) -> bool {
    let mut any = assumed.clone();
    any.values.remove(&format!("{:?}", crate::names::Def::Severity));
    let truth = Truth { meaning: &pass.facts.meaning, assumptions: &any };
    truth.decide(pass.file, condition).is_none()
}

/// Conditions inside of expressions: of `if`, and what lambdas ask of elements.
fn inner(pass: &Pass<'_>) -> Vec<ExprId> {
    let exprs = &pass.hir().exprs;
    let mut found = Vec::new();
    for (_, expr) in exprs.iter() {
        match &expr.kind {
            ExprKind::If { branches, .. } => found.extend(branches.iter().map(|(condition, _)| *condition)),
            ExprKind::Lambda { body, .. }
                if *pass.module.types.of(*body) == Type::Bool
                    && !matches!(exprs[*body].kind, ExprKind::Literal(Literal::Bool(_)))
                    && descendants(exprs, *body).nth(1).is_some() =>
            {
                found.push(*body);
            }
            _ => {}
        }
    }
    found
}

/// The conditions of steps, approvals and causes.
fn of_body(body: &Body<'_>) -> Vec<(ExprId, Place)> {
    let guards = body
        .graph
        .guards()
        .map(|(_, guard)| (guard.condition, if guard.wanted { Place::Guard } else { Place::Otherwise }));
    let mut found: Vec<(ExprId, Place)> = guards.collect();
    let mut add = |conditions: &mut dyn Iterator<Item = ExprId>| {
        found.extend(conditions.map(|condition| (condition, Place::Elsewhere)));
    };
    for (_, node) in body.graph.nodes() {
        match &node.kind {
            NodeKind::Gate(gate) => add(&mut gate.when.into_iter()),
            NodeKind::Cause(cause) => add(&mut cause.suspect.iter().chain(&cause.rule_out).copied()),
            NodeKind::Step(plan) => {
                add(&mut plan.repeat.as_ref().and_then(|repeat| repeat.until).into_iter());
            }
            _ => {}
        }
    }
    found
}
