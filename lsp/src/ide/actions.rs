//! What can be done about what is wrong at a place: the repairs of its findings.

use quell_compiler::{
    diagnostic::{Diagnostic, Safety},
    source::{FileId, Span},
};

use super::{Edit, Snapshot, diagnostics::diagnostics};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// Whether it is likely what is wanted.
    pub preferred: bool,
    /// The finding that it repairs.
    pub finding: Option<Diagnostic>,
}

/// What can be done about the findings that `span` touches.
pub fn actions(snapshot: &Snapshot, span: Span) -> Vec<Action> {
    let mut all = Vec::new();
    for finding in diagnostics(snapshot, span.file) {
        let at = finding.span();
        if at.end < span.start || span.end < at.start {
            continue;
        }
        for fix in &finding.fixes {
            all.push(Action {
                title: fix.title.clone(),
                edits: fix.edits.clone(),
                preferred: fix.safety == Safety::Safe,
                finding: Some(finding.clone()),
            });
        }
    }
    all
}

/// All safe repairs of a file at once, as far as they don't touch each other.
pub fn fix_all(snapshot: &Snapshot, file: FileId) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in diagnostics(snapshot, file).into_iter().flat_map(|finding| finding.fixes) {
        let free = |edit: &Edit| {
            edit.span.file == file
                && edits.iter().all(|it| edit.span.end < it.span.start || it.span.end < edit.span.start)
        };
        if fix.safety == Safety::Safe && fix.edits.iter().all(free) {
            edits.extend(fix.edits);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits
}
