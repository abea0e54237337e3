//! What follows at once from what has ended: `let`s, severity, causes, milestones, failure, undoing and
//! the end (rules 17 to 23).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Run;
use super::frame::{Frame, State, Status};
use super::names::{Need, NoValue, Standing, There, View, holds, needs_of, needs_of_cond, value};
use super::undo::Undoing;
use crate::events::{AttemptEnd, End, GateEnd, Kind, RunEnd, Skip, Value, What};
use crate::model::*;

/// After this time severity is assumed (rule 17).
pub const PATIENCE: Seconds = 120;

impl<'p> Frame<'p> {
    /// Whether something was settled.
    pub fn settle(&mut self, run: &mut Run<'p>) -> bool {
        let mut changed = false;
        for frame in self.frames() {
            changed |= frame.settle(run);
        }
        changed |= self.lets(run);
        if self.is_playbook() {
            changed |= self.severity(run);
            changed |= self.causes(run);
            changed |= self.playbook_milestones(run);
        }
        changed |= self.begin_undoing(run);
        changed
    }

    fn seen<'v>(&'v self, run: &Run<'_>) -> View<'v> {
        View { names: &self.names, parameter: self.parameter, element: None, it: None, elapsed: run.now }
    }

    fn lets(&mut self, run: &Run<'p>) -> bool {
        let mut changed = false;
        for (id, expr) in self.body.lets.clone() {
            if self.names.standing.contains_key(&id) {
                continue;
            }
            let mut needs = BTreeSet::new();
            needs_of(expr, &mut needs);
            let standing = match self.names.there(&needs) {
                There::NotYet => continue,
                There::Bad => Standing::Bad,
                There::Without(why) => Standing::Without(why),
                There::Yes => match value(expr, self.seen(run)) {
                    Ok(value) => Standing::Value(Value::Int(value)),
                    Err(NoValue) => Standing::Bad,
                },
            };
            self.names.standing.insert(id, standing);
            changed = true;
        }
        changed
    }

    /// Rule 17.
    fn severity(&mut self, run: &mut Run<'p>) -> bool {
        let Some(severity) = run.program.severity.as_ref().filter(|_| self.names.severity.is_none()) else {
            return false;
        };
        let mut needs = BTreeSet::new();
        needs_of_cond(&severity.condition, &mut needs);
        let found = match self.names.there(&needs) {
            There::Yes => holds(&severity.condition, self.seen(run)).ok(),
            There::NotYet if run.now < PATIENCE => return false,
            _ => None,
        };
        let level = match found {
            Some(true) => severity.then,
            Some(false) => severity.otherwise,
            None => severity.then.max(severity.otherwise),
        };
        self.names.severity = Some(level);
        run.tell(&[], Default::default(), What::Severity { level, assumed: found.is_none() });
        self.reach(run, Milestone::Assessed);
        true
    }

    /// Rule 18.
    fn causes(&mut self, run: &mut Run<'p>) -> bool {
        let mut changed = false;
        for cause in self.body.causes.clone() {
            if self.names.causes.contains_key(&cause.id) {
                continue;
            }
            let steps = steps(&cause.steps);
            let mut evidence: BTreeSet<Need> = steps.iter().map(|step| Need::Name(step.id)).collect();
            for line in cause.suspect.iter().chain(&cause.rule_out) {
                needs_of_cond(line, &mut evidence);
            }
            let ended = |need: &Need| self.names.there(&BTreeSet::from([need.clone()])) != There::NotYet;
            if !evidence.iter().all(ended) {
                continue;
            }
            let line = |cond: &Cond| holds(cond, self.seen(run)) == Ok(true);
            let (suspected, ruled_out) = (cause.suspect.iter().any(line), cause.rule_out.iter().any(line));
            let decision = match (suspected, ruled_out) {
                (true, false) => Decision::Suspected,
                (false, true) => Decision::RuledOut,
                _ => Decision::Open,
            };
            self.names.causes.insert(cause.id, decision);
            run.tell(&[], Default::default(), What::Cause(cause.id, decision));
            changed = true;
        }
        changed
    }

