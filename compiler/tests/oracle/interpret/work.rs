//! The work of a step, or of one element of its `each`: polls, attempts, the call, and what happens when
//! it fails (rules 10 to 16).

use super::frame::Frame;
use super::names::{Names, NoValue, View, holds, value};
use super::undo::{Entry, Log, Undoable, noted};
use super::{Run, body::Placed};
use crate::events::{self, AttemptEnd, Kind, Purpose, Value, What};
use crate::model::*;
use crate::world::{Asked, Reply};

/// The call of an action, or a question: known from its start.
#[derive(Debug, Clone)]
pub struct Leaf {
    pub ends_at: Seconds,
    pub end: AttemptEnd,
}

/// Calls an action. An end at exactly the time limit is in time (rule 10).
pub fn leaf(
    run: &mut Run<'_>,
    path: &[Id],
    purpose: Purpose,
    action: Action,
    argument: i64,
    timeout: Seconds,
) -> Leaf {
    let Reply { takes, value } = run.world.call(&Asked { path, purpose, action, argument });
    if takes > timeout {
        return Leaf { ends_at: run.now + timeout, end: AttemptEnd::Failed(Kind::Timeout) };
    }
    let end = value.map_or(AttemptEnd::Failed(Kind::Failure), |value| AttemptEnd::Gave(Value::Int(value)));
    Leaf { ends_at: run.now + takes, end }
}

/// What a step's work came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Result {
    Gave(Value),
    Handled(Kind, Value),
    Failed(Kind),
    Unanswered,
    Cancelled,
}

/// One element's work, or the step's if it has no `each`.
pub struct Work<'p> {
    pub element: Option<u32>,
    /// The value of the element.
    x: Option<i64>,
    poll: u32,
    attempt: u32,
    /// When the first poll started.
    first: Seconds,
    /// When the latest poll started.
    polled: Seconds,
    /// When the latest attempt started.
    started: Seconds,
    /// Since when the condition of `repeat` holds.
    holding: Option<Seconds>,
    /// It was cancelled, and what runs comes to its end with nothing behind it (rule 16).
    stopping: bool,
    pub doing: Doing<'p>,
}

pub enum Doing<'p> {
    Calling(Leaf),
    /// A task runs.
    Task(Box<Frame<'p>>),
    /// A wait before the next attempt or poll.
    Resting(Seconds, Next),
    /// `on failure run`.
    Handling(Leaf, Result),
    Done(Result),
}

#[derive(Debug, Clone, Copy)]
pub enum Next {
    Attempt,
    Poll,
}

/// Where the work is done: the step, and the names that it may use.
pub struct Place<'c, 'p> {
    pub placed: &'c Placed<'p>,
    pub index: usize,
    pub path: Vec<Id>,
    pub names: &'c Names,
    pub parameter: Option<i64>,
    pub log: &'c mut Log,
    /// The tick of `every`.
    pub tick: Option<u32>,
}

