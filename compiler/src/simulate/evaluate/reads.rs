//! What an expression looks at, for people who ask why it gave what it gave.

use std::sync::Arc;

use super::{Evaluator, Scope};
use crate::{
    check::CheckedModule,
    hir::{Access, ExprId, ExprKind, LocalId, LocalKind, children},
    names::Def,
    simulate::value::Value,
    source::FileId,
    types::Member,
};

/// A name with its fields, and the value that it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// As written: `region_down.suspected`.
    pub name: Arc<str>,
    /// Its value; none if it has no value now.
    pub value: Option<Value>,
    /// The fields that the same expression reads of elements (`l => not l.ok`): what of a record decides.
    pub fields: Vec<Arc<str>>,
}

/// The names of the run that an expression mentions, with the fields that it takes of them, in source
/// order and each once.
pub fn reads(
    evaluator: &Evaluator<'_>,
    file: FileId,
    expr: ExprId,
    bindings: &[(LocalId, Value)],
    scope: &dyn Scope,
) -> Vec<Read> {
    let Some(module) = evaluator.checked.module(file) else { return Vec::new() };
    let mut found: Vec<Read> = Vec::new();
    let mut fields: Vec<Arc<str>> = Vec::new();
    let mut stack = vec![expr];
    while let Some(expr) = stack.pop() {
        if let Some(name) = path(module, expr) {
            let name: Arc<str> = name.into();
            if found.iter().all(|read| read.name != name) {
                let value = evaluator.evaluate(file, expr, bindings, scope).ok();
                found.push(Read { name, value, fields: Vec::new() });
            }
            continue;
        }
        if let Some(field) = field_of_element(module, expr).filter(|field| !fields.contains(field)) {
            fields.push(field);
        }
        let above = stack.len();
        children(&module.hir.exprs[expr], &mut |child| stack.push(child));
        stack[above..].reverse();
    }
    for read in &mut found {
        read.fields.clone_from(&fields);
    }
    found
}

/// The field that an expression takes of what a lambda or pattern binds: `l.ok`.
fn field_of_element(module: &CheckedModule, expr: ExprId) -> Option<Arc<str>> {
    let ExprKind::Field { receiver, name, .. } = &module.hir.exprs[expr].kind else { return None };
    let member = module.types.members.get(expr)?;
    if matches!(member, Member::Method(_)) || !matches!(module.hir.exprs[*receiver].kind, ExprKind::Name(_)) {
        return None;
    }
    let Def::Local(local) = module.def(*receiver)? else { return None };
    let bound = matches!(module.hir.locals[local].kind, LocalKind::Lambda | LocalKind::Pattern);
    bound.then(|| Arc::from(&*name.text))
}

/// The text of a name of the run with its fields; none for all other expressions.
fn path(module: &CheckedModule, mut expr: ExprId) -> Option<String> {
    let mut fields = Vec::new();
    loop {
        match &module.hir.exprs[expr].kind {
            ExprKind::Field { receiver, name, access }
                if module
                    .types
                    .members
                    .get(expr)
                    .is_some_and(|member| !matches!(member, Member::Method(_))) =>
            {
                fields.push((*access, &name.text));
                expr = *receiver;
            }
            ExprKind::Name(name) => {
                let of_run = match module.def(expr)? {
                    Def::Local(local) => {
                        !matches!(module.hir.locals[local].kind, LocalKind::Lambda | LocalKind::Pattern)
                    }
                    Def::Severity | Def::It(_) | Def::Error(_) | Def::OfPlaybook(..) | Def::Argument(..) => {
                        true
                    }
                    Def::Builtin(crate::names::Builtin::Run) => true,
                    _ => false,
                };
                if !of_run {
                    return None;
                }
                let mut text = name.to_string();
                for (access, field) in fields.iter().rev() {
                    text.push_str(if *access == Access::IfPresent { "?." } else { "." });
                    text.push_str(field);
                }
                return Some(text);
            }
            _ => return None,
        }
    }
}