    fn reach(&mut self, run: &mut Run<'p>, milestone: Milestone) {
        self.milestones.insert(milestone, run.now);
        run.tell(&[], Default::default(), What::Milestone(milestone));
    }

    /// Rules 18 to 20.
    fn playbook_milestones(&mut self, run: &mut Run<'p>) -> bool {
        let mut changed = false;
        if !self.milestones.contains_key(&Milestone::Started) {
            self.reach(run, Milestone::Started);
            changed = true;
        }
        let decided = self.names.causes.len() == self.body.causes.len();
        if decided && !self.milestones.contains_key(&Milestone::Triaged) {
            self.reach(run, Milestone::Triaged);
            changed = true;
        }
        let verified = !self.body.resolved_after.is_empty()
            && self.body.resolved_after.iter().all(|id| {
                let index = self.body.position(*id);
                index.is_some_and(|index| matches!(self.states[index], State::Ended(End::Ok(_))))
            });
        if self.status == Status::Going && verified {
            self.resolve(run);
            changed = true;
        }
        changed
    }

    /// Rule 20: remediate stops. In a task all does (rule 23).
    pub fn fail(&mut self, run: &mut Run<'p>, kind: Kind) {
        if self.status != Status::Going {
            return;
        }
        self.status = Status::Failed;
        self.failure = Some(kind);
        if self.is_playbook() {
            self.reach(run, Milestone::Failed);
        }
        for index in 0..self.states.len() {
            let placed = &self.body.steps[index];
            let stops = match placed.part {
                Part::Remediate => !placed.step.is_after(Milestone::Failed),
                Part::Task => true,
                _ => false,
            };
            if self.is_playbook() && placed.step.is_after(Milestone::Resolved) {
                if matches!(self.states[index], State::Waiting(_)) {
                    self.end(run, index, End::Skipped(Skip::Never), Value::None);
                }
            } else if stops {
                self.cancel_step(run, index);
            }
        }
    }

    /// Rule 20: what waits is skipped, and what runs comes to its end.
    fn resolve(&mut self, run: &mut Run<'p>) {
        self.status = Status::Resolved;
        self.reach(run, Milestone::Resolved);
        for index in 0..self.states.len() {
            let after = self.body.steps[index].step.is_after(Milestone::Resolved);
            match &mut self.states[index] {
                State::Waiting(_) if !after => {
                    self.end(run, index, End::Skipped(Skip::Resolved), Value::None);
                }
                State::Gate(_) if !after => {
                    let closed = What::GateClosed(GateEnd::Withdrawn);
                    run.tell(&self.path_of(index), Default::default(), closed);
                    self.end(run, index, End::Skipped(Skip::Resolved), Value::None);
                }
                State::Recurring(recurring) => recurring.stopping = true,
                _ => {}
            }
        }
    }

    /// Rule 21: undos are done when the changes have come to rest.
    fn begin_undoing(&mut self, run: &mut Run<'p>) -> bool {
        if self.undone || self.undoing.as_ref().is_some_and(|undoing| !undoing.done()) {
            return false;
        }
        let body = Rc::clone(&self.body);
        let at_rest = |index: usize| matches!(self.states[index], State::Ended(_) | State::Recurring(_));
        if self.status == Status::Failed {
            let mut all = 0..self.states.len();
            // A task undoes what it did when all in it has come to rest (rule 23).
            let waits = |index: usize| !self.is_playbook() || body.steps[index].effect == Effect::Changes;
            if !all.all(|index| at_rest(index) || !waits(index)) {
                return false;
            }
            if self.is_playbook() && !self.log.entries.is_empty() && self.stop_what_recurs(run) {
                return false;
            }
            self.undoing = Some(self.log.after_failure());
            self.undone = true;
            return true;
        }
        let mut all = 0..self.states.len();
        let over = |index: usize| {
            let step = body.steps[index].step;
            let elsewhere = body.steps[index].part != Part::Remediate;
            at_rest(index) || elsewhere || step.every.is_some() || step.is_after(Milestone::Failed)
        };
        if !self.is_playbook() || !all.all(over) {
            return false;
        }
        let undoing = self.log.at_a_good_end();
        let due = !undoing.done();
        if due {
            self.undoing = Some(undoing);
        }
        due
    }

