//! Who is meant, where that is known before any run: the people of a catalog.

use std::collections::BTreeSet;

use super::{Context, ModuleContext};
use crate::{
    hir::{ExprId, ExprKind, ItemKind, Playbook},
    names::{Def, ItemId},
    types::{ArgumentValue, Member, Type},
};

/// The values of a module's `let`s stand for people.
pub(super) type People = BTreeSet<ItemId>;

/// How far names are followed; a `let` that names itself is a finding of its own.
const DEPTH: usize = 50;

/// The people that an expression stands for, if they are known; an unknown one makes all unknown.
pub(super) fn known(context: &Context<'_>, module: ModuleContext<'_>, expr: ExprId) -> Option<People> {
    let ordered = list(context, module, expr, DEPTH)?;
    Some(ordered.into_iter().collect())
}

/// Who stands in for the starter of a run that an alert starts: the first on-caller of the owner.
pub(super) fn starter(context: &Context<'_>, playbook: &Playbook) -> Option<ItemId> {
    if playbook.triggers.is_empty() {
        return None;
    }
    list(context, context.own, playbook.owner?, DEPTH)?.first().copied()
}

fn list(context: &Context<'_>, module: ModuleContext<'_>, expr: ExprId, depth: usize) -> Option<Vec<ItemId>> {
    let depth = depth.checked_sub(1)?;
    let (module, expr, item) = value(context, module, expr, depth)?;
    if let ExprKind::List(elements) = &module.hir.exprs[expr].kind {
        let mut people = Vec::new();
        for element in elements {
            people.extend(list(context, module, *element, depth)?);
        }
        return Some(people);
    }
    let Type::Record(record) = module.types.of(expr) else { return None };
    // A team stands for its on-callers; another record among people is a person, known by its `let`.
    let ItemKind::Record(declared) = &context.item(*record)?.kind else { return None };
    match declared.fields.iter().position(|field| &*field.name.text == "on_call") {
        Some(field) => {
            let (module, value) = argument(context, module, expr, *record, field)?;
            list(context, module, value, depth)
        }
        None => item.map(|item| vec![item]),
    }
}

/// Follows names and fields to where a value is built, and the last `let` on the way.
fn value<'a>(
    context: &Context<'a>,
    module: ModuleContext<'a>,
    expr: ExprId,
    depth: usize,
) -> Option<(ModuleContext<'a>, ExprId, Option<ItemId>)> {
    let depth = depth.checked_sub(1)?;
    if let Some(Def::Item(item)) = module.def(expr) {
        let ItemKind::Let(declared) = &context.item(item)?.kind else { return None };
        let (module, expr, inner) = value(context, context.module(item.file)?, declared.value, depth)?;
        return Some((module, expr, inner.or(Some(item))));
    }
    match &module.hir.exprs[expr].kind {
        ExprKind::Field { receiver, .. } => {
            let Some(Member::Field(record, field)) = module.types.members.get(expr) else { return None };
            let (module, built, _) = value(context, module, *receiver, depth)?;
            let (module, found) = argument(context, module, built, *record, *field as usize)?;
            value(context, module, found, depth)
        }
        ExprKind::Call { .. } | ExprKind::List(_) => Some((module, expr, None)),
        _ => None,
    }
}

/// The value of a record's field in the call that builds it.
fn argument<'a>(
    context: &Context<'a>,
    module: ModuleContext<'a>,
    built: ExprId,
    record: ItemId,
    field: usize,
) -> Option<(ModuleContext<'a>, ExprId)> {
    match module.call(built)?.arguments.get(field)? {
        ArgumentValue::Given(value) => Some((module, *value)),
        ArgumentValue::Default => {
            let ItemKind::Record(declared) = &context.item(record)?.kind else { return None };
            Some((context.module(record.file)?, declared.fields.get(field)?.default?))
        }
        ArgumentValue::Missing => None,
    }
}
