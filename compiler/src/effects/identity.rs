//! Ids of people are unique, because approvals count people by their ids (promise 7, rule 9).

use std::{collections::HashMap, sync::Arc};

use super::{
    Context, ModuleContext,
    symbolic::{Env, Machine, Term, ValueId, World},
};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::shared_id,
    hir::{ExprId, ItemKind, descendants},
    source::Span,
    types::Callee,
};

/// People of this module whose id is used by someone else, here or in a module that it uses.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let own = people_of(context, context.own);
    if own.is_empty() {
        return;
    }
    let mut machine = Machine::new(context);
    let mut known: HashMap<Arc<str>, (ValueId, Span)> = HashMap::new();
    let others = context
        .used
        .files()
        .into_iter()
        .filter_map(|file| context.module(file))
        .flat_map(|module| people_of(context, module).into_iter().map(move |expr| (module, expr)));
    let others: Vec<_> = others.collect();
    let own = own.into_iter().map(|expr| (context.own, expr));
    for (module, expr) in others.into_iter().chain(own) {
        let env = Env { module, frame: None, world: World::Critical, hangs: false };
        let person = machine.eval(env, expr).value;
        let Some(id) = id_of(&machine, person) else { continue };
        let span = module.span(expr);
        let (first, first_span) = *known.entry(id.clone()).or_insert((person, span));
        if first != person && span.file == context.own.hir.file {
            findings.push(shared_id::finding(span, &id, first_span));
        }
    }
}

/// The people that the values of a module construct.
fn people_of(context: &Context<'_>, module: ModuleContext<'_>) -> Vec<ExprId> {
    let values = module.hir.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Let(declared) => Some(declared.value),
        _ => None,
    });
    let parts = values.flat_map(|value| descendants(&module.hir.exprs, value));
    parts
        .filter(|part| match module.callee(*part) {
            Some(Callee::Record(item)) => Some(item) == context.person,
            _ => false,
        })
        .collect()
}

fn id_of(machine: &Machine<'_, '_>, person: ValueId) -> Option<Arc<str>> {
    let crowds = machine.crowds(person)?;
    let [crowd] = crowds.as_slice() else { return None };
    match machine.store.only(person) {
        Some(Term::Record(..)) => crowd.ids.first().cloned(),
        _ => None,
    }
}
