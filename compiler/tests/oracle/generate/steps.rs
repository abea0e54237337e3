//! Random steps.

use super::{
    Maker, Place, names::Known, names_in, names_in_cond, names_moments, names_severity, place_is_pure,
};
use crate::model::*;

impl Maker {
    pub fn step(&mut self, place: Place) -> Step {
        let id = self.fresh();
        let before = self.known.clone();
        if place_is_pure(place) {
            self.known = before.without(&self.silence);
        }
        self.moments = self.may_read_moments(place);
        let call = self.call(place);
        let mut step = Step::new(id, call);
        let effect = self.program.effect(&step);
        self.conditions(&mut step, place);
        if matches!(step.call, Call::Ask { .. }) {
            // A question that may be skipped besides gives an optional answer; few programs need that.
            step.when = None;
            if place != Place::Cause && !matches!(place, Place::Task(_)) && self.chance.often(25) {
                step.on_failure = OnFailure::Use(Expr::Number(self.chance.below(2) as i64));
            }
        } else {
            self.work(&mut step, place, effect);
        }
        self.known = before;
        self.remember(&step, place);
        step
    }

    fn call(&mut self, place: Place) -> Call {
        let most = match place {
            Place::Enrich => Effect::Reads,
            Place::Triage | Place::Cause => Effect::Asks,
            Place::Communicate => Effect::Notifies,
            Place::Remediate => Effect::Changes,
            Place::Task(most) => most,
        };
        if self.chance.often(if most == Effect::Changes { 20 } else { 10 }) {
            let fits = |task: &&Task| {
                let step = Step::new(0, Call::Task(task.id, Expr::Number(0)));
                self.program.effect(&step) <= most
            };
            let tasks: Vec<Id> = self.program.tasks.iter().filter(fits).map(|task| task.id).collect();
            if let Some(task) = self.chance.maybe(&tasks) {
                return Call::Task(task, self.argument());
            }
        }
        if most >= Effect::Asks && self.chance.often(if most == Effect::Asks { 40 } else { 6 }) {
            let people = if self.chance.often(50) { vec![Person::Ana] } else { vec![Person::Bo, Person::Cy] };
            let within = self.chance.pick(&[4, 6, 10, 20]);
            return Call::Ask { people, within, number: self.chance.often(50) };
        }
        let action = match (most, self.chance.below(10)) {
            (Effect::Reads | Effect::Asks, _) | (_, 0) => Action::Look,
            (Effect::Notifies, 1..=2) | (Effect::Changes, 1) => Action::Look,
            (Effect::Notifies, _) | (Effect::Changes, 2) => Action::Say,
            (Effect::Changes, 3..=5) => Action::Set,
            (Effect::Changes, 6) => Action::Fix,
            (Effect::Changes, 7) => Action::Back,
            (Effect::Changes, _) => Action::Chg,
        };
        Call::Action(action, self.argument())
    }

    /// `when`, `after`.
    fn conditions(&mut self, step: &mut Step, place: Place) {
        if self.chance.often(30) {
            step.when = Some(self.cond(2));
        }
        if place != Place::Enrich && self.chance.often(15) {
            let known = self.known.steps.clone();
            let delay = if self.chance.often(30) { self.time() } else { 0 };
            step.after.extend(self.chance.maybe(&known).map(|id| (Point::Step(id), delay)));
        }
        let milestones: &[Milestone] = match place {
            Place::Communicate if self.program.resolved_after.is_empty() => {
                &[Milestone::Assessed, Milestone::Triaged, Milestone::Failed, Milestone::Started]
            }
            Place::Communicate => {
                &[Milestone::Assessed, Milestone::Triaged, Milestone::Resolved, Milestone::Failed]
            }
            Place::Remediate if matches!(step.call, Call::Action(Action::Say, _)) => {
                &[Milestone::Triaged, Milestone::Failed, Milestone::Assessed]
            }
            Place::Remediate => &[Milestone::Triaged, Milestone::Started, Milestone::Assessed],
            _ => return,
        };
        if self.chance.often(if place == Place::Communicate { 40 } else { 8 }) {
            let milestone = self.chance.pick(milestones);
            let fails = !self.program.resolved_after.is_empty()
                || steps(&self.program.remediate)
                    .iter()
                    .any(|step| self.program.effect(step) == Effect::Changes);
            // Left out: the condition of a group that reads the moment and is decided by a step behind the
            // end of the run.
            let behind = matches!(milestone, Milestone::Resolved | Milestone::Failed);
            if behind && self.grouped
                || milestone == Milestone::Assessed && self.program.severity.is_none()
                || milestone == Milestone::Failed && !fails
            {
                return;
            }
            if matches!(milestone, Milestone::Resolved | Milestone::Failed) {
                step.after.clear();
            }
            let delay = if self.chance.often(40) { self.time() } else { 0 };
            step.after.push((Point::Milestone(milestone), delay));
        }
    }

