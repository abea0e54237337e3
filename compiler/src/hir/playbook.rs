//! Playbooks: header, parts, steps and their clauses.

use super::{ExprId, Ident, LocalId, StepId, TypeExpr, Undo};
use crate::source::Span;

/// `playbook NAME { ... }`.
#[derive(Debug, Clone, Default)]
pub struct Playbook {
    /// `on TRIGGER [as NAME]`, in source order. With one it is a response, else a tool.
    pub triggers: Vec<OnTrigger>,
    /// `input NAME: TYPE [= DEFAULT]`.
    pub inputs: Vec<Input>,
    /// `owner TEAM`.
    pub owner: Option<ExprId>,
    /// `resolve within D`.
    pub resolve_within: Option<ExprId>,
    /// The parts, in source order.
    pub parts: Vec<Part>,
}

/// `on TRIGGER [as NAME]`.
#[derive(Debug, Clone)]
pub struct OnTrigger {
    /// The line.
    pub span: Span,
    /// A call of a trigger.
    pub trigger: ExprId,
    /// What is known of the event.
    pub alias: Option<LocalId>,
}

/// `input NAME: TYPE [= DEFAULT]`.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name, as a local.
    pub local: LocalId,
    /// Its name, as written.
    pub name: Ident,
    /// The `///` text.
    pub docs: String,
    /// Its type.
    pub ty: TypeExpr,
    /// Its value where nothing is given.
    pub default: Option<ExprId>,
}

/// One of the four parts.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which.
    pub kind: PartKind,
    /// The word that names it.
    pub keyword: Span,
    /// What it holds.
    pub body: PartBody,
}

/// The parts of a playbook, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PartKind {
    Enrich,
    Triage,
    Communicate,
    Remediate,
}

impl PartKind {
    /// All, in order.
    pub const ALL: [PartKind; 4] =
        [PartKind::Enrich, PartKind::Triage, PartKind::Communicate, PartKind::Remediate];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            PartKind::Enrich => "enrich",
            PartKind::Triage => "triage",
            PartKind::Communicate => "communicate",
            PartKind::Remediate => "remediate",
        }
    }
}

/// What a part holds.
#[derive(Debug, Clone)]
pub enum PartBody {
    /// Statements.
    Block(Block),
    /// `none "why"`.
    None {
        /// The reason: a text.
        reason: ExprId,
    },
}

/// Statements between braces.
#[derive(Debug, Clone)]
pub struct Block {
    /// With the braces.
    pub span: Span,
    /// In source order.
    pub statements: Vec<Statement>,
}

/// A statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: StatementKind,
}

/// What a statement says. Each may stand in any block as far as the syntax goes; `names` reports
/// what is out of place.
#[derive(Debug, Clone)]
pub enum StatementKind {
    /// `step NAME = CALL` with clauses.
    Step(StepId),
    /// `let NAME [: TYPE] = E`.
    Let(LetStatement),
    /// `if E { ... } else if E { ... } else { ... }`.
    If(IfStatement),
    /// `cause NAME "sentence" { ... }`.
    Cause(Cause),
    /// `severity = E`.
    Severity(ExprId),
    /// `resolved after X, ...`.
    Resolved(Vec<ExprId>),
    /// `suspect when E`.
    Suspect(ExprId),
    /// `rule out when E`.
    RuleOut(ExprId),
    /// `return E`.
    Return(ExprId),
}

/// `let NAME [: TYPE] = E`.
#[derive(Debug, Clone)]
pub struct LetStatement {
    /// Its name, as a local.
    pub local: LocalId,
    /// Its type, if said.
    pub ty: Option<TypeExpr>,
    /// Its value.
    pub value: ExprId,
}

/// `if E { steps } else if E { steps } else { steps }`.
#[derive(Debug, Clone)]
pub struct IfStatement {
    /// Conditions with their blocks, in order: at least one.
    pub branches: Vec<(ExprId, Block)>,
    /// The last `else`.
    pub otherwise: Option<Block>,
}

/// `cause NAME "sentence" { steps, suspect when E, rule out when E }`.
#[derive(Debug, Clone)]
pub struct Cause {
    /// Its name, as a local.
    pub local: LocalId,
    /// The `///` text.
    pub docs: String,
    /// The sentence: a text.
    pub sentence: ExprId,
    /// Its statements.
    pub body: Block,
}

