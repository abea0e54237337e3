//! What most responses of a project lack, reported once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, rules};
use crate::{
    check::Checked,
    diagnostic::{Diagnostic, Level},
    hir::ItemKind,
    source::{FileId, Span},
};

/// From so many responses on, one finding stands for all.
const LEAST: usize = 3;

/// A playbook that an event starts.
struct Response<'a> {
    span: Span,
    name: &'a str,
}

/// Findings, where one stands for all if more than half of the responses of a project, and at least three,
/// share it. `files` are the modules that were linted, `project` tells which project a module belongs to,
/// and `found` is what [`lint`](super::lint) found in them: what a playbook suppresses isn't counted.
pub fn together<P: Ord + Clone>(
    checked: &Checked,
    files: &[FileId],
    project: &dyn Fn(FileId) -> P,
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut responses: BTreeMap<P, Vec<Response<'_>>> = BTreeMap::new();
    for file in files {
        let Some(module) = checked.module(*file) else { continue };
        for item in &module.hir.items {
            let ItemKind::Playbook(playbook) = &item.kind else { continue };
            if !playbook.triggers.is_empty() {
                let response = Response { span: item.span, name: &item.name.text };
                responses.entry(project(*file)).or_default().push(response);
            }
        }
    }
    // By project, rule and level: which responses have which findings.
    let mut shared: BTreeMap<(P, &str, Level), BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (at, finding) in found.iter().enumerate() {
        if rules::find(finding.code).is_none_or(|rule| rule.plural.is_none()) {
            continue;
        }
        let (place, home) = (finding.span(), project(finding.span().file));
        let Some(of_project) = responses.get(&home) else { continue };
        let around =
            |span: Span| span.file == place.file && span.start <= place.start && place.start < span.end;
        if let Some(response) = of_project.iter().position(|response| around(response.span)) {
            let group = shared.entry((home, finding.code, finding.level)).or_default();
            group.entry(response).or_default().push(at);
        }
    }
    let mut one_for_all = BTreeMap::new();
    let mut covered = BTreeSet::new();
    for ((home, code, _), group) in &shared {
        let all = responses.get(home).map_or(&[][..], Vec::as_slice);
        if group.len() < LEAST || group.len() * 2 <= all.len() {
            continue;
        }
        let first = group.values().flatten().min().copied().unwrap_or_default();
        let names: Vec<&str> = group.keys().map(|response| all[*response].name).collect();
        one_for_all.insert(first, merged(&found[first], code, &names, all.len()));
        covered.extend(group.values().flatten().copied());
    }
    let merge = |(at, finding)| match one_for_all.remove(&at) {
        Some(merged) => Some(merged),
        None => (!covered.contains(&at)).then_some(finding),
    };
    found.into_iter().enumerate().filter_map(merge).collect()
}

fn merged(first: &Diagnostic, code: &str, names: &[&str], all: usize) -> Diagnostic {
    let rule = rules::find(code);
    let predicate = rule.and_then(|rule| rule.plural).unwrap_or_default();
    let message = match names.len() == all {
        true => format!("all {all} responses of the project {predicate}"),
        false => format!("{} of {all} responses of the project {predicate}", names.len()),
    };
    let mut merged = Diagnostic { message, fixes: Vec::new(), ..first.clone() }.at("the first of them");
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    merged = merged.note(format!("the responses: {}", quoted.join(", ")));
    if rule.is_some_and(|rule| rule.group == Group::Communication) {
        merged = merged.help("steps of a task count, so one task that all of them call is enough");
    }
    merged
}
