//! Communication rules.

super::group! {
    constant_severity,
    failure_reaches_nobody,
    missing_all_clear,
    missing_escalation,
    missing_updates,
    missing_war_room,
    no_page,
    page_at_any_severity,
    pages_at_once,
}

use crate::{
    graph::{NodeId, Reason},
    lint::{Body, Pass, StepFact},
};

/// How far below the highest severity counts: `critical` is the highest.
const CRITICAL: u32 = 0;
/// `major` and above.
const MAJOR: u32 = 1;
/// All of them.
const ANY: u32 = u32::MAX - 1;

/// The playbooks that an event starts and whose severity can reach the one that lies `below` the highest.
fn responses<'a>(pass: &Pass<'a>, below: u32) -> Vec<Body<'a>> {
    let playbooks = pass.playbooks().into_iter();
    playbooks
        .filter(|body| body.playbook.is_some_and(|playbook| !playbook.triggers.is_empty()))
        .filter(|body| below == ANY || pass.facts.can_reach(body, below))
        .collect()
}

/// The steps of a body that play a role, through tasks as well.
fn providing<'a>(pass: &Pass<'a>, body: &Body<'a>, role: &str) -> Vec<StepFact<'a>> {
    body.steps().into_iter().filter(|step| pass.facts.provides(step.plan.callee, role)).collect()
}

/// Whether a step waits for a time, directly or through what it waits for.
fn is_delayed(body: &Body<'_>, step: NodeId) -> bool {
    let entry = body.graph.entry(step);
    let waits = |node: NodeId| {
        body.graph
            .incoming(node)
            .iter()
            .any(|edge| matches!(body.graph.edge(*edge).reason, Reason::After(Some(delay)) if delay > 0))
    };
    waits(entry) || body.waits_for(entry).into_iter().any(waits)
}
