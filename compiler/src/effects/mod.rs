//! What each step and task may do to the world.
//!
//! Actions declare it; of tasks and steps it is inferred. A part of a playbook limits it.

use crate::{
    hir::{Effect, Item, Step},
    names::Table,
};

/// What the items and steps of one module may do to the world.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effects {
    /// Of each action (declared), task and playbook (inferred).
    pub items: Table<Item, Effect>,
    /// Of each step: its call, its undo and what it runs on failure.
    pub steps: Table<Step, Effect>,
}
