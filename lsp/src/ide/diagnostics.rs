//! What the compiler finds wrong with a file, sorted, as the command line shows it. It is there with each
//! letter; what the linter has to say on top is in `lints`.

use quell_compiler::{
    check::Checked,
    diagnostic::{self, Diagnostic},
    lint,
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
    let mut all = lint::without_allowed(&snapshot.workspace, checked, all);
    diagnostic::sort(&mut all);
    all
}