/// `step NAME = CALL` with clauses.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its value, as a local.
    pub local: LocalId,
    /// Its name, as written.
    pub name: Ident,
    /// The `///` text.
    pub docs: String,
    /// The whole statement, without docs.
    pub span: Span,
    /// The item (playbook or task) that it belongs to: its index in the module.
    pub item: u32,
    /// `step go: Bool = ...`.
    pub ty: Option<TypeExpr>,
    /// The call.
    pub call: ExprId,
    /// How it is done.
    pub clauses: Clauses,
    /// Whether what follows can't be read, but looks like an `each` of this step: then nobody knows
    /// whether its value is a list.
    pub may_be_each: bool,
}

/// The clauses of a step, each at most once.
#[derive(Debug, Clone, Default)]
pub struct Clauses {
    /// `when E`.
    pub when: Option<Clause<ExprId>>,
    /// `after X, M + D, ...`.
    pub after: Option<Clause<Vec<ExprId>>>,
    /// `each x in xs, N at a time, at most N`.
    pub each: Option<Clause<Each>>,
    /// `repeat every D until E [for D], at most D`.
    pub repeat: Option<Clause<Repeat>>,
    /// `every D`.
    pub every: Option<Clause<ExprId>>,
    /// `approve by N of A, B when E within D else skip`.
    pub approve: Option<Clause<Approve>>,
    /// `timeout D`.
    pub timeout: Option<Clause<ExprId>>,
    /// `retry N times every D`.
    pub retry: Option<Clause<Retry>>,
    /// `undo CALL [always]`.
    pub undo: Option<Clause<Undo>>,
    /// `irreversible "why"`.
    pub irreversible: Option<Clause<ExprId>>,
    /// `on failure ...`.
    pub on_failure: Option<Clause<OnFailure>>,
}

/// A clause with its place.
#[derive(Debug, Clone)]
pub struct Clause<T> {
    /// The whole clause.
    pub span: Span,
    /// What it says.
    pub value: T,
}

/// `each x in xs, N at a time, at most N`.
#[derive(Debug, Clone)]
pub struct Each {
    /// `x`.
    pub variable: LocalId,
    /// `xs`.
    pub list: ExprId,
    /// `N at a time`: without it, all at once.
    pub at_a_time: Option<ExprId>,
    /// `at most N`: without it, 100.
    pub at_most: Option<ExprId>,
}

/// `repeat every D until E [for D], at most D (or N times)`.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// From one poll's start to the next's.
    pub every: ExprId,
    /// Over `it`.
    pub until: Option<ExprId>,
    /// How long it must hold.
    pub hold: Option<ExprId>,
    /// The bound: a missing one is a finding.
    pub bound: Option<Bound>,
}

/// How often or how long at most.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    /// `at most D`.
    Time(ExprId),
    /// `at most N times`.
    Times(ExprId),
}

/// `approve by N of A[, B] [when E] within D [else skip]`.
#[derive(Debug, Clone)]
pub struct Approve {
    /// How many.
    pub count: ExprId,
    /// Whom, and whom next.
    pub groups: Vec<ExprId>,
    /// Only if.
    pub when: Option<ExprId>,
    /// How long each group has: a missing one is a finding.
    pub within: Option<ExprId>,
    /// Where `else skip` stands.
    pub else_skip: Option<Span>,
}

/// `retry N times [every D or backoff D to D]`.
#[derive(Debug, Clone)]
pub struct Retry {
    /// Further attempts.
    pub times: ExprId,
    /// From an attempt's end to the next one's start; without it none.
    pub wait: Option<RetryWait>,
}

/// The wait between attempts.
#[derive(Debug, Clone, Copy)]
pub enum RetryWait {
    /// `every D`.
    Every(ExprId),
    /// `backoff D to D`: doubles from the first up to the second.
    Backoff(ExprId, ExprId),
}

/// `on failure ...`.
#[derive(Debug, Clone, Copy)]
pub enum OnFailure {
    /// `continue`: the value is `none`.
    Continue,
    /// `use E`: the value is E.
    Use(ExprId),
    /// `run CALL`: then the default.
    Run(ExprId),
}
