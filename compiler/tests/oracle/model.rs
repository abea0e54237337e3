//! Programs as the oracle knows them: the forms of the language that run, without their spelling.

/// Whole seconds: few different ones, so that many things happen in the same instant.
pub type Seconds = i64;

/// What a step, `let`, cause or task is named by.
pub type Id = u32;

/// A playbook with its tasks, and what the world does in one run of it.
#[derive(Debug, Clone, Default)]
pub struct Program {
    pub tasks: Vec<Task>,
    pub enrich: Vec<Item>,
    pub triage: Vec<Item>,
    pub communicate: Vec<Item>,
    pub remediate: Vec<Item>,
    pub severity: Option<Severity>,
    pub resolved_after: Vec<Id>,
    pub givens: Givens,
}

/// `severity = if CONDITION then HIGH else LOW`.
#[derive(Debug, Clone)]
pub struct Severity {
    pub condition: Cond,
    pub then: Level,
    pub otherwise: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Minor,
    Major,
    Critical,
}

#[derive(Debug, Clone)]
pub struct Task {
    pub id: Id,
    pub items: Vec<Item>,
    pub result: Expr,
}

#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "most items are steps")]
pub enum Item {
    Step(Step),
    Group { condition: Cond, then: Vec<Item>, otherwise: Vec<Item> },
    Let { id: Id, value: Expr },
    Cause(Cause),
}

#[derive(Debug, Clone)]
pub struct Cause {
    pub id: Id,
    pub steps: Vec<Item>,
    pub suspect: Vec<Cond>,
    pub rule_out: Vec<Cond>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub id: Id,
    pub call: Call,
    pub when: Option<Cond>,
    pub after: Vec<(Point, Seconds)>,
    pub each: Option<Each>,
    pub repeat: Option<Repeat>,
    pub every: Option<Seconds>,
    pub approve: Option<Approve>,
    pub timeout: Option<Seconds>,
    pub retry: Option<Retry>,
    pub undo: Option<Undo>,
    pub on_failure: OnFailure,
}

#[derive(Debug, Clone)]
pub enum Call {
    Action(Action, Expr),
    Task(Id, Expr),
    /// A question for a Bool or, with `number`, for an Int.
    Ask {
        people: Vec<Person>,
        within: Seconds,
        number: bool,
    },
}

/// The actions of every program; see the prelude in `print.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Reads.
    Look,
    /// Notifies.
    Say,
    /// Changes: its step says how it is undone.
    Chg,
    /// Changes, can be repeated, and is undone with `back` by its contract.
    Set,
    /// Changes, can be repeated and not undone: what undoes the others.
    Back,
    /// Changes, and can't be undone.
    Fix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    Reads,
    Asks,
    Notifies,
    Changes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    Step(Id),
    Milestone(Milestone),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    Started,
    Assessed,
    Triaged,
    Resolved,
    Failed,
}

#[derive(Debug, Clone)]
pub struct Each {
    pub list: Vec<Expr>,
    pub at_a_time: Option<usize>,
    pub at_most: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Repeat {
    pub every: Seconds,
    pub until: Cond,
    pub hold: Option<Seconds>,
    pub at_most: AtMost,
}

#[derive(Debug, Clone, Copy)]
pub enum AtMost {
    Duration(Seconds),
    Times(i64),
}

#[derive(Debug, Clone)]
pub struct Approve {
    pub count: usize,
    pub groups: Vec<Vec<Person>>,
    pub when: Option<Cond>,
    pub within: Seconds,
    pub else_skip: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Retry {
    pub times: i64,
    pub wait: Wait,
}

#[derive(Debug, Clone, Copy)]
pub enum Wait {
    Every(Seconds),
    Backoff(Seconds, Seconds),
}

#[derive(Debug, Clone)]
pub enum Undo {
    Call { action: Action, argument: Expr, always: bool },
    Irreversible,
}

#[derive(Debug, Clone)]
pub enum OnFailure {
    Nothing,
    Continue,
    Use(Expr),
    Run(Action, Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    Ana,
    Bo,
    Cy,
    /// The first on-caller of the owner.
    Dana,
}

/// What computes an Int.
#[derive(Debug, Clone)]
pub enum Expr {
    Number(i64),
    /// A step or `let` that is there.
    Name(Id),
    /// `name ?? number`.
    Or(Id, i64),
    /// `name.sum()` of an `each`.
    Sum(Id),
    /// The parameter of the task.
    Parameter,
    /// The variable of `each`.
    Element,
    /// The latest value of `repeat`.
    It,
    Add(Box<Expr>, Box<Expr>),
    Divide(Box<Expr>, Box<Expr>),
}

/// What computes a Bool.
#[derive(Debug, Clone)]
pub enum Cond {
    Constant(bool),
    Above(Expr, i64),
    Equals(Expr, i64),
    /// A question's answer.
    Answer(Id),
    /// `name != none`.
    There(Id),
    /// `severity >= LEVEL`.
    Severity(Level),
    Cause(Id, Decision),
    /// `run.elapsed < TIME`.
    Before(Seconds),
    Not(Box<Cond>),
    And(Box<Cond>, Box<Cond>),
    Or(Box<Cond>, Box<Cond>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    Suspected,
    RuledOut,
    Open,
}

/// The lines of the scenario.
#[derive(Debug, Clone, Default)]
pub struct Givens {
    /// Who started the run; none for the first on-caller of the owner.
    pub starter: Option<Person>,
    pub steps: Vec<StepGiven>,
    pub actions: Vec<ActionGiven>,
    pub answers: Vec<AnswerGiven>,
    pub approvals: Vec<ApprovalGiven>,
}

/// About the calls of a step, by its path through tasks.
#[derive(Debug, Clone)]
pub struct StepGiven {
    pub path: Vec<Id>,
    pub outcome: Outcome,
    pub taking: Seconds,
}

/// About an action with this argument.
#[derive(Debug, Clone)]
pub struct ActionGiven {
    pub action: Action,
    pub argument: i64,
    pub outcome: Outcome,
    pub taking: Seconds,
}

#[derive(Debug, Clone)]
pub enum Outcome {
    Returns(Vec<i64>),
    Fails(Option<u32>),
}

#[derive(Debug, Clone)]
pub struct AnswerGiven {
    pub person: Person,
    pub path: Vec<Id>,
    pub value: i64,
    /// Whether the question is for a number.
    pub number: bool,
    pub after: Seconds,
}

#[derive(Debug, Clone)]
pub struct ApprovalGiven {
    pub path: Vec<Id>,
    pub refused: bool,
    pub people: Vec<Person>,
    pub after: Seconds,
}

impl Action {
    pub const ALL: [Action; 6] =
        [Action::Look, Action::Say, Action::Chg, Action::Set, Action::Back, Action::Fix];

