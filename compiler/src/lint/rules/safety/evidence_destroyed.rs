//! Evidence collected after the change that destroys it.
//!
//! ## Why
//!
//! A restart clears memory and rotates logs. Collect evidence before the change: afterwards it is gone.
//!
//! ## Bad
//!
//! ```quell
//! action restart(service: Text) changes {
//!   irreversible "what was in memory is gone"
//!   touches service
//! }
//!
//! action dump(service: Text) -> Text reads {
//!   provides evidence
//! }
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart("checkout")
//!     step memory = dump("checkout")
//! //       ^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart(service: Text) changes {
//!   irreversible "what was in memory is gone"
//!   touches service
//! }
//!
//! action dump(service: Text) -> Text reads {
//!   provides evidence
//! }
//!
//! playbook repair {
//!   remediate {
//!     step memory = dump("checkout")
//!     step restarted = restart("checkout")
//!   }
//! }
//! ```

use std::collections::BTreeMap;

use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule =
    Rule::new("evidence-destroyed", Group::Safety, include_str!("evidence_destroyed.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        let steps = body.steps();
        let facts = pass.facts;
        for late in steps.iter().filter(|step| step.plan.is_look() && step.plan.repeat.is_none()) {
            let is_evidence = facts.provides(late.plan.callee, "evidence");
            if !is_evidence || facts.provides(late.plan.callee, "verification") {
                continue;
            }
            let about = |step: &crate::lint::StepFact<'_>| -> Vec<String> {
                let call = pass.module.types.calls.get(step.plan.call);
                let count = call.map_or(0, |call| call.arguments.len());
                let given = (0..count).filter_map(|index| call?.given(index));
                given.map(|value| facts.resource(pass.file, value, &BTreeMap::new())).collect()
            };
            let wanted = about(late);
            let before = |step: &crate::lint::StepFact<'_>| body.comes_before(step.node, late.node);
            let seen = steps
                .iter()
                .any(|step| step.plan.callee == late.plan.callee && step.node != late.node && before(step));
            let spoiler = steps.iter().find(|step| {
                step.plan.is_change()
                    && step.plan.irreversible.is_some()
                    && before(step)
                    && facts.touches(pass.file, step.plan.call).iter().any(|key| wanted.contains(key))
            });
            if let Some(spoiler) = spoiler.filter(|_| !seen) {
                pass.report(
                    finding(
                        late.step.name.span,
                        format!("`{}` runs after the step that destroys its evidence", late.name()),
                    )
                    .label(spoiler.step.name.span, "the evidence is destroyed here")
                    .help(format!("collect it above `{}`", spoiler.name())),
                );
            }
        }
    }
}
