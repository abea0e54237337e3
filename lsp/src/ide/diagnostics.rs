//! What is wrong with a file: all findings, sorted, as the command line shows them.

use quell_compiler::{
    alerts::alerts,
    diagnostic::{self, Diagnostic},
    source::FileId,
    world::World,
};

use super::Snapshot;

/// The findings whose place is in `file`.
pub fn diagnostics(snapshot: &Snapshot, file: FileId) -> Vec<Diagnostic> {
    found(snapshot, file, &snapshot.checked(file))
}

/// The same for a file that nobody has open: what is known of it takes no place.
pub fn of_closed(snapshot: &Snapshot, file: FileId) -> Vec<Diagnostic> {
    found(snapshot, file, &snapshot.passing(file))
}

fn found(snapshot: &Snapshot, file: FileId, checked: &quell_compiler::check::Checked) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = snapshot.workspace.file_findings(file).to_vec();
    all.extend(checked.diagnostics.iter().filter(|it| it.span().file == file).cloned());
    if !snapshot.workspace.alert_rules(file).is_empty() {
        let of_alerts = alerts(&snapshot.workspace, checked, &[file]).diagnostics;
        all.extend(of_alerts.into_iter().filter(|it| it.span().file == file));
    }
    diagnostic::sort(&mut all);
    all
}
