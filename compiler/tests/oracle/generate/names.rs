//! What a program being made may name, so that most programs compile.

use std::collections::BTreeSet;

use crate::model::*;

/// The names that are known where the next step will stand.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Ints that are there.
    pub ints: Vec<Id>,
    /// Ints that may be missing.
    pub optionals: Vec<Id>,
    /// Lists of Ints.
    pub lists: Vec<Id>,
    /// Bools that people answer.
    pub answers: Vec<Id>,
    pub causes: Vec<Id>,
    /// Steps that `after` may name.
    pub steps: Vec<Id>,
    pub severity: bool,
    /// The parameter of a task.
    pub parameter: bool,
}

/// What hangs on people who may be silent: no change may hang on what stands for their answer (T7).
#[derive(Debug, Clone, Default)]
pub struct Silence {
    /// A question, or what needs its answer: without one it is skipped.
    pub asked: BTreeSet<Id>,
    /// What stands for an answer that nobody gave.
    pub assumed: BTreeSet<Id>,
    pub severity: bool,
}

impl Known {
    /// The same without what may stand for an answer that nobody gave.
    pub fn without(&self, silence: &Silence) -> Known {
        let sure = |ids: &Vec<Id>| {
            ids.iter().copied().filter(|id| !silence.assumed.contains(id)).collect::<Vec<Id>>()
        };
        Known {
            ints: sure(&self.ints),
            optionals: sure(&self.optionals),
            lists: sure(&self.lists),
            answers: sure(&self.answers),
            causes: sure(&self.causes),
            steps: sure(&self.steps),
            severity: self.severity && !silence.severity,
            parameter: self.parameter,
        }
    }

    /// What is known behind a group, from what is known at the end of one of its branches: the names that
    /// the branch added may be missing.
    pub fn behind(&mut self, inside: &Known) {
        let new = |ids: &[Id], before: usize| ids.get(before..).unwrap_or_default().to_vec();
        let mut maybe = new(&inside.ints, self.ints.len());
        maybe.extend(new(&inside.optionals, self.optionals.len()));
        self.optionals.extend(maybe);
        self.steps.extend(new(&inside.steps, self.steps.len()));
    }
}