impl<'p> Work<'p> {
    /// Begins with the first poll and attempt.
    pub fn begin(
        run: &mut Run<'p>,
        place: &mut Place<'_, 'p>,
        element: Option<u32>,
        x: Option<i64>,
    ) -> Work<'p> {
        let doing = Doing::Done(Result::Cancelled);
        let (first, holding) = (run.now, None);
        let started = run.now;
        let mut work = Work {
            element,
            x,
            poll: 0,
            attempt: 0,
            first,
            polled: started,
            started,
            holding,
            stopping: false,
            doing,
        };
        work.begin_attempt(run, place);
        work
    }

    fn view<'v>(&self, run: &Run<'_>, names: &'v Names, parameter: Option<i64>) -> View<'v> {
        View { names, parameter, element: self.x, it: None, elapsed: run.now }
    }

    fn order(&self, place: &Place<'_, 'p>) -> Vec<(usize, Option<u32>)> {
        vec![(place.index, self.element)]
    }

    fn told(&self, place: &Place<'_, 'p>, purpose: Purpose) -> events::Work {
        let polled = place.placed.step.repeat.is_some() && purpose == Purpose::Work;
        let poll = if polled { Some(self.poll) } else { place.tick };
        let attempt = if purpose == Purpose::Work { self.attempt } else { 0 };
        events::Work { element: self.element, poll, attempt, purpose }
    }

    /// When `at most` of a `repeat` ends all polls, attempts and waits (rule 12).
    fn bound(&self, step: &Step) -> Option<Seconds> {
        match step.repeat.as_ref()?.at_most {
            AtMost::Duration(time) => Some(self.first + time),
            AtMost::Times(_) => None,
        }
    }

    fn begin_attempt(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) {
        let step = place.placed.step;
        let argument = match &step.call {
            Call::Action(_, argument) | Call::Task(_, argument) => {
                match value(argument, self.view(run, place.names, place.parameter)) {
                    Ok(argument) => Some(argument),
                    // Rule 7: it fails without a further attempt, as what ends in this instant.
                    Err(NoValue) => {
                        let end = AttemptEnd::Failed(Kind::Error);
                        self.doing = Doing::Calling(Leaf { ends_at: run.now, end });
                        return;
                    }
                }
            }
            Call::Ask { .. } => None,
        };
        self.started = run.now;
        if self.attempt == 0 {
            self.polled = run.now;
        }
        self.note(run, place, argument);
        run.tell(&place.path, self.told(place, Purpose::Work), What::Attempt(argument));
        self.doing = match &step.call {
            Call::Action(action, _) => {
                let timeout = step.timeout.unwrap_or(action.timeout());
                let argument = argument.unwrap_or_default();
                Doing::Calling(leaf(run, &place.path, Purpose::Work, *action, argument, timeout))
            }
            Call::Task(task, _) => {
                let timeout = step.timeout.map(|timeout| run.now + timeout);
                let deadline = timeout.into_iter().chain(self.bound(step)).min();
                let frame = Frame::of_task(run, *task, place.path.clone(), argument, deadline);
                Doing::Task(Box::new(frame))
            }
            Call::Ask { people, within, number } => {
                Doing::Calling(question(run, &place.path, people, *within, *number))
            }
        };
    }

    /// Rule 21: undos are noted when the first attempt of a change starts.
    fn note(&self, run: &Run<'p>, place: &mut Place<'_, 'p>, argument: Option<i64>) {
        let step = place.placed.step;
        let by = |action, argument: &Expr, always| Undoable::By {
            action,
            argument: argument.clone(),
            always,
            names: Box::new(noted(place.names, &place.placed.needs)),
            parameter: place.parameter,
            element: self.x,
            own: Value::None,
        };
        let contract = Expr::Number(argument.unwrap_or_default());
        let undo = match (&step.undo, &step.call) {
            (Some(Undo::Call { action, argument, always }), _) => by(*action, argument, *always),
            (Some(Undo::Irreversible), _) => Undoable::Never,
            (None, Call::Action(Action::Set, _)) => by(Action::Back, &contract, false),
            (None, Call::Action(Action::Back | Action::Fix, _)) => Undoable::Never,
            _ => return,
        };
        let (order, path) = (self.order(place), place.path.clone());
        place.log.note(Entry { at: run.now, order, path, undo });
    }

    /// What ends or is due now. Whether something happened.
    pub fn advance(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) -> bool {
        let bound = self.bound(place.placed.step);
        match &mut self.doing {
            Doing::Done(_) => return false,
            Doing::Task(frame) => return frame.advance(run),
            // An end beats the bound of the same instant (rule 25).
            Doing::Calling(call) if call.ends_at <= run.now && bound.is_none_or(|at| call.ends_at <= at) => {
                let end = call.end.clone();
                self.attempt_ended(run, place, end);
                // What would follow at the bound doesn't begin.
                if matches!(self.doing, Doing::Resting(..)) && bound.is_some_and(|at| at <= run.now) {
                    self.fail(run, place, Kind::Bound);
                }
            }
            Doing::Calling(_) | Doing::Resting(..) if bound.is_some_and(|at| at <= run.now) => {
                if matches!(self.doing, Doing::Calling(_)) {
                    let cut = What::AttemptEnded(AttemptEnd::Failed(Kind::Bound));
                    run.tell(&place.path, self.told(place, Purpose::Work), cut);
                }
                self.fail(run, place, Kind::Bound);
            }
            Doing::Resting(until, next) if *until <= run.now && !run.frozen => {
                match next {
                    Next::Attempt => self.attempt += 1,
                    Next::Poll => (self.poll, self.attempt) = (self.poll + 1, 0),
                }
                self.begin_attempt(run, place);
            }
            Doing::Handling(call, then) if call.ends_at <= run.now => {
                let (end, then) = (call.end.clone(), then.clone());
                run.tell(&place.path, self.told(place, Purpose::Handling), What::AttemptEnded(end));
                self.doing = Doing::Done(then);
            }
            Doing::Calling(_) | Doing::Resting(..) | Doing::Handling(..) => return false,
        }
        true
    }

    /// This call of a task ends, which has nothing left (rule 23), if it is here or inside.
    pub fn finish_task(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>, serial: u64) -> bool {
        let Doing::Task(frame) = &mut self.doing else { return false };
        if frame.serial != serial {
            return frame.finish_task_of(run, serial);
        }
        let Some(end) = frame.finish_task(run) else { return false };
        let log = std::mem::take(&mut frame.log);
        place.log.absorb(log, (place.index, self.element));
        self.attempt_ended(run, place, end);
        true
    }

    /// Rules 11 and 12: what comes after an attempt.
    fn attempt_ended(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>, end: AttemptEnd) {
        run.tell(&place.path, self.told(place, Purpose::Work), What::AttemptEnded(end.clone()));
        let step = place.placed.step;
        let retry = step.retry.filter(|retry| i64::from(self.attempt) < retry.times);
        match end {
            AttemptEnd::Gave(value) if step.repeat.is_some() => {
                place.log.ended(&self.order(place), &value);
                self.poll_ended(run, place, Some(value));
            }
            AttemptEnd::Gave(value) => self.succeed(place, value),
            AttemptEnd::Unanswered => self.unanswered(run, place),
            AttemptEnd::Stopped => self.doing = Doing::Done(Result::Cancelled),
            // Bounds go on for what is stopped: this one cut the task (rule 16).
            AttemptEnd::Failed(Kind::Bound)
                if self.stopping && self.bound(step).is_some_and(|at| at <= run.now) =>
            {
                self.fail(run, place, Kind::Bound);
            }
            // An expression without a value ends all attempts (rule 7).
            AttemptEnd::Failed(Kind::Error) => self.fail(run, place, Kind::Error),
            AttemptEnd::Failed(Kind::Failure | Kind::Timeout) if retry.is_some() && !self.stopping => {
                let wait = retry.map_or(0, |retry| waits(retry.wait, self.attempt));
                self.doing = Doing::Resting(run.now + wait, Next::Attempt);
            }
            AttemptEnd::Failed(_) if step.repeat.is_some() => {
                self.poll_ended(run, place, None);
            }
            AttemptEnd::Failed(kind) => self.fail(run, place, kind),
        }
    }

    /// Rule 12: a poll ended, with a value or in failure, which means "not yet".
    fn poll_ended(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>, value: Option<Value>) {
        let Some(repeat) = &place.placed.step.repeat else { return };
        let it = match &value {
            Some(Value::Int(value)) => Some(*value),
            _ => None,
        };
        let view = View { it, ..self.view(run, place.names, place.parameter) };
        let held = it.is_some() && holds(&repeat.until, view).unwrap_or(false);
        if let (true, Some(value)) = (held, value) {
            let since = *self.holding.get_or_insert(self.polled);
            if self.polled - since >= repeat.hold.unwrap_or(0) {
                return self.succeed(place, value);
            }
        } else {
            self.holding = None;
        }
        if self.stopping {
            self.doing = Doing::Done(Result::Cancelled);
            return;
        }
        if matches!(repeat.at_most, AtMost::Times(times) if i64::from(self.poll) + 1 >= times) {
            return self.fail(run, place, Kind::Bound);
        }
        let due = self.first + repeat.every * i64::from(self.poll + 1);
        self.doing = Doing::Resting(due.max(run.now), Next::Poll);
    }

    fn succeed(&mut self, place: &mut Place<'_, 'p>, value: Value) {
        place.log.ended(&self.order(place), &value);
        self.doing = Doing::Done(Result::Gave(value));
    }

    fn unanswered(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) {
        self.doing = match &place.placed.step.on_failure {
            OnFailure::Nothing => Doing::Done(Result::Unanswered),
            OnFailure::Continue => Doing::Done(Result::Handled(Kind::Timeout, Value::None)),
            OnFailure::Use(instead) => Doing::Done(self.used(run, place, instead, Kind::Timeout)),
            OnFailure::Run(action, argument) => {
                self.handle(run, place, *action, argument, Result::Unanswered)
            }
        };
    }

    /// Rule 15.
    fn fail(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>, kind: Kind) {
        self.doing = match &place.placed.step.on_failure {
            OnFailure::Nothing => Doing::Done(Result::Failed(kind)),
            OnFailure::Continue => Doing::Done(Result::Handled(kind, Value::None)),
            OnFailure::Use(instead) => Doing::Done(self.used(run, place, instead, kind)),
            OnFailure::Run(action, argument) => {
                self.handle(run, place, *action, argument, Result::Failed(kind))
            }
        };
    }

    /// `on failure run` happens first, and then what would be without it.
    fn handle(
        &self,
        run: &mut Run<'p>,
        place: &Place<'_, 'p>,
        action: Action,
        argument: &Expr,
        then: Result,
    ) -> Doing<'p> {
        // Rules 10 and 16: what is stopped, or cut in this instant, does nothing more.
        if self.stopping || run.frozen {
            return Doing::Done(then);
        }
        let work = self.told(place, Purpose::Handling);
        match value(argument, self.view(run, place.names, place.parameter)) {
            Ok(argument) => {
                run.tell(&place.path, work, What::Attempt(Some(argument)));
                let timeout = action.timeout();
                let call = leaf(run, &place.path, Purpose::Handling, action, argument, timeout);
                Doing::Handling(call, then)
            }
            Err(NoValue) => {
                run.tell(&place.path, work, What::AttemptEnded(AttemptEnd::Failed(Kind::Error)));
                Doing::Done(then)
            }
        }
    }

    fn used(&self, run: &Run<'p>, place: &Place<'_, 'p>, instead: &Expr, kind: Kind) -> Result {
        let value = value(instead, self.view(run, place.names, place.parameter));
        match (value, &place.placed.step.call) {
            (Err(NoValue), _) => Result::Failed(Kind::Error),
            (Ok(value), Call::Ask { number: false, .. }) => Result::Handled(kind, Value::Bool(value > 0)),
            (Ok(value), _) => Result::Handled(kind, Value::Int(value)),
        }
    }

    /// Rule 16.
    pub fn cancel(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) {
        self.stopping = true;
        match &mut self.doing {
            Doing::Resting(..) => self.doing = Doing::Done(Result::Cancelled),
            Doing::Calling(_) if place.placed.effect <= Effect::Asks => self.stop(run, place),
            Doing::Task(frame) if place.placed.effect <= Effect::Asks => frame.halt(run),
            Doing::Task(frame) => frame.cancel(run),
            Doing::Calling(_) | Doing::Handling(..) | Doing::Done(_) => {}
        }
    }

    /// What is under way is stopped at once: by the end of the run, or with the task around it that is cut.
    pub fn stop(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) {
        self.stopping = true;
        let purpose = match &mut self.doing {
            Doing::Done(_) => return,
            Doing::Resting(..) => None,
            Doing::Calling(_) => Some(Purpose::Work),
            Doing::Handling(..) => Some(Purpose::Handling),
            Doing::Task(frame) => {
                frame.halt(run);
                return;
            }
        };
        if let Some(purpose) = purpose {
            run.tell(&place.path, self.told(place, purpose), What::AttemptEnded(AttemptEnd::Stopped));
        }
        self.doing = Doing::Done(Result::Cancelled);
    }

    /// Rules 10 and 12: a task that is still at work when its time is up is cut off. An end in the same
    /// instant is in time, so this is asked when nothing else happens any more in it.
    pub fn deadline(&mut self, run: &mut Run<'p>, step: &Step) -> bool {
        let Doing::Task(frame) = &mut self.doing else { return false };
        if frame.deadline.is_none_or(|at| at > run.now) {
            return frame.deadlines(run);
        }
        // Where both fall into one instant, the attempt is timed out, and the bound fails the step.
        let timeout = step.timeout.map(|timeout| self.started + timeout);
        let by = if timeout.is_some_and(|at| at <= run.now) { Kind::Timeout } else { Kind::Bound };
        frame.cut(run, by);
        true
    }

    /// What it came to, once it is done.
    pub fn result(&self) -> Option<&Result> {
        match &self.doing {
            Doing::Done(result) => Some(result),
            _ => None,
        }
    }

    pub fn frame(&mut self) -> Option<&mut Frame<'p>> {
        match &mut self.doing {
            Doing::Task(frame) => Some(frame),
            _ => None,
        }
    }

    /// When something happens next.
    pub fn next(&self, step: &Step, now: Seconds) -> Option<Seconds> {
        let bound = self.bound(step);
        let next = match &self.doing {
            Doing::Done(_) => return None,
            Doing::Calling(call) => Some(call.ends_at),
            Doing::Resting(until, _) => Some(*until),
            Doing::Handling(call, _) => return Some(call.ends_at),
            Doing::Task(frame) => {
                return frame.next(now).into_iter().chain(frame.deadline).min();
            }
        };
        next.into_iter().chain(bound).min()
    }
}

/// Rule 11: how long to wait after this attempt.
fn waits(wait: Wait, attempt: u32) -> Seconds {
    match wait {
        Wait::Every(time) => time,
        Wait::Backoff(from, to) => (from << attempt.min(20)).min(to),
    }
}

/// Asks people. The first answer of somebody who was asked counts, if it comes within the time.
fn question(run: &mut Run<'_>, path: &[Id], people: &[Person], within: Seconds, number: bool) -> Leaf {
    let mut answers = run.world.answers(path);
    answers.retain(|answer| people.contains(&answer.person));
    answers.sort_by_key(|answer| answer.after);
    match answers.first().filter(|answer| answer.after <= within) {
        Some(answer) => {
            let value = if number { Value::Int(answer.value) } else { Value::Bool(answer.value > 0) };
            Leaf { ends_at: run.now + answer.after, end: AttemptEnd::Gave(value) }
        }
        None => Leaf { ends_at: run.now + within, end: AttemptEnd::Unanswered },
    }
}
