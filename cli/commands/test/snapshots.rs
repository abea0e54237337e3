//! `expect snapshot`: the log of a scenario's run, kept beside its file.
//!
//! `disk_full.quell` has its logs in `disk_full.snap`: a text that people read when they review a change.
//! A line that begins with `=== ` names a scenario, and the lines of its log follow, indented.

use std::{collections::BTreeMap, path::Path};

use quell_compiler::{
    check::Checked,
    hir::{ExpectKind, ItemKind},
    names::ItemId,
    simulate::{
        Verdict,
        timeline::{record, timeline},
    },
    source::{FileId, Span},
    visible::visible_line,
};

use crate::{
    error::Failure,
    fence::Fence,
    files,
    load::Loaded,
    output::{self, Force, Kind},
    render::scenarios::{Change, Test},
};

/// What the names of these files end in.
pub const ENDING: &str = "snap";

const HEAD: &str = "# Review each change: this is what people would see during an incident.\n";

/// The logs of a file, by the names of their scenarios.
type Logs = BTreeMap<String, Vec<String>>;

/// What came of the snapshots.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many logs were recorded anew.
    pub recorded: usize,
    /// How many were taken away, since no scenario expects them any more.
    pub removed: usize,
    /// Those that should be: the file and the name.
    pub obsolete: Vec<(String, String)>,
}

/// Whether what differs is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is a failure.
    Compare,
    /// It is recorded.
    Update,
}

/// Holds the logs of some tests against what is recorded, or records them.
pub fn settle(
    loaded: &Loaded,
    checked: &Checked,
    tests: &mut [Test],
    mode: Mode,
    force: Force,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    for file in &loaded.selected {
        let expected = expected(checked, *file);
        let disk = loaded.world.modules[file.0 as usize].disk.as_deref();
        let Some(path) = disk.map(|disk| disk.with_extension(ENDING)) else {
            for test in tests.iter_mut().filter(|test| test.verified.scenario.file == *file) {
                if let Some((span, _)) = expected.get(&test.verified.scenario) {
                    test.change = Some(Change::Nowhere { span: *span });
                }
            }
            continue;
        };
        let fence = &loaded.world.fence;
        let recorded = read(&path, fence)?;
        let mut logs = recorded.clone();
        for test in tests.iter_mut().filter(|test| test.verified.scenario.file == *file) {
            let Some((span, name)) = expected.get(&test.verified.scenario) else { continue };
            if test.verified.verdict() == Verdict::Broken {
                continue;
            }
            let now = record(&timeline(&loaded.world, &test.verified.run.trace));
            let before = recorded.get(name);
            if before == Some(&now) {
                continue;
            }
            if mode == Mode::Update {
                logs.insert(name.clone(), now);
                outcome.recorded += 1;
            } else {
                let (span, file) = (*span, files::display(&path));
                test.change = Some(match before {
                    Some(before) => Change::Differs { span, file, before: before.clone(), now },
                    None => Change::New { span },
                });
            }
        }
        let wanted: Vec<&String> = expected.values().map(|(_, name)| name).collect();
        let obsolete: Vec<String> = logs.keys().filter(|name| !wanted.contains(name)).cloned().collect();
        for name in obsolete {
            if mode == Mode::Update {
                logs.remove(&name);
                outcome.removed += 1;
            } else {
                outcome.obsolete.push((files::display(&path), name));
            }
        }
        if mode == Mode::Update && logs != recorded {
            write(&path, &logs, fence, force)?;
        }
    }
    Ok(outcome)
}

/// The scenarios of a file that expect a snapshot: where they say so, and under which name it is kept.
fn expected(checked: &Checked, file: FileId) -> BTreeMap<ItemId, (Span, String)> {
    let Some(module) = checked.module(file) else { return BTreeMap::new() };
    let mut found: BTreeMap<ItemId, (Span, String)> = BTreeMap::new();
    for (index, item) in module.hir.items.iter().enumerate() {
        let ItemKind::Scenario(scenario) = &item.kind else { continue };
        let id = ItemId::new(file, index);
        let Some(playbook) = module.names.scenarios.get(&id.index).and_then(|item| checked.item(*item))
        else {
            continue;
        };
        let snapshot = scenario.expects.iter().find(|expect| matches!(expect.kind, ExpectKind::Snapshot));
        let name = format!("{}: {}", playbook.name.text, item.name.text);
        let name = visible_line(&name.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
        found.extend(snapshot.map(|expect| (id, (expect.span, name))));
    }
    found
}

fn read(path: &Path, fence: &Fence) -> Result<Logs, Failure> {
    if fence.holds(path) && !fence.exists(path) {
        return Ok(Logs::new());
    }
    match fence.read(path)? {
        Ok(bytes) => Ok(parse(&String::from_utf8_lossy(&bytes))),
        Err(_) => Err(Failure::unreadable(path, "it is too large for a file of snapshots")),
    }
}

fn write(path: &Path, logs: &Logs, fence: &Fence, force: Force) -> Result<(), Failure> {
    if logs.is_empty() {
        return output::remove(fence, path, Kind::Snapshots);
    }
    output::write(fence, path, &print(logs), Kind::Snapshots, force).map(drop)
}

/// The logs of a file's text. What stands before the first name is a comment.
fn parse(text: &str) -> Logs {
    let mut logs = Logs::new();
    let mut current: Option<&mut Vec<String>> = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            current = Some(logs.entry(name.to_owned()).or_default());
        } else if let (Some(log), Some(line)) = (&mut current, line.strip_prefix("  ")) {
            log.push(line.to_owned());
        }
    }
    logs
}

fn print(logs: &Logs) -> String {
    let mut text = format!("{}\n{HEAD}", output::SNAPSHOTS);
    for (name, lines) in logs {
        text.push_str(&format!("\n=== {name}\n"));
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut logs = Logs::new();
        logs.insert(
            "greet: nobody answers".to_owned(),
            vec!["0:00 C hello: === x".to_owned(), "  b".to_owned()],
        );
        logs.insert("greet: empty".to_owned(), Vec::new());
        assert_eq!(parse(&print(&logs)), logs);
        // Also where line ends are those of Windows.
        assert_eq!(parse(&print(&logs).replace('\n', "\r\n")), logs);
        assert_eq!(parse(""), Logs::new());
    }
}
