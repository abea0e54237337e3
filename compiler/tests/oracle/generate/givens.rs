//! What the world does in a run of a random program.

use super::{Maker, TIMES};
use crate::model::*;

impl Maker {
    pub fn givens(&mut self) {
        let program = self.program.clone();
        for (_, items) in program.parts() {
            for step in steps(items) {
                self.about(&program, step, &[]);
            }
        }
        self.about_actions(&program);
        let gated = !self.program.givens.approvals.is_empty();
        if gated && self.chance.often(25) {
            self.program.givens.starter = Some(self.chance.pick(&[Person::Ana, Person::Bo, Person::Cy]));
        }
    }

    fn about(&mut self, program: &Program, step: &Step, outer: &[Id]) {
        let path = [outer, &[step.id]].concat();
        if let Some(approve) = &step.approve {
            self.approvals(approve, &path);
        }
        match &step.call {
            Call::Action(..) => self.outcomes(step, &path),
            Call::Task(task, _) => {
                for inside in steps(&program.task(*task).items) {
                    self.about(program, inside, &path);
                }
            }
            Call::Ask { people, within, number } => {
                if self.chance.often(65) {
                    let person = self.chance.pick(people);
                    let after = self.chance.pick(&[0, 1, 2, 4, 5, *within]).min(*within);
                    let value = self.chance.below(8) as i64;
                    let value = if *number { value } else { value % 2 };
                    let given = AnswerGiven { person, path, value, number: *number, after };
                    self.program.givens.answers.push(given);
                }
            }
        }
    }

    fn outcomes(&mut self, step: &Step, path: &[Id]) {
        if self.chance.often(40) {
            return;
        }
        let taking = |maker: &mut Maker| {
            if maker.chance.often(4) { 25 } else { maker.chance.pick(&TIMES) }
        };
        let lines = &mut Vec::new();
        match self.chance.below(10) {
            0 => lines.push(Outcome::Fails(None)),
            1 | 2 => lines.push(Outcome::Fails(Some(1 + self.chance.below(2) as u32))),
            _ => {}
        }
        if lines.iter().all(|line| matches!(line, Outcome::Fails(Some(_)))) {
            let count = if step.repeat.is_some() { 1 + self.chance.below(4) } else { 1 };
            lines.push(Outcome::Returns((0..count).map(|_| self.chance.below(9) as i64).collect()));
        }
        for outcome in lines.drain(..) {
            let taking = taking(self);
            self.program.givens.steps.push(StepGiven { path: path.to_vec(), outcome, taking });
        }
    }

    fn approvals(&mut self, approve: &Approve, path: &[Id]) {
        let people: Vec<Person> = approve.groups.iter().flatten().copied().collect();
        let latest = approve.within * approve.groups.len() as i64;
        for _ in 0..self.chance.below(4) {
            let person = self.chance.pick(&people);
            let mut together = vec![person];
            if self.chance.often(40) {
                together.extend(people.iter().copied().filter(|other| *other != person).take(1));
            }
            // Often when the last group is asked too: grants add up.
            let late = if self.chance.often(40) { latest - approve.within } else { 0 };
            let after = (late + self.chance.pick(&[0, 1, 2, 3, 4, 6, approve.within])).min(latest);
            let refused = self.chance.often(15);
            let given = ApprovalGiven { path: path.to_vec(), refused, people: together, after };
            self.program.givens.approvals.push(given);
        }
    }

    /// Lines about actions with an argument: they tell the elements of an `each` apart, and reach undos
    /// and failure calls.
    fn about_actions(&mut self, program: &Program) {
        let mut calls = Vec::new();
        for (_, items) in program.parts() {
            for step in steps(items) {
                reached(program, step, &mut calls);
            }
        }
        calls.sort_unstable();
        calls.dedup();
        for (action, argument) in calls {
            if self.chance.often(20) {
                let outcome = match self.chance.below(3) {
                    0 => Outcome::Fails(None),
                    _ => Outcome::Returns(vec![self.chance.below(9) as i64]),
                };
                let taking = if self.chance.often(5) { 25 } else { self.chance.pick(&TIMES) };
                self.program.givens.actions.push(ActionGiven { action, argument, outcome, taking });
            }
        }
    }
}

/// The same through tasks.
fn reached(program: &Program, step: &Step, calls: &mut Vec<(Action, i64)>) {
    literals(step, calls);
    if let Call::Task(task, _) = &step.call {
        for inside in steps(&program.task(*task).items) {
            reached(program, inside, calls);
        }
    }
}

/// The calls of a step whose argument is a number.
fn literals(step: &Step, calls: &mut Vec<(Action, i64)>) {
    let mut call = |action: Action, argument: &Expr| {
        if let Expr::Number(number) = argument {
            calls.push((action, *number));
        }
    };
    if let Call::Action(action, argument) = &step.call {
        call(*action, argument);
        for element in step.each.iter().flat_map(|each| &each.list) {
            call(*action, element);
        }
        if *action == Action::Set && step.undo.is_none() {
            call(Action::Back, argument);
            for element in step.each.iter().flat_map(|each| &each.list) {
                call(Action::Back, element);
            }
        }
    }
    if let Some(Undo::Call { action, argument, .. }) = &step.undo {
        call(*action, argument);
    }
    if let OnFailure::Run(action, argument) = &step.on_failure {
        call(*action, argument);
    }
}
