//! A `let` of a playbook or task goes, and its value stands where its name stood.

use quell_compiler::{
    hir::{Block, ItemKind, LetStatement, PartBody, Statement, StatementKind},
    source::Span,
};

use super::{Action, ActionKind, Place};
use crate::ide::{
    Cursor, Edit,
    navigation::{declares, references_of},
    occurrences::{self, Meaning},
};

/// The blocks of an item that hold statements, from outside in.
pub fn blocks(kind: &ItemKind) -> Vec<&Block> {
    let mut found: Vec<&Block> = match kind {
        ItemKind::Playbook(playbook) => {
            let bodies = playbook.parts.iter().map(|part| &part.body);
            bodies
                .filter_map(|body| if let PartBody::Block(block) = body { Some(block) } else { None })
                .collect()
        }
        ItemKind::Task(task) => vec![&task.body],
        _ => Vec::new(),
    };
    let mut next = 0;
    while let Some(block) = found.get(next).copied() {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::If(group) => {
                    found.extend(group.branches.iter().map(|(_, block)| block).chain(&group.otherwise));
                }
                StatementKind::Cause(cause) => found.push(&cause.body),
                _ => {}
            }
        }
        next += 1;
    }
    found
}

/// Puts the value of the `let` at the cursor where its name stands.
pub fn action(place: &Place<'_>) -> Option<Action> {
    let file = place.span.file;
    let name = occurrences::at(&place.checked, Cursor { file, offset: place.span.start })?;
    let Meaning::Local(home, local) = name.meaning else { return None };
    let module = place.checked.module(file).filter(|_| home == file)?;
    let declared: &Statement = module
        .hir
        .items
        .iter()
        .flat_map(|item| blocks(&item.kind))
        .flat_map(|block| &block.statements)
        .find(|it| matches!(&it.kind, StatementKind::Let(it) if it.local == local))?;
    let StatementKind::Let(LetStatement { value, .. }) = &declared.kind else { return None };
    let value = place.said(module.hir.exprs[*value].span);
    let simple = value.chars().all(|letter| letter.is_alphanumeric() || "_.".contains(letter))
        || value.starts_with('"') && value.ends_with('"') && !value[1..value.len() - 1].contains('"');
    let mut edits = vec![Edit { span: whole_lines(place, declared.span), replacement: String::new() }];
    for use_of in references_of(place.snapshot, file, name.meaning).iter().filter(|it| !declares(it)) {
        let replacement = if simple { value.to_owned() } else { format!("({value})") };
        edits.push(Edit { span: use_of.span, replacement });
    }
    let title = format!("Inline `{}`", module.hir.locals[local].name.text);
    Some(Action::change(title, ActionKind::Inline, edits))
}

/// The lines of a statement, with its docs.
pub fn whole_lines(place: &Place<'_>, span: Span) -> Span {
    let text = place.text();
    let mut start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    while let Some(before) = text[..start].strip_suffix('\n') {
        let above = before.rfind('\n').map_or(0, |at| at + 1);
        if !before[above..].trim_start().starts_with("///") {
            break;
        }
        start = above;
    }
    let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
    Span { start: start as u32, end: end as u32, ..span }
}
