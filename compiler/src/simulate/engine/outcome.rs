//! What comes of a call of an action: what is given for it, else what its `simulate` block says
//! (rules 26 to 28).

use std::{borrow::Cow, sync::Arc};

use super::{
    Engine, View,
    call::{CallRequest, Plan},
    program::{NARROWINGS, action, narrowed},
};
use crate::{
    graph::Nanoseconds,
    hir::{Simulate, Takes as SaidTakes},
    names::{Def, ItemId},
    simulate::{
        evaluate::{Bindings, EvaluationError, Evaluator, Scope},
        random::{Delay, Key, Sampler},
        scenario::script::{About, Chance, Given, HowOften, OutcomeGiven},
        trace::{AttemptOutcome, Failure, FailureKind},
        value::{Value, text},
    },
    source::FileId,
    types::RunMember,
};

/// The arguments of a call, for the conditions of a scenario's lines.
struct Arguments<'v> {
    item: Option<ItemId>,
    values: &'v [Value],
}

impl Scope for Arguments<'_> {
    fn named(&self, _: FileId, def: Def) -> Option<Value> {
        match def {
            Def::Argument(item, index) if Some(item) == self.item => self.values.get(index as usize).cloned(),
            _ => None,
        }
    }
    fn run(&self, _: RunMember) -> Option<Value> {
        None
    }
}

/// What the `simulate` block of an action says of a call with these arguments.
#[derive(Debug, Clone)]
pub(super) struct Behaviour {
    takes: Takes,
    /// How often it fails by chance, and with which text.
    fails: Option<(f64, Arc<str>)>,
    gives: Result<Value, Failure>,
    /// All that the block says could be evaluated.
    pub complete: bool,
}

/// How long it takes.
#[derive(Debug, Clone, Copy)]
struct Takes {
    median: Nanoseconds,
    sampler: Sampler,
}

/// Why there is no [`Behaviour`].
pub(super) enum Unsaid {
    /// The arguments of the action that is narrowed can't be evaluated.
    Error(EvaluationError),
    /// This action has no `simulate` block.
    Silent(ItemId),
}

impl Behaviour {
    /// At once, and with this.
    fn at_once(gives: Result<Value, Failure>) -> Behaviour {
        let takes = Takes { median: 0, sampler: Sampler::Exactly(0) };
        Behaviour { takes, fails: None, gives, complete: true }
    }

    /// What an action says, or the one that it narrows.
    pub(super) fn of(
        evaluator: &Evaluator<'_>,
        item: ItemId,
        values: &[Value],
        scope: &dyn Scope,
    ) -> Result<Behaviour, Unsaid> {
        let checked = evaluator.checked;
        let (mut item, mut values) = (item, Cow::Borrowed(values));
        for _ in 0..NARROWINGS {
            let Some(action) = action(checked, item) else { break };
            let names = action.parameters.iter().map(|parameter| parameter.local);
            let bindings: Bindings = names.zip(values.iter().cloned()).collect();
            if let Some(simulate) = &action.simulate {
                return Ok(Behaviour::of_block(evaluator, item, simulate, bindings, scope));
            }
            let Some((call, inner)) = narrowed(checked, item) else {
                if action.result.is_none() {
                    return Ok(Behaviour::at_once(Ok(Value::Unit)));
                }
                break;
            };
            let inner_values = evaluator.arguments(item.file, call, &bindings, scope);
            values = Cow::Owned(inner_values.map_err(Unsaid::Error)?);
            item = inner;
        }
        Err(Unsaid::Silent(item))
    }

