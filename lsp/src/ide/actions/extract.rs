//! Selected steps become a task: what they read of the names around them are its parameters, what is read
//! of them is its result, and a call of it stands in their place.

use std::collections::BTreeMap;

use quell_compiler::{
    hir::{ExprKind, Item, LocalId, LocalKind, Statement, StatementKind},
    names::Def,
    source::Span,
    types::Type,
};

use super::{
    Action, ActionKind, Place,
    fill::Fill,
    inline::{blocks, whole_lines},
    missing::indent_at,
};
use crate::ide::{
    Edit,
    navigation::references_of,
    occurrences::{Meaning, Role},
};

/// What goes into a task.
struct Selection<'p> {
    item: &'p Item,
    statements: Vec<&'p Statement>,
    /// Whole lines.
    region: Span,
}

fn selection<'p>(place: &'p Place<'_>) -> Option<Selection<'p>> {
    let span = place.span;
    if span.start == span.end {
        return None;
    }
    let module = place.checked.module(span.file)?;
    let item =
        module.hir.items.iter().find(|it| it.span.start <= span.start && span.end <= it.span.end + 1)?;
    // The innermost block that holds all that is selected.
    let block = blocks(&item.kind)
        .into_iter()
        .rfind(|block| block.span.start <= span.start && span.end <= block.span.end)?;
    let touched = |it: &&Statement| it.span.start < span.end && span.start < it.span.end;
    let statements: Vec<&Statement> = block.statements.iter().filter(touched).collect();
    let movable = |it: &&Statement| {
        matches!(it.kind, StatementKind::Step(_) | StatementKind::Let(_) | StatementKind::If(_))
    };
    let steps = statements.iter().any(|it| !matches!(it.kind, StatementKind::Let(_)));
    let (first, last) = (statements.first()?, statements.last()?);
    if !steps || !statements.iter().all(movable) {
        return None;
    }
    let region = whole_lines(place, first.span.to(last.span));
    Some(Selection { item, statements, region })
}

