//! What the linter says about files, together with the findings of the compiler, as `quell check` shows
//! them. Some rules look through the whole project: who tries a playbook, who answers the same alert. So
//! that not all of it has to be checked for one file, [`Related`] knows which others these may be.

use std::collections::{BTreeSet, HashMap};

use quell_compiler::{alerts::alerts, diagnostic::Diagnostic, lint, source::FileId, world::World};

use super::{Cancelled, Snapshot, diagnostics};

/// Which files other files have to be looked at with.
#[derive(Debug, Default)]
pub struct Related {
    /// Those with scenarios, by the last part of the paths that they use.
    tries: HashMap<String, Vec<FileId>>,
    /// Those that an event of this name starts something in.
    answers: HashMap<String, Vec<FileId>>,
}

/// The first text in quotes of a line.
fn quoted(line: &str) -> Option<&str> {
    line.split('"').nth(1)
}

impl Related {
    /// Reads the files' lines, not their meaning.
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut found = Self::default();
        for file in snapshot.workspace.own() {
            let text = &*snapshot.source(file).text;
            let tries = text.contains("\nscenario ");
            for line in text.lines().map(str::trim_start) {
                if let Some(path) = line.strip_prefix("use ").filter(|_| tries) {
                    let path = path.split([' ', '(']).next().unwrap_or_default();
                    let last = path.rsplit('.').next().unwrap_or_default();
                    found.tries.entry(last.to_owned()).or_default().push(file);
                } else if let Some(name) = line.strip_prefix("on ").and_then(quoted) {
                    found.answers.entry(name.to_owned()).or_default().push(file);
                }
            }
        }
        found
    }

    /// The files with those that they have to be looked at with.
    fn with(&self, snapshot: &Snapshot, files: &[FileId]) -> Vec<FileId> {
        let mut all: BTreeSet<FileId> = files.iter().copied().collect();
        for file in files {
            let text = &*snapshot.source(*file).text;
            if !text.contains("playbook ") {
                continue;
            }
            let last = snapshot.workspace.module_path(*file).rsplit('.').next().unwrap_or_default();
            all.extend(self.tries.get(last).into_iter().flatten());
            let events = text.lines().filter_map(|line| quoted(line.trim_start().strip_prefix("on ")?));
            all.extend(events.filter_map(|name| self.answers.get(name)).flatten());
        }
        all.into_iter().collect()
    }
}

/// All findings of some files, with those of the linter, in the order of the files.
pub fn findings(
    snapshot: &Snapshot,
    related: &Related,
    files: &[FileId],
) -> Result<Vec<(FileId, Vec<Diagnostic>)>, Cancelled> {
    snapshot.proceed()?;
    let workspace = &snapshot.workspace;
    let own: Vec<FileId> = files.iter().copied().filter(|file| !workspace.is_std(*file)).collect();
    let checked = snapshot.passing_all(&related.with(snapshot, &own));
    snapshot.proceed()?;
    let mut found: Vec<Diagnostic> =
        own.iter().flat_map(|file| workspace.file_findings(*file).to_vec()).collect();
    found.extend(checked.diagnostics.iter().filter(|it| own.contains(&it.span().file)).cloned());
    let ruled: Vec<FileId> =
        own.iter().copied().filter(|file| !workspace.alert_rules(*file).is_empty()).collect();
    if !ruled.is_empty() {
        let of_alerts = alerts(workspace, &checked, &ruled).diagnostics;
        found.extend(of_alerts.into_iter().filter(|it| own.contains(&it.span().file)));
    }
    let settings = |file| workspace.lint_settings(file);
    let found = lint::lint(workspace, &checked, &own, &settings, found);
    let of_file = |file: &FileId| {
        let found = match workspace.is_std(*file) {
            true => diagnostics::diagnostics(snapshot, *file),
            false => found.iter().filter(|it| it.span().file == *file).cloned().collect(),
        };
        (*file, found)
    };
    Ok(files.iter().map(of_file).collect())
}

/// All findings of a file.
pub fn of_file(snapshot: &Snapshot, file: FileId) -> Result<Vec<Diagnostic>, Cancelled> {
    let found = findings(snapshot, &Related::new(snapshot), &[file])?;
    Ok(found.into_iter().next().map(|(_, found)| found).unwrap_or_default())
}