    /// What recurs in remediate holds up no undoing: it is stopped (rule 14). Whether tasks of it still have
    /// to hand over what they did.
    fn stop_what_recurs(&mut self, run: &mut Run<'p>) -> bool {
        let mut halting = false;
        for index in 0..self.states.len() {
            let recurs = matches!(&self.states[index], State::Recurring(found) if found.work.is_some());
            if recurs && self.body.steps[index].part == Part::Remediate {
                self.stop_step(run, index);
                self.go_on(run, index);
                halting |= matches!(&self.states[index], State::Recurring(found) if found.work.is_some());
            }
        }
        halting
    }

    /// Rule 23: what the call of a task comes to, when nothing in it runs any more.
    pub fn finish_task(&mut self, run: &Run<'p>) -> Option<AttemptEnd> {
        let ended = self.states.iter().all(|state| matches!(state, State::Ended(_)));
        if !ended {
            return None;
        }
        if self.status == Status::Failed && !(self.undone && self.undoing.as_ref().is_some_and(Undoing::done))
        {
            return None;
        }
        let result = self.body.result?;
        let mut needs = BTreeSet::new();
        needs_of(result, &mut needs);
        Some(match (self.failure, self.status) {
            (Some(kind), _) => AttemptEnd::Failed(kind),
            _ if self.halted => AttemptEnd::Stopped,
            // A call that was stopped ends well only if all its steps did.
            _ if self.states.iter().any(State::ended_badly) => AttemptEnd::Stopped,
            _ => match self.names.there(&needs) {
                There::Without(_) => AttemptEnd::Unanswered,
                There::Yes => match value(result, self.seen(run)) {
                    Ok(value) => AttemptEnd::Gave(Value::Int(value)),
                    Err(NoValue) => AttemptEnd::Failed(Kind::Error),
                },
                _ => AttemptEnd::Failed(Kind::Error),
            },
        })
    }

    /// Whether something still keeps the run alive: rule 22.
    pub fn is_busy(&self, run: &Run<'p>) -> bool {
        let steps = self.states.iter().zip(&self.body.steps);
        let mut steps = steps.map(|(state, placed)| match state {
            State::Gate(_) | State::Working(_) => true,
            State::Waiting(_) => self.delays(placed.step).into_iter().any(|at| at > run.now),
            State::Recurring(_) => self.closed,
            State::Ended(_) => false,
        });
        steps.any(|busy| busy) || self.undoing.as_ref().is_some_and(|undoing| !undoing.done())
    }

    /// Rule 22: the run ends when it has nothing left. Whether something happened.
    pub fn finish_run(&mut self, run: &mut Run<'p>) -> bool {
        if self.is_busy(run) || self.over {
            return false;
        }
        if self.closed {
            self.finish(run);
        } else {
            self.close(run);
        }
        true
    }

    /// What still waits is skipped, and what recurs is stopped.
    fn close(&mut self, run: &mut Run<'p>) {
        self.closed = true;
        for index in 0..self.states.len() {
            match &self.states[index] {
                State::Waiting(_) => self.end(run, index, End::Skipped(Skip::Never), Value::None),
                State::Recurring(_) => {
                    self.stop_step(run, index);
                }
                _ => {}
            }
        }
    }

    /// The run is over.
    fn finish(&mut self, run: &mut Run<'p>) {
        self.over = true;
        let (outcome, milestone) = match self.status {
            Status::Resolved => (RunEnd::Resolved, Some(Milestone::Resolved)),
            Status::Failed => (RunEnd::Failed, Some(Milestone::Failed)),
            Status::Going | Status::Cancelled => (RunEnd::Completed, None),
        };
        let decided = milestone.and_then(|milestone| self.milestones.get(&milestone).copied());
        let decided = decided.unwrap_or(run.now);
        run.tell(&[], Default::default(), What::Over { outcome, decided });
    }
}
