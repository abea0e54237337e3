//! What is wrong with a file: all findings, sorted, as the command line shows them.

use quell_compiler::{
    check::Checked,
    diagnostic::{self, Diagnostic},
    source::FileId,
};

use super::Snapshot;

/// The findings whose place is in `file`.
pub fn diagnostics(snapshot: &Snapshot, file: FileId) -> Vec<Diagnostic> {
    found(snapshot, file, &snapshot.edited(file).checked)
}

/// The same for files that nobody has open: what is known of them takes no place.
pub fn of_closed(snapshot: &Snapshot, files: &[FileId]) -> Vec<(FileId, Vec<Diagnostic>)> {
    let checked = snapshot.passing_all(files);
    files.iter().map(|file| (*file, found(snapshot, *file, &checked))).collect()
}

fn found(snapshot: &Snapshot, file: FileId, checked: &Checked) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = snapshot.workspace.file_findings(file).to_vec();
    all.extend(checked.diagnostics.iter().filter(|it| it.span().file == file).cloned());
    diagnostic::sort(&mut all);
    all
}
