//! How a step comes to its effect: the calls that lead to the action that declares it.

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
    /// What is called.
    pub name: Arc<str>,
    /// Where it is called.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why something is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// To do something.
    Call,
    /// To undo what the link before it did.
    Undo,
}

/// The calls from `call` down to the action with at least `effect`, and where that is declared.
pub(super) fn chain<'a>(
    context: &Context<'a>,
    own: &Effects,
    module: ModuleContext<'a>,
    call: ExprId,
    effect: Effect,
) -> (Vec<Link>, Option<Span>) {
    let mut links = Vec::new();
    let (mut module, mut call, mut why) = (module, call, Why::Call);
    // Tasks can't recurse (that is a finding of its own), but the chain must end even then.
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

/// The call in a task that has at least `effect`. That of a contract's undo is found behind the call of its
/// action.
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
