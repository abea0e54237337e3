//! Two looks wait for each other without need, and everybody waits for both.
//!
//! ## Why
//!
//! Looking breaks nothing, so two looks may happen at once. An `after` between them makes the run longer by one
//! of them. The rule speaks where no data orders the two, the first one doesn't wait for something to become true,
//! and the run really ends sooner without the `after`.
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

use crate::{
    diagnostic::{Fix, Safety},
    findings::duration::duration_text,
    graph::{EdgeId, Measure, Nanoseconds, Phase, Reason, SECOND, Schedule, StepGraph},
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
        docs: "how much the order must cost, at worst, to be worth a word.",
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
        let Some(whole) = end(body.graph, &schedule, None) else { continue };
        for step in ordered {
            let entry = body.graph.entry(step.node);
            for id in body.graph.incoming(entry) {
                let edge = body.graph.edge(*id);
                let before = steps.iter().find(|before| before.node == edge.from);
                let Some(before) = before.filter(|_| edge.reason == Reason::After(Some(0))) else { continue };
                let Some(sooner) = end(body.graph, &schedule, Some(*id)) else { continue };
                let cost = whole - sooner;
                if cost >= least && cost > 0 && is_independent(pass, &body, before, step) {
                    report(pass, before, step, (whole, cost));
                }
            }
        }
    }
}

fn report(pass: &mut Pass<'_>, before: &StepFact<'_>, step: &StepFact<'_>, (whole, cost): (Nanoseconds, Nanoseconds)) {
    let Some(clause) = &step.step.clauses.after else { return };
    let (sooner, whole, cost) = (duration_text(whole - cost), duration_text(whole), duration_text(cost));
    let mut said =
        finding(clause.span, format!("`{}` waits for `{}` without need", step.name(), before.name()))
            .note(format!("that costs {cost} on the longest way: {whole} at worst instead of {sooner}"))
            .help("both only look, and neither reads what the other finds: let them look at once");
    if clause.value.len() == 1 {
        let lines = pass.facts.lines_of(clause.span);
        said = said.fix(Fix::replace(Safety::Unsafe, "take the clause away", lines, ""));
    }
    pass.report(said);
}

/// Whether two steps only look, and the first one doesn't wait for something to come true.
fn is_independent(pass: &Pass<'_>, body: &Body<'_>, before: &StepFact<'_>, step: &StepFact<'_>) -> bool {
    let looks = |step: &StepFact<'_>| step.plan.effect == Effect::Reads && step.plan.repeat.is_none();
    let same_phase = body.graph.node(before.node).phase == body.graph.node(step.node).phase;
    looks(before) && looks(step) && same_phase && !pass.facts.provides(before.plan.callee, "verification")
}

/// When the run is resolved, or else all is done, if one edge weren't there.
fn end(graph: &StepGraph, schedule: &Schedule, without: Option<EdgeId>) -> Option<Nanoseconds> {
    let mut ends = vec![0; graph.node_count()];
    for node in graph.topological()? {
        let time = schedule.node(node);
        let length = time.end? - time.start?;
        let mut start = 0;
        for edge in graph.incoming(node).iter().filter(|edge| Some(**edge) != without) {
            let edge = graph.edge(*edge);
            let delay = match edge.reason {
                Reason::After(delay) => delay?,
                _ => 0,
            };
            start = start.max(ends[edge.from.index()] + delay);
        }
        ends[node.index()] = start + length;
    }
    match graph.milestone(Milestone::Resolved) {
        Some(resolved) => Some(ends[resolved.index()]),
        None => {
            let response = graph.nodes().filter(|(_, node)| node.phase == Phase::Response);
            response.map(|(node, _)| ends[node.index()]).max()
        }
    }
}
