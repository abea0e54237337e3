//! Leaves out what only follows from another finding.
//!
//! Where a part of an item can't be read, nothing is said about what the item lacks, because the part may
//! have it, nor about the lines of that part: a line that can't be read means nothing certain. Where a brace is
//! missing, nothing is said about the item at all, since it isn't known what belongs to what. Where a name hides
//! an item, nothing is said about the places that use this name. What is left out follows from a finding
//! that is reported.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    findings::{self, effects, graph, names, syntax, types},
    hir::{self, BrokenExtent},
    source::{FileId, Span, part},
};

/// Findings that something isn't there.
const ABSENCES: &[&str] = &[
    names::missing_owner::CODE,
    names::missing_part::CODE,
    names::missing_return::CODE,
    names::missing_severity::CODE,
    names::no_severity::CODE,
    types::always_there::CODE,
    types::value_may_be_missing::CODE,
    effects::change_without_undo::CODE,
    effects::missing_approval::CODE,
    effects::repeated_change::CODE,
    effects::unbounded_wait::CODE,
    graph::milestone_never_comes::CODE,
    graph::needs_after_failed::CODE,
    graph::resolve_within_exceeded::CODE,
    graph::resolve_within_needs_people::CODE,
    graph::resolve_within_unresolved::CODE,
    graph::resolved_after_unsure::CODE,
];

/// Removes what only follows from broken text.
pub(super) fn leave_out(
    modules: &BTreeMap<FileId, Arc<hir::Module>>,
    text: impl Fn(FileId) -> Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    leave_out_conflicted(diagnostics);
    leave_out_valueless(diagnostics);
    leave_out_hidden(&text, diagnostics);
    leave_out_untyped(&text, diagnostics);
    let mut doubtful: Vec<Doubtful> = modules.values().flat_map(|module| doubtful_items(module)).collect();
    if doubtful.is_empty() {
        return;
    }
    for module in modules.values().filter(|module| !module.broken.is_empty()) {
        doubtful.extend(broken_lines(module, &text(module.file)));
    }
    diagnostics.retain(|diagnostic| {
        let of_text = syntax::ALL.iter().any(|finding| finding.code == diagnostic.code);
        let of_file = findings::files::ALL.iter().any(|finding| finding.code == diagnostic.code);
        // What a scenario says of a playbook that can't be read is not known to be wrong.
        let of_scenarios = findings::scenarios::ALL.iter().any(|finding| finding.code == diagnostic.code);
        of_text || of_file || !of_scenarios && !doubtful.iter().any(|item| item.brings_about(diagnostic))
    });
}

/// Removes all but the conflicts from files with unresolved ones.
fn leave_out_conflicted(diagnostics: &mut Vec<Diagnostic>) {
    let is_conflict = |finding: &Diagnostic| finding.code == syntax::conflict_marker::CODE;
    let files: BTreeSet<FileId> = diagnostics
        .iter()
        .filter(|finding| is_conflict(finding))
        .map(|finding| finding.span().file)
        .collect();
    if !files.is_empty() {
        diagnostics.retain(|finding| is_conflict(finding) || !files.contains(&finding.span().file));
    }
}

/// Removes that a name is unknown where no value may be at all.
fn leave_out_valueless(diagnostics: &mut Vec<Diagnostic>) {
    let valueless = |finding: &Diagnostic| finding.code == types::no_value::CODE;
    let places: BTreeSet<(FileId, u32)> = diagnostics
        .iter()
        .filter(|finding| valueless(finding))
        .map(|finding| (finding.span().file, finding.span().start))
        .collect();
    if !places.is_empty() {
        diagnostics.retain(|finding| {
            let place = (finding.span().file, finding.span().start);
            finding.code != names::unknown_name::CODE || !places.contains(&place)
        });
    }
}

