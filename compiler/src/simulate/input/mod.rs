//! The values that a run starts with: inputs, and the event that starts it.

mod entries;
mod fit;
mod sample;
mod typed;

pub use entries::{EntryRead, entries_read};
pub use sample::Sample;

use super::{
    Options,
    bounds::{Bound, Bounds},
    evaluate::{Bindings, Evaluator, Nowhere},
    problem::{Problem, ProblemKind, Unset},
    scenario::script::Script,
    value::{Value, read_time},
};
use crate::{
    hir::{ItemKind, LocalId, OnTrigger, Playbook},
    names::ItemId,
    source::Span,
    types::{Callee, Type},
};

/// What a run begins with.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// Inputs and events.
    pub values: Bindings,
    /// The samples that are part of them, and that the playbook reads.
    pub samples: Vec<Sample>,
}

/// The values of a playbook's inputs and events: typed by people, given by the scenario, else the default
/// or the trigger's sample. All that isn't set is one problem.
pub(super) fn parameters(
    evaluator: &Evaluator<'_>,
    playbook: ItemId,
    script: &Script,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Start {
    let said = &options.inputs;
    let checked = evaluator.checked;
    let Some(ItemKind::Playbook(declared)) = checked.item(playbook).map(|item| &item.kind) else {
        return Start::default();
    };
    let Some(module) = checked.module(playbook.file) else { return Start::default() };
    let names = declared_names(declared);
    let name_of = |local: LocalId| &*module.hir.locals[local].name.text;
    for (name, _) in said {
        if names.iter().all(|local| name_of(*local) != name) {
            let known = names.iter().map(|local| name_of(*local).to_owned()).collect();
            problems.push(Problem::new(None, ProblemKind::UnknownInput { name: name.clone(), known }));
        }
    }
    let mut values = Bindings::new();
    let mut unset: Vec<Unset> = Vec::new();
    for local in names {
        let name = name_of(local);
        let ty = module.types.of_local(local);
        let mut fail = |span: Option<Span>, kind| problems.push(Problem::new(span, kind));
        let input = declared.inputs.iter().find(|input| input.local == local);
        let sample = || {
            let value = sample(evaluator, playbook, declared, local, name)?;
            Ok(sample::fill(value, name, options.samples.as_deref().unwrap_or_default()))
        };
        let value = if let Some((_, text)) = said.iter().rev().find(|(said, _)| said == name) {
            // What is typed of an event is laid over its sample.
            let base = if input.is_none() { sample().ok() } else { None };
            read(evaluator, name, text, ty, base.as_ref()).map_err(|why| {
                fail(None, ProblemKind::WrongInput { name: name.to_owned(), why });
            })
        } else if let Some((_, value)) = script.values.iter().rev().find(|(given, _)| **given == *name) {
            Ok(value.clone())
        } else if let Some(input) = input {
            match input.default {
                Some(default) => {
                    let value = evaluator.evaluate(playbook.file, default, &[], &Nowhere);
                    value.map_err(|error| {
                        let problem = Problem::no_value(&error);
                        fail(problem.span, problem.kind);
                    })
                }
                None => {
                    let example = match ty.present() {
                        Type::Text | Type::Public | Type::Secret => format!("example-{name}"),
                        _ => fit::example(evaluator, ty),
                    };
                    unset.push(Unset::input(name, input.name.span, example));
                    Err(())
                }
            }
        } else {
            sample().map_err(|problem: Problem| fail(problem.span, problem.kind))
        };
        values.extend(value.ok().map(|value| (local, value)));
    }
    let mut samples = Vec::new();
    if let Some(known) = &options.samples {
        let read = entries_read(checked, playbook);
        for (local, value) in &values {
            let name = name_of(*local);
            let of_it: Vec<&EntryRead> = read.iter().filter(|read| read.event == *local).collect();
            samples.extend(sample::shown(value, name, known, &of_it));
            unset.extend(sample::missing(value, name, &of_it));
        }
    }
    if let Some(first) = unset.first() {
        problems.push(Problem::new(Some(first.span), ProblemKind::Unset(unset)));
    }
    Start { values, samples }
}

fn declared_names(playbook: &Playbook) -> Vec<LocalId> {
    let inputs = playbook.inputs.iter().map(|input| input.local);
    let events = playbook.triggers.iter().filter_map(|trigger| trigger.alias);
    inputs.chain(events).collect()
}

/// A value as people type it: a text as it is, or in quotes; all else as JSON or as a Quell literal. Of a
/// secret the name of the input is kept, and nothing else. What an event leaves out is taken from `base`.
pub(super) fn read(
    evaluator: &Evaluator<'_>,
    name: &str,
    text: &str,
    ty: &Type,
    base: Option<&Value>,
) -> Result<Value, String> {
    let most = Bounds::default().value;
    if text.len() as u64 > most {
        return Err(Bound::Value.sentence(most));
    }
    let bare = text.trim();
    let fit = |typed: &typed::Typed| fit::fit(evaluator, name, text, typed, ty, base);
    let as_text = || fit(&typed::Typed { kind: typed::Kind::Text(bare.to_owned()), at: None });
    match ty.present() {
        Type::Secret => return Ok(Value::Secret(name.into())),
        _ if ty.is_optional() && bare == "none" => return Ok(Value::None),
        Type::Text | Type::Public => {
            let quoted = bare.len() > 1 && bare.starts_with('"') && bare.ends_with('"');
            let inner = quoted.then(|| typed::read(bare).ok()).flatten();
            return Ok(match inner {
                Some(typed::Typed { kind: typed::Kind::Text(inner), .. }) => Value::text(inner),
                _ => Value::text(text),
            });
        }
        // A document of JSON is passed on as it is, with all digits.
        Type::Json if let Ok(document) = serde_json::from_str(bare) => return Ok(Value::json(document)),
        // Its own form is no literal of the language.
        Type::Time if read_time(bare).is_some() => return as_text(),
        _ => {}
    }
    let has_parts = matches!(ty.present(), Type::List(_) | Type::Map(_))
        || matches!(ty.present(), Type::Json) && bare.starts_with(['{', '[', '"'])
        || matches!(ty.present(), Type::Record(_)) && bare.contains(['{', '(']);
    match typed::read(text) {
        // A word is no document: it is meant as a text.
        Ok(typed::Typed { kind: typed::Kind::Name(_), .. }) if *ty.present() == Type::Json => as_text(),
        Ok(typed) => fit(&typed),
        // The message quotes what was typed.
        Err(_) if has_parts && evaluator.checked.interfaces.holds_secret(ty) => {
            Err(format!("expected {}", fit::wanted(evaluator, ty)))
        }
        Err(why) if has_parts => Err(why),
        Err(_) => as_text(),
    }
}

/// The sample of the trigger that gives the event this name.
pub(super) fn sample(
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
