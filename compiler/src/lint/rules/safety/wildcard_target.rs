//! Change whose target is empty or a wildcard.
//!
//! ## Why
//!
//! Many tools read an empty name or a `*` as "everything". Name what is changed. The rule also follows
//! values through `??`, the branches of `if` and `match`, `let`, and the defaults of inputs.
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
//! ## Bad
//!
//! ```quell
//! action delete(pods: Text) changes {
//!   irreversible "what was in memory is gone"
//!   touches pods
//! }
//!
//! playbook repair {
//!   input labels: Map<Text>
//!
//!   remediate {
//!     step deleted = delete(labels.get("pod") ?? "")
//! //                        ^^^^^^^^^^^^^^^^^^^^^^^
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

use crate::{
    graph::{Callee, Constant},
    hir::{ExprId, ExprKind, TextPart},
    lint::{Group, Pass, Rule, rule::finding, values::possible},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("wildcard-target", Group::Safety, include_str!("wildcard_target.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let (Callee::Action(item), Some(action)) = (step.plan.callee, pass.facts.action_of(step.plan))
            else {
                continue;
            };
            let Some(call) = pass.module.types.calls.get(step.plan.call) else { continue };
            for touched in &action.contract.touches {
                let index = action.parameters.iter().position(|one| one.name.text == touched.text);
                let Some(value) = index.and_then(|index| call.given(index)) else { continue };
                let possible = possible(pass, &body, value);
                let Some(what) = possible.iter().find_map(|value| everything(pass, *value)) else { continue };
                let name = pass.facts.checked.item(item).map_or("", |item| &*item.name.text);
                let gets = if possible == [value] { "gets" } else { "may get" };
                pass.report(
                    finding(pass.span(value), format!("`{name}` {gets} {what} as its target"))
                        .help("name the target"),
                );
            }
        }
    }
}

/// What in a value means all there is.
fn everything(pass: &Pass<'_>, value: ExprId) -> Option<&'static str> {
    let wildcard = "a wildcard";
    if let ExprKind::Text(parts) = &pass.hir().exprs[value].kind {
        let starred = |part: &TextPart| matches!(part, TextPart::Literal(text) if text.contains('*'));
        return parts.iter().any(starred).then_some(wildcard);
    }
    match pass.facts.constant(pass.file, value)? {
        Constant::Text(text) if text.trim().is_empty() => Some("an empty name"),
        Constant::Text(text) if text.contains('*') => Some(wildcard),
        _ => None,
    }
}
