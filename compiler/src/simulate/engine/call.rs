//! Calls: they begin, take their time, and come to an end. Nothing ends in the call that begins it, so
//! that long chains of short calls are no deep recursion.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use super::{At, CallId, Engine, FrameId, View, frame::Frame, program::CallSite, queue::Timer};
use crate::{
    graph::{Callee, Nanoseconds},
    hir::Effect,
    names::{Builtin, Def, ItemId, StepRef},
    simulate::{
        evaluate::Bindings,
        people::{Person, people_of},
        random::Key,
        scenario::script::About,
        trace::{
            ArgumentShown, AttemptOutcome, CallShown, EventKind, Failure, FailureKind, PersonShown, Purpose,
            Work,
        },
        value::{Value, duration_for_people},
    },
};

/// A call that was made.
#[derive(Debug)]
pub(super) struct Call<'p> {
    pub owner: Owner,
    /// The step on whose behalf it is made, and where its arguments were evaluated.
    pub at: At,
    pub work: Work,
    pub effect: Effect,
    /// The run of a task.
    pub inside: Option<FrameId>,
    pub over: bool,
    /// It really began: its arguments have values.
    pub made: bool,
    /// What it comes to when its time has passed.
    result: Option<AttemptOutcome>,
    /// Whether using up its time means that nobody answered.
    asks: bool,
    timeout: Option<Nanoseconds>,
    /// What people have to do with it.
    pub people: Option<Box<CallPeople>>,
    /// The values of its parameters.
    pub arguments: Cow<'p, [Value]>,
    pub event: Option<u32>,
}

/// What people have to do with a call.
#[derive(Debug, Default)]
pub(super) struct CallPeople {
    /// Whom it tells something, and by which module.
    pub tells: Vec<Person>,
    pub by: Option<Arc<str>>,
    /// Who will answer what, and whether that is only assumed.
    pub answered: Option<(Option<PersonShown>, Value, bool)>,
}

/// Who waits for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// An attempt of a step.
    Element { step: At, element: u32 },
    /// `on failure run` of a step.
    Handling { step: At, element: u32 },
    /// The undoing of a frame.
    Undo { frame: FrameId },
}

/// A call to be made.
pub(super) struct CallRequest<'p> {
    pub owner: Owner,
    pub at: At,
    pub work: Work,
    pub site: &'p CallSite,
    pub timeout: Option<Nanoseconds>,
    pub bindings: Bindings,
    pub extra: Vec<(Def, Value)>,
}

/// What a call will come to.
pub(super) struct Plan {
    pub outcome: AttemptOutcome,
    pub takes: Nanoseconds,
}

impl Plan {
    pub(super) fn fails(kind: FailureKind, text: impl Into<Arc<str>>) -> Plan {
        Plan { outcome: AttemptOutcome::Failed(Failure::new(kind, text)), takes: 0 }
    }
}

fn not_done_within(timeout: Option<Nanoseconds>) -> String {
    format!("not done within {}", duration_for_people(timeout.unwrap_or(0)))
}

