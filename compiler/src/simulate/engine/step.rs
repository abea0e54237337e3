//! A step's work: elements of `each`, `on failure`, and how the whole ends (rules 13 and 15).

use super::{
    At, CallId, Engine,
    call::{CallRequest, Owner},
    frame::Progress,
};
use crate::{
    graph::{Nanoseconds, NodeId, OnFailurePlan, StepPlan},
    names::Def,
    simulate::{
        evaluate::Bindings,
        trace::{End, EventKind, Failure, FailureKind, Purpose, Skip, Work},
        value::Value,
    },
};

/// The work of a step that runs.
#[derive(Debug, Default)]
pub(super) struct StepWork {
    pub elements: Vec<Element>,
    /// The first element that hasn't begun.
    next: usize,
    /// How many elements run.
    running: usize,
    /// No element is begun any more: one failed, or the run was stopped.
    closed: bool,
    /// The run was stopped: no further attempts and polls either.
    pub stopped: bool,
    /// Which tick of `every` this is.
    pub tick: u32,
    /// Whether there is an element for each value of a list.
    has_list: bool,
}

/// What is done for one element; a step without `each` has one.
#[derive(Debug)]
pub(super) struct Element {
    /// The value of the variable of `each`.
    pub value: Option<Value>,
    pub poll: u32,
    pub attempt: u32,
    /// When the first poll began, and the present one.
    pub first: Nanoseconds,
    pub polled: Nanoseconds,
    /// Since when the condition of `repeat` has held.
    pub held_since: Option<Nanoseconds>,
    /// Grows with each change, so that timers of what is past are told.
    pub token: u32,
    /// The call that it waits for.
    pub call: Option<CallId>,
    /// What fails it once a task that is being cut off has been undone.
    pub cut_by: Option<Failure>,
    /// Its entry among what is to be undone.
    pub undo: Option<usize>,
    pub outcome: Option<Outcome>,
}

/// How an element ended.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Ok(Value),
    /// It failed, which was provided for: with the value that takes its place.
    Handled(Failure, Option<Value>),
    Failed(Failure),
    /// Nobody answered: with the step that has the question, as far as it isn't this one.
    Unanswered,
    Stopped,
}

impl Element {
    fn new(value: Option<Value>) -> Self {
        Element {
            value,
            poll: 0,
            attempt: 0,
            first: 0,
            polled: 0,
            held_since: None,
            token: 0,
            call: None,
            cut_by: None,
            undo: None,
            outcome: None,
        }
    }
}

impl<'a> Engine<'a> {
    /// All that a step waits for is there.
    pub(super) fn start_step(&mut self, step: At) {
        let Some(plan) = self.plan(step) else { return };
        let now = self.now;
        let state = self.state_mut(step);
        state.progress = Progress::Active;
        state.started = Some(now);
        if plan.every.is_none() {
            self.opened(step.frame);
        }
        let event = self.node_event(step, || EventKind::Started);
        self.reason = event.or(self.reason);
        match plan.every {
            Some(_) => self.tick(step, 0),
            None => self.begin_work(step, plan, 0),
        }
    }

    /// Begins the work of a step, or of a tick of it.
    pub(super) fn begin_work(&mut self, step: At, plan: &StepPlan, tick: u32) {
        let mut work = self.spare.pop().unwrap_or_default();
        work.tick = tick;
        work.has_list = plan.each.is_some();
        if let Err(failure) = self.add_elements(step, plan, &mut work.elements) {
            work.elements.push(Element { outcome: Some(Outcome::Failed(failure)), ..Element::new(None) });
            work.next = 1;
        }
        self.state_mut(step).work = Some(work);
        self.go_on(step);
    }

    fn add_elements(
        &mut self,
        step: At,
        plan: &StepPlan,
        elements: &mut Vec<Element>,
    ) -> Result<(), Failure> {
        let Some(each) = &plan.each else {
            elements.push(Element::new(None));
            return Ok(());
        };
        let list = match self.evaluate(step.frame, each.list) {
            Ok(Value::List(list)) => list,
            Ok(_) => return Err(Failure::new(FailureKind::Error, "`each` has no list")),
            Err(error) => return Err(Failure::new(FailureKind::Error, error.to_string())),
        };
        if let Some(most) = each.at_most.filter(|most| list.len() > *most as usize) {
            let text = format!("the list has {} elements, and `each` allows {most}", list.len());
            return Err(Failure::new(FailureKind::Bound, text));
        }
        if self.take_elements(list.len()) {
            elements.extend(list.iter().map(|value| Element::new(Some(value.clone()))));
        }
        Ok(())
    }

