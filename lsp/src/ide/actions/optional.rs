//! A value that may be missing where one is needed: the ways of the language around it.

use quell_compiler::{diagnostic::Diagnostic, source::Span};

use super::{Action, Place, fill::Fill, missing::indent_at};
use crate::ide::Edit;

/// What can be done about a value that may be missing.
pub fn actions(place: &Place<'_>, finding: &Diagnostic, all: &mut Vec<Action>) {
    if finding.code != "value-may-be-missing" {
        return;
    }
    let span = finding.span();
    let said = place.said(span);
    let Some(module) = place.checked.module(span.file) else { return };
    let Some((id, _)) = module.hir.exprs.iter().find(|(_, expr)| expr.span == span) else { return };
    let ty = module.types.of(id);
    if said.is_empty() || !ty.is_optional() {
        return;
    }
    let edit = |span, replacement| vec![Edit { span, replacement }];
    let at = |offset| Span { start: offset, end: offset, ..span };
    let mut say = |title: String, edits| all.push(Action::repair(title, edits, finding));
    if is_path(said)
        && let Some((at, text)) = guard(place, span, said)
    {
        say(format!("Run only `when {said} != none`"), edit(Span { start: at, end: at, ..span }, text));
    }
    let behind = place.text()[span.end as usize..].starts_with('.');
    if behind {
        say("Propagate `none` with `?.`".to_owned(), edit(at(span.end), "?".to_owned()));
    }
    if let Some(other) = Fill::new(place, span.start).plain(ty.present(), 2) {
        let plain = alone(place.text(), span);
        let text = if plain { format!("{said} ?? {other}") } else { format!("({said} ?? {other})") };
        say(format!("Use a default: `?? {other}`"), edit(span, text));
        let arms = format!("match {said} {{ none => {other}, value => value }}");
        let text = if plain { arms } else { format!("({arms})") };
        say("Handle both cases with `match`".to_owned(), edit(span, text));
    }
    let why = said.replace(['"', '\\', '$'], "'");
    say(
        "Fail with a reason: `need`".to_owned(),
        edit(span, format!("need({said}, \"{} is missing\")", why.replace(['{', '}'], ""))),
    );
}

/// Whether it is a name, or names with dots between them: what a test narrows.
fn is_path(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    })
}

/// Whether nothing beside an expression could take a part of it.
fn alone(text: &str, span: Span) -> bool {
    let before = text[..span.start as usize].trim_end().chars().next_back();
    let after = text[span.end as usize..].trim_start_matches(' ').chars().next();
    let opens = matches!(before, Some('(' | ',' | '[' | '{' | ':'));
    let assigns = before == Some('=') && !text[..span.start as usize].trim_end().ends_with("==");
    (opens || assigns) && matches!(after, None | Some(')' | ',' | ']' | '}' | '\n'))
}

/// Where the step around a place gets a condition, and its text.
fn guard(place: &Place<'_>, span: Span, said: &str) -> Option<(u32, String)> {
    let module = place.checked.module(span.file)?;
    let holds = |it: Span| it.start <= span.start && span.end <= it.end;
    let (_, step) = module.hir.steps.iter().find(|(_, step)| holds(step.span))?;
    let exprs = &module.hir.exprs;
    match &step.clauses.when {
        // A condition that needs the value itself has to be rewritten by hand.
        Some(clause) if holds(clause.span) => None,
        Some(clause) => {
            let when = exprs[clause.value].span;
            let or = place.said(when).contains(" or ") || place.said(when).contains("??");
            (!or).then(|| (when.end, format!(" and {said} != none")))
        }
        None => {
            let end = exprs[step.call].span.end;
            let indent = indent_at(place.text(), step.span.start);
            Some((end, format!("\n{indent}  when {said} != none")))
        }
    }
}
