//! Items: what a module declares.

use super::{Block, ExprId, Ident, LocalId, Playbook, Scenario, TypeExpr};
use crate::source::Span;

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name; a scenario's is its title.
    pub name: Ident,
    /// The `///` text, without the marks.
    pub docs: String,
    /// Where it is marked `private`.
    pub private: Option<Span>,
    /// The whole item, without its docs.
    pub span: Span,
    /// What it declares.
    pub kind: ItemKind,
}

/// What an item declares.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ItemKind {
    Record(Record),
    Enum(Enum),
    Alias(TypeExpr),
    Let(ModuleLet),
    Function(Function),
    Task(Task),
    Action(Action),
    Trigger(Trigger),
    Playbook(Playbook),
    Scenario(Scenario),
}

impl ItemKind {
    /// The word for it in messages.
    pub fn word(&self) -> &'static str {
        match self {
            ItemKind::Record(_) => "record",
            ItemKind::Enum(_) => "enum",
            ItemKind::Alias(_) => "type",
            ItemKind::Let(_) => "value",
            ItemKind::Function(_) => "function",
            ItemKind::Task(_) => "task",
            ItemKind::Action(_) => "action",
            ItemKind::Trigger(_) => "trigger",
            ItemKind::Playbook(_) => "playbook",
            ItemKind::Scenario(_) => "scenario",
        }
    }
}

/// `record NAME { field: Type = default, ... }`.
#[derive(Debug, Clone)]
pub struct Record {
    /// In source order.
    pub fields: Vec<Field>,
}

/// A field of a record.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// The `///` text.
    pub docs: String,
    /// Its type.
    pub ty: TypeExpr,
    /// Its value where a call says none.
    pub default: Option<ExprId>,
}

/// `[ordered] enum NAME { variant, ... }`.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Where `ordered` stands: then `<` compares, the first being the least.
    pub ordered: Option<Span>,
    /// In source order.
    pub variants: Vec<Variant>,
}

/// A variant of an enum.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// The `///` text.
    pub docs: String,
}

/// `let NAME: TYPE = E` in a module.
#[derive(Debug, Clone)]
pub struct ModuleLet {
    /// Its type.
    pub ty: Option<TypeExpr>,
    /// Its value.
    pub value: ExprId,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name, as a local.
    pub local: LocalId,
    /// Its name, as written.
    pub name: Ident,
    /// The `///` text.
    pub docs: String,
    /// Its type; a missing one is a finding of `types`.
    pub ty: Option<TypeExpr>,
    /// Its value where a call says none.
    pub default: Option<ExprId>,
}

/// `fn NAME(params) -> T = E`: pure.
#[derive(Debug, Clone)]
pub struct Function {
    /// In source order.
    pub parameters: Vec<Parameter>,
    /// The type of the value.
    pub result: Option<TypeExpr>,
    /// The value.
    pub body: ExprId,
}

/// `task NAME(params) -> T { steps ... return E }`.
#[derive(Debug, Clone)]
pub struct Task {
    /// In source order.
    pub parameters: Vec<Parameter>,
    /// The type of the value; without one the task has none.
    pub result: Option<TypeExpr>,
    /// The steps; `return` is a statement in it.
    pub body: Block,
}

/// `trigger NAME(params) -> T [provides ROLE] [= E]`: what the `on` of a playbook names.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// In source order.
    pub parameters: Vec<Parameter>,
    /// The type of what `as NAME` names.
    pub result: TypeExpr,
    /// `provides ROLE, ...`.
    pub provides: Vec<Ident>,
    /// Its value in a dry run where nothing is given.
    pub sample: Option<ExprId>,
}

/// What a call may do to the world, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Computes only.
    Pure,
    /// Looks.
    Reads,
    /// Waits for a person's answer.
    Asks,
    /// Touches people and the incident's records.
    Notifies,
    /// Touches what serves users.
    Changes,
    /// Can lose data, or can't be put back.
    Destroys,
}

impl Effect {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Effect::Pure => "pure",
            Effect::Reads => "reads",
            Effect::Asks => "asks",
            Effect::Notifies => "notifies",
            Effect::Changes => "changes",
            Effect::Destroys => "destroys",
        }
    }
}