    /// The clauses of everything but questions.
    fn work(&mut self, step: &mut Step, place: Place, effect: Effect) {
        let idempotent = self.is_idempotent(&step.call);
        let action = matches!(step.call, Call::Action(..));
        if self.chance.often(12) {
            self.each(step);
        }
        if idempotent && self.chance.often(12) {
            step.repeat = Some(self.repeat());
        } else if step.each.is_none() {
            let often = match place {
                Place::Communicate => 12,
                // Left out: tasks with changes that recur. The rules don't say which of their changes count as
                // the newest.
                Place::Remediate if idempotent && (action || effect < Effect::Changes) => 5,
                _ => 0,
            };
            step.every = self.chance.often(often).then(|| self.chance.pick(&[2, 3, 5]));
        }
        if step.every.is_none() && effect == Effect::Changes && self.chance.often(15) {
            step.approve = Some(self.approve());
        }
        if self.chance.often(if action { 15 } else { 30 }) {
            step.timeout = Some(self.time());
        }
        if idempotent && self.chance.often(20) {
            step.retry = Some(self.retry());
        }
        self.undo(step);
        step.on_failure = match self.chance.below(10) {
            0 | 1 => OnFailure::Continue,
            2 => OnFailure::Use(self.argument()),
            3 => OnFailure::Run(Action::Say, self.argument()),
            _ => OnFailure::Nothing,
        };
        if step.every.is_some() {
            step.on_failure = OnFailure::Nothing;
        }
    }

    fn is_idempotent(&self, call: &Call) -> bool {
        match call {
            Call::Action(action, _) => action.idempotent(),
            Call::Task(task, _) => {
                let steps = steps(&self.program.task(*task).items);
                steps.iter().all(|step| self.is_idempotent(&step.call))
            }
            Call::Ask { .. } => false,
        }
    }

    fn each(&mut self, step: &mut Step) {
        let list = (0..self.chance.below(4)).map(|_| self.argument()).collect::<Vec<_>>();
        if list.is_empty() {
            return;
        }
        match &mut step.call {
            Call::Action(_, argument) | Call::Task(_, argument) => *argument = Expr::Element,
            Call::Ask { .. } => return,
        }
        let at_a_time = self.chance.often(60).then(|| 1 + self.chance.below(2));
        let at_most = self.chance.often(10).then(|| 1 + self.chance.below(3));
        step.each = Some(Each { list, at_a_time, at_most });
    }

    pub fn repeat(&mut self) -> Repeat {
        let every = self.chance.pick(&[1, 2, 3, 5]);
        let until = match self.chance.below(6) {
            0 => Cond::Equals(Expr::It, self.chance.below(6) as i64),
            1 => {
                let six = Expr::Divide(Box::new(Expr::Number(6)), Box::new(Expr::It));
                Cond::Above(six, self.chance.below(3) as i64)
            }
            _ => Cond::Above(Expr::It, 3 + self.chance.below(5) as i64),
        };
        let at_most = if self.chance.often(60) {
            AtMost::Duration(self.chance.pick(&[5, 6, 10, 12, 20]))
        } else {
            AtMost::Times(1 + self.chance.below(4) as i64)
        };
        let hold = match at_most {
            AtMost::Duration(bound) if self.chance.often(30) => {
                Some(every * (1 + self.chance.below(2) as i64)).filter(|hold| *hold < bound)
            }
            _ => None,
        };
        Repeat { every, until, hold, at_most }
    }

    pub fn retry(&mut self) -> Retry {
        let wait = match self.chance.below(3) {
            0 => Wait::Every(self.chance.pick(&[1, 2, 3, 5])),
            1 => Wait::Backoff(self.chance.pick(&[1, 2]), self.chance.pick(&[3, 4, 8])),
            _ => Wait::Every(0),
        };
        Retry { times: 1 + self.chance.below(3) as i64, wait }
    }

