//! A drill: a person answers the questions and approvals of a dry run while its clock runs.
//!
//! The engine runs to the end at once, with all decisions so far and silence after them. The past doesn't
//! depend on later decisions, so each decision repeats the whole run, and what the person has already seen
//! stays the same. In the end, the decisions are written as a scenario.

mod open;
mod transcript;

pub use open::{Open, Question};
pub use transcript::{Transcript, transcript};

use super::{
    Decisions, Options, Problem, Run,
    account::Account,
    evaluate::Evaluator,
    invocation::Length,
    people::Person,
    scenario::script::{About, AnswerGiven, ApprovalGiven, Others, OutcomeGiven, Verdict},
    simulate,
    timeline::{Invocations, Timeline, timeline},
    trace::PersonShown,
    value::Value,
};
use crate::{
    check::Checked,
    graph::{Nanoseconds, SECOND},
    names::ItemId,
    world::World,
};

/// A dry run in which a person decides.
pub struct Drill<'a> {
    world: &'a dyn World,
    checked: &'a Checked,
    playbook: ItemId,
    options: Options,
    run: Run,
    /// The run told as a log; what lies ahead is what happens if nothing more is decided.
    pub told: Timeline,
    now: Nanoseconds,
}

/// What somebody decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// An answer to a question; done, for work by hand.
    Answer(Value),
    /// They approve.
    Approve,
    /// They refuse.
    Refuse,
}

impl<'a> Drill<'a> {
    /// Begins one. What people of the scenario would have answered is left to the person.
    pub fn begin(
        world: &'a dyn World,
        checked: &'a Checked,
        playbook: ItemId,
        options: Options,
    ) -> Result<Self, Vec<Problem>> {
        let decisions = Decisions { others: Some(Others::Silent), instead: true, ..Decisions::default() };
        let options = Options { decisions, ..options };
        let run = simulate(world, checked, playbook, &options);
        if !run.problems.is_empty() {
            return Err(run.problems);
        }
        let told = told(world, checked, &run);
        Ok(Drill { world, checked, playbook, options, run, told, now: 0 })
    }

    /// The present moment, since the start of the run.
    pub fn now(&self) -> Nanoseconds {
        self.now
    }

    /// Time goes on to a moment, never back and not past the end.
    pub fn go_on_to(&mut self, at: Nanoseconds) {
        self.now = self.now.max(at.min(self.end()));
    }

    /// When the run is over, if nothing more is decided.
    fn end(&self) -> Nanoseconds {
        self.run.trace.events.last().map_or(0, |event| event.at)
    }

    /// Whether nothing is left to do.
    pub fn is_over(&self) -> bool {
        self.now >= self.end() && self.open().is_empty()
    }

    /// When something happens next that the log tells.
    pub fn next(&self) -> Option<Nanoseconds> {
        let lines = self.told.lines.iter().map(|line| line.at);
        lines.chain([self.end()]).filter(|at| *at > self.now).min()
    }

    /// What the person can decide now, in the order in which it was asked.
    pub fn open(&self) -> Vec<Open> {
        open::open(&self.account(), self.now)
    }

    /// The run as decided by now.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// How the drill was begun, with all decisions.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The run beside its playbook.
    pub fn account(&self) -> Account<'_> {
        Account::new(self.world, self.checked, &self.run.trace)
    }

    /// The value that a typed text stands for.
    pub fn read(&self, open: &Open, text: &str) -> Result<Value, String> {
        let Question::Typed(ty) = &open.question else {
            return Err("choose one of the options".to_owned());
        };
        super::input::read(&Evaluator::new(self.checked), "answer", text, ty, None)
    }

    /// Somebody decides, now. Decisions fall on whole seconds, so that they can be written down.
    pub fn decide(&mut self, open: &Open, person: &PersonShown, decision: Decision) {
        let waited = (self.now - open.asked).max(0);
        let whole = (waited + SECOND - 1) / SECOND * SECOND;
        let after = if open.until.is_some_and(|until| open.asked + whole > until) { waited } else { whole };
        let people = vec![Person { shown: person.clone(), media: Vec::new() }];
        let step = self.account().node(open.step).path.to_vec();
        let decisions = &mut self.options.decisions;
        match decision {
            // A scenario says of work by hand how long it takes.
            Decision::Answer(_) if open.question == Question::Done => {
                let (about, taking) = (About::Step(step), Some(after));
                decisions.outcomes.push(OutcomeGiven {
                    span: None,
                    about,
                    when: None,
                    outcome: None,
                    taking,
                });
            }
            Decision::Answer(value) => {
                decisions.answers.push(AnswerGiven { span: None, step, people, value, after })
            }
            Decision::Approve | Decision::Refuse => {
                let verdict = if decision == Decision::Approve { Verdict::Grant } else { Verdict::Refuse };
                decisions.approvals.push(ApprovalGiven { span: None, step, verdict, people, after });
            }
        }
        self.run = simulate(self.world, self.checked, self.playbook, &self.options);
        // With this decision the run takes more than it may: there is nothing more to tell.
        if !self.run.problems.is_empty() {
            return;
        }
        self.told = told(self.world, self.checked, &self.run);
        self.now = self.now.max(open.asked + after);
    }
}

/// The log, with what is approved.
fn told(world: &dyn World, checked: &Checked, run: &Run) -> Timeline {
    let account = Account::new(world, checked, &run.trace);
    timeline(world, &run.trace).with_invocations(&account, Invocations::Approved, Length::Short)
}

impl std::fmt::Debug for Drill<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drill").field("now", &self.now).finish_non_exhaustive()
    }
}
