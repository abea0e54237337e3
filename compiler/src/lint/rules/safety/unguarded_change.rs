//! Change that runs whatever the cause is.
//!
//! ## Why
//!
//! The playbook diagnoses causes, but this step runs whichever is suspected. Repairing something that isn't
//! broken can break it.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   triage {
//!     cause overload "too many requests come in" {
//!       step count = errors()
//!       suspect when count > 100
//!       rule out when count < 10
//!     }
//!   }
//!
//!   communicate {
//!     step told = tell("more requests than usual")
//!       when overload.suspected
//!   }
//!
//!   remediate {
//!     step restarted = restart()
//! //       ^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   triage {
//!     cause overload "too many requests come in" {
//!       step count = errors()
//!       suspect when count > 100
//!       rule out when count < 10
//!     }
//!   }
//!
//!   communicate {
//!     step told = tell("more requests than usual")
//!   }
//!
//!   remediate {
//!     step restarted = restart()
//!       when overload.suspected
//!   }
//! }
//! ```

use crate::{
    graph::{Callee, NodeKind, Phase},
    hir::PartKind,
    lint::{Group, Pass, Profile, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("unguarded-change", Group::Safety, include_str!("unguarded_change.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let has_causes = body.graph.nodes().any(|(_, node)| matches!(node.kind, NodeKind::Cause(_)));
        if !has_causes {
            continue;
        }
        let steps = body.steps_in(PartKind::Remediate);
        // What follows a repair that asked, asks through it.
        if steps.iter().any(|step| step.plan.is_change() && !body.causes_of(step.node).is_empty()) {
            continue;
        }
        for step in steps {
            let by_people = step.plan.gate.is_some() || step.plan.callee == Callee::Manual;
            let in_response = body.graph.node(step.node).phase == Phase::Response;
            // What needs the value of another step happens only where that did.
            let needs_other = !pass.facts.locals_in(pass.file, step.plan.call).is_empty();
            let asks = !step.plan.guards.is_empty() || needs_other;
            if step.plan.is_change() && in_response && !by_people && !asks {
                pass.report(
                    finding(step.step.name.span, format!("`{}` runs whatever the cause is", step.name()))
                        .help("add `when CAUSE.suspected`, or an approval"),
                );
            }
        }
    }
}
