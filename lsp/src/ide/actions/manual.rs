//! What a step asks a person to do, done by an action that says it does that.

use std::collections::BTreeSet;

use quell_compiler::{
    hir::{Effect, ExprKind, ItemKind, Literal},
    names::{Builtin, Def, ItemId},
    source::FileId,
    world::World,
};

use super::{
    Action, ActionKind, Place,
    fill::{Borrowed, Fill},
    missing::indent_at,
};
use crate::ide::Edit;

/// So many of the likeliest are offered.
const MOST: usize = 4;

/// Calls in the place of the manual step at the cursor.
pub fn actions(place: &Place<'_>) -> Vec<Action> {
    candidates(place).unwrap_or_default()
}

fn candidates(place: &Place<'_>) -> Option<Vec<Action>> {
    let module = place.checked.module(place.span.file)?;
    let (_, step) = module.hir.steps.iter().find(|(_, step)| place.touches(step.span))?;
    let call = &module.hir.exprs[step.call];
    let ExprKind::Call { callee, arguments } = &call.kind else { return None };
    if !matches!(module.def(*callee), Some(Def::Builtin(Builtin::Manual))) {
        return None;
    }
    let said = arguments.get(1).map(|it| &module.hir.exprs[it.value])?;
    let sentence = match &said.kind {
        ExprKind::Literal(Literal::Text(text)) => text.clone(),
        _ => place.said(said.span).to_owned(),
    };
    let wanted = words(&sentence);
    let mut found: Vec<(usize, String, FileId, ItemId)> = Vec::new();
    for (path, file) in place.snapshot.workspace.importable(place.span.file) {
        let Some(read) = place.snapshot.read(file).filter(|_| file != place.span.file) else { continue };
        let of_module = words(path.rsplit('.').next().unwrap_or_default());
        for (index, item) in read.hir.items.iter().enumerate() {
            let ItemKind::Action(action) = &item.kind else { continue };
            let changes = action.effect.is_some_and(|(effect, _)| effect >= Effect::Changes);
            if !changes || item.private.is_some() || action.contract.deprecated.is_some() {
                continue;
            }
            let name = words(&item.name.text);
            let docs = words(item.docs.lines().next().unwrap_or_default());
            // Its verb must be said: what it is done to can be many things.
            let verb = name.iter().filter(|it| wanted.contains(*it)).count();
            let score = 4 * verb
                + 3 * of_module.iter().filter(|it| wanted.contains(*it)).count()
                + docs.iter().filter(|it| wanted.contains(*it)).count();
            if score >= 4 {
                found.push((score, path.clone(), file, ItemId::new(file, index)));
            }
        }
    }
    found.sort_by(|a, b| (b.0, &a.1, a.3).cmp(&(a.0, &b.1, b.3)));
    found.truncate(MOST);
    Some(
        found
            .into_iter()
            .filter_map(|(_, path, file, id)| call_of(place, step.span.start, call.span, &path, file, id))
            .collect(),
    )
}

/// The words of a sentence, without their endings.
fn words(text: &str) -> BTreeSet<String> {
    let stem = |word: &str| {
        let word = word.to_lowercase();
        let cut = ["ing", "ed", "es", "s", "e"]
            .iter()
            .find_map(|end| word.strip_suffix(end).filter(|it| it.len() > 2));
        cut.map_or(word.clone(), str::to_owned)
    };
    let all = text.split(|letter: char| !letter.is_alphanumeric());
    all.filter(|word| word.len() > 2 && !["the", "and", "all", "with", "for", "its", "that"].contains(word))
        .map(stem)
        .collect()
}

fn call_of(
    place: &Place<'_>,
    step: u32,
    call: quell_compiler::source::Span,
    path: &str,
    file: FileId,
    id: ItemId,
) -> Option<Action> {
    let there = place.snapshot.passing(file);
    let item = there.item(id)?;
    let ItemKind::Action(action) = &item.kind else { return None };
    let callable = there.signature(id)?.kind.callable()?;
    let mut fill = Fill::new(place, step);
    let module = path.rsplit('.').next()?;
    if place.checked.module(file).is_none() {
        fill.borrowed = Some(Borrowed { name: module.to_owned(), file, checked: there.clone() });
    }
    let needed = callable.parameters.iter().filter(|it| it.default.is_none());
    let arguments: Option<Vec<String>> = needed
        .enumerate()
        .map(|(number, it)| {
            let value = fill.value(&it.ty, &it.name)?;
            Some(if number == 0 { value } else { format!("{}: {value}", it.name) })
        })
        .collect();
    let undone = action.contract.undo.is_some() || action.contract.irreversible.is_some();
    let indent = indent_at(place.text(), step);
    let clause = if undone { String::new() } else { format!("\n{indent}  irreversible \"...\"") };
    let used = place.checked.module(place.span.file)?;
    let imported = used
        .hir
        .uses
        .iter()
        .zip(&used.names.uses)
        .any(|(line, used)| *used == Some(file) && line.names.is_none());
    let text = format!("{module}.{}({})", item.name.text, arguments?.join(", "));
    let mut edits = vec![Edit { span: call, replacement: format!("{text}{clause}") }];
    if !imported {
        edits.push(fill.scope.use_line(path));
    }
    let title = format!("Automate with `{module}.{}`", item.name.text);
    Some(Action::change(title, ActionKind::Rewrite, edits))
}
