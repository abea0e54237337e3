//! Explains the effect of a step: the calls that lead to the action that declares it.

use std::sync::Arc;

use super::{Context, Effects, ModuleContext, context::steps_of};
use crate::{
    hir::{Effect, ExprId, Task},
    names::Builtin,
    source::Span,
    types::Callee,
};

/// A link of a chain of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The callee.
    pub name: Arc<str>,
    /// The span of the call.
    pub span: Span,
    /// The purpose of the call.
    pub why: Why,
}

/// The purpose of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// To do something.
    Call,
    /// To undo the previous call.
    Undo,
}

/// The calls from `call` down to the action with at least `effect`, and the span of its declaration.
pub(super) fn chain<'a>(
    context: &Context<'a>,
    own: &Effects,
    module: ModuleContext<'a>,
    call: ExprId,
    effect: Effect,
) -> (Vec<Link>, Option<Span>) {
    let mut links = Vec::new();
    let (mut module, mut call, mut why) = (module, call, Why::Call);
    // Tasks can't recurse (that is a finding of its own), but the chain has to end even if they do.
    while links.len() < 50 {
        let span = module.span(call);
        let mut link = |name: Arc<str>| links.push(Link { name, span, why });
        match module.callee(call) {
            Some(Callee::Action(item)) => {
                let Some(declared) = context.item(item) else { break };
                link(declared.name.text.clone());
                let undo = context.undo_of_contract(module.callee(call));
                match undo.filter(|_| context.effect_of_call(module, call, own) < effect) {
                    Some(undo) => (module, call, why) = (undo.module, undo.call, Why::Undo),
                    None => {
                        let declared = context.action(item).and_then(|action| action.effect);
                        return (links, declared.map(|(_, span)| span));
                    }
                }
            }
            Some(Callee::Builtin(builtin)) => {
                link(Builtin::word(builtin).into());
                break;
            }
            Some(Callee::Task(item)) => {
                let (Some(task), Some(declared)) = (context.task(item), context.item(item)) else { break };
                link(declared.name.text.clone());
                let Some(inside) = context.module(item.file) else { break };
                match culprit(context, own, inside, task, effect) {
                    Some(found) => (module, (call, why)) = (inside, found),
                    None => break,
                }
            }
            _ => break,
        }
    }
    (links, None)
}

/// The call in a task that has at least `effect`. The undo in an action's contract is found after the call of
/// the action.
fn culprit<'a>(
    context: &Context<'a>,
    own: &Effects,
    inside: ModuleContext<'a>,
    task: &Task,
    effect: Effect,
) -> Option<(ExprId, Why)> {
    steps_of(&task.body).into_iter().find_map(|placed| {
        let step = inside.step(placed.step);
        let undo = step.clauses.undo.as_ref().map(|undo| undo.value.call);
        if context.effect_of_call(inside, step.call, own) >= effect {
            return Some((step.call, Why::Call));
        }
        if context.effect_of_step(inside, step, own) < effect {
            return None;
        }
        Some(undo.map_or((step.call, Why::Call), |undo| (undo, Why::Undo)))
    })
}
