//! Communication rules.

super::group! {
    constant_severity,
    failure_reaches_nobody,
    missing_all_clear,
    missing_commander,
    missing_escalation,
    missing_incident_record,
    missing_postmortem,
    missing_updates,
    missing_war_room,
    never_critical,
    no_page,
    page_at_any_severity,
    page_in_quiet_hours,
    pages_at_once,
    single_channel,
}

use crate::{
    graph::{NodeId, Reason},
    hir::{ItemKind, OnTrigger},
    lint::{Body, Pass, StepFact},
    types::Callee,
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

/// Those of them that an alert starts: what a tool declares to be an incident is kept there.
fn alert_responses<'a>(pass: &Pass<'a>, below: u32) -> Vec<Body<'a>> {
    let is_alert = |trigger: &OnTrigger| {
        let call = pass.module.types.calls.get(trigger.trigger);
        let item = call.and_then(|call| match call.callee {
            Callee::Trigger(item) => pass.facts.checked.item(item),
            _ => None,
        });
        match item.map(|item| &item.kind) {
            Some(ItemKind::Trigger(declared)) => declared.provides.iter().any(|role| &*role.text == "alert"),
            _ => false,
        }
    };
    let mut found = responses(pass, below);
    found.retain(|body| body.playbook.is_some_and(|playbook| playbook.triggers.iter().any(is_alert)));
    found
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
