//! Which statements are allowed where, and which are required.

use std::collections::HashMap;

use crate::{
    diagnostic::Diagnostic,
    findings::names as findings,
    hir::{Block, Ident, PartBody, PartKind, Playbook, Statement, StatementKind, Task},
    source::Span,
};

/// The kind of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Part(PartKind),
    Cause,
    Group,
    Task,
}

impl Place {
    fn words(self) -> &'static str {
        match self {
            Place::Part(PartKind::Enrich) => "enrich",
            Place::Part(PartKind::Triage) => "triage",
            Place::Part(PartKind::Communicate) => "communicate",
            Place::Part(PartKind::Remediate) => "remediate",
            Place::Cause => "a cause",
            Place::Group => "a group",
            Place::Task => "a task",
        }
    }
}

/// The statements that a body may contain at most once.
#[derive(Default)]
struct Once {
    severity: Option<Span>,
    resolved: Option<Span>,
    returned: Option<Span>,
}

/// Checks the parts and statements of a playbook.
pub(super) fn playbook(playbook: &Playbook, name: &Ident, diagnostics: &mut Vec<Diagnostic>) {
    parts(playbook, name, diagnostics);
    let mut once = Once::default();
    for part in &playbook.parts {
        if let PartBody::Block(body) = &part.body {
            block(body, Place::Part(part.kind), &mut once, diagnostics);
        }
    }
    let response = playbook.triggers.first();
    if let Some(on) = response {
        if once.severity.is_none() {
            diagnostics.push(findings::missing_severity::report(name, on.span));
        }
        if playbook.owner.is_none() {
            diagnostics.push(findings::missing_owner::report(name, on.span));
        }
    }
}

fn parts(playbook: &Playbook, name: &Ident, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<PartKind, Span> = HashMap::new();
    let mut latest: Option<(PartKind, Span)> = None;
    for part in &playbook.parts {
        if let Some(first) = seen.get(&part.kind) {
            diagnostics.push(findings::duplicate_part::report(part.kind, part.keyword, *first));
            continue;
        }
        seen.insert(part.kind, part.keyword);
        match latest {
            Some((before, span)) if before > part.kind => {
                diagnostics.push(findings::part_order::report(part.kind, part.keyword, before, span));
            }
            _ => latest = Some((part.kind, part.keyword)),
        }
    }
    if let Some(on) = playbook.triggers.first() {
        let missing: Vec<PartKind> =
            PartKind::ALL.into_iter().filter(|kind| !seen.contains_key(kind)).collect();
        if !missing.is_empty() {
            diagnostics.push(findings::missing_part::report(name, on.span, &missing));
        }
    }
}

/// Checks the statements of a task.
pub(super) fn task(task: &Task, name: &Ident, diagnostics: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    block(&task.body, Place::Task, &mut once, diagnostics);
    match (&task.result, once.returned) {
        (Some(result), None) => diagnostics.push(findings::missing_return::report(name, result.span)),
        (None, Some(returned)) => diagnostics.push(findings::missing_return::no_type(name, returned)),
        _ => {}
    }
    let last = task.body.statements.last().filter(|last| !matches!(last.kind, StatementKind::Return(_)));
    if let (Some(last), Some(returned)) = (last, once.returned) {
        diagnostics.push(findings::misplaced_statement::not_last(returned, last.span));
    }
}

fn block(body: &Block, place: Place, once: &mut Once, diagnostics: &mut Vec<Diagnostic>) {
    for statement in &body.statements {
        check(statement, place, once, diagnostics);
        match &statement.kind {
            StatementKind::If(group) => {
                for inner in group.branches.iter().map(|(_, inner)| inner).chain(&group.otherwise) {
                    block(inner, Place::Group, once, diagnostics);
                }
            }
            StatementKind::Cause(cause) => block(&cause.body, Place::Cause, once, diagnostics),
            _ => {}
        }
    }
}

fn check(statement: &Statement, place: Place, once: &mut Once, diagnostics: &mut Vec<Diagnostic>) {
    let (word, allowed, first) = match &statement.kind {
        StatementKind::Severity(_) => (
            "severity",
            matches!(place, Place::Part(PartKind::Enrich | PartKind::Triage)),
            Some(&mut once.severity),
        ),
        StatementKind::Resolved(_) => {
            ("resolved after", place == Place::Part(PartKind::Remediate), Some(&mut once.resolved))
        }
        StatementKind::Suspect(_) => ("suspect when", place == Place::Cause, None),
        StatementKind::RuleOut(_) => ("rule out when", place == Place::Cause, None),
        StatementKind::Return(_) => ("return", place == Place::Task, Some(&mut once.returned)),
        StatementKind::Cause(_) => ("cause", place == Place::Part(PartKind::Triage), None),
        StatementKind::Step(_) | StatementKind::Let(_) | StatementKind::If(_) => return,
    };
    if !allowed {
        diagnostics.push(findings::misplaced_statement::report(word, statement.span, place.words()));
        return;
    }
    let Some(first) = first else { return };
    match first {
        Some(first) => diagnostics.push(findings::duplicate_statement::report(word, statement.span, *first)),
        None => *first = Some(statement.span),
    }
}
