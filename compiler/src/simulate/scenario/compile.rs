//! What a scenario gives, with its expressions evaluated.

use super::script::{
    About, AnswerGiven, ApprovalGiven, Given as GivenOutcome, HowOften, Outage, OutcomeGiven, Script, Verdict,
};
use crate::{
    check::CheckedModule,
    graph::Nanoseconds,
    hir::{
        ExprId, ExprKind, Given, GivenKind, GivenOutcome as Written, HowOften as WrittenOften, Ident,
        ItemKind, LocalId, Path, Scenario,
    },
    names::{Def, ItemId, STARTER, StepRef, Target},
    simulate::{
        bounds::{Bound, Bounds, Exceeded},
        evaluate::{Bindings, Evaluator, KEPT, Nowhere, Scope},
        input::sample,
        people::{Person, people_of},
        problem::{Problem, ProblemKind},
        value::{Record, Value, weigh_json},
    },
    source::{FileId, Span},
    types::{ArgumentValue, RunMember},
    world::World,
};

/// Fills a script with what a scenario gives.
pub(in crate::simulate) fn compile(
    world: &dyn World,
    evaluator: &Evaluator<'_>,
    item: ItemId,
    scenario: &Scenario,
    script: &mut Script,
    problems: &mut Vec<Problem>,
) {
    script.title = evaluator.checked.item(item).map(|item| item.name.text.clone());
    let mut compiler =
        Compiler { world, evaluator, item, file: item.file, lets: Bindings::new(), script, problems };
    for (local, value) in &scenario.lets {
        if let Some(value) = compiler.value(*value) {
            compiler.lets.push((*local, value));
        }
    }
    compiler.script.lets = compiler.lets.clone();
    for given in &scenario.givens {
        let written = world.source(item.file).part(given.span).into();
        compiler.script.written.push(written);
    }
    // Who an input is has to be known before what they answer.
    let about_values = |given: &&Given| matches!(given.kind, GivenKind::Value(..) | GivenKind::File(..));
    let (values, others): (Vec<&Given>, Vec<&Given>) = scenario.givens.iter().partition(about_values);
    for given in values.into_iter().chain(others) {
        compiler.given(given);
    }
}

struct Compiler<'c, 'a> {
    world: &'c dyn World,
    evaluator: &'c Evaluator<'a>,
    item: ItemId,
    file: FileId,
    lets: Bindings,
    script: &'c mut Script,
    problems: &'c mut Vec<Problem>,
}

impl Compiler<'_, '_> {
    fn given(&mut self, given: &Given) {
        let span = Some(given.span);
        match &given.kind {
            GivenKind::Missing => {}
            GivenKind::Start(at) => {
                if let Some(Value::Time(start)) = self.value(*at) {
                    self.script.start = start;
                }
            }
            GivenKind::Value(name, value) => {
                let Some(value) = self.value(*value).and_then(|given| self.completed(name, *value, given))
                else {
                    return;
                };
                if *name.text == *STARTER && self.header_name(name).is_none() {
                    self.script.starter = Some(value);
                    self.script.starter_given = span;
                } else {
                    self.script.values.push((name.text.clone(), value));
                }
            }
            GivenKind::File(name, path) => self.file(name, *path),
            GivenKind::Down { module, window } => {
                let Some(Target::Module(module)) = self.target(module) else { return };
                let (from, to) = match window {
                    None => (Some(0), Some(Nanoseconds::MAX)),
                    Some((from, to)) => (self.duration(*from), self.duration(*to)),
                };
                if let (Some(from), Some(to)) = (from, to) {
                    self.script.outages.push(Outage { span, module, from, to });
                }
            }
            GivenKind::Outcome { target, outcome, when, taking } => {
                let about = match self.target(target) {
                    Some(Target::Step(path)) => About::Step(path),
                    Some(Target::Item(item)) => About::Item(item),
                    _ => return,
                };
                let outcome = match outcome {
                    None => None,
                    Some(Written::Returns(values)) => {
                        let values: Option<Vec<Value>> =
                            values.iter().map(|value| self.value(*value)).collect();
                        Some(GivenOutcome::Returns(values.unwrap_or_default()))
                    }
                    Some(Written::Fails { text, how_often }) => Some(self.fails(*text, *how_often)),
                };
                let taking = taking.and_then(|taking| self.duration(taking));
                let when = when.map(|when| (self.file, when));
                self.script.outcomes.push(OutcomeGiven { span, about, when, outcome, taking });
            }
            GivenKind::Answer { people, step, answer, after } => {
                let (people, value) = (self.people(people), self.value(*answer));
                let after = after.map_or(Some(0), |after| self.duration(after));
                if let (Some(step), Some(value), Some(after)) = (self.step(step), value, after) {
                    self.script.answers.push(AnswerGiven { span, step, people, value, after });
                }
            }
            GivenKind::Approval { step, refused, people, after } => {
                let people = self.people(people);
                let after = after.map_or(Some(0), |after| self.duration(after));
                let verdict = if refused.is_some() { Verdict::Refuse } else { Verdict::Grant };
                if let (Some(step), Some(after)) = (self.step(step), after) {
                    self.script.approvals.push(ApprovalGiven { span, step, verdict, people, after });
                }
            }
        }
    }