    /// Begins elements as far as that may be, or ends the step.
    fn go_on(&mut self, step: At) {
        let Some(plan) = self.plan(step) else { return };
        let most =
            plan.each.as_ref().and_then(|each| each.at_a_time).map_or(usize::MAX, |most| most as usize);
        loop {
            let stopped = self.gave_up();
            let ends_now = self.ends_now(step.frame);
            let Some(work) = &mut self.state_mut(step).work else { return };
            if stopped || work.closed || work.running >= most || work.next >= work.elements.len() {
                break;
            }
            // It is cut off in this instant, so nothing starts, and it isn't done either.
            if ends_now {
                return;
            }
            let element = work.next;
            work.next += 1;
            work.running += 1;
            self.begin_element(step, plan, element as u32);
        }
        let Some(work) = &self.state(step).work else { return };
        if work.running == 0 && !self.gave_up() {
            self.end_work(step, plan);
        }
    }

    /// What an element sees beside the names of its playbook or task.
    pub(super) fn element_bindings(&self, step: At, plan: &StepPlan, element: u32) -> Bindings {
        let value = self.element(step, element).and_then(|element| element.value.clone());
        match (&plan.each, value) {
            (Some(each), Some(value)) => vec![(each.variable, value)],
            _ => Bindings::new(),
        }
    }

    pub(super) fn element(&self, step: At, element: u32) -> Option<&Element> {
        self.state(step).work.as_ref()?.elements.get(element as usize)
    }

    pub(super) fn element_mut(&mut self, step: At, element: u32) -> Option<&mut Element> {
        self.state_mut(step).work.as_mut()?.elements.get_mut(element as usize)
    }

    /// Where in the step's work an element is.
    pub(super) fn work(&self, step: At, plan: &StepPlan, element: u32, purpose: Purpose) -> Work {
        let state = self.element(step, element);
        let tick = self.state(step).work.as_ref().map_or(0, |work| work.tick);
        let poll = state.map_or(0, |state| state.poll);
        Work {
            element: plan.each.as_ref().map(|_| element),
            poll: match (plan.every, &plan.repeat) {
                (Some(_), _) => Some(tick),
                (None, Some(_)) => Some(poll),
                (None, None) => None,
            },
            attempt: state.map_or(0, |state| state.attempt),
            purpose,
        }
    }

    /// An element failed for good: `on failure` says what that means.
    pub(super) fn element_failed(&mut self, step: At, element: u32, failure: Failure) {
        self.element_missed(step, element, Outcome::Failed(failure.clone()), failure);
    }

    /// Nobody answered an element's question.
    pub(super) fn element_unanswered(&mut self, step: At, element: u32) {
        let failure = Failure::new(FailureKind::Timeout, "not answered in time");
        self.element_missed(step, element, Outcome::Unanswered, failure);
    }

    fn element_missed(&mut self, step: At, element: u32, default: Outcome, failure: Failure) {
        let Some(plan) = self.plan(step) else { return };
        let bindings = self.element_bindings(step, plan, element);
        let error = (Def::Error(plan.step), Value::Text(failure.text.clone()));
        let stopped =
            self.ends_now(step.frame) || self.state(step).work.as_ref().is_some_and(|work| work.stopped);
        let outcome = match plan.on_failure {
            Some(OnFailurePlan::Continue) => Outcome::Handled(failure, None),
            Some(OnFailurePlan::Use(expr)) => {
                match self.evaluate_with(step.frame, expr, &bindings, &[error]) {
                    Ok(value) => Outcome::Handled(failure, Some(value)),
                    Err(error) => Outcome::Failed(Failure::new(FailureKind::Error, error.to_string())),
                }
            }
            Some(OnFailurePlan::Run(run)) if !stopped => {
                let Some(site) = self.step_calls(step).and_then(|calls| calls.on_failure.as_ref()) else {
                    return self.element_done(step, element, default);
                };
                if let Some(state) = self.element_mut(step, element) {
                    state.outcome = Some(default);
                    state.token += 1;
                }
                let work = self.work(step, plan, element, Purpose::Handling);
                let call = self.start_call(CallRequest {
                    owner: Owner::Handling { step, element },
                    at: step,
                    work,
                    site,
                    timeout: run.timeout,
                    bindings,
                    extra: vec![error],
                });
                if let Some(state) = self.element_mut(step, element) {
                    state.call = Some(call);
                }
                return;
            }
            Some(OnFailurePlan::Run(_)) | None => default,
        };
        self.element_done(step, element, outcome);
    }

