//! What the world answers in a run: the only thing besides the program that the oracle asks.

use std::collections::BTreeMap;

use super::events::Purpose;
use super::model::*;

/// A call of an action that begins.
pub struct Asked<'a> {
    /// The step, through the tasks around it.
    pub path: &'a [Id],
    pub purpose: Purpose,
    pub action: Action,
    pub argument: i64,
}

/// What comes of it.
pub struct Reply {
    pub takes: Seconds,
    /// The value; none if it fails.
    pub value: Option<i64>,
}

/// Somebody's answer to a question: since it was asked.
pub struct Answer {
    pub after: Seconds,
    pub person: Person,
    pub value: i64,
}

/// Somebody's word at a gate: since it opened.
pub struct Verdict {
    pub after: Seconds,
    pub person: Person,
    pub refused: bool,
}

/// What the oracle asks of the world. A recorded run can answer as well as a scenario.
pub trait World {
    /// Who started the run, if it was a person.
    fn starter(&self) -> Option<Person>;
    fn call(&mut self, asked: &Asked<'_>) -> Reply;
    fn answers(&self, path: &[Id]) -> Vec<Answer>;
    fn verdicts(&self, path: &[Id]) -> Vec<Verdict>;
}

/// The lines of a scenario (rules 27 and 28).
pub struct Given<'p> {
    givens: &'p Givens,
    /// How many calls each line about a step has answered.
    used: BTreeMap<usize, u32>,
}

impl<'p> Given<'p> {
    pub fn new(givens: &'p Givens) -> Given<'p> {
        Given { givens, used: BTreeMap::new() }
    }
}

impl World for Given<'_> {
    /// Rule 9: a tool is started by a person; the first on-caller of its owner stands for them.
    fn starter(&self) -> Option<Person> {
        Some(self.givens.starter.unwrap_or(Person::Dana))
    }

    /// Rule 28: a line about the step, then one about the action with this argument, then the action's
    /// `simulate`. Lines about a step tell what comes of its work, not of its undo.
    fn call(&mut self, asked: &Asked<'_>) -> Reply {
        for (line, given) in self.givens.steps.iter().enumerate() {
            if asked.purpose != Purpose::Work || given.path != asked.path {
                continue;
            }
            let used = self.used.entry(line).or_default();
            if matches!(given.outcome, Outcome::Fails(Some(times)) if *used >= times) {
                continue;
            }
            *used += 1;
            return Reply { takes: given.taking, value: outcome(&given.outcome, *used - 1) };
        }
        let line = self
            .givens
            .actions
            .iter()
            .find(|given| given.action == asked.action && given.argument == asked.argument);
        match line {
            Some(given) => Reply { takes: given.taking, value: outcome(&given.outcome, 0) },
            None => Reply { takes: asked.action.takes(), value: Some(asked.argument) },
        }
    }

    fn answers(&self, path: &[Id]) -> Vec<Answer> {
        let lines = self.givens.answers.iter().filter(|given| given.path == path);
        lines.map(|given| Answer { after: given.after, person: given.person, value: given.value }).collect()
    }

    fn verdicts(&self, path: &[Id]) -> Vec<Verdict> {
        let lines = self.givens.approvals.iter().filter(|given| given.path == path);
        let verdict = |given: &ApprovalGiven, person: &Person| Verdict {
            after: given.after,
            person: *person,
            refused: given.refused,
        };
        lines.flat_map(|given| given.people.iter().map(move |person| verdict(given, person))).collect()
    }
}

/// What a line gives the `nth` time; the last value repeats.
fn outcome(outcome: &Outcome, nth: u32) -> Option<i64> {
    match outcome {
        Outcome::Returns(values) => values.get(nth as usize).or(values.last()).copied(),
        Outcome::Fails(_) => None,
    }
}