    fn fails(&mut self, text: Option<ExprId>, how_often: WrittenOften) -> GivenOutcome {
        let text = text.and_then(|text| self.value(text));
        let text = text.and_then(|text| text.as_text().cloned()).unwrap_or_else(|| "it failed".into());
        let how_often = match how_often {
            WrittenOften::Always => HowOften::Always,
            WrittenOften::Once => HowOften::Times(1),
            WrittenOften::Times(times) => match self.value(times) {
                Some(Value::Int(times)) => HowOften::Times(times.max(0).unsigned_abs()),
                _ => HowOften::Always,
            },
            WrittenOften::Rate(share) => match self.value(share) {
                Some(Value::Percent(share)) => HowOften::Share(share / 100.0),
                _ => HowOften::Always,
            },
        };
        GivenOutcome::Fails { text, how_often }
    }

    fn value(&mut self, expr: ExprId) -> Option<Value> {
        match self.evaluator.evaluate(self.file, expr, &self.lets, &Nowhere) {
            // What is given is there as long as the run.
            Ok(value) if !self.evaluator.keeps(&value) => {
                let span = self.evaluator.checked.module(self.file).map(|module| module.hir.exprs[expr].span);
                let kind = ProblemKind::Exceeded(Exceeded::outside(Bound::Memory, KEPT));
                self.problems.push(Problem::new(span, kind));
                None
            }
            Ok(value) => Some(value),
            Err(error) => {
                self.problems.push(Problem::no_value(&error));
                None
            }
        }
    }

    fn duration(&mut self, expr: ExprId) -> Option<Nanoseconds> {
        self.value(expr)?.as_duration().map(|value| value.max(0))
    }

    fn people(&mut self, people: &[ExprId]) -> Vec<Person> {
        let mut found: Vec<Person> = Vec::new();
        for person in people {
            let value = self.person(*person);
            for person in value.as_ref().and_then(people_of).unwrap_or_default() {
                if found.iter().all(|known| known.shown.id != person.shown.id) {
                    found.push(person);
                }
            }
        }
        found
    }

    /// A person, maybe by the name of an input.
    fn person(&mut self, expr: ExprId) -> Option<Value> {
        let inputs = Inputs { given: &self.script.values, evaluator: self.evaluator };
        match self.evaluator.evaluate(self.file, expr, &self.lets, &inputs) {
            Ok(value) => Some(value),
            Err(error) => {
                let kind = ProblemKind::NoValue { why: error.to_string() };
                self.problems.push(Problem::new(Some(error.span), kind));
                None
            }
        }
    }