/// `action NAME(params) -> T EFFECT { ... }`, or `... = CALL`.
#[derive(Debug, Clone)]
pub struct Action {
    /// In source order.
    pub parameters: Vec<Parameter>,
    /// The type of the value; without one the action has none.
    pub result: Option<TypeExpr>,
    /// The declared effect; a missing one is reported by the syntax.
    pub effect: Option<(Effect, Span)>,
    /// What callers may rely on.
    pub contract: Contract,
    /// `= CALL`: it narrows another action.
    pub narrows: Option<ExprId>,
    /// How it is carried out; none of them and not narrowing: a person does it.
    pub bindings: Vec<Binding>,
    /// What a dry run does in its place.
    pub simulate: Option<Simulate>,
}

/// What callers of an action may rely on.
#[derive(Debug, Clone, Default)]
pub struct Contract {
    /// `timeout D`: a constant.
    pub timeout: Option<ExprId>,
    /// Where `idempotent` stands.
    pub idempotent: Option<Span>,
    /// `undo CALL [always]`.
    pub undo: Option<Undo>,
    /// `irreversible "why"`.
    pub irreversible: Option<ExprId>,
    /// `deprecated "use ..."`.
    pub deprecated: Option<ExprId>,
    /// `touches PARAM, ...`.
    pub touches: Vec<Ident>,
    /// `provides ROLE, ...`.
    pub provides: Vec<Ident>,
}

/// `undo CALL [always]`.
#[derive(Debug, Clone)]
pub struct Undo {
    /// The clause.
    pub span: Span,
    /// The call.
    pub call: ExprId,
    /// Where `always` stands: also when the run ends well.
    pub always: Option<Span>,
}

/// How an action is carried out.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The whole binding.
    pub span: Span,
    /// Through what.
    pub kind: BindingKind,
    /// `on RUNNER`.
    pub runner: Option<ExprId>,
    /// The lines of its body.
    pub entries: Vec<BindingEntry>,
}

/// Through what an action is carried out.
#[derive(Debug, Clone)]
pub enum BindingKind {
    /// `http METHOD URL`.
    Http {
        /// `GET`, `POST`…
        method: Ident,
        /// The address.
        url: ExprId,
    },
    /// `command [ARGUMENT, ...]`.
    Command {
        /// The program and its arguments: a list of texts.
        arguments: ExprId,
    },
    /// `container IMAGE`.
    Container {
        /// The image.
        image: ExprId,
    },
}

/// A line in the body of a binding.
#[derive(Debug, Clone)]
pub enum BindingEntry {
    /// `auth bearer E`, `auth basic USER, PASSWORD`, `auth header NAME, E`.
    Auth {
        /// `bearer`, `basic` or `header`.
        scheme: Ident,
        /// One or two.
        values: Vec<ExprId>,
    },
    /// `headers E`, `query E`, `json E`, `form E`, `body E`, `stdin E`, `env E`, `args E`.
    Data {
        /// The first word.
        kind: Ident,
        /// The value.
        value: ExprId,
    },
    /// `output json` or `output text`.
    Output(Ident),
    /// `expect E [else E]`: otherwise the attempt fails with the text.
    Expect {
        /// Must hold.
        condition: ExprId,
        /// The failure's text.
        otherwise: Option<ExprId>,
    },
    /// `let NAME = E`.
    Let(LocalId, ExprId),
    /// `return E`: the action's value, from `body`, `status`, `output`, `exit_code`.
    Return(ExprId),
}

/// `simulate { ... }`: what a dry run does in the place of the binding.
#[derive(Debug, Clone)]
pub struct Simulate {
    /// The whole block.
    pub span: Span,
    /// `let`s in source order.
    pub lets: Vec<(LocalId, ExprId)>,
    /// The value.
    pub returns: Option<ExprId>,
    /// How long it takes.
    pub takes: Option<Takes>,
    /// How often it fails: a Percent, and the failure's text.
    pub fails: Option<(ExprId, Option<ExprId>)>,
}

/// How long a simulated action takes.
#[derive(Debug, Clone)]
pub enum Takes {
    /// Always as long.
    Exactly(ExprId),
    /// Uniform between the two.
    Between(ExprId, ExprId),
    /// Lognormal through these two percentiles.
    Percentiles {
        /// The median.
        p50: ExprId,
        /// Exceeded by one in twenty.
        p95: ExprId,
    },
    /// Exponential.
    Mean(ExprId),
}
