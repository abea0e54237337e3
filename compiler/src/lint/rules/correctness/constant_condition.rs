//! A condition that is the same in every run.
//!
//! ## Why
//!
//! What is behind it always happens, or never. Either way the line doesn't say what it does.
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

use crate::{
    graph::{Constant, NodeKind},
    hir::{ExprId, ExprKind},
    lint::{Body, Group, Pass, Profile, Rule, conditions::at_severity, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("constant-condition", Group::Correctness, include_str!("constant_condition.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let mut conditions: BTreeSet<ExprId> = BTreeSet::new();
    for body in pass.bodies() {
        conditions.extend(of_body(&body));
    }
    for (_, expr) in pass.hir().exprs.iter() {
        if let ExprKind::If { branches, .. } = &expr.kind {
            conditions.extend(branches.iter().map(|(condition, _)| *condition));
        }
    }
    for body in pass.playbooks() {
        let Some((severities, _)) = pass.facts.severities(&body) else { continue };
        // One that never holds makes its step unreachable, and is said there.
        let always = |condition: ExprId| {
            severities.iter().all(|severity| at_severity(&body, condition, *severity) == Some(true))
                && body.graph.guards().all(|(_, guard)| guard.condition != condition || guard.wanted)
        };
        for (_, guard) in body.graph.guards() {
            let condition = guard.condition;
            if conditions.contains(&condition)
                && pass.facts.constant(pass.file, condition).is_none()
                && always(condition)
            {
                conditions.remove(&condition);
                let text = pass.facts.text(pass.span(condition));
                pass.report(
                    finding(pass.span(condition), format!("`{text}` always holds"))
                        .note("it does at each severity that this playbook can have")
                        .help("take the condition away"),
                );
            }
        }
    }
    for condition in conditions {
        if let Some(Constant::Bool(value)) = pass.facts.constant(pass.file, condition) {
            let often = if value { "always" } else { "never" };
            let text = pass.facts.text(pass.span(condition));
            let help = if value { "take the condition away" } else { "take away what depends on it" };
            pass.report(finding(pass.span(condition), format!("`{text}` {often} holds")).help(help));
        }
    }
}

/// The conditions of steps, approvals and causes.
fn of_body(body: &Body<'_>) -> Vec<ExprId> {
    let mut found: Vec<ExprId> = body.graph.guards().map(|(_, guard)| guard.condition).collect();
    for (_, node) in body.graph.nodes() {
        match &node.kind {
            NodeKind::Gate(gate) => found.extend(gate.when),
            NodeKind::Cause(cause) => found.extend(cause.suspect.iter().chain(&cause.rule_out)),
            NodeKind::Step(plan) => found.extend(plan.repeat.as_ref().and_then(|repeat| repeat.until)),
            _ => {}
        }
    }
    found
}
