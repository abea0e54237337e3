//! A playbook or task laid out for running: its steps in the order of the source, each with what it
//! waits for.

use std::collections::BTreeSet;

use super::names::{Need, names_moments, needs_of_step, parts};
use crate::model::*;

/// The body of a playbook or of a task.
pub struct Body<'p> {
    pub steps: Vec<Placed<'p>>,
    pub lets: Vec<(Id, &'p Expr)>,
    pub causes: Vec<&'p Cause>,
    /// What a task returns; none in a playbook.
    pub result: Option<&'p Expr>,
    pub resolved_after: &'p [Id],
}

/// A condition before a step (rule 6).
#[derive(Clone, Copy)]
pub struct Condition<'p> {
    pub cond: &'p Cond,
    /// What it has to give: false in `else`.
    pub wanted: bool,
    /// It is a group's that reads the moment: it is looked at once for all branches, when the place of
    /// this step is decided.
    pub first: Option<Id>,
}

/// A step where it stands.
pub struct Placed<'p> {
    pub step: &'p Step,
    pub part: Part,
    pub effect: Effect,
    /// The conditions of the groups around it and its own, and what each has to give (rule 6).
    pub conditions: Vec<Condition<'p>>,
    pub needs: BTreeSet<Need>,
    /// What its place waits for to be over in any way (rule 4).
    pub over: Vec<Id>,
    /// What its place waits for as `after` does (rule 4).
    pub satisfied: Vec<Id>,
}

impl Placed<'_> {
    /// Whether its value is a `T?` to others (rule T1).
    pub fn is_optional(&self) -> bool {
        let skips = self.step.approve.as_ref().is_some_and(|approve| approve.else_skip);
        let goes_on = matches!(self.step.on_failure, OnFailure::Continue) && self.step.each.is_none();
        !self.conditions.is_empty() || skips || goes_on
    }
}

impl<'p> Body<'p> {
    pub fn of_playbook(program: &'p Program) -> Body<'p> {
        let mut body = Body::empty(None);
        for (part, items) in program.parts() {
            body.add(program, items, part, &[]);
        }
        body.resolved_after = &program.resolved_after;
        body.place();
        body
    }

    pub fn of_task(program: &'p Program, task: &'p Task) -> Body<'p> {
        let mut body = Body::empty(Some(&task.result));
        body.add(program, &task.items, Part::Task, &[]);
        body.place();
        body
    }

    fn empty(result: Option<&'p Expr>) -> Body<'p> {
        Body { steps: Vec::new(), lets: Vec::new(), causes: Vec::new(), result, resolved_after: &[] }
    }

    fn add(&mut self, program: &'p Program, items: &'p [Item], part: Part, around: &[Condition<'p>]) {
        for item in items {
            match item {
                Item::Step(step) => {
                    let mut conditions = around.to_vec();
                    let own = step.when.iter().flat_map(|when| parts(when, true));
                    conditions.extend(own.map(|(cond, wanted)| Condition { cond, wanted, first: None }));
                    self.steps.push(Placed {
                        step,
                        part,
                        effect: program.effect(step),
                        conditions,
                        needs: needs_of_step(step),
                        over: Vec::new(),
                        satisfied: Vec::new(),
                    });
                }
                Item::Let { id, value } => self.lets.push((*id, value)),
                Item::Cause(cause) => {
                    self.causes.push(cause);
                    self.add(program, &cause.steps, part, around);
                }
                Item::Group { condition, then, otherwise } => {
                    let first = steps(std::slice::from_ref(item)).first().map(|step| step.id);
                    let first = first.filter(|_| names_moments(condition));
                    for (branch, wanted) in [(then, true), (otherwise, false)] {
                        // What reads the moment isn't taken apart.
                        let taken = match first {
                            Some(_) => vec![(condition, wanted)],
                            None => parts(condition, wanted),
                        };
                        let mut inside = around.to_vec();
                        inside.extend(taken.into_iter().map(|(cond, wanted)| Condition {
                            cond,
                            wanted,
                            first,
                        }));
                        self.add(program, branch, part, &inside);
                    }
                }
            }
        }
    }

    /// Rule 4. A change waits for the looking above it to be over, and what stands in remediate or in a
    /// task waits for the changes above it; `after` replaces both there.
    fn place(&mut self) {
        for index in 0..self.steps.len() {
            let placed = &self.steps[index];
            let ordered = matches!(placed.part, Part::Remediate | Part::Task);
            if !ordered || !placed.step.after.is_empty() {
                continue;
            }
            let change = placed.effect == Effect::Changes;
            let (mut over, mut satisfied) = (Vec::new(), Vec::new());
            for above in &self.steps[..index] {
                // Recurring steps and those behind the end of the run hold nothing back.
                let behind =
                    above.step.is_after(Milestone::Resolved) || above.step.is_after(Milestone::Failed);
                if above.step.every.is_some() || behind || above.part == Part::Communicate {
                    continue;
                }
                match above.effect {
                    // A question holds back nothing but what names it.
                    Effect::Reads if change => over.push(above.step.id),
                    Effect::Changes => satisfied.push(above.step.id),
                    _ => {}
                }
            }
            (self.steps[index].over, self.steps[index].satisfied) = (over, satisfied);
        }
    }

    pub fn position(&self, id: Id) -> Option<usize> {
        self.steps.iter().position(|placed| placed.step.id == id)
    }
}
