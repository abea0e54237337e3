//! What is known of the values of a body before it runs: the answers that a question allows, the name of the
//! alert that starts it, how high severity can be.

use std::collections::BTreeMap;

use super::{Body, Facts};
use crate::{
    graph::{Assumptions, Callee, Known, NodeKind, OnFailurePlan, StepPlan, Truth},
    hir::{ExprId, ExprKind, ItemKind, LocalId},
    names::Def,
    source::{FileId, Span},
    types::{self, ArgumentValue},
};

/// The alert's role: what a trigger provides.
const ALERT: &str = "alert";

/// What conditions of a body are read with.
pub fn assumptions(facts: &Facts<'_>, body: &Body<'_>) -> Assumptions {
    let file = body.id.file;
    let mut assumed = Assumptions::default();
    for (_, node) in body.graph.nodes() {
        if let NodeKind::Let(named) = &node.kind
            && named.guards.is_empty()
        {
            assumed.lets.insert(named.local, named.value);
        }
    }
    for (_, plan) in body.graph.steps() {
        if let Some(options) = answers(facts, file, plan) {
            let values = options.into_iter().map(|(_, known)| known).collect();
            assumed.values.insert(key(file, plan.local), values);
        }
    }
    if let Some((range, _)) = body.playbook.and_then(|_| facts.severities(body)) {
        let range = range.into_iter().map(Known::Variant).collect();
        assumed.values.insert(format!("{:?}", Def::Severity), range);
    }
    assumed.values.extend(alert_names(facts, body));
    assumed
}

fn key(file: FileId, local: LocalId) -> String {
    format!("{}:{local:?}", file.0)
}

/// What a question of a step can be answered with, and where that is written: its options, and what stands
/// for an answer. None where anything is possible.
pub fn answers(facts: &Facts<'_>, file: FileId, plan: &StepPlan) -> Option<Vec<(Span, Known)>> {
    if plan.each.is_some() || !matches!(plan.callee, Callee::Ask | Callee::AskMany) {
        return None;
    }
    let module = facts.meaning.module(file)?;
    let truth = Truth { meaning: &facts.meaning, assumptions: &Assumptions::default() };
    let (of, options) = truth.list(file, module.call(plan.call)?.given(2)?)?;
    let known = |file: FileId, expr: ExprId| {
        let span = facts.meaning.module(file)?.span(expr);
        Some((span, truth.known(file, expr)?))
    };
    let mut values: Option<Vec<(Span, Known)>> = options.iter().map(|option| known(of, *option)).collect();
    if let Some(OnFailurePlan::Use(value)) = plan.on_failure {
        let stands_in = known(file, value)?;
        values.iter_mut().for_each(|values| values.push(stands_in.clone()));
    }
    values.filter(|values| !values.is_empty())
}

/// The names of alerts, as fields of what starts the run: those that are made of the trigger's first
/// parameter.
fn alert_names(facts: &Facts<'_>, body: &Body<'_>) -> BTreeMap<String, Vec<Known>> {
    let mut found = BTreeMap::new();
    let Some(playbook) = body.playbook else { return found };
    let file = body.id.file;
    let truth = Truth { meaning: &facts.meaning, assumptions: &Assumptions::default() };
    for on in &playbook.triggers {
        let Some(alias) = on.alias else { continue };
        let Some(call) = body.module.call(on.trigger) else { continue };
        let types::Callee::Trigger(item) = call.callee else { continue };
        let Some(ItemKind::Trigger(trigger)) = facts.meaning.item(item).map(|item| &item.kind) else {
            continue;
        };
        let Some(name) = call.given(0).and_then(|given| truth.known(file, given)) else { continue };
        if !trigger.provides.iter().any(|role| &*role.text == ALERT) {
            continue;
        }
        let (Some(sample), Some(first), Some(module)) =
            (trigger.sample, trigger.parameters.first(), facts.meaning.module(item.file))
        else {
            continue;
        };
        let Some(built) = module.call(sample) else { continue };
        let types::Callee::Record(record) = built.callee else { continue };
        let Some(ItemKind::Record(declared)) = facts.meaning.item(record).map(|item| &item.kind) else {
            continue;
        };
        for (field, argument) in declared.fields.iter().zip(&built.arguments) {
            let ArgumentValue::Given(value) = argument else { continue };
            let is_name = matches!(module.hir.exprs[*value].kind, ExprKind::Name(_))
                && module.def(*value) == Some(Def::Local(first.local));
            if is_name {
                found.insert(format!("{}.{}", key(file, alias), field.name.text), vec![name.clone()]);
            }
        }
    }
    found
}
