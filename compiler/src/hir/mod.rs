//! The meaning of one module without its spelling.
//!
//! Plain data made from the tree of one file alone: no name is resolved here, so it can be kept as
//! long as the file's text stays. Expressions, local names and steps live in three arenas of the
//! module; side tables of later stages (`names`, `types`) use the same indices. All nodes carry
//! their span, which leads back to the syntax.

mod arena;
mod expression;
mod item;
mod lower;
mod playbook;
mod scenario;
mod walk;

pub use arena::{Arena, Id};
pub use expression::*;
pub use item::*;
pub use lower::{duration_of, lower, lower_some, size_of_text};
pub use playbook::*;
pub use scenario::*;
pub use walk::{children, descendants};

use std::sync::Arc;

use crate::source::{FileId, Span};

/// A name as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ident {
    /// The name; empty where it is missing (reported by the syntax).
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// An expression in its module's arena.
pub type ExprId = Id<Expr>;
/// A local name in its module's arena.
pub type LocalId = Id<Local>;
/// A step in its module's arena.
pub type StepId = Id<Step>;

/// One file.
#[derive(Debug, Clone)]
pub struct Module {
    /// The file.
    pub file: FileId,
    /// The `//!` text, without the marks.
    pub docs: String,
    /// The imports, in source order.
    pub uses: Vec<Use>,
    /// The items, in source order.
    pub items: Vec<Item>,
    /// All expressions.
    pub exprs: Arena<Expr>,
    /// All names that are not items: parameters, inputs, steps, lets, causes, lambda parameters…
    pub locals: Arena<Local>,
    /// All steps.
    pub steps: Arena<Step>,
    /// Names that broken text seems to declare: not knowing them is no further mistake.
    pub lost: Vec<Ident>,
    /// Where the text is broken, in its order.
    pub broken: Vec<Broken>,
}

/// A place where the text is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The place.
    pub span: Span,
    /// How much around it is in doubt.
    pub extent: BrokenExtent,
}

/// How much a broken place puts in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenExtent {
    /// What stands there: its item may have what it seems to lack.
    Place,
    /// A brace is missing or stands alone: what belongs to what in its item.
    Structure,
}

/// `use a.b`, `use a.b as c`, `use a.b (x, y as z)`.
#[derive(Debug, Clone)]
pub struct Use {
    /// The whole line.
    pub span: Span,
    /// `a.b`.
    pub path: Ident,
    /// `c`.
    pub alias: Option<Ident>,
    /// The names in brackets. Without brackets the module itself gets a name: `b`, or the alias.
    pub names: Option<Vec<UseName>>,
    /// `private use`: others that import this module's names don't see it. Only matters in `std.prelude`.
    pub private: Option<Span>,
}

/// A name in the brackets of a `use`.
#[derive(Debug, Clone)]
pub struct UseName {
    /// What it is called where it comes from.
    pub name: Ident,
    /// What it is called here, if another.
    pub alias: Option<Ident>,
}

/// A name that is not an item.
#[derive(Debug, Clone)]
pub struct Local {
    /// The name.
    pub name: Ident,
    /// What binds it.
    pub kind: LocalKind,
    /// The item in whose body it lives: its index in [`Module::items`].
    pub item: u32,
}

/// What binds a local name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalKind {
    /// A parameter of a function, task, action or trigger.
    Parameter,
    /// `input` of a playbook.
    Input,
    /// `on ... as NAME`.
    Trigger,
    /// The value of a step.
    Step(StepId),
    /// `let` in a playbook, task, simulate block or scenario.
    Let,
    /// A cause.
    Cause,
    /// The variable of `each`, for this step.
    Each(StepId),
    /// A parameter of a lambda.
    Lambda,
    /// A name in a pattern: binds the value of an optional, unless it names an enum's variant.
    Pattern,
}
