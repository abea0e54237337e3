//! The values that a run begins with: inputs, and the event that starts it.

use super::{
    evaluate::{Bindings, Evaluator, Nowhere},
    problem::{Problem, ProblemKind},
    scenario::script::Script,
    value::Value,
};
use crate::{
    hir::{Input, ItemKind, LocalId, OnTrigger, Playbook},
    names::ItemId,
    source::Span,
    types::{Callee, Type},
};

/// The values of a playbook's inputs and events: said on the command line, given by the scenario, else
/// the default or the trigger's sample.
pub(super) fn parameters(
    evaluator: &Evaluator<'_>,
    playbook: ItemId,
    script: &Script,
    said: &[(String, String)],
    problems: &mut Vec<Problem>,
) -> Bindings {
    let checked = evaluator.checked;
    let Some(ItemKind::Playbook(declared)) = checked.item(playbook).map(|item| &item.kind) else {
        return Bindings::new();
    };
    let Some(module) = checked.module(playbook.file) else { return Bindings::new() };
    let names = declared_names(declared);
    let name_of = |local: LocalId| &*module.hir.locals[local].name.text;
    for (name, _) in said {
        if names.iter().all(|local| name_of(*local) != name) {
            let known = names.iter().map(|local| name_of(*local).to_owned()).collect();
            problems.push(Problem::new(None, ProblemKind::UnknownInput { name: name.clone(), known }));
        }
    }
    let mut values = Bindings::new();
    for local in names {
        let name = name_of(local);
        let ty = module.types.of_local(local);
        let mut fail = |span: Option<Span>, kind| problems.push(Problem::new(span, kind));
        let value = if let Some((_, text)) = said.iter().rev().find(|(said, _)| said == name) {
            read(evaluator, name, text, ty).map_err(|why| {
                fail(None, ProblemKind::WrongInput { name: name.to_owned(), why });
            })
        } else if let Some((_, value)) = script.values.iter().rev().find(|(given, _)| **given == *name) {
            Ok(value.clone())
        } else if let Some(input) = declared.inputs.iter().find(|input| input.local == local) {
            default(evaluator, playbook, input).map_err(|problem| fail(problem.span, problem.kind))
        } else {
            sample(evaluator, playbook, declared, local, name)
                .map_err(|problem| fail(problem.span, problem.kind))
        };
        values.extend(value.ok().map(|value| (local, value)));
    }
    values
}

fn declared_names(playbook: &Playbook) -> Vec<LocalId> {
    let inputs = playbook.inputs.iter().map(|input| input.local);
    let events = playbook.triggers.iter().filter_map(|trigger| trigger.alias);
    inputs.chain(events).collect()
}

/// A value said as text: a text as it is, a quantity as a program would write it, the rest as Json. Of a
/// secret the name of the input is kept, and nothing else.
pub(super) fn read(evaluator: &Evaluator<'_>, name: &str, text: &str, ty: &Type) -> Result<Value, String> {
    match ty.present() {
        Type::Text | Type::Public => return Ok(Value::text(text)),
        Type::Secret => return Ok(Value::Secret(name.into())),
        _ => {}
    }
    let document = serde_json::from_str(text).unwrap_or_else(|_| serde_json::Value::String(text.to_owned()));
    let place = Span::new(crate::source::FileId(0), 0, 0);
    evaluator.convert(&document, ty, place).map_err(|error| error.to_string())
}

fn default(evaluator: &Evaluator<'_>, playbook: ItemId, input: &Input) -> Result<Value, Problem> {
    let Some(default) = input.default else {
        let kind = ProblemKind::MissingInput { name: input.name.text.to_string() };
        return Err(Problem::new(Some(input.name.span), kind));
    };
    let value = evaluator.evaluate(playbook.file, default, &[], &Nowhere);
    value.map_err(|error| Problem::no_value(&error))
}

/// The sample of the trigger that gives the event this name.
fn sample(
    evaluator: &Evaluator<'_>,
    playbook: ItemId,
    declared: &Playbook,
    local: LocalId,
    name: &str,
) -> Result<Value, Problem> {
    let on = declared.triggers.iter().find(|trigger| trigger.alias == Some(local));
    let none = |on: Option<&OnTrigger>| {
        Problem::new(on.map(|on| on.span), ProblemKind::NoSample { name: name.to_owned() })
    };
    let Some(on) = on else { return Err(none(None)) };
    let checked = evaluator.checked;
    let meant = checked.module(playbook.file).and_then(|module| module.types.calls.get(on.trigger));
    let Some(Callee::Trigger(item)) = meant.map(|call| call.callee) else { return Err(none(Some(on))) };
    let Some(ItemKind::Trigger(trigger)) = checked.item(item).map(|item| &item.kind) else {
        return Err(none(Some(on)));
    };
    let Some(sample) = trigger.sample else { return Err(none(Some(on))) };
    let value = evaluator.arguments(playbook.file, on.trigger, &[], &Nowhere).and_then(|values| {
        let names = trigger.parameters.iter().map(|parameter| parameter.local);
        let bindings: Bindings = names.zip(values.iter().cloned()).collect();
        evaluator.evaluate(item.file, sample, &bindings, &Nowhere)
    });
    value.map_err(|error| Problem::no_value(&error))
}
