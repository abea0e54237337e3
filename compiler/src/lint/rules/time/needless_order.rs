//! Needless order: independent read-only steps run one after the other.
//!
//! ## Why
//!
//! Read-only steps change nothing, so two of them can run in parallel. An `after` between them makes the run
//! longer by one of them. The rule reports it if neither needs the other's result, the first one doesn't
//! poll for a condition, and the run would finish sooner without the `after`.
//!
//! ## Bad
//!
//! ```quell
//! action logs() -> Text reads {
//!   timeout 2m
//! }
//!
//! action metrics() -> Text reads {
//!   timeout 3m
//! }
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step lines = logs()
//!     step values = metrics()
//!       after lines
//! //    ^^^^^^^^^^^
//!   }
//!
//!   communicate {
//!     step told = tell("${lines} ${values}")
//!   }
//! }
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! action logs() -> Text reads {
//!   timeout 2m
//! }
//!
//! action metrics() -> Text reads {
//!   timeout 3m
//! }
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step lines = logs()
//!     step values = metrics()
//! //    ^^^^^^^^^^^
//!   }
//!
//!   communicate {
//!     step told = tell("${lines} ${values}")
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action logs() -> Text reads {
//!   timeout 2m
//! }
//!
//! action metrics() -> Text reads {
//!   timeout 3m
//! }
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step lines = logs()
//!     step values = metrics()
//!   }
//!
//!   communicate {
//!     step told = tell("${lines} ${values}")
//!   }
//! }
//! ```

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Fix, Safety},
    findings::duration::duration_text,
    graph::{Detours, Measure, Nanoseconds, NodeId, Phase, Reason, SECOND, Schedule, StepGraph},
    hir::{Effect, PartKind},
    lint::{Body, Group, OptionSpec, OptionValue, Pass, Rule, StepFact, rule::finding},
    names::Milestone,
};

/// The rule.
pub static RULE: Rule = Rule {
    fix: Some(Safety::Unsafe),
    options: &[OptionSpec {
        name: "least",
        default: OptionValue::Duration(10 * SECOND),
        docs: "how much longer the worst case must be to be reported",
    }],
    ..Rule::new("needless-order", Group::Time, include_str!("needless_order.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let least = pass.duration("least");
    for body in pass.bodies() {
        let steps = body.steps();
        let ordered = steps.iter().filter(|step| step.step.clauses.after.is_some());
        let ordered: Vec<_> = ordered.filter(|step| step.part != Some(PartKind::Remediate)).collect();
        if ordered.is_empty() {
            continue;
        }
        let Some(schedule) = pass.facts.schedule(body.id, Measure::Worst) else { continue };
        let Some((whole, without)) = detours(body.graph, &schedule).and_then(|all| all.longest()) else {
            continue;
        };
        let by_node: BTreeMap<NodeId, &StepFact<'_>> = steps.iter().map(|step| (step.node, step)).collect();
        for step in ordered {
            let entry = body.graph.entry(step.node);
            for id in body.graph.incoming(entry) {
                let edge = body.graph.edge(*id);
                let before = by_node.get(&edge.from).filter(|_| edge.reason == Reason::After(Some(0)));
                let (Some(before), Some(sooner)) = (before, without.get(id.0 as usize)) else { continue };
                let cost = whole - sooner;
                if cost >= least && cost > 0 && is_independent(pass, &body, before, step) {
                    report(pass, before, step, (whole, cost));
                }
            }
        }
    }
}

fn report(
    pass: &mut Pass<'_>,
    before: &StepFact<'_>,
    step: &StepFact<'_>,
    (whole, cost): (Nanoseconds, Nanoseconds),
) {
    let Some(clause) = &step.step.clauses.after else { return };
    let (sooner, whole, cost) = (duration_text(whole - cost), duration_text(whole), duration_text(cost));
    let mut said =
        finding(clause.span, format!("`{}` doesn't need to wait for `{}`", step.name(), before.name()))
            .note(format!("it adds {cost} to the worst case: {whole} instead of {sooner}"))
            .help("both are read-only and independent: remove `after` so they run in parallel");
    if clause.value.len() == 1 {
        let lines = pass.facts.lines_of(clause.span);
        said = said.fix(Fix::replace(Safety::Unsafe, "remove the clause", lines, ""));
    }
    pass.report(said);
}

/// Whether two steps only look, and the first one doesn't wait for something to come true.
fn is_independent(pass: &Pass<'_>, body: &Body<'_>, before: &StepFact<'_>, step: &StepFact<'_>) -> bool {
    let looks = |step: &StepFact<'_>| step.plan.effect == Effect::Reads && step.plan.repeat.is_none();
    let same_phase = body.graph.node(before.node).phase == body.graph.node(step.node).phase;
    looks(before) && looks(step) && same_phase && !pass.facts.provides(before.plan.callee, "verification")
}

/// The ways to the end of a run: to where it is resolved, or else to where all is done.
fn detours(graph: &StepGraph, schedule: &Schedule) -> Option<Detours> {
    let order = graph.topological()?;
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(index, node)| place[node.index()] = index);
    let length = |node: &NodeId| {
        let time = schedule.node(*node);
        Some(time.end? - time.start?)
    };
    let edges = graph.edges().map(|(_, edge)| {
        let delay = match edge.reason {
            Reason::After(delay) => delay?,
            _ => 0,
        };
        Some((place[edge.from.index()], place[edge.to.index()], delay))
    });
    let resolved = graph.milestone(Milestone::Resolved);
    let is_target = |node: &NodeId| match resolved {
        Some(resolved) => *node == resolved,
        None => graph.node(*node).phase == Phase::Response,
    };
    Some(Detours {
        lengths: order.iter().map(length).collect::<Option<_>>()?,
        edges: edges.collect::<Option<_>>()?,
        targets: order.iter().map(is_target).collect(),
    })
}