impl<'a> Engine<'a> {
    /// Makes a call.
    pub(super) fn start_call(&mut self, request: CallRequest<'a>) -> CallId {
        let id = CallId(self.calls.len() as u32);
        let site = request.site;
        self.meter.at = Some(request.at);
        self.take_call();
        let values = match &site.arguments {
            Some(values) => Ok(Cow::Borrowed(values.as_slice())),
            None => {
                let view = View { engine: self, frame: request.at.frame, extra: &request.extra };
                self.evaluator.arguments(site.file, site.call, &request.bindings, &view).map(Cow::Owned)
            }
        };
        self.calls.push(Call {
            owner: request.owner,
            at: request.at,
            work: request.work,
            effect: site.effect,
            inside: None,
            over: false,
            made: false,
            result: None,
            asks: matches!(site.callee, Callee::Ask | Callee::AskMany),
            timeout: request.timeout,
            people: None,
            arguments: Cow::Borrowed(&[]),
            event: None,
        });
        let values = match values {
            Ok(values) => values,
            Err(error) => {
                let plan = Plan::fails(FailureKind::Error, error.to_string());
                self.schedule(id, plan);
                return id;
            }
        };
        // What is the same in every run is there once.
        if matches!(values, Cow::Owned(_)) {
            self.take_values(&values);
        }
        if self.gave_up() {
            return id;
        }
        let node = self.frame(request.at.frame).traced(request.at.node);
        if self.records() {
            let shown = self.call_shown(site, site.effect, &values);
            let event = self.event(node, request.work, || EventKind::Attempt(shown));
            self.calls[id.0 as usize].event = event;
        }
        self.calls[id.0 as usize].made = true;
        match site.callee {
            Callee::Action(item) => {
                self.note_told(id, item, &values);
                let plan = self.action_plan(&request, item, &values);
                self.schedule(id, plan);
            }
            Callee::Ask | Callee::AskMany | Callee::Manual => {
                let plan = self.people_plan(&request, id, &values);
                match plan {
                    Some(plan) => self.schedule(id, plan),
                    // Nobody will answer.
                    None => self.schedule_deadline(id),
                }
            }
            Callee::Task(item) => match self.given_plan(&request, item, &values) {
                Some(plan) => self.schedule(id, plan),
                None => self.enter_task(id, &request, item, &values),
            },
            Callee::Unknown => self.schedule(
                id,
                Plan::fails(
                    FailureKind::Error,
                    "internal error: the call leads to no action (please report this)",
                ),
            ),
        }
        self.calls[id.0 as usize].arguments = values;
        id
    }

    /// Sets the timer for a call's end, or for its time limit if that comes first.
    fn schedule(&mut self, id: CallId, plan: Plan) {
        let call = &mut self.calls[id.0 as usize];
        match call.timeout {
            Some(timeout) if plan.takes > timeout => self.schedule_deadline(id),
            _ => {
                call.result = Some(plan.outcome);
                self.queue.set(self.now.saturating_add(plan.takes), Timer::CallEnd(id));
            }
        }
    }

    fn schedule_deadline(&mut self, id: CallId) {
        let timeout = self.calls[id.0 as usize].timeout.unwrap_or(crate::graph::DEFAULT_TIMEOUT);
        self.queue.set(self.now.saturating_add(timeout), Timer::CallDeadline(id));
    }

    /// A task is a run inside of the call (rule 23).
    fn enter_task(&mut self, id: CallId, request: &CallRequest<'_>, item: ItemId, values: &[Value]) {
        let Some(body) = self.program.body(item) else {
            return self.schedule(
                id,
                Plan::fails(
                    FailureKind::Error,
                    "internal error: the task has no steps that can run (please report this)",
                ),
            );
        };
        if self.calls[id.0 as usize].timeout.is_some() {
            self.schedule_deadline(id);
        }
        let outer = self.frame(request.at.frame);
        let traced = outer.traced(request.at.node);
        let named = traced.map_or(0, |traced| self.recorder.nodes[traced.0 as usize].name.len());
        let around = outer.around.len() + 4;
        if !self.take_frame(body, around, named) {
            return;
        }
        let outer = self.frame(request.at.frame);
        let work = request.work;
        let inside = [request.at.node.0, work.element.unwrap_or(0), work.poll.unwrap_or(0), work.attempt];
        let node = outer.graph.node(request.at.node);
        let path = match (work.purpose, self.step_path(request.at)) {
            (Purpose::Work, Some(path)) => Some(path.into()),
            _ => None,
        };
        let word = match work.purpose {
            Purpose::Work => "",
            Purpose::Handling => "on_failure.",
            Purpose::Undo => "undo.",
        };
        let mut frame = Frame::new(body);
        frame.caller = Some(id);
        frame.around = outer.around.iter().copied().chain(inside).collect();
        frame.path = path;
        frame.key = self.draw_key(request.at, work);
        frame.part = outer.part.or(node.part);
        frame.until = self.until(request);
        frame.parameters = body.parameters.iter().copied().zip(values.iter().cloned()).collect();
        let prefix = match traced {
            Some(traced) => format!("{}.{word}", self.recorder.nodes[traced.0 as usize].name),
            None => String::new(),
        };
        let reason = std::mem::replace(&mut self.reason, self.calls[id.0 as usize].event);
        let frame = self.add_frame(frame, traced, &prefix);
        self.reason = reason;
        self.calls[id.0 as usize].inside = Some(frame);
    }