/// Makes a task of the selected steps.
pub fn action(place: &Place<'_>) -> Option<Action> {
    let selected = selection(place)?;
    let module = place.checked.module(place.span.file)?;
    let (hir, region) = (&module.hir, selected.region);
    let inside = |span: Span| region.start <= span.start && span.end <= region.end;
    let fill = Fill::new(place, region.start);
    // What they read of the names around them.
    let mut inputs: BTreeMap<u32, (LocalId, Type)> = BTreeMap::new();
    let mut severity: Vec<Span> = Vec::new();
    for (id, expr) in hir.exprs.iter().filter(|(_, expr)| inside(expr.span)) {
        if !matches!(expr.kind, ExprKind::Name(_)) {
            continue;
        }
        match module.def(id) {
            Some(Def::Local(local)) if !inside(hir.locals[local].name.span) => {
                let ty = module.types.of_local(local).clone();
                // Within one group a step is there for the others of the group.
                let here = module.types.of(id).clone();
                let ty = if in_group(place, &selected) { here } else { ty };
                inputs.entry(hir.locals[local].name.span.start).or_insert((local, ty));
            }
            Some(Def::Severity) => severity.push(expr.span),
            _ => {}
        }
    }
    // What is read of them.
    let mut declared: Vec<LocalId> = hir
        .locals
        .iter()
        .filter(|(_, it)| inside(it.name.span) && matches!(it.kind, LocalKind::Step(_) | LocalKind::Let))
        .map(|(id, _)| id)
        .collect();
    declared.sort_by_key(|id| hir.locals[*id].name.span);
    let name = |local: LocalId| &*hir.locals[local].name.text;
    let (mut outputs, mut reads, mut tried) = (Vec::new(), Vec::new(), Vec::new());
    for local in declared.iter().copied() {
        let uses = references_of(place.snapshot, region.file, Meaning::Local(region.file, local));
        let uses: Vec<Span> = uses
            .into_iter()
            .filter(|it| it.role == Role::Uses && !(it.span.file == region.file && inside(it.span)))
            .map(|it| it.span)
            .collect();
        let (own, others): (Vec<Span>, Vec<Span>) = uses.into_iter().partition(|it| {
            it.file == region.file && selected.item.span.start <= it.start && it.end <= selected.item.span.end
        });
        if !own.is_empty() {
            outputs.push(local);
        }
        reads.extend(own.into_iter().map(|span| (local, span)));
        tried.extend(others.into_iter().map(|span| (local, span)));
    }
    let first = declared.first().map(|local| name(*local))?;
    let taken = |word: &str| {
        hir.items.iter().any(|it| &*it.name.text == word)
            || hir.locals.iter().any(|(_, it)| &*it.name.text == word)
    };
    let task =
        ["steps", "run", "task", "part"].iter().map(|end| format!("{first}_{end}")).find(|it| !taken(it))?;
    let step = match outputs.as_slice() {
        [only] => name(*only).to_owned(),
        [] => first.to_owned(),
        _ => ["both", "found", "results", "values"]
            .iter()
            .map(|end| format!("{first}_{end}"))
            .find(|it| !taken(it))?,
    };
    // The text of the task.
    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    for (local, ty) in inputs.values() {
        parameters.push(format!("{}: {}", name(*local), fill.type_text(ty)?));
        arguments.push(match arguments.is_empty() {
            true => name(*local).to_owned(),
            false => format!("{}: {}", name(*local), name(*local)),
        });
    }
    if !severity.is_empty() {
        parameters.push(format!("level: {}", fill.type_text(&fill.scope.severity()?)?));
        arguments.push(if arguments.is_empty() {
            "severity".to_owned()
        } else {
            "level: severity".to_owned()
        });
    }
    let types: Option<Vec<String>> =
        outputs.iter().map(|local| fill.type_text(module.types.of_local(*local))).collect();
    let types = types?;
    let record: String = task.split('_').map(capital).collect();
    let (result, returned, declaration) = match outputs.as_slice() {
        [] => (String::new(), String::new(), String::new()),
        [only] => (format!(" -> {}", types[0]), format!("  return {}\n", name(*only)), String::new()),
        several => {
            let fields: String = several
                .iter()
                .zip(&types)
                .map(|(local, ty)| format!("  {}: {ty},\n", name(*local)))
                .collect();
            let values: Vec<String> =
                several.iter().map(|it| format!("{}: {}", name(*it), name(*it))).collect();
            let record_text = format!("/// The results of `{task}`.\nrecord {record} {{\n{fields}}}\n\n");
            (format!(" -> {record}"), format!("  return {record}({})\n", values.join(", ")), record_text)
        }
    };
    let body = body(place, region, &severity);
    let of = &selected.item.name.text;
    let text = format!(
        "\n\n{declaration}/// Steps of `{of}`.\ntask {task}({}){result} {{\n{body}{returned}}}",
        parameters.join(", ")
    );
    let indent = indent_at(place.text(), selected.statements.first()?.span.start);
    let end = Span { start: selected.item.span.end, end: selected.item.span.end, ..region };
    let mut edits = vec![
        Edit {
            span: region,
            replacement: format!("{indent}step {step} = {task}({})\n", arguments.join(", ")),
        },
        Edit { span: end, replacement: text },
    ];
    if outputs.len() > 1 {
        edits.extend(
            reads
                .iter()
                .map(|(local, span)| Edit { span: *span, replacement: format!("{step}.{}", name(*local)) }),
        );
    }
    // Scenarios name the steps of a task behind the step that calls it.
    edits.extend(
        tried
            .iter()
            .map(|(local, span)| Edit { span: *span, replacement: format!("{step}.{}", name(*local)) }),
    );
    Some(Action::change("Extract these steps into a task", ActionKind::Extract, edits))
}

fn in_group(place: &Place<'_>, selected: &Selection<'_>) -> bool {
    // A part's own statements stand four spaces in, a task's two.
    indent_at(place.text(), selected.statements[0].span.start).len() > 4
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The selected lines as they stand in a task.
fn body(place: &Place<'_>, region: Span, severity: &[Span]) -> String {
    let edits: Vec<Edit> =
        severity.iter().map(|span| Edit { span: *span, replacement: "level".to_owned() }).collect();
    let mut text = place.said(region).to_owned();
    for edit in edits.iter().rev() {
        let (start, end) =
            ((edit.span.start - region.start) as usize, (edit.span.end - region.start) as usize);
        text.replace_range(start..end, &edit.replacement);
    }
    let indent = indent_at(place.text(), region.start).len().saturating_sub(2);
    let mut after = String::new();
    for line in text.lines() {
        let blank = line.len() - line.trim_start_matches(' ').len();
        after.push_str(&line[blank.min(indent)..]);
        after.push('\n');
    }
    after
}
