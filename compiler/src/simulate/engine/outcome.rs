//! What comes of a call of an action: what is given for it, else what its `simulate` block says
//! (rules 26 to 28).

use std::sync::Arc;

use super::{
    Engine, View,
    call::{CallRequest, Plan},
};
use crate::{
    graph::Nanoseconds,
    hir::{Action, ItemKind, Simulate, Takes},
    names::{Def, ItemId},
    simulate::{
        evaluate::{Bindings, Scope},
        random::Delay,
        scenario::script::{About, Chance, Given, HowOften, OutcomeGiven},
        trace::{AttemptOutcome, Failure, FailureKind},
        value::{Value, text},
    },
    source::FileId,
    types::{Callee as Meant, RunMember},
};

/// How often an action may narrow another: one that narrows itself is another finding.
const NARROWINGS: usize = 100;

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

/// What an action's `simulate` block says.
struct Simulated {
    takes: Nanoseconds,
    outcome: AttemptOutcome,
}

impl<'a> Engine<'a> {
    /// What comes of a call of an action.
    pub(super) fn action_plan(&mut self, request: &CallRequest, item: ItemId, values: &[Value]) -> Plan {
        let down = self.outage(item);
        let given = if down.is_none() { self.given(request, Some(item), values) } else { Default::default() };
        // An action that is given in full needs no `simulate` block.
        let simulated = self.simulated(request, item, values);
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

    /// What is given for a call of a task, if anything is: then the task isn't run.
    pub(super) fn given_plan(
        &mut self,
        request: &CallRequest,
        item: ItemId,
        values: &[Value],
    ) -> Option<Plan> {
        let (outcome, takes) = self.given(request, Some(item), values);
        outcome.map(|outcome| Plan { outcome, takes: takes.unwrap_or(0) })
    }

    /// The module that is down now and that the action needs.
    fn outage(&mut self, item: ItemId) -> Option<Arc<str>> {
        let now = self.now;
        let files: Vec<FileId> = self.narrowed(item).into_iter().map(|item| item.file).collect();
        let outages = &self.script.outages;
        let index = outages
            .iter()
            .position(|outage| (outage.from..outage.to).contains(&now) && files.contains(&outage.module))?;
        self.used.outages[index] += 1;
        Some(self.modules.get(&outages[index].module).cloned().unwrap_or_default())
    }

    /// An action, the one that it narrows, and so on.
    fn narrowed(&self, item: ItemId) -> Vec<ItemId> {
        let next = |item: &ItemId| {
            let narrows = self.action(*item)?.narrows?;
            match self.checked.module(item.file)?.types.calls.get(narrows)?.callee {
                Meant::Action(item) => Some(item),
                _ => None,
            }
        };
        std::iter::successors(Some(item), next).take(NARROWINGS).collect()
    }

    fn action(&self, item: ItemId) -> Option<&'a Action> {
        match &self.checked.item(item)?.kind {
            ItemKind::Action(action) => Some(action),
            _ => None,
        }
    }

    /// What the scenario gives for a call, and how long that takes: the step before the action with
    /// arguments, and that before the action.
    pub(super) fn given(
        &mut self,
        request: &CallRequest,
        item: Option<ItemId>,
        values: &[Value],
    ) -> (Option<AttemptOutcome>, Option<Nanoseconds>) {
        let script = self.script;
        let (mut outcome, mut takes) = (None, None);
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
                    let holds = self.evaluator.evaluate(file, when, script.lets.clone(), &scope);
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

    /// What the `simulate` block says of an action, or of the one that it narrows.
    fn simulated(&self, request: &CallRequest, item: ItemId, values: &[Value]) -> Simulated {
        let error = |why: String| Simulated {
            takes: 0,
            outcome: AttemptOutcome::Failed(Failure::new(FailureKind::Error, why)),
        };
        let view = View { engine: self, frame: request.at.frame, extra: &[] };
        let (mut item, mut values) = (item, values.to_vec());
        for _ in 0..NARROWINGS {
            let Some(action) = self.action(item) else { break };
            let names = action.parameters.iter().map(|parameter| parameter.local);
            let bindings: Bindings = names.zip(values.iter().cloned()).collect();
            if let Some(simulate) = &action.simulate {
                return self.simulate_block(request, item, simulate, bindings);
            }
            let inner = action.narrows.and_then(|call| {
                match self.checked.module(item.file)?.types.calls.get(call)?.callee {
                    Meant::Action(inner) => Some((call, inner)),
                    _ => None,
                }
            });
            let Some((call, inner)) = inner else {
                if action.result.is_none() {
                    return Simulated { takes: 0, outcome: AttemptOutcome::Gave(Value::Unit) };
                }
                break;
            };
            match self.evaluator.arguments(item.file, call, &bindings, &view) {
                Ok(inner_values) => (item, values) = (inner, inner_values),
                Err(why) => return error(why.to_string()),
            }
        }
        let name = self.callee_name(crate::graph::Callee::Action(item));
        error(format!("nothing says what `{name}` gives: it has no `simulate` block"))
    }

    fn simulate_block(
        &self,
        request: &CallRequest,
        item: ItemId,
        simulate: &Simulate,
        mut bindings: Bindings,
    ) -> Simulated {
        let view = View { engine: self, frame: request.at.frame, extra: &[] };
        let key = self.draw_key(request.at, request.work);
        let evaluate =
            |expr, bindings: &Bindings| self.evaluator.evaluate(item.file, expr, bindings.clone(), &view);
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
        let length = |expr| evaluate(expr, &bindings).ok().and_then(|value| value.as_duration());
        let delay = simulate.takes.as_ref().and_then(|takes| {
            Some(match takes {
                Takes::Exactly(value) => Delay::Exactly(length(*value)?),
                Takes::Between(from, to) => Delay::Between(length(*from)?, length(*to)?),
                Takes::Percentiles { p50, p95 } => {
                    Delay::Percentiles { p50: length(*p50)?, p95: length(*p95)? }
                }
                Takes::Mean(mean) => Delay::Mean(length(*mean)?),
            })
        });
        let takes = match (delay, self.script.chance) {
            (None, _) => 0,
            (Some(delay), Chance::Median) => delay.median(),
            (Some(delay), Chance::Drawn) => key.number(0).delay(delay),
        };
        let failed = |why: Arc<str>| Simulated {
            takes,
            outcome: AttemptOutcome::Failed(Failure::new(FailureKind::Failure, why)),
        };
        if let Some(error) = broken {
            return failed(error.to_string().into());
        }
        if let (Some((share, why)), Chance::Drawn) = (simulate.fails, self.script.chance) {
            let share = match evaluate(share, &bindings) {
                Ok(Value::Percent(share)) => share / 100.0,
                _ => 0.0,
            };
            if key.number(1).happens(share) {
                let why = why.and_then(|why| evaluate(why, &bindings).ok()).map(|why| text(&why));
                return failed(why.unwrap_or_else(|| "it failed by chance".to_owned()).into());
            }
        }
        match simulate.returns.map(|returns| evaluate(returns, &bindings)) {
            Some(Ok(value)) => Simulated { takes, outcome: AttemptOutcome::Gave(value) },
            Some(Err(error)) => failed(error.to_string().into()),
            None => Simulated { takes, outcome: AttemptOutcome::Gave(Value::Unit) },
        }
    }
}