    /// When a task is cut off at the latest, by what bounds its call and by what bounds the task around
    /// it. An undo is never cut (rule 10).
    fn until(&self, request: &CallRequest<'_>) -> Option<Nanoseconds> {
        let own = request.timeout.map(|timeout| self.now.saturating_add(timeout));
        let bound = match request.owner {
            Owner::Element { step, element } => self.bound_of(step, element),
            Owner::Handling { .. } | Owner::Undo { .. } => None,
        };
        let around = match request.owner {
            Owner::Undo { .. } => None,
            _ => self.frame(request.at.frame).until,
        };
        [own, bound, around].into_iter().flatten().min()
    }

    /// Whether what is in this frame is cut off in this very instant, so that nothing starts.
    pub(super) fn ends_now(&self, frame: FrameId) -> bool {
        self.frame(frame).until == Some(self.now)
    }

    /// How many calls are around a frame.
    pub(super) fn depth(&self, frame: FrameId) -> usize {
        self.frame(frame).around.len()
    }

    /// A call's time has passed.
    pub(super) fn call_end(&mut self, id: CallId) {
        let call = &mut self.calls[id.0 as usize];
        if let (false, Some(outcome)) = (call.over, call.result.take()) {
            self.finish_call(id, outcome);
        }
    }

    /// A call has used up its time: rule 10.
    pub(super) fn call_deadline(&mut self, id: CallId) {
        let call = &self.calls[id.0 as usize];
        if call.over {
            return;
        }
        if call.asks {
            return self.finish_call(id, AttemptOutcome::Unanswered);
        }
        let failure = Failure::new(FailureKind::Timeout, not_done_within(call.timeout));
        match call.inside {
            Some(_) => self.agenda.cut_last(self.depth(call.at.frame), Timer::CallDeadline(id)),
            None => self.finish_call(id, AttemptOutcome::Failed(failure)),
        }
    }

    /// The time of a task is over, and all has ended that ends in this instant.
    pub(super) fn cut_at_deadline(&mut self, id: CallId) {
        let call = &self.calls[id.0 as usize];
        if !call.over {
            let failure = Failure::new(FailureKind::Timeout, not_done_within(call.timeout));
            self.cut_inside(id, failure);
        }
    }

    /// A call is over, and whoever waits for it goes on.
    pub(super) fn finish_call(&mut self, id: CallId, outcome: AttemptOutcome) {
        self.meter.at = Some(self.calls[id.0 as usize].at);
        self.take_outcome(&outcome);
        let event = self.drop_call(id, &outcome);
        self.reason = event.or(self.reason);
        match self.calls[id.0 as usize].owner {
            Owner::Element { step, element } => self.attempt_done(step, element, outcome),
            Owner::Handling { step, element } => self.handling_done(step, element),
            Owner::Undo { frame } => self.undo_done(frame, &outcome),
        }
    }

    /// A call is over, and nobody is told.
    pub(super) fn drop_call(&mut self, id: CallId, outcome: &AttemptOutcome) -> Option<u32> {
        let call = &mut self.calls[id.0 as usize];
        call.over = true;
        call.result = None;
        let (at, work) = (call.at, call.work);
        let (owner, people) = (call.owner, call.people.take());
        self.reason = call.event.or(self.reason);
        if let Owner::Undo { frame } = owner {
            self.frame_mut(frame).undo_calls.remove(&id);
        }
        let node = self.frame(at.frame).traced(at.node);
        let CallPeople { tells, by, answered } = people.map(|people| *people).unwrap_or_default();
        let went_well = matches!(outcome, AttemptOutcome::Gave(_));
        if let Some((person, value, assumed)) = answered.filter(|_| went_well) {
            let event = self.event(node, work, || EventKind::Answered { person, value, assumed });
            self.reason = event.or(self.reason);
        }
        let event = self.event(node, work, || EventKind::AttemptEnded(outcome.clone()));
        if event.is_some() {
            self.state_mut(at).event = event;
        }
        if went_well && !tells.is_empty() {
            let people = tells
                .into_iter()
                .map(|person| crate::simulate::trace::Reached { person: person.shown, by: by.clone() });
            let people = people.collect();
            self.event(node, work, || EventKind::Told { people, about: None });
        }
        event
    }