/// Removes what only follows from a name that hides an item: what is said where the name is used.
fn leave_out_hidden(text: &impl Fn(FileId) -> Arc<str>, diagnostics: &mut Vec<Diagnostic>) {
    let hidden = diagnostics.iter().filter(|diagnostic| diagnostic.code == names::hidden_item::CODE);
    let mut by_file: BTreeMap<FileId, BTreeSet<String>> = BTreeMap::new();
    for diagnostic in hidden {
        let span = diagnostic.span();
        by_file.entry(span.file).or_default().insert(slice(&text(span.file), span).to_owned());
    }
    if by_file.is_empty() {
        return;
    }
    diagnostics.retain(|diagnostic| {
        let of_names = diagnostic.code == names::hidden_item::CODE
            || syntax::ALL.iter().any(|finding| finding.code == diagnostic.code);
        of_names
            || !diagnostic.labels.iter().any(|label| {
                let file = label.span.file;
                let names = by_file.get(&file);
                names.is_some_and(|names| names.contains(first_name(slice(&text(file), label.span))))
            })
    });
}

/// Removes that a value has no type where it can't have one, because of a mistake on the same line.
fn leave_out_untyped(text: &impl Fn(FileId) -> Arc<str>, diagnostics: &mut Vec<Diagnostic>) {
    let untyped =
        |diagnostic: &Diagnostic| diagnostic.code == types::missing_type::CODE && diagnostic.fixes.is_empty();
    if !diagnostics.iter().any(untyped) {
        return;
    }
    let line = |span: Span| {
        let text = text(span.file);
        let before = part(&text, 0, span.start as usize);
        (span.file, before.rfind('\n').map_or(0, |end| end + 1))
    };
    let wrong: BTreeSet<_> =
        diagnostics.iter().filter(|other| !untyped(other)).map(|other| line(other.span())).collect();
    diagnostics.retain(|diagnostic| !untyped(diagnostic) || !wrong.contains(&line(diagnostic.span())));
}

fn slice(text: &str, span: Span) -> &str {
    part(text, span.start as usize, span.end as usize)
}

/// `a` of `a.b(c)`.
fn first_name(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The lines on which text is broken, with the lines before that it continues.
fn broken_lines(module: &hir::Module, text: &str) -> Vec<Doubtful> {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let lines = module.broken.iter().map(|broken| {
        let mut start = line_start(broken.span.start as usize);
        // A line that starts with an operator continues the one before it.
        while start > 0 && text[start..].trim_start_matches([' ', '\t']).starts_with(OPERATORS) {
            start = line_start(start - 1);
        }
        let end = (broken.span.end as usize).max(start);
        let end = text[end..].find('\n').map_or(text.len(), |length| end + length);
        let reach = Span { start: start as u32, end: end as u32, ..broken.span };
        Doubtful { reach, extent: BrokenExtent::Structure }
    });
    lines.collect()
}

/// Signs that join a line to the one before it.
const OPERATORS: [char; 12] = ['+', '-', '*', '/', '?', '.', '&', '|', '<', '>', '=', '%'];

/// An item with broken text in it or right behind: a brace too many cuts off an item's end.
struct Doubtful {
    /// Up to the next item.
    reach: Span,
    extent: BrokenExtent,
}

impl Doubtful {
    fn brings_about(&self, diagnostic: &Diagnostic) -> bool {
        let at = diagnostic.span();
        let inside = self.reach.file == at.file && self.reach.start <= at.start && at.end <= self.reach.end;
        inside && (self.extent == BrokenExtent::Structure || ABSENCES.contains(&diagnostic.code))
    }
}

fn doubtful_items(module: &hir::Module) -> impl Iterator<Item = Doubtful> {
    let ends = module.items.iter().skip(1).map(|item| item.span.start).chain([u32::MAX]);
    let reach = module.items.iter().zip(ends).map(|(item, end)| Span { end, ..item.span });
    reach.filter_map(|reach| {
        let inside =
            |broken: &&hir::Broken| reach.start <= broken.span.start && broken.span.start < reach.end;
        let broken: Vec<_> = module.broken.iter().filter(inside).collect();
        let structure = broken.iter().any(|broken| broken.extent == BrokenExtent::Structure);
        let extent = if structure { BrokenExtent::Structure } else { BrokenExtent::Place };
        (!broken.is_empty()).then_some(Doubtful { reach, extent })
    })
}