    /// The call of `on failure run` is over: then what happens by default.
    pub(super) fn handling_done(&mut self, step: At, element: u32) {
        let outcome = self.element_mut(step, element).and_then(|state| {
            state.call = None;
            state.outcome.take()
        });
        self.element_done(step, element, outcome.unwrap_or(Outcome::Stopped));
    }

    pub(super) fn element_done(&mut self, step: At, element: u32, outcome: Outcome) {
        let failed = matches!(outcome, Outcome::Failed(_));
        let Some(work) = &mut self.state_mut(step).work else { return };
        work.running = work.running.saturating_sub(1);
        work.closed |= failed;
        if let Some(state) = work.elements.get_mut(element as usize) {
            state.token += 1;
            state.call = None;
            state.outcome = Some(outcome);
        }
        self.go_on(step);
    }

    /// All that was begun is over.
    fn end_work(&mut self, step: At, plan: &StepPlan) {
        let Some(mut work) = self.state_mut(step).work.take() else { return };
        if plan.every.is_some() {
            self.put_away(work);
            return self.tick_over(step);
        }
        let (mut list, mut single) = (Vec::new(), None);
        let (mut failed, mut handled) = (None::<Failure>, None::<Failure>);
        let (mut unanswered, mut stopped) = (false, false);
        let has_list = work.has_list;
        let mut add = |value| match has_list {
            true => list.push(value),
            false => single = Some(value),
        };
        for element in &mut work.elements {
            match element.outcome.take() {
                Some(Outcome::Ok(value)) => add(value),
                Some(Outcome::Handled(failure, value)) => {
                    handled.get_or_insert(failure);
                    value.into_iter().for_each(&mut add);
                }
                Some(Outcome::Failed(failure)) => drop(failed.get_or_insert(failure)),
                Some(Outcome::Unanswered) => unanswered = true,
                Some(Outcome::Stopped) | None => stopped = true,
            }
        }
        self.put_away(work);
        if let Some(failure) = failed {
            return self.end_step(step, End::Failed(failure));
        }
        if stopped {
            return self.end_step(step, End::Cancelled { by: self.stopped_by(step.frame) });
        }
        if unanswered {
            return self.end_step(step, End::Skipped(Skip::Unanswered));
        }
        let value = if has_list { Value::list(list) } else { single.unwrap_or(Value::None) };
        match handled {
            None => self.end_step(step, End::Ok(value)),
            Some(failure) => {
                let data = super::frame::Data::Value(value);
                self.end_step_as(step, End::Handled(failure), data);
            }
        }
    }

    /// Work that is over serves another step.
    fn put_away(&mut self, mut work: Box<StepWork>) {
        work.elements.clear();
        *work = StepWork { elements: std::mem::take(&mut work.elements), ..StepWork::default() };
        self.spare.push(work);
    }

    /// No further element is begun.
    pub(super) fn close_work(&mut self, step: At) {
        if let Some(work) = &mut self.state_mut(step).work {
            work.closed = true;
            work.stopped = true;
        }
    }

    /// Ends the work if nothing of it runs any more.
    pub(super) fn end_if_idle(&mut self, step: At) {
        if self.state(step).work.as_ref().is_some_and(|work| work.running == 0) {
            self.go_on(step);
        }
    }

    /// The steps with work under way in a frame.
    pub(super) fn active_steps(&self, frame: super::FrameId) -> Vec<NodeId> {
        let frame = self.frame(frame);
        let active = frame.graph.steps().filter(|(id, _)| frame.node(*id).progress == Progress::Active);
        active.map(|(id, _)| id).collect()
    }
}
