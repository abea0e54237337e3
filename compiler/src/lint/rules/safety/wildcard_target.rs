//! A change names everything, or nothing, as its target.
//!
//! ## Why
//!
//! An empty name or a `*` means "all" to many tools. What is changed is said by its name.
//!
//! ## Bad
//!
//! ```quell
//! action delete(pods: Text) changes {
//!   irreversible "what was in memory is gone"
//!   touches pods
//! }
//!
//! playbook repair {
//!   remediate {
//!     step deleted = delete("checkout-*")
//! //                        ^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action delete(pods: Text) changes {
//!   irreversible "what was in memory is gone"
//!   touches pods
//! }
//!
//! playbook repair {
//!   remediate {
//!     step deleted = delete("checkout-1")
//!   }
//! }
//! ```

use crate::{graph::{Callee, Constant}, lint::{Group, Pass, Rule, rule::finding}};

/// The rule.
pub static RULE: Rule = Rule::new("wildcard-target", Group::Safety, include_str!("wildcard_target.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let (Callee::Action(item), Some(action)) = (step.plan.callee, pass.facts.action_of(step.plan)) else {
                continue;
            };
            let Some(call) = pass.module.types.calls.get(step.plan.call) else { continue };
            for touched in &action.contract.touches {
                let index = action.parameters.iter().position(|one| one.name.text == touched.text);
                let Some(value) = index.and_then(|index| call.given(index)) else { continue };
                let Some(Constant::Text(text)) = pass.facts.constant(pass.file, value) else { continue };
                let whole = text.trim();
                if whole.is_empty() || whole.contains('*') {
                    let what = if whole.is_empty() { "an empty name" } else { "a wildcard" };
                    let name = pass.facts.checked.item(item).map_or("", |item| &*item.name.text);
                    pass.report(
                        finding(pass.span(value), format!("`{name}` gets {what} as its target"))
                            .help("name what is to be changed"),
                    );
                }
            }
        }
    }
}
