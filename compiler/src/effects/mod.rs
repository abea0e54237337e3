//! What each step and task may do to the world, and whether it is allowed to.
//!
//! Actions declare their effect; of tasks and steps it is inferred ([`infer()`]). [`check`] holds a
//! module against the promises that speak of effects: each part's limit, undo or irreversible, no
//! blind repetition of changes, bounds of all waiting, four eyes, and that silence is no consent.

mod approval;
mod bounds;
mod chain;
mod context;
mod identity;
mod infer;
mod parts;
mod reversible;
mod severity;
mod silence;
mod starter;
mod symbolic;

pub use approval::{Approvers, approvers};
pub use chain::{Link, Why};
pub use context::{Context, ModuleContext, Reached, Used};
pub use infer::infer;
pub use severity::range as severity_range;

use crate::{
    diagnostic::Diagnostic,
    hir::{Effect, Item, Step},
    names::Table,
};

/// What the items and steps of one module may do to the world.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effects {
    /// Of each action (declared), task and playbook (inferred).
    pub items: Table<Item, Effect>,
    /// Of each step: its call, and what undoes it. What it runs on failure is limited on its own.
    pub steps: Table<Step, Effect>,
    /// The actions and tasks that may be done twice without harm (rule T8).
    pub idempotent: Table<Item, ()>,
}

/// The findings about the effects of the module at hand. `own` is what [`infer()`] found in it.
pub fn check(context: &Context<'_>, own: &Effects) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    parts::check(context, own, &mut findings);
    reversible::check(context, own, &mut findings);
    bounds::check(context, &mut findings);
    approval::check(context, own, &mut findings);
    silence::check(context, own, &mut findings);
    identity::check(context, &mut findings);
    starter::check(context, &mut findings);
    findings
}
