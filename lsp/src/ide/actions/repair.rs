//! The repairs that findings bring along.

use quell_compiler::{
    diagnostic::{Diagnostic, Safety},
    source::FileId,
};

use super::{Action, ActionKind};
use crate::ide::Edit;

/// The repairs of a finding.
pub fn actions(finding: &Diagnostic, all: &mut Vec<Action>) {
    for fix in &finding.fixes {
        let title = match fix.safety {
            Safety::Safe => fix.title.clone(),
            // What may change what a playbook does says so where it is chosen.
            Safety::Unsafe => format!("{} (unsafe: look at it)", fix.title),
            Safety::Suggestion => format!("{} (to be filled in)", fix.title),
        };
        let action = Action::repair(title, fix.edits.clone(), finding);
        all.push(if fix.safety == Safety::Safe { action.preferred() } else { action });
    }
}

/// All safe repairs of a file at once, as far as they don't touch each other.
pub fn fix_all(file: FileId, findings: &[Diagnostic]) -> Option<Action> {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in findings.iter().flat_map(|finding| &finding.fixes) {
        let free = |edit: &Edit| {
            edit.span.file == file
                && edits.iter().all(|it| edit.span.end < it.span.start || it.span.end < edit.span.start)
        };
        if fix.safety == Safety::Safe && fix.edits.iter().all(free) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.sort_by_key(|edit| edit.span);
    let some = !edits.is_empty();
    some.then(|| Action::change("Fix all that can be fixed safely", ActionKind::FixAll, edits))
}
