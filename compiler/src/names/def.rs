//! What a name can mean.

use crate::{
    hir::{LocalId, StepId},
    source::FileId,
};

/// An item of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    /// The module.
    pub file: FileId,
    /// Its index in [`Module::items`](crate::hir::Module::items).
    pub index: u32,
}

impl ItemId {
    /// The item number `index` of `file`.
    pub fn new(file: FileId, index: usize) -> Self {
        Self { file, index: index as u32 }
    }
}

/// A variant of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantId {
    /// The enum.
    pub item: ItemId,
    /// Its index in [`Enum::variants`](crate::hir::Enum::variants).
    pub index: u32,
}

/// A step of any module, because scenarios refer to steps of other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepRef {
    /// The module.
    pub file: FileId,
    /// The step.
    pub step: StepId,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Def {
    /// An item of this or another module.
    Item(ItemId),
    /// A variant of an enum.
    Variant(VariantId),
    /// A module that was imported under this name.
    Module(FileId),
    /// A local name of this module.
    Local(LocalId),
    /// A built-in, available in every module without an import.
    Builtin(Builtin),
    /// `severity`: in a playbook and in its scenarios.
    Severity,
    /// A milestone: in `after`.
    Milestone(Milestone),
    /// `it`: the latest value of the step, in its `until`.
    It(StepId),
    /// `error`: the reason, in the step's `on failure`.
    Error(StepId),
    /// What an action's binding knows about the response.
    Binding(BindingValue),
    /// In a scenario: a step, `let`, cause or input of the playbook, which may be in another file.
    OfPlaybook(FileId, LocalId),
    /// In `given ... when ARG == ...`: a parameter of the action or task.
    Argument(ItemId, u32),
    /// Something that could not be found and has been reported.
    Unknown,
}

/// The built-ins, available in every module without an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Builtin {
    /// `run`: the run itself.
    Run,
    /// `ask(people, "question", options: xs, within: D)`.
    Ask,
    /// `ask_many(people, "question", options: xs, within: D)`.
    AskMany,
    /// `manual(people, "what to do", within: D)`.
    Manual,
    /// `table(rows, columns: ["a", "b"])`.
    Table,
    /// `need(x, "why")`.
    Need,
    /// `secret("NAME")`.
    Secret,
    /// `time("2026-01-02T03:04:05Z")`.
    Time,
}

impl Builtin {
    /// All of them.
    pub const ALL: [Builtin; 8] = [
        Builtin::Run,
        Builtin::Ask,
        Builtin::AskMany,
        Builtin::Manual,
        Builtin::Table,
        Builtin::Need,
        Builtin::Secret,
        Builtin::Time,
    ];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Builtin::Run => "run",
            Builtin::Ask => "ask",
            Builtin::AskMany => "ask_many",
            Builtin::Manual => "manual",
            Builtin::Table => "table",
            Builtin::Need => "need",
            Builtin::Secret => "secret",
            Builtin::Time => "time",
        }
    }

    /// Whether it asks a person, so that a call to it makes a step.
    pub fn involves_people(self) -> bool {
        matches!(self, Builtin::Ask | Builtin::AskMany | Builtin::Manual)
    }
}

/// What an action's binding knows about the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BindingValue {
    /// `body` of an HTTP response: a Json.
    Body,
    /// `status` of an HTTP response: an Int.
    Status,
    /// `output` of a command or container: a Text, or a Json after `output json`.
    Output,
    /// `exit_code` of a command or container: an Int.
    ExitCode,
}

impl BindingValue {
    /// All of them.
    pub const ALL: [BindingValue; 4] =
        [BindingValue::Body, BindingValue::Status, BindingValue::Output, BindingValue::ExitCode];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            BindingValue::Body => "body",
            BindingValue::Status => "status",
            BindingValue::Output => "output",
            BindingValue::ExitCode => "exit_code",
        }
    }
}

/// A milestone of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Milestone {
    Started,
    Assessed,
    Triaged,
    Resolved,
    Failed,
}

impl Milestone {
    /// All of them, in the order of a run.
    pub const ALL: [Milestone; 5] =
        [Milestone::Started, Milestone::Assessed, Milestone::Triaged, Milestone::Resolved, Milestone::Failed];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Milestone::Started => "started",
            Milestone::Assessed => "assessed",
            Milestone::Triaged => "triaged",
            Milestone::Resolved => "resolved",
            Milestone::Failed => "failed",
        }
    }

    /// When it is reached, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Milestone::Started => "The run starts.",
            Milestone::Assessed => "Severity is known.",
            Milestone::Triaged => "All causes are decided.",
            Milestone::Resolved => "All steps of `resolved after` have succeeded.",
            Milestone::Failed => "A change or a step of `resolved after` failed or couldn't run.",
        }
    }
}

/// A built-in type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BuiltinType {
    Bool,
    Int,
    Float,
    Text,
    Public,
    Duration,
    Percent,
    Size,
    Time,
    Json,
    Secret,
    People,
    Run,
    List,
    Map,
}

impl BuiltinType {
    /// All of them.
    pub const ALL: [BuiltinType; 15] = [
        BuiltinType::Bool,
        BuiltinType::Int,
        BuiltinType::Float,
        BuiltinType::Text,
        BuiltinType::Public,
        BuiltinType::Duration,
        BuiltinType::Percent,
        BuiltinType::Size,
        BuiltinType::Time,
        BuiltinType::Json,
        BuiltinType::Secret,
        BuiltinType::People,
        BuiltinType::Run,
        BuiltinType::List,
        BuiltinType::Map,
    ];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            BuiltinType::Bool => "Bool",
            BuiltinType::Int => "Int",
            BuiltinType::Float => "Float",
            BuiltinType::Text => "Text",
            BuiltinType::Public => "Public",
            BuiltinType::Duration => "Duration",
            BuiltinType::Percent => "Percent",
            BuiltinType::Size => "Size",
            BuiltinType::Time => "Time",
            BuiltinType::Json => "Json",
            BuiltinType::Secret => "Secret",
            BuiltinType::People => "People",
            BuiltinType::Run => "Run",
            BuiltinType::List => "List",
            BuiltinType::Map => "Map",
        }
    }

    /// The number of types between `<` and `>`.
    pub fn arity(self) -> usize {
        match self {
            BuiltinType::List | BuiltinType::Map => 1,
            _ => 0,
        }
    }
}

/// What the name of a written type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypeDef {
    /// A built-in one.
    Builtin(BuiltinType),
    /// A record, enum or `type`.
    Item(ItemId),
}

/// What a path in a scenario refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A step of the playbook; further ones are in the run of the task that the previous one calls.
    Step(Vec<StepRef>),
    /// An action or task.
    Item(ItemId),
    /// A module.
    Module(FileId),
    /// A value of a module, and fields of it: a person, `data.on_call`.
    Value(ItemId, Vec<std::sync::Arc<str>>),
}
