//! The effects of steps and tasks, and whether they are allowed.
//!
//! Actions declare their effect; those of tasks and steps are inferred ([`infer()`]). [`check`] verifies the
//! promises about effects: the limit of each part, undo or irreversible, no blind repetition of changes,
//! limits for all waiting, two-person approval, and that silence never counts as consent.

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

/// The effects of one module's items and steps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effects {
    /// Of each action (declared), and of each task and playbook (inferred).
    pub items: Table<Item, Effect>,
    /// Of each step: its call and its undo. Its `on failure` is checked separately.
    pub steps: Table<Step, Effect>,
    /// The actions and tasks that can be repeated safely (rule T8).
    pub idempotent: Table<Item, ()>,
}

/// The findings about the effects of the current module. `own` is the result of [`infer()`] for it.
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