    /// Notes whom an action tells something: the people among its arguments.
    fn note_told(&mut self, id: CallId, item: ItemId, values: &[Value]) {
        if !self.records() || self.calls[id.0 as usize].effect < Effect::Notifies {
            return;
        }
        let mut tells: Vec<Person> = values.iter().filter_map(people_of).flatten().collect();
        let mut known = HashSet::new();
        tells.retain(|person| known.insert(person.shown.id.clone()));
        if !tells.is_empty() {
            let by = self.modules.get(&item.file).cloned();
            self.calls[id.0 as usize].people = Some(Box::new(CallPeople { tells, by, answered: None }));
        }
    }

    /// The steps from the playbook to this one; none inside of an undo.
    pub(super) fn step_path(&self, step: At) -> Option<Vec<StepRef>> {
        let frame = self.frame(step.frame);
        let plan = frame.graph.step(step.node)?;
        let mut path = frame.path.as_ref()?.to_vec();
        path.push(StepRef { file: frame.file, step: plan.step });
        Some(path)
    }

    /// From what chance is drawn for a call.
    pub(super) fn draw_key(&self, at: At, work: Work) -> Key {
        let frame = self.frame(at.frame);
        frame
            .key
            .name(&frame.body.node(at.node).key)
            .number(u64::from(work.element.map_or(0, |element| element + 1)))
            .number(u64::from(work.poll.map_or(0, |poll| poll + 1)))
            .number(u64::from(work.attempt))
            .number(work.purpose as u64)
    }

    /// What a line of a scenario would have to be about to mean this call.
    pub(super) fn is_about(&self, about: &About, request: &CallRequest<'_>, item: Option<ItemId>) -> bool {
        match about {
            About::Item(wanted) => Some(*wanted) == item,
            About::Step(path) => {
                request.work.purpose == Purpose::Work
                    && self.step_path(request.at).is_some_and(|own| own == *path)
            }
        }
    }

    /// How a callee is called.
    pub(super) fn callee_name(&self, callee: Callee) -> Arc<str> {
        match callee {
            Callee::Action(item) | Callee::Task(item) => {
                let name = self.checked.item(item).map_or("", |item| &item.name.text);
                match self.modules.get(&item.file) {
                    Some(module) if item.file != self.frame(super::ROOT).file => {
                        format!("{module}.{name}").into()
                    }
                    _ => name.into(),
                }
            }
            Callee::Ask => Builtin::Ask.word().into(),
            Callee::AskMany => Builtin::AskMany.word().into(),
            Callee::Manual => Builtin::Manual.word().into(),
            Callee::Unknown => "?".into(),
        }
    }

    /// A call as people are shown it.
    pub(super) fn call_shown(&self, site: &CallSite, effect: Effect, values: &[Value]) -> CallShown {
        let callee = site.callee;
        let item = match callee {
            Callee::Action(item) | Callee::Task(item) => Some(item),
            _ => None,
        };
        let names: Vec<Arc<str>> = match (item, callee) {
            (Some(item), _) => {
                self.evaluator.parameters(item).iter().map(|parameter| parameter.name.clone()).collect()
            }
            (None, Callee::Manual) => ["people", "text", "within"].map(Into::into).to_vec(),
            (None, _) => ["people", "question", "options", "within"].map(Into::into).to_vec(),
        };
        let meant = self.checked.module(site.file).and_then(|module| module.types.calls.get(site.call));
        let said = |index: usize| meant.is_some_and(|meant| meant.given(index).is_some());
        let arguments = names
            .into_iter()
            .zip(values)
            .enumerate()
            .map(|(index, (name, value))| ArgumentShown { name, value: value.clone(), said: said(index) });
        CallShown { callee: self.callee_name(callee), item, effect, arguments: arguments.collect() }
    }
}