    pub fn effect(self) -> Effect {
        match self {
            Action::Look => Effect::Reads,
            Action::Say => Effect::Notifies,
            _ => Effect::Changes,
        }
    }

    /// How long it takes where nothing is given.
    pub fn takes(self) -> Seconds {
        match self {
            Action::Look | Action::Set => 2,
            Action::Say | Action::Back => 1,
            Action::Chg | Action::Fix => 3,
        }
    }

    /// The bound of an attempt where the step says none.
    pub fn timeout(self) -> Seconds {
        match self {
            Action::Look | Action::Say => 20,
            Action::Back => 10,
            _ => 30,
        }
    }

    /// Whether it may be repeated.
    pub fn idempotent(self) -> bool {
        !matches!(self, Action::Chg | Action::Fix)
    }
}

impl Step {
    /// A step that only calls.
    pub fn new(id: Id, call: Call) -> Step {
        Step {
            id,
            call,
            when: None,
            after: Vec::new(),
            each: None,
            repeat: None,
            every: None,
            approve: None,
            timeout: None,
            retry: None,
            undo: None,
            on_failure: OnFailure::Nothing,
        }
    }

    /// `after M` of this milestone.
    pub fn is_after(&self, milestone: Milestone) -> bool {
        self.after.iter().any(|(point, _)| *point == Point::Milestone(milestone))
    }
}

impl Program {
    pub fn task(&self, id: Id) -> &Task {
        self.tasks.iter().find(|task| task.id == id).expect("a call of a task that there is")
    }

    /// The effect of a step: of its call and its undo together (T5).
    pub fn effect(&self, step: &Step) -> Effect {
        let call = match &step.call {
            Call::Action(action, _) => action.effect(),
            Call::Ask { .. } => Effect::Asks,
            Call::Task(task, _) => self.effect_of(&self.task(*task).items),
        };
        match &step.undo {
            Some(Undo::Call { action, .. }) => call.max(action.effect()),
            _ => call,
        }
    }

    fn effect_of(&self, items: &[Item]) -> Effect {
        let effects = steps(items).into_iter().map(|step| self.effect(step));
        effects.max().unwrap_or(Effect::Reads)
    }

    pub fn parts(&self) -> [(Part, &Vec<Item>); 4] {
        [
            (Part::Enrich, &self.enrich),
            (Part::Triage, &self.triage),
            (Part::Communicate, &self.communicate),
            (Part::Remediate, &self.remediate),
        ]
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Enrich,
    Triage,
    Communicate,
    Remediate,
    /// In a task.
    Task,
}

/// The steps of these items, in the order of the source.
pub fn steps(items: &[Item]) -> Vec<&Step> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Step(step) => found.push(step),
            Item::Group { then, otherwise, .. } => {
                found.extend(steps(then));
                found.extend(steps(otherwise));
            }
            Item::Cause(cause) => found.extend(steps(&cause.steps)),
            Item::Let { .. } => {}
        }
    }
    found
}
