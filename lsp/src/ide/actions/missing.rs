//! What a finding says is missing, filled in: arms of a `match`, arguments of a call, parts of a playbook.

use quell_compiler::{
    diagnostic::Diagnostic,
    hir::{Expr, ExprId, ExprKind, ItemKind, Literal, PartKind, PatternKind},
    source::Span,
    types::{ArgumentValue, Type},
};

use super::{Action, Place, fill::Fill};
use crate::ide::{Edit, occurrences::callee};

/// What fills in what is missing.
pub fn actions(place: &Place<'_>, finding: &Diagnostic, all: &mut Vec<Action>) {
    let found = match finding.code {
        "match-not-exhaustive" => {
            arms(place, finding.span()).map(|edit| ("Add the missing arms", vec![edit]))
        }
        "wrong-arguments" => {
            arguments(place, finding.span()).map(|edit| ("Add the missing arguments", vec![edit]))
        }
        "missing-part" => parts(place, finding.span()).map(|edits| ("Add the missing parts", edits)),
        _ => None,
    };
    if let Some((title, edits)) = found {
        all.push(Action::repair(title, edits, finding).preferred());
    }
}

/// The smallest expression around a place for which `wanted` holds.
fn around<'p>(
    place: &'p Place<'_>,
    span: Span,
    wanted: impl Fn(&Expr) -> bool,
) -> Option<(ExprId, &'p Expr)> {
    let module = place.checked.module(span.file)?;
    let holds = |it: Span| it.start <= span.start && span.end <= it.end;
    let all = module.hir.exprs.iter().filter(|(_, expr)| holds(expr.span) && wanted(expr));
    all.min_by_key(|(_, expr)| expr.span.end - expr.span.start)
}

fn insert(span: Span, at: u32, replacement: String) -> Edit {
    Edit { span: Span { start: at, end: at, ..span }, replacement }
}

/// The space at the beginning of the line of a place.
pub fn indent_at(text: &str, at: u32) -> &str {
    let start = text[..at as usize].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches(' ').len()]
}

fn arms(place: &Place<'_>, span: Span) -> Option<Edit> {
    let (id, expr) = around(place, span, |it| matches!(it.kind, ExprKind::Match { .. }))?;
    let ExprKind::Match { subject, arms } = &expr.kind else { return None };
    let module = place.checked.module(span.file)?;
    let subject = module.types.of(*subject);
    let covered = |word: &str| {
        arms.iter().flat_map(|arm| &arm.patterns).any(|pattern| match &pattern.kind {
            PatternKind::Name { path, .. } => path.last().is_some_and(|last| &*last.text == word),
            PatternKind::Literal(Literal::None) => word == "none",
            PatternKind::Literal(Literal::Bool(value)) => word == if *value { "true" } else { "false" },
            _ => false,
        })
    };
    let mut wanted: Vec<String> = match subject.present() {
        Type::Enum(id) => {
            place.checked.interfaces.variants(*id)?.variants.iter().map(|it| it.to_string()).collect()
        }
        Type::Bool => ["true", "false"].map(str::to_owned).to_vec(),
        _ if subject.is_optional() => vec!["value".to_owned()],
        _ => vec!["else".to_owned()],
    };
    if subject.is_optional() {
        // A name covers all that is there.
        let bound = arms.iter().flat_map(|arm| &arm.patterns).any(|pattern| {
            matches!(&pattern.kind, PatternKind::Name { binding: Some(local), .. }
                if !module.types.patterns.contains_key(&module.hir.locals[*local].name.span))
        });
        if bound && matches!(subject.present(), Type::Record(_) | Type::Text | Type::Int | Type::List(_)) {
            wanted.clear();
        }
        wanted.push("none".to_owned());
    }
    wanted.retain(|word| !covered(word));
    let fill = Fill::new(place, expr.span.start);
    let first = arms.first().map(|arm| place.said(module.hir.exprs[arm.body].span).to_owned());
    let value = match module.types.of(id) {
        Type::Unknown => first.clone(),
        known => fill.plain(known, 2).or(first.clone()),
    };
    let value = value.or(first)?;
    let close = expr.span.end.checked_sub(1).filter(|at| place.text()[*at as usize..].starts_with('}'))?;
    let before = place.text()[..close as usize].trim_end();
    let end = before.len() as u32;
    let comma = if before.ends_with([',', '{']) { "" } else { "," };
    let lines = place.said(expr.span).contains('\n');
    let indent = indent_at(place.text(), close);
    let arms: Vec<String> = wanted.iter().map(|word| format!("{word} => {value}")).collect();
    if arms.is_empty() {
        return None;
    }
    let text = match lines {
        true => arms.iter().map(|arm| format!("\n{indent}  {arm},")).collect::<String>(),
        false => format!(" {}", arms.join(", ")),
    };
    Some(insert(span, end, format!("{comma}{text}")))
}

fn arguments(place: &Place<'_>, span: Span) -> Option<Edit> {
    let (id, expr) = around(place, span, |it| matches!(it.kind, ExprKind::Call { .. }))?;
    let module = place.checked.module(span.file)?;
    let call = module.types.calls.get(id)?;
    let parameters = &place.checked.signature(callee(call.callee)?)?.kind.callable()?.parameters;
    let fill = Fill::new(place, expr.span.start);
    let missing =
        parameters.iter().zip(&call.arguments).filter(|(_, given)| **given == ArgumentValue::Missing);
    let values: Option<Vec<String>> = missing
        .map(|(parameter, _)| {
            Some(format!("{}: {}", parameter.name, fill.value(&parameter.ty, &parameter.name)?))
        })
        .collect();
    let values = values.filter(|values| !values.is_empty())?.join(", ");
    let close = expr.span.end.checked_sub(1).filter(|at| place.text()[*at as usize..].starts_with(')'))?;
    let before = place.text()[..close as usize].trim_end();
    let gap = match before.chars().next_back() {
        Some('(') => "",
        Some(',') => " ",
        _ => ", ",
    };
    Some(insert(span, before.len() as u32, format!("{gap}{values}")))
}

fn parts(place: &Place<'_>, span: Span) -> Option<Vec<Edit>> {
    let module = place.checked.module(span.file)?;
    let item = module.hir.items.iter().find(|it| it.span.start <= span.start && span.end <= it.span.end)?;
    let ItemKind::Playbook(playbook) = &item.kind else { return None };
    let there = |kind: PartKind| playbook.parts.iter().any(|part| part.kind == kind);
    let close = item.span.end.checked_sub(1).filter(|at| place.text()[*at as usize..].starts_with('}'))?;
    let end = place.text()[..close as usize].trim_end().len() as u32;
    let mut edits: Vec<Edit> = Vec::new();
    for kind in PartKind::ALL.into_iter().filter(|kind| !there(*kind)) {
        let text = match kind {
            PartKind::Enrich => "enrich {\n    severity = critical\n  }".to_owned(),
            other => format!("{} none \"...\"", other.word()),
        };
        let next = playbook.parts.iter().find(|part| part.kind > kind);
        let (at, text) = match next {
            Some(next) => (next.keyword.start, format!("{text}\n\n  ")),
            None => (end, format!("\n\n  {text}")),
        };
        match edits.iter_mut().find(|edit| edit.span.start == at) {
            Some(edit) => edit.replacement.push_str(&text),
            None => edits.push(insert(span, at, text)),
        }
    }
    Some(edits).filter(|edits| !edits.is_empty())
}
