//! Approvals: rules 8 and 9.

use std::sync::Arc;

use super::{
    At, Engine,
    frame::{Progress, at},
    queue::Timer,
};
use crate::{
    graph::{Gate, MINUTE, NodeKind},
    simulate::{
        evaluate::Bindings,
        people::{Person, people_of},
        scenario::script::{Others, Verdict},
        trace::{CallShown, End, EventKind, Failure, FailureKind, GateOutcome, PersonShown, Skip, Work},
        value::Value,
    },
};

/// A gate that is open.
#[derive(Debug)]
pub(super) struct OpenGate {
    /// All that may be asked, group by group, as of opening.
    groups: Vec<Vec<Person>>,
    /// Who has been asked by now.
    pub asked: Vec<Person>,
    /// Who has approved.
    granted: Vec<Arc<str>>,
    need: u32,
    /// Answers that will come.
    answers: Vec<(PersonShown, Verdict, Answered)>,
}

/// The person who started the run: whoever does that can't approve it.
#[derive(Debug, Clone)]
pub(super) struct Barred {
    pub person: PersonShown,
    /// It is known that they did; else they stand for whoever did.
    pub known: bool,
}

impl OpenGate {
    /// Why somebody's answer doesn't count now; none if it does.
    fn disregards(&self, person: &PersonShown, barred: Option<&Barred>) -> Option<Arc<str>> {
        let is_among = |people: &[Person]| people.iter().any(|known| known.shown.id == person.id);
        let name = &person.name;
        if let Some(barred) = barred.filter(|barred| barred.person.id == person.id) {
            let started = if barred.known { "started" } else { "counts as the one who started" };
            return Some(
                format!("{name} {started} this run, and whoever starts a run can't approve it").into(),
            );
        }
        if is_among(&self.asked) {
            return None;
        }
        Some(match self.groups.iter().any(|group| is_among(group)) {
            true => format!("{name} hadn't been asked yet").into(),
            false => format!("{name} isn't an approver of this step").into(),
        })
    }
}

/// Whether somebody really says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    Given,
    Assumed,
}

