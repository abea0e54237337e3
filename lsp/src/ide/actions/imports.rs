//! The lines of `use`: those that a name needs, and all of them as the formatter sorts them, without those
//! that nobody needs.

use quell_compiler::{
    diagnostic::{Diagnostic, Safety, edited},
    format,
    repair::applicable,
    source::Span,
    syntax,
    world::World,
};

use super::{Action, ActionKind, Place};
use crate::ide::{Cursor, Edit, completion::Scope};

/// Sorts the imports and takes away those that nobody uses.
pub fn organize(place: &Place<'_>, findings: &[Diagnostic]) -> Option<Action> {
    let module = place.checked.module(place.span.file)?;
    let (first, last) = (module.hir.uses.first()?, module.hir.uses.last()?);
    let text = place.text();
    let edits: Vec<&Edit> = findings
        .iter()
        .filter(|finding| finding.code == "unused-import")
        .filter_map(|finding| applicable(finding, Safety::Safe, &|file| file == place.span.file))
        .flat_map(|fix| &fix.edits)
        .collect();
    // The rest of the text is needed for none of it.
    let region = Span { start: 0, end: last.span.end.max(first.span.end), ..place.span };
    let region = edits.iter().fold(region, |region, edit| region.to(edit.span));
    let after = edited(region.of(text), edits).ok()?;
    let parsed = syntax::parse(&after);
    if !parsed.is_good() {
        return None;
    }
    let before = &text[..region.end as usize];
    let sorted = format::format(&parsed).text;
    let sorted = if before.ends_with('\n') { &*sorted } else { sorted.trim_end_matches('\n') };
    if sorted == before {
        return None;
    }
    let edit = Edit { span: region, replacement: sorted.to_owned() };
    Some(Action::change("Organize imports", ActionKind::OrganizeImports, vec![edit]))
}

/// The lines of `use` that would make an unknown name known, one action for each.
pub fn actions(place: &Place<'_>, finding: &Diagnostic, all: &mut Vec<Action>) {
    if !matches!(finding.code, "unknown-name" | "unknown-type" | "not-callable") {
        return;
    }
    let span = finding.span();
    let name = place.said(span).split('.').next().unwrap_or_default().to_owned();
    let Some(module) = place.checked.module(span.file) else { return };
    if name.is_empty() {
        return;
    }
    let workspace = &place.snapshot.workspace;
    let scope = Scope::new(place.snapshot, &place.checked, Cursor { file: span.file, offset: span.start });
    let member = place.text()[span.start as usize + name.len()..].starts_with('.');
    for (path, file) in workspace.importable(span.file) {
        if file == span.file || path == "std.prelude" {
            continue;
        }
        let (title, edit) = if member {
            if path.rsplit('.').next() != Some(&*name) {
                continue;
            }
            (format!("Add `use {path}`"), scope.use_line(&path))
        } else {
            if !place.snapshot.source(file).text.contains(&name) {
                continue;
            }
            let Some(read) = place.snapshot.read(file) else { continue };
            if !read.exports.public().any(|(_, export)| *export.name == *name) {
                continue;
            }
            let lines = module.hir.uses.iter().zip(&module.names.uses);
            let known = lines
                .filter(|(_, used)| **used == Some(file))
                .find_map(|(line, _)| line.names.as_ref()?.last());
            let edit = match known {
                // The line that imports others from there imports this too.
                Some(last) => {
                    let end = last.alias.as_ref().unwrap_or(&last.name).span.end;
                    Edit { span: Span { start: end, end, ..span }, replacement: format!(", {name}") }
                }
                None => scope.use_line(&format!("{path} ({name})")),
            };
            (format!("Add `use {path} ({name})`"), edit)
        };
        all.push(Action::repair(title, vec![edit], finding));
    }
}