    /// An event with the fields that the scenario leaves out, as they are in the sample of its trigger.
    fn completed(&mut self, name: &Ident, expr: ExprId, given: Value) -> Option<Value> {
        let checked = self.evaluator.checked;
        let is_literal = |module: &CheckedModule| matches!(module.hir.exprs[expr].kind, ExprKind::Map(_));
        let module = checked.module(self.file).filter(|module| is_literal(module));
        let call = module.and_then(|module| module.types.calls.get(expr));
        let missing = |argument: &ArgumentValue| *argument == ArgumentValue::Missing;
        let (Some(call), Value::Record(record)) = (call, &given) else { return Some(given) };
        if !call.arguments.iter().any(missing) {
            return Some(given);
        }
        let (file, local) = self.header_name(name)?;
        let playbook = ItemId { file, index: checked.module(file)?.hir.locals[local].item };
        let ItemKind::Playbook(declared) = &checked.item(playbook)?.kind else { return None };
        match sample(self.evaluator, playbook, declared, local, &name.text) {
            Ok(Value::Record(sample)) => {
                let mut whole = Record::clone(record);
                for (at, argument) in call.arguments.iter().enumerate() {
                    if missing(argument)
                        && let (Some(field), Some(value)) = (whole.fields.get_mut(at), sample.fields.get(at))
                    {
                        field.clone_from(value);
                    }
                }
                Some(Value::Record(whole.into()))
            }
            Ok(_) => Some(given),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn target(&self, path: &Path) -> Option<Target> {
        self.evaluator.checked.module(self.file)?.names.target(path).cloned()
    }

    fn step(&self, path: &Path) -> Option<Vec<StepRef>> {
        match self.target(path)? {
            Target::Step(path) => Some(path),
            _ => None,
        }
    }

    /// `given alert from "alert.json"`.
    fn file(&mut self, name: &Ident, path: ExprId) {
        let span = self.evaluator.checked.module(self.file).map(|module| module.hir.exprs[path].span);
        let Some(Value::Text(path)) = self.value(path) else { return };
        let Some((file, local)) = self.header_name(name) else { return };
        let Some(module) = self.evaluator.checked.module(file) else { return };
        let read = self.world.data_file(self.file, &path).and_then(|text| {
            let document: serde_json::Value =
                serde_json::from_str(&text).map_err(|error| format!("it isn't valid JSON: {error}"))?;
            let most = Bounds::default().value;
            if weigh_json(&document, most) > most {
                return Err(Bound::Value.sentence(most));
            }
            let ty = module.types.of_local(local);
            let place = span.unwrap_or_else(|| Span::new(self.file, 0, 0));
            self.evaluator.convert(&document, ty, place).map_err(|error| error.to_string())
        });
        match read {
            Ok(value) => self.script.values.push((name.text.clone(), value)),
            Err(why) => {
                let kind = ProblemKind::DataFile { path: path.to_string(), why };
                self.problems.push(Problem::new(span, kind));
            }
        }
    }

    /// An input or event of the playbook.
    fn header_name(&self, name: &Ident) -> Option<(FileId, LocalId)> {
        let checked = self.evaluator.checked;
        let playbook = *checked.module(self.file)?.names.scenarios.get(&self.item.index)?;
        let ItemKind::Playbook(declared) = &checked.item(playbook)?.kind else { return None };
        let module = checked.module(playbook.file)?;
        let inputs = declared.inputs.iter().map(|input| input.local);
        let mut locals = inputs.chain(declared.triggers.iter().filter_map(|trigger| trigger.alias));
        let local = locals.find(|local| module.hir.locals[*local].name.text == name.text)?;
        Some((playbook.file, local))
    }
}

/// What the inputs and the event of the playbook stand for.
struct Inputs<'i, 'a> {
    given: &'i [(std::sync::Arc<str>, Value)],
    evaluator: &'i Evaluator<'a>,
}

impl Scope for Inputs<'_, '_> {
    fn named(&self, _: FileId, def: Def) -> Option<Value> {
        let Def::OfPlaybook(file, local) = def else { return None };
        let module = self.evaluator.checked.module(file)?;
        let declared = &module.hir.locals[local];
        if let Some((_, value)) = self.given.iter().find(|(name, _)| *name == declared.name.text) {
            return Some(value.clone());
        }
        let ItemKind::Playbook(playbook) = &module.hir.items.get(declared.item as usize)?.kind else {
            return None;
        };
        let default = playbook.inputs.iter().find(|input| input.local == local)?.default?;
        self.evaluator.evaluate(file, default, &[], &Nowhere).ok()
    }

    fn run(&self, _: RunMember) -> Option<Value> {
        None
    }
}