impl<'a> Engine<'a> {
    fn gate(&self, entry: At) -> Option<&'a Gate> {
        match &self.frame(entry.frame).graph.node(entry.node).kind {
            NodeKind::Gate(gate) => Some(gate),
            _ => None,
        }
    }

    /// The step behind a gate is ready: the gate opens, if it has to.
    pub(super) fn open_gate(&mut self, entry: At) {
        let Some(gate) = self.gate(entry) else { return };
        let step = at(entry.frame, gate.step);
        let fail = |engine: &mut Self, why: String| {
            engine.end_step(step, End::Failed(Failure::new(FailureKind::Error, why)));
        };
        let needed = match gate.when.map(|when| self.evaluate(entry.frame, when)) {
            None => true,
            Some(Ok(value)) => value.as_bool().unwrap_or(true),
            Some(Err(error)) => return fail(self, error.to_string()),
        };
        if !needed {
            self.node_event(entry, || EventKind::GateClosed(GateOutcome::NotNeeded));
            self.state_mut(entry).progress = Progress::Over(None);
            return self.start_step(step);
        }
        let (call, list) = match self.shown(step) {
            Ok(shown) => shown,
            Err(why) => return fail(self, why),
        };
        let mut groups = Vec::new();
        self.used.starter += 1;
        let mut known: Vec<Arc<str>> = self.barred.iter().map(|barred| barred.person.id.clone()).collect();
        for group in &gate.groups {
            let people = match self.evaluate(entry.frame, *group) {
                Ok(value) => people_of(&value).unwrap_or_default(),
                Err(error) => return fail(self, error.to_string()),
            };
            let people = people.into_iter().filter(|person| !known.contains(&person.shown.id));
            let people: Vec<Person> = people.collect();
            known.extend(people.iter().map(|person| person.shown.id.clone()));
            groups.push(people);
        }
        let need = gate.count.unwrap_or(1);
        let people = groups.iter().map(Vec::len).sum::<usize>() as u32;
        let within = gate.within;
        self.node_event(entry, || EventKind::GateOpened { count: need, within, call, list });
        self.state_mut(entry).progress = Progress::Active;
        if people < need {
            return self.close_gate(entry, GateOutcome::TooFew { people, need });
        }
        let answers = Vec::new();
        let open = OpenGate { groups, asked: Vec::new(), granted: Vec::new(), need, answers };
        self.state_mut(entry).gate = Some(Box::new(open));
        self.opened(entry.frame);
        self.expect_answers(entry, step);
        self.ask_group(entry, 0);
    }

    /// What people are shown: the call with its values, and the list of `each`.
    fn shown(&self, step: At) -> Result<(CallShown, Option<Value>), String> {
        let (Some(plan), Some(calls)) = (self.plan(step), self.step_calls(step)) else {
            return Err("internal error: the step has no call to approve (please report this)".to_owned());
        };
        let site = &calls.own;
        let say = |error: crate::simulate::evaluate::EvaluationError| error.to_string();
        let list = match &plan.each {
            Some(each) => Some(self.evaluate(step.frame, each.list).map_err(say)?),
            None => None,
        };
        // With `each` the call is shown for the first element: the list says the others.
        let mut bindings = Bindings::new();
        if let (Some(each), Some(Value::List(elements))) = (&plan.each, &list) {
            let Some(first) = elements.first() else {
                let callee = self.callee_name(plan.callee);
                let (item, effect) = (None, plan.effect);
                return Ok((CallShown { callee, item, effect, arguments: Vec::new() }, list));
            };
            bindings.push((each.variable, first.clone()));
        }
        let view = super::View { engine: self, frame: step.frame, extra: &[] };
        let values = self.evaluator.arguments(site.file, site.call, &bindings, &view).map_err(say)?;
        Ok((self.call_shown(site, plan.effect, &values), list))
    }

    /// Sets a timer for each answer that is given or assumed.
    fn expect_answers(&mut self, entry: At, step: At) {
        let mut answers = Vec::new();
        let script = self.script;
        if let Some(path) = self.step_path(step) {
            for (index, given) in script.approvals.iter().enumerate() {
                if given.step == path {
                    self.used.approvals[index] += 1;
                    for person in &given.people {
                        answers.push((given.after, person.shown.clone(), given.verdict, Answered::Given));
                    }
                }
            }
        }
        if answers.is_empty() && script.others == Others::Agree {
            let within = self.gate(entry).and_then(|gate| gate.within);
            let after = within.map_or(MINUTE, |within| within.min(MINUTE));
            let Some(open) = &self.state(entry).gate else { return };
            for (group, people) in open.groups.iter().enumerate() {
                let asked = within.unwrap_or(0).saturating_mul(group as i64);
                let people = people.iter().take((open.need as usize).saturating_sub(answers.len()));
                let people: Vec<PersonShown> = people.map(|person| person.shown.clone()).collect();
                let at = asked.saturating_add(after);
                answers
                    .extend(people.into_iter().map(|person| (at, person, Verdict::Grant, Answered::Assumed)));
            }
        }
        for (index, (after, ..)) in answers.iter().enumerate() {
            let at = self.now.saturating_add(*after);
            self.queue.set(at, Timer::GateAnswer(entry, index as u32));
        }
        if let Some(open) = &mut self.state_mut(entry).gate {
            let answers = answers.into_iter();
            open.answers = answers.map(|(_, person, verdict, how)| (person, verdict, how)).collect();
        }
    }

    fn ask_group(&mut self, entry: At, group: usize) {
        let within = self.gate(entry).and_then(|gate| gate.within);
        let Some(open) = self.state_mut(entry).gate.as_mut() else { return };
        let people = open.groups.get(group).cloned().unwrap_or_default();
        open.asked.extend(people.iter().cloned());
        if let Some(within) = within {
            self.queue.set(self.now.saturating_add(within), Timer::GateGroup(entry, group as u32));
        }
        let reached = people.iter().map(|person| person.reach(&|medium| self.is_down(medium))).collect();
        self.node_event(entry, || EventKind::GateAsked(reached));
    }

    /// A group has had its time: the next one is asked as well, or it is too late.
    pub(super) fn gate_group_over(&mut self, entry: At, group: u32) {
        let Some(groups) = self.state(entry).gate.as_ref().map(|open| open.groups.len()) else { return };
        let next = group as usize + 1;
        self.reason = self.state(entry).event;
        if next < groups {
            self.ask_group(entry, next);
        } else {
            self.close_gate(entry, GateOutcome::Late);
        }
    }

    pub(super) fn gate_answer(&mut self, entry: At, answer: u32) {
        self.reason = self.state(entry).event;
        let Some(open) = self.state(entry).gate.as_ref() else { return };
        let Some((person, verdict, how)) = open.answers.get(answer as usize).cloned() else { return };
        if let Some(why) = open.disregards(&person, self.barred.as_ref()) {
            self.node_event(entry, || EventKind::Disregarded { person, why });
            return;
        }
        let Some(open) = self.state_mut(entry).gate.as_mut() else { return };
        if verdict == Verdict::Refuse {
            return self.close_gate(entry, GateOutcome::Refused(person));
        }
        if open.granted.contains(&person.id) {
            let why = format!("{} has already approved", person.name).into();
            self.node_event(entry, || EventKind::Disregarded { person, why });
            return;
        }
        open.granted.push(person.id.clone());
        let (have, need) = (open.granted.len() as u32, open.need);
        let assumed = how == Answered::Assumed;
        self.node_event(entry, || EventKind::Granted { person, have, need, assumed });
        if have >= need {
            self.close_gate(entry, GateOutcome::Approved);
        }
    }

    /// A gate closes; its step starts, is skipped or fails.
    fn close_gate(&mut self, entry: At, outcome: GateOutcome) {
        let Some(gate) = self.gate(entry) else { return };
        let step = at(entry.frame, gate.step);
        let shown = outcome.clone();
        let event = self.node_event(entry, || EventKind::GateClosed(shown));
        self.reason = event.or(self.reason);
        if self.state_mut(entry).gate.take().is_some() {
            self.closed(entry.frame);
        }
        self.state_mut(entry).progress = Progress::Over(None);
        let failure = match &outcome {
            GateOutcome::Approved | GateOutcome::NotNeeded => return self.start_step(step),
            GateOutcome::Withdrawn => return,
            _ if gate.else_skip => {
                return self.end_step(step, End::Skipped(Skip::NotApproved(outcome)));
            }
            GateOutcome::Refused(person) => {
                Failure::new(FailureKind::Refused, format!("{} refused", person.name))
            }
            GateOutcome::TooFew { people, need } => Failure::new(
                FailureKind::Refused,
                format!("needs {need} approvals, but only {people} can be asked"),
            ),
            GateOutcome::Late => Failure::new(FailureKind::Late, "not approved in time"),
        };
        self.end_step(step, End::Failed(failure));
    }

    /// The step behind a gate has ended: nobody has to answer any more.
    pub(super) fn shut_gate(&mut self, entry: At) {
        if self.state_mut(entry).gate.take().is_some() {
            let node = self.frame(entry.frame).traced(entry.node);
            self.event(node, Work::default(), || EventKind::GateClosed(GateOutcome::Withdrawn));
            self.closed(entry.frame);
        }
        self.drop_delays(entry);
        self.state_mut(entry).progress = Progress::Over(None);
    }
}