    fn approve(&mut self) -> Approve {
        let groups = match self.chance.below(4) {
            0 => vec![vec![Person::Ana]],
            1 => vec![vec![Person::Ana, Person::Bo]],
            2 => vec![vec![Person::Ana, Person::Bo], vec![Person::Cy]],
            _ => vec![vec![Person::Ana], vec![Person::Bo, Person::Cy]],
        };
        let people = groups.iter().flatten().count();
        let count = (1 + self.chance.below(2)).min(people);
        let when = self.chance.often(25).then(|| self.cond(1));
        let within = self.chance.pick(&[3, 4, 6, 10]);
        Approve { count, groups, when, within, else_skip: self.chance.often(40) }
    }

    fn undo(&mut self, step: &mut Step) {
        let Call::Action(action @ (Action::Chg | Action::Set), _) = &step.call else { return };
        if *action == Action::Set && self.chance.often(60) {
            return;
        }
        if *action == Action::Chg && self.chance.often(20) {
            step.undo = Some(Undo::Irreversible);
            return;
        }
        let argument = match self.chance.below(6) {
            0 if step.each.is_none() => Expr::Or(step.id, 1 + self.chance.below(9) as i64),
            1 if step.each.is_some() => Expr::Element,
            2 => self.sure_int(),
            3 => Expr::Divide(Box::new(Expr::Number(6)), Box::new(self.sure_int())),
            _ => self.number(),
        };
        // Left out: what recurs and is undone at every end. The rules don't say when that is over.
        let always = self.chance.often(20) && step.every.is_none();
        step.undo = Some(Undo::Call { action: Action::Back, argument, always });
    }

    /// What later steps may know of a step.
    fn remember(&mut self, step: &Step, place: Place) {
        let id = step.id;
        let mut names = Vec::new();
        let mut conds: Vec<&Cond> = step.when.iter().collect();
        conds.extend(step.approve.iter().flat_map(|approve| &approve.when));
        conds.iter().for_each(|cond| names_in_cond(cond, &mut names));
        match &step.call {
            Call::Action(_, argument) | Call::Task(_, argument) => names_in(argument, &mut names),
            Call::Ask { .. } => {}
        }
        step.each.iter().flat_map(|each| &each.list).for_each(|element| names_in(element, &mut names));
        match &step.on_failure {
            OnFailure::Use(value) | OnFailure::Run(_, value) => names_in(value, &mut names),
            _ => {}
        }
        names.extend(step.after.iter().filter_map(|(point, _)| match point {
            Point::Step(id) => Some(*id),
            Point::Milestone(_) => None,
        }));
        self.follow_silence(id, &names);
        let timed = !self.silence.asked.is_empty() && conds.iter().any(|cond| names_moments(cond));
        if timed || self.silence.severity && conds.iter().any(|cond| names_severity(cond)) {
            self.silence.assumed.insert(id);
        }
        let approved = step.approve.is_some();
        let asks = match &step.call {
            Call::Ask { .. } => true,
            Call::Task(task, _) => {
                let inside = steps(&self.program.task(*task).items);
                inside.iter().any(|step| self.silence.asked.contains(&step.id) || step.approve.is_some())
            }
            Call::Action(..) => false,
        };
        if asks || approved {
            self.silence.asked.insert(id);
        }
        let assumes = (asks || self.silence.asked.contains(&id))
            && matches!(step.on_failure, OnFailure::Use(_) | OnFailure::Continue);
        if assumes || step.approve.as_ref().is_some_and(|approve| approve.else_skip) {
            self.silence.assumed.insert(id);
        }
        let behind = step.is_after(Milestone::Resolved) || step.is_after(Milestone::Failed);
        if behind || step.every.is_some() {
            return;
        }
        self.known.steps.push(id);
        let optional = step.when.is_some()
            || step.approve.as_ref().is_some_and(|approve| approve.else_skip)
            || matches!(step.on_failure, OnFailure::Continue);
        let known: &mut Known = &mut self.known;
        match &step.call {
            Call::Ask { number: false, .. } => known.answers.push(id),
            _ if step.each.is_some() => {
                if step.when.is_none() && !step.approve.as_ref().is_some_and(|approve| approve.else_skip) {
                    known.lists.push(id);
                }
            }
            _ if optional => known.optionals.push(id),
            _ => known.ints.push(id),
        }
        let _ = place;
    }
}
