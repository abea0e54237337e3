//! Typed views of the tree: a struct for each node, with methods for its contents.
//!
//! A view is accurate for text with errors, too: missing parts are `None` or not in the list.

#[macro_use]
mod support;
mod actions;
mod clauses;
mod expressions;
mod items;
mod playbooks;
mod scenarios;

pub use actions::*;
pub use clauses::*;
pub use expressions::*;
pub use items::*;
pub use playbooks::*;
pub use scenarios::*;
pub use support::{AstNode, significant_range};
