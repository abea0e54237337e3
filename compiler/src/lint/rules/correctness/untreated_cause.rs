//! A cause is diagnosed, but nothing acts on it and nobody is told.
//!
//! ## Why
//!
//! Diagnosis takes time during an incident. A cause is worth it if a step depends on it, or if people are
//! told what is suspected.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   triage {
//!     cause overload "too many requests come in" {
//! //        ^^^^^^^^
//!       step count = errors()
//!       suspect when count > 100
//!       rule out when count < 10
//!     }
//!   }
//!
//!   communicate {
//!     step told = tell("we are looking")
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
//! }
//! ```

use std::collections::BTreeSet;

use crate::{
    graph::NodeKind,
    lint::{Body, Group, Pass, Rule, rule::finding},
    types::{Member, RunMember},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("untreated-cause", Group::Correctness, include_str!("untreated_cause.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        if tells_of_causes(pass, &body) {
            continue;
        }
        for (_, node) in body.graph.nodes() {
            let NodeKind::Cause(cause) = &node.kind else { continue };
            let name = &pass.hir().locals[cause.local].name;
            if !pass.facts.is_read(pass.file, cause.local) && !name.text.is_empty() {
                pass.report(
                    finding(name.span, format!("`{}` is diagnosed, but nothing acts on it", name.text))
                        .help("fix it in remediate, or report `run.suspects` to people"),
                );
            }
        }
    }
}

/// Whether this module, or one whose task is called, speaks of all causes at once.
fn tells_of_causes(pass: &Pass<'_>, body: &Body<'_>) -> bool {
    let mut files = BTreeSet::from([pass.file]);
    let mut work = vec![body.id];
    let mut seen = BTreeSet::new();
    while let Some(item) = work.pop() {
        if let Some(graph) = pass.facts.checked.graphs.get(item).filter(|_| seen.insert(item)) {
            files.insert(item.file);
            work.extend(graph.tasks());
        }
    }
    let tells = |member: &Member| {
        use RunMember::{OpenCauses, RuledOut, Status, Suspects};
        matches!(member, Member::Run(Suspects | RuledOut | OpenCauses | Status))
    };
    files
        .into_iter()
        .filter_map(|file| pass.facts.checked.module(file))
        .any(|module| module.types.members.iter().any(|(_, member)| tells(member)))
}
