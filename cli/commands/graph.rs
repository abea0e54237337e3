//! `quell graph`: what waits for what in a playbook, for people and for other programs.

use std::{io::Write, sync::Arc};

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Level},
    emit,
    hir::ItemKind,
    names::ItemId,
    source::FileId,
};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{GraphArguments, GraphFormat, OutputFormat},
    console::Console,
    error::Failure,
    fence::Fence,
    load,
    progress::Progress,
    render,
    target::Target,
};

/// Runs the command.
pub fn run(
    arguments: &GraphArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let progress = Progress::start("checking", &console.err);
    let loaded = load::load(fence, std::slice::from_ref(&arguments.target.path))?;
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    let item = task(&arguments.target, &checked, &loaded.selected)
        .map_or_else(|| arguments.target.playbook(&checked, &loaded.selected), Ok)?;
    let errors: Vec<Diagnostic> = findings
        .into_iter()
        .filter(|finding| finding.level == Level::Error && finding.span().file == item.file)
        .collect();
    render::findings(&loaded.world, &errors, OutputFormat::Human, &mut console.err)?;
    let document = emit::document(&loaded.world, &checked.meaning(), &checked.graphs, item);
    let text = document.map(|document| match arguments.format {
        GraphFormat::Text => emit::text(&document),
        GraphFormat::Dot => emit::dot(&document),
        GraphFormat::Mermaid => emit::mermaid(&document),
        GraphFormat::Json => emit::json(&document),
    });
    write!(console.out.exact(), "{}", text.unwrap_or_default())?;
    Ok(if errors.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// The task that is named, where no playbook has the name.
fn task(target: &Target, checked: &Checked, selected: &[FileId]) -> Option<ItemId> {
    let wanted = target.playbook.as_deref()?;
    let named = |wanted_kind: fn(&ItemKind) -> bool| {
        let modules = selected.iter().filter_map(|file| Some((*file, checked.module(*file)?)));
        let items = modules.flat_map(|(file, module)| {
            module.hir.items.iter().enumerate().map(move |(index, item)| (ItemId::new(file, index), item))
        });
        let mut all = items.filter(|(_, item)| wanted_kind(&item.kind) && &*item.name.text == wanted);
        (all.next().map(|(id, _)| id), all.next().is_some())
    };
    match (
        named(|kind| matches!(kind, ItemKind::Playbook(_))),
        named(|kind| matches!(kind, ItemKind::Task(_))),
    ) {
        ((None, _), (Some(task), false)) => Some(task),
        _ => None,
    }
}