    fn of_block(
        evaluator: &Evaluator<'_>,
        item: ItemId,
        simulate: &Simulate,
        mut bindings: Bindings,
        scope: &dyn Scope,
    ) -> Behaviour {
        let mut complete = true;
        let mut evaluate = |expr, bindings: &Bindings| {
            let value = evaluator.evaluate(item.file, expr, bindings, scope);
            complete &= value.is_ok();
            value
        };
        let mut broken = None;
        for (local, value) in &simulate.lets {
            match evaluate(*value, &bindings) {
                Ok(value) => bindings.push((*local, value)),
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            }
        }
        let mut length = |expr| evaluate(expr, &bindings).ok().and_then(|value| value.as_duration());
        let delay = simulate.takes.as_ref().and_then(|takes| {
            Some(match takes {
                SaidTakes::Exactly(value) => Delay::Exactly(length(*value)?),
                SaidTakes::Between(from, to) => Delay::Between(length(*from)?, length(*to)?),
                SaidTakes::Percentiles { p50, p95 } => {
                    Delay::Percentiles { p50: length(*p50)?, p95: length(*p95)? }
                }
                SaidTakes::Mean(mean) => Delay::Mean(length(*mean)?),
            })
        });
        let delay = delay.unwrap_or(Delay::Exactly(0));
        let takes = Takes { median: delay.median(), sampler: delay.sampler() };
        let failed = |error: EvaluationError| Err(Failure::new(FailureKind::Failure, error.to_string()));
        if let Some(error) = broken {
            return Behaviour { takes, fails: None, gives: failed(error), complete };
        }
        let fails = simulate.fails.and_then(|(share, why)| {
            let Ok(Value::Percent(share)) = evaluate(share, &bindings) else { return None };
            let why = why.and_then(|why| evaluate(why, &bindings).ok()).map(|why| text(&why));
            Some((share / 100.0, why.unwrap_or_else(|| "simulated failure".to_owned()).into()))
        });
        let gives = match simulate.returns {
            Some(returns) => evaluate(returns, &bindings).or_else(failed),
            None => Ok(Value::Unit),
        };
        Behaviour { takes, fails, gives, complete }
    }

    /// What comes of it this time.
    fn plan(&self, chance: Chance, key: impl FnOnce() -> Key) -> Plan {
        let gives = || match &self.gives {
            Ok(value) => AttemptOutcome::Gave(value.clone()),
            Err(failure) => AttemptOutcome::Failed(failure.clone()),
        };
        if chance == Chance::Median {
            return Plan { outcome: gives(), takes: self.takes.median };
        }
        let key = key();
        let outcome = match &self.fails {
            Some((share, why)) if key.number(1).happens(*share) => {
                AttemptOutcome::Failed(Failure::new(FailureKind::Failure, why.clone()))
            }
            _ => gives(),
        };
        Plan { outcome, takes: key.number(0).delay(self.takes.sampler) }
    }
}

