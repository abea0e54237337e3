//! How a step comes to its effect: the calls that lead to the action that declares it.

use std::sync::Arc;

use super::{Context, Effects, ModuleContext, context::steps_of, infer::calls_of};
use crate::{
    hir::{Effect, ExprId},
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
}

/// The calls from `call` down to the action with at least `effect`, and where that is declared.
pub(super) fn chain(
    context: &Context<'_>,
    own: &Effects,
    module: ModuleContext<'_>,
    call: ExprId,
    effect: Effect,
) -> (Vec<Link>, Option<Span>) {
    let mut links = Vec::new();
    let (mut module, mut call) = (module, call);
    // Tasks can't recurse (that is a finding of its own), but the chain must end even then.
    while links.len() < 50 {
        let span = module.span(call);
        match module.callee(call) {
            Some(Callee::Action(item)) => {
                let Some(declared) = context.item(item) else { break };
                links.push(Link { name: declared.name.text.clone(), span });
                let effect = context.action(item).and_then(|action| action.effect);
                return (links, effect.map(|(_, span)| span));
            }
            Some(Callee::Builtin(builtin)) => {
                links.push(Link { name: Builtin::word(builtin).into(), span });
                break;
            }
            Some(Callee::Task(item)) => {
                let (Some(task), Some(declared)) = (context.task(item), context.item(item)) else { break };
                links.push(Link { name: declared.name.text.clone(), span });
                let Some(inside) = context.module(item.file) else { break };
                let calls =
                    steps_of(&task.body).into_iter().flat_map(|placed| calls_of(inside.step(placed.step)));
                let culprit =
                    calls.into_iter().find(|call| context.effect_of_call(inside, *call, own) >= effect);
                let Some(culprit) = culprit else { break };
                (module, call) = (inside, culprit);
            }
            _ => break,
        }
    }
    (links, None)
}
