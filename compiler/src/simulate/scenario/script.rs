//! A scenario as the engine reads it: all values evaluated, all names resolved.

use std::sync::Arc;

use crate::{
    graph::Nanoseconds,
    hir::ExprId,
    names::{ItemId, StepRef},
    simulate::{evaluate::Bindings, people::Person, value::Value},
    source::{FileId, Span},
};

/// What is given for a run.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The scenario's title; none for a bare dry run.
    pub title: Option<Arc<str>>,
    /// What people do of whom nothing is given.
    pub others: Others,
    /// Whether durations and failures are drawn.
    pub chance: Chance,
    /// When the run begins: nanoseconds since 1970 in UTC.
    pub start: i64,
    /// The person who started the run; none if nobody says so.
    pub starter: Option<Value>,
    /// The line that says so.
    pub starter_given: Option<Span>,
    /// What severity is, whatever the playbook finds.
    pub severity: Option<Value>,
    /// Inputs and the event, by name.
    pub values: Vec<(Arc<str>, Value)>,
    /// Modules that are down.
    pub outages: Vec<Outage>,
    /// What comes of calls, in source order.
    pub outcomes: Vec<OutcomeGiven>,
    /// Answers to questions, in source order.
    pub answers: Vec<AnswerGiven>,
    /// Approvals and refusals, in source order.
    pub approvals: Vec<ApprovalGiven>,
    /// What the `let`s of the scenario stand for, for the conditions of its lines.
    pub lets: Bindings,
    /// Each line as written.
    pub written: Vec<Arc<str>>,
}

/// What people do of whom nothing is given (rule 27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Others {
    /// They answer after a minute with the first option, yes, and approve; it is marked assumed.
    #[default]
    Agree,
    /// They don't answer.
    Silent,
}

/// Whether durations and failures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chance {
    /// Each call takes its median, and nothing fails by chance.
    #[default]
    Median,
    /// Drawn from the seed.
    Drawn,
}

/// A module is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// The line; none if nobody wrote it.
    pub span: Option<Span>,
    /// Which.
    pub module: FileId,
    /// Since the start of the run.
    pub from: Nanoseconds,
    /// Since the start of the run; the end itself isn't in it.
    pub to: Nanoseconds,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A step; further ones lie inside of tasks.
    Step(Vec<StepRef>),
    /// An action or task.
    Item(ItemId),
}

/// `TARGET returns ... / fails ... [when ...] [taking D]`.
#[derive(Debug, Clone)]
pub struct OutcomeGiven {
    /// The line; none if nobody wrote it.
    pub span: Option<Span>,
    /// Whose calls.
    pub about: About,
    /// Only where this holds of the arguments: an expression of the scenario's module.
    pub when: Option<(FileId, ExprId)>,
    /// What comes of it.
    pub outcome: Option<Given>,
    /// How long it takes.
    pub taking: Option<Nanoseconds>,
}

/// What comes of a call.
#[derive(Debug, Clone)]
pub enum Given {
    /// One value for each attempt; the last repeats.
    Returns(Vec<Value>),
    /// It fails.
    Fails {
        /// With this text.
        text: Arc<str>,
        /// How often.
        how_often: HowOften,
    },
}

/// How often a call fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HowOften {
    /// Each time.
    Always,
    /// The first times.
    Times(u64),
    /// By chance: this share of all times.
    Share(f64),
}

/// `PEOPLE answer STEP with X [after D]`.
#[derive(Debug, Clone)]
pub struct AnswerGiven {
    /// The line; none if nobody wrote it.
    pub span: Option<Span>,
    /// The question.
    pub step: Vec<StepRef>,
    /// Who.
    pub people: Vec<Person>,
    /// What.
    pub value: Value,
    /// Since the question.
    pub after: Nanoseconds,
}

/// `approval of STEP [refused] by A, B [after D]`.
#[derive(Debug, Clone)]
pub struct ApprovalGiven {
    /// The line; none if nobody wrote it.
    pub span: Option<Span>,
    /// The step behind the gate.
    pub step: Vec<StepRef>,
    /// Whether they refuse.
    pub verdict: Verdict,
    /// Who.
    pub people: Vec<Person>,
    /// Since the gate opened.
    pub after: Nanoseconds,
}

/// What somebody says to an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Verdict {
    Grant,
    Refuse,
}