impl Engine<'_> {
    /// What comes of a call of an action.
    pub(super) fn action_plan(&mut self, request: &CallRequest<'_>, item: ItemId, values: &[Value]) -> Plan {
        let down = self.outage(item);
        let given = if down.is_none() { self.given(request, Some(item), values) } else { Default::default() };
        // An action that is given in full needs no `simulate` block.
        let simulated = match &request.site.behaviour {
            Some(behaviour) => behaviour.plan(self.script.chance, || self.draw_key(request.at, request.work)),
            None => self.simulated(request, item, values),
        };
        let takes = given.1.unwrap_or(simulated.takes);
        let outcome = match (down, given.0) {
            (Some(module), _) => {
                AttemptOutcome::Failed(Failure::new(FailureKind::Failure, format!("{module} is down")))
            }
            (None, Some(outcome)) => outcome,
            (None, None) => simulated.outcome,
        };
        Plan { outcome, takes }
    }

    /// What the `simulate` block says of an action, or of the one that it narrows.
    fn simulated(&self, request: &CallRequest<'_>, item: ItemId, values: &[Value]) -> Plan {
        let view = View { engine: self, frame: request.at.frame, extra: &[] };
        match Behaviour::of(&self.evaluator, item, values, &view) {
            Ok(behaviour) => behaviour.plan(self.script.chance, || self.draw_key(request.at, request.work)),
            Err(Unsaid::Error(why)) => Plan::fails(FailureKind::Error, why.to_string()),
            Err(Unsaid::Silent(item)) => {
                let name = self.callee_name(crate::graph::Callee::Action(item));
                let text =
                    format!("`{name}` has no `simulate` block and no `given`, so its result is unknown");
                Plan::fails(FailureKind::Error, text)
            }
        }
    }

    /// What is given for a call of a task, if anything is: then the task isn't run.
    pub(super) fn given_plan(
        &mut self,
        request: &CallRequest<'_>,
        item: ItemId,
        values: &[Value],
    ) -> Option<Plan> {
        let (outcome, takes) = self.given(request, Some(item), values);
        outcome.map(|outcome| Plan { outcome, takes: takes.unwrap_or(0) })
    }

    /// The module that is down now and that the action needs.
    fn outage(&mut self, item: ItemId) -> Option<Arc<str>> {
        let now = self.now;
        let outages = &self.script.outages;
        if outages.is_empty() {
            return None;
        }
        let files: Vec<FileId> = self.narrowed(item).map(|item| item.file).collect();
        let index = outages
            .iter()
            .position(|outage| (outage.from..outage.to).contains(&now) && files.contains(&outage.module))?;
        self.used.outages[index] += 1;
        Some(self.modules.get(&outages[index].module).cloned().unwrap_or_default())
    }

    /// An action, the one that it narrows, and so on.
    fn narrowed(&self, item: ItemId) -> impl Iterator<Item = ItemId> {
        let next = |item: &ItemId| Some(narrowed(self.checked, *item)?.1);
        std::iter::successors(Some(item), next).take(NARROWINGS)
    }

    /// What the scenario gives for a call, and how long that takes: the step before the action with
    /// arguments, and that before the action.
    pub(super) fn given(
        &mut self,
        request: &CallRequest<'_>,
        item: Option<ItemId>,
        values: &[Value],
    ) -> (Option<AttemptOutcome>, Option<Nanoseconds>) {
        let script = self.script;
        let (mut outcome, mut takes) = (None, None);
        if script.outcomes.is_empty() {
            return (outcome, takes);
        }
        let rank = |line: &OutcomeGiven| match (&line.about, &line.when) {
            (About::Step(_), Some(_)) => 0,
            (About::Step(_), None) => 1,
            (About::Item(_), Some(_)) => 2,
            (About::Item(_), None) => 3,
        };
        for wanted in 0..4 {
            for (index, line) in script.outcomes.iter().enumerate() {
                if outcome.is_some() || rank(line) != wanted || !self.is_about(&line.about, request, item) {
                    continue;
                }
                if let Some((file, when)) = line.when {
                    let scope = Arguments { item, values };
                    let holds = self.evaluator.evaluate(file, when, &script.lets, &scope);
                    if holds != Ok(Value::Bool(true)) {
                        continue;
                    }
                }
                let times = self.used.outcomes[index];
                match &line.outcome {
                    None => {
                        self.used.outcomes[index] += 1;
                        takes = takes.or(line.taking);
                        continue;
                    }
                    Some(Given::Returns(all)) => {
                        let last = all.len().saturating_sub(1);
                        let value = all.get((times as usize).min(last)).cloned().unwrap_or(Value::Unit);
                        outcome = Some(AttemptOutcome::Gave(value));
                    }
                    Some(Given::Fails { text, how_often }) => {
                        let fails = match how_often {
                            HowOften::Always => true,
                            HowOften::Times(most) => times < *most,
                            HowOften::Share(share) => {
                                let key = self.draw_key(request.at, request.work);
                                key.number(2 + index as u64).happens(*share)
                            }
                        };
                        if !fails {
                            if matches!(how_often, HowOften::Share(_)) {
                                self.used.outcomes[index] += 1;
                            }
                            continue;
                        }
                        outcome =
                            Some(AttemptOutcome::Failed(Failure::new(FailureKind::Failure, text.clone())));
                    }
                }
                self.used.outcomes[index] += 1;
                takes = takes.or(line.taking);
            }
        }
        (outcome, takes)
    }
}
