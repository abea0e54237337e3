//! `after` on a step that already waits for it.
//!
//! ## Why
//!
//! A step waits for every step whose value it uses. A redundant `after` hides which of the others really
//! decide the order.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step count = errors()
//!   }
//!
//!   communicate {
//!     step told = tell("${count} errors")
//!       after count
//! //    ^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step count = errors()
//!   }
//!
//!   communicate {
//!     step told = tell("${count} errors")
//! //    ^^^^^^^^^^^
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
//! playbook look {
//!   enrich {
//!     step count = errors()
//!   }
//!
//!   communicate {
//!     step told = tell("${count} errors")
//!   }
//! }
//! ```

use crate::{
    diagnostic::Safety,
    graph::Reason,
    hir::PartKind,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    former: &["needless-after"],
    fix: Some(Safety::Safe),
    ..Rule::new("redundant-after", Group::Time, include_str!("redundant_after.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        for step in body.steps() {
            let Some(clause) = &step.step.clauses.after else { continue };
            // In remediate an `after` takes the step out of its place, so it always says something.
            if step.part == Some(PartKind::Remediate) || clause.value.len() != 1 {
                continue;
            }
            let entry = body.graph.entry(step.node);
            let edges = || body.graph.incoming(entry).iter().map(|edge| body.graph.edge(*edge));
            let Some(after) = edges().find(|edge| edge.reason == Reason::After(Some(0))) else { continue };
            let named = edges().any(|edge| matches!(edge.reason, Reason::Data(_)) && edge.from == after.from);
            if named {
                let lines = pass.facts.lines_of(clause.span);
                pass.report(
                    finding(clause.span, format!("`{}` already waits for it", step.name()))
                        .fix(pass.removal("remove the clause", lines)),
                );
            }
        }
    }
}
