//! Hard-coded target: a machine, an environment or a person.
//!
//! ## Why
//!
//! The playbook works in one place only. For staging or a second region someone copies it, and the copy goes
//! out of date. What a step changes should come from the catalog or from an input. The rule checks the
//! parameters that actions list under `touches`, and people and teams that are built in place.
//!
//! ## Bad
//!
//! ```quell
//! /// Where something runs.
//! record Host {
//!   name: Text,
//!   region: Text,
//! }
//!
//! /// Restarts a machine.
//! action reboot(host: Host) changes {
//!   irreversible "what was in memory is gone"
//!   touches host
//! }
//!
//! /// Restarts the database.
//! playbook repair {
//!   remediate {
//!     step restarted = reboot(Host(name: "db-1", region: "eu"))
//! //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! /// Where something runs.
//! record Host {
//!   name: Text,
//!   region: Text,
//! }
//!
//! /// The orders database.
//! let orders_host: Host = Host(name: "db-1", region: "eu")
//!
//! /// Restarts a machine.
//! action reboot(host: Host) changes {
//!   irreversible "what was in memory is gone"
//!   touches host
//! }
//!
//! /// Restarts the database.
//! playbook repair {
//!   remediate {
//!     step restarted = reboot(orders_host)
//!   }
//! }
//! ```

use crate::{
    graph::Callee,
    hir::{ExprId, ExprKind, descendants},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    types::Callee as Called,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("hard-coded-target", Group::Clarity, include_str!("hard_coded_target.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let mut found: Vec<(ExprId, String)> = Vec::new();
    let known = pass.facts.checked.interfaces.well_known;
    for body in pass.playbooks() {
        for step in body.steps() {
            let name = step.name();
            for target in targets(pass, step.plan.callee, step.plan.call) {
                if is_spelled_out(pass, target) {
                    found.push((target, format!("the target of `{name}` is hard-coded")));
                }
            }
            let people = descendants(&pass.hir().exprs, step.plan.call).filter(|expr| {
                let callee = pass.module.types.calls.get(*expr).map(|call| call.callee);
                let made = match callee {
                    Some(Called::Record(record)) => Some(record),
                    _ => None,
                };
                made.is_some() && (made == known.person || made == known.team)
            });
            found.extend(people.map(|expr| (expr, format!("the person in `{name}` is hard-coded"))));
        }
    }
    for (expr, message) in found {
        pass.report(
            finding(pass.span(expr), message)
                .note("the playbook works for this one only")
                .help("name it in the catalog, or make it an input"),
        );
    }
}

/// What a call of an action gives for what the action touches.
fn targets(pass: &Pass<'_>, callee: Callee, call: ExprId) -> Vec<ExprId> {
    let (Callee::Action(item), Some(call)) = (callee, pass.module.types.calls.get(call)) else {
        return Vec::new();
    };
    let Some(action) = pass.facts.action(item) else { return Vec::new() };
    let index = |name: &str| action.parameters.iter().position(|one| &*one.name.text == name);
    action.contract.touches.iter().filter_map(|touched| call.given(index(&touched.text)?)).collect()
}

/// Whether a value is a record of nothing but literals: a name alone may be all that there is to say.
fn is_spelled_out(pass: &Pass<'_>, value: ExprId) -> bool {
    let Some(call) = pass.module.types.calls.get(value) else { return false };
    let literal = |expr: ExprId| matches!(pass.hir().exprs[expr].kind, ExprKind::Literal(_));
    let mut given = (0..call.arguments.len()).filter_map(|index| call.given(index)).peekable();
    matches!(call.callee, Called::Record(_)) && given.peek().is_some() && given.all(literal)
}
