//! Scenarios: what is given and what is expected.

use super::{BinaryOp, ExprId, Ident, LocalId};
use crate::source::Span;

/// `scenario "title" for PLAYBOOK { ... }`.
#[derive(Debug, Clone, Default)]
pub struct Scenario {
    /// The playbook: a name, or `module.name`.
    pub playbook: Vec<Ident>,
    /// `let`s in source order.
    pub lets: Vec<(LocalId, ExprId)>,
    /// What is given, in source order.
    pub givens: Vec<Given>,
    /// What is expected, in source order.
    pub expects: Vec<Expect>,
}

/// A dotted name: a step, a step in a task's run (`moved.copy`), an action, a module, a person.
pub type Path = Vec<Ident>;

/// `given ...`.
#[derive(Debug, Clone)]
pub struct Given {
    /// The statement.
    pub span: Span,
    /// What it says.
    pub kind: GivenKind,
}

/// What is given.
#[derive(Debug, Clone)]
pub enum GivenKind {
    /// Broken, already reported.
    Missing,
    /// `start at TIME`.
    Start(ExprId),
    /// `NAME = E`: an input or the event.
    Value(Ident, ExprId),
    /// `NAME from "file.json"`.
    File(Ident, ExprId),
    /// `MODULE down [from D to D]`.
    Down {
        /// The module.
        module: Path,
        /// From and to, since the start; always without it.
        window: Option<(ExprId, ExprId)>,
    },
    /// `TARGET returns ... / fails ... [when ...] [taking D]`.
    Outcome {
        /// A step or an action.
        target: Path,
        /// What comes of its calls; `None` where only the time is given.
        outcome: Option<GivenOutcome>,
        /// Only for calls whose arguments fit.
        when: Option<ExprId>,
        /// How long each takes.
        taking: Option<ExprId>,
    },
    /// `PEOPLE answer STEP with X [after D]`.
    Answer {
        /// Who.
        people: Vec<ExprId>,
        /// The asking step.
        step: Path,
        /// The answer.
        answer: ExprId,
        /// Since the question; at once without it.
        after: Option<ExprId>,
    },
    /// `approval of STEP [refused] by A, B [after D]`.
    Approval {
        /// The step behind the gate.
        step: Path,
        /// Where `refused` stands.
        refused: Option<Span>,
        /// Who.
        people: Vec<ExprId>,
        /// Since the gate opened; at once without it.
        after: Option<ExprId>,
    },
}

/// What comes of the calls of a step or action.
#[derive(Debug, Clone)]
pub enum GivenOutcome {
    /// `returns A, then B`: an attempt each, the last repeats.
    Returns(Vec<ExprId>),
    /// `fails ["text"] [once, N times, 5%]`.
    Fails {
        /// The failure's text.
        text: Option<ExprId>,
        /// How often.
        how_often: HowOften,
    },
}

/// How often a given failure comes.
#[derive(Debug, Clone, Copy)]
pub enum HowOften {
    /// Each time.
    Always,
    /// The first time.
    Once,
    /// The first N times.
    Times(ExprId),
    /// By chance: a Percent.
    Rate(ExprId),
}

/// `expect ...`.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The statement.
    pub span: Span,
    /// Where `not` stands.
    pub negated: Option<Span>,
    /// What it says.
    pub kind: ExpectKind,
}

/// What is expected.
#[derive(Debug, Clone)]
pub enum ExpectKind {
    /// Broken, already reported.
    Missing,
    /// `snapshot`: the recorded timeline.
    Snapshot,
    /// `resolved [within D]`, `failed`, `completed`: how the run ends.
    Outcome {
        /// The word.
        outcome: RunOutcome,
        /// Since the start.
        within: Option<ExprId>,
    },
    /// `STEP ran [N times] [before OTHER] [within D]`, `STEP attempted ...`.
    Ran {
        /// The step.
        step: Path,
        /// How far it came.
        reach: Reach,
        /// How many attempts.
        times: Option<ExprId>,
        /// That was before this one began.
        before: Option<Path>,
        /// That was at most so long after the start.
        within: Option<ExprId>,
    },
    /// `STEP skipped`, `failed`, `handled`, `blocked`, `cancelled`, `unanswered`.
    Ended {
        /// The step.
        step: Path,
        /// The word.
        end: StepEnd,
        /// Since the start.
        within: Option<ExprId>,
    },
    /// `ACTION called [N times] [with ARG containing X]`.
    Called {
        /// An action or a step.
        target: Path,
        /// How many calls.
        times: Option<ExprId>,
        /// What an argument of one of them must be.
        with: Option<ExpectArgument>,
    },
    /// `PERSON told [by MODULE] [within D]`.
    Told {
        /// Who: a person, a list, a team.
        people: Path,
        /// Through which module.
        by: Option<Path>,
        /// Since the start.
        within: Option<ExprId>,
    },
    /// A condition over severity, causes and values at the end.
    Value(ExprId),
}

/// `with ARG containing X`, `with ARG == X`.
#[derive(Debug, Clone)]
pub struct ExpectArgument {
    /// The parameter.
    pub name: Ident,
    /// How it is compared.
    pub test: ArgumentTest,
    /// With what.
    pub value: ExprId,
}

/// How an argument is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentTest {
    /// `containing`: a text in a text, an element in a list.
    Containing,
    /// A comparison.
    Compare(BinaryOp),
}

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RunOutcome {
    Resolved,
    Failed,
    Completed,
}

/// How far a step came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// It began.
    Attempted,
    /// It ended well.
    Ran,
}

/// How a step ends, beside well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StepEnd {
    Skipped,
    Failed,
    Handled,
    Blocked,
    Cancelled,
    Unanswered,
}
