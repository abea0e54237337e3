//! What the linter says about files, together with the findings of the compiler, as `quell check` shows
//! them. Some rules look through the whole project: who tries a playbook, who answers the same alert. So
//! that not all of it has to be checked for one file, [`Related`] knows which others these may be.

use std::collections::{BTreeSet, HashMap};

use quell_compiler::{alerts::alerts, diagnostic::Diagnostic, lint, source::FileId, world::World};

use super::{Cancelled, Snapshot, diagnostics};

/// Which files other files have to be looked at with.
#[derive(Debug, Default)]
pub struct Related {
    /// Those with scenarios, by the names of the playbooks that these try.
    tries: HashMap<String, Vec<FileId>>,
    /// Those that an event of this name starts something in.
    answers: HashMap<String, Vec<FileId>>,
}

/// The first text in quotes of a line.
fn quoted(line: &str) -> Option<&str> {
    line.split('"').nth(1)
}

/// The playbook that a line begins.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("private ").unwrap_or(line);
    line.strip_prefix("playbook ")?.split([' ', '{']).next()
}

/// The playbook that the scenario tries which a line begins, as it is called there.
fn tried(line: &str) -> Option<&str> {
    let (_, path) = line.strip_prefix("scenario ")?.rsplit_once("\" for ")?;
    path.split([' ', '{']).next()?.rsplit('.').next()
}

/// What a name was called where it comes from, if a `use` of the file gave it another one.
fn meant<'t>(text: &'t str, name: &'t str) -> &'t str {
    let uses = text.lines().filter(|line| line.starts_with("use ") || line.starts_with("private use "));
    let names = uses.flat_map(|line| line.split(['(', ',', ')']));
    let mut renamed = names.filter_map(|part| part.trim().split_once(" as "));
    renamed.find(|(_, said)| *said == name).map_or(name, |(original, _)| original)
}

impl Related {
    /// Reads the files' lines, not their meaning.
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut found = Self::default();
        for file in snapshot.workspace.own() {
            let text = &*snapshot.source(file).text;
            for line in text.lines() {
                if let Some(name) = tried(line) {
                    let name = meant(text, name);
                    let files = found.tries.entry(name.to_owned()).or_default();
                    if files.last() != Some(&file) {
                        files.push(file);
                    }
                } else if let Some(name) = line.trim_start().strip_prefix("on ").and_then(quoted) {
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
            let playbooks: Vec<&str> = text.lines().filter_map(declared).collect();
            if playbooks.is_empty() {
                continue;
            }
            all.extend(playbooks.into_iter().filter_map(|name| self.tries.get(name)).flatten());
            let events = text.lines().filter_map(|line| quoted(line.trim_start().strip_prefix("on ")?));
            // Whoever answers it too is held against the first.
            all.extend(events.filter_map(|name| self.answers.get(name)?.first()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_and_playbooks_find_each_other() {
        assert_eq!(declared("playbook a {"), Some("a"));
        assert_eq!(declared("private playbook a{"), Some("a"));
        assert_eq!(declared("/// No playbook here"), None);
        assert_eq!(tried("scenario \"a \\\" for b\" for shop.a {"), Some("a"));
        let text = "use shop (a as b,\n  c)\nscenario \"x\" for b {\n}\n";
        assert_eq!((meant(text, "b"), meant(text, "c")), ("a", "c"));
    }
}
