//! Files of the repository from which mutants are made.

use std::{
    fs,
    path::{Path, PathBuf},
};

use quell_compiler::{
    check::check_files,
    simulate::{Options, account::Account, simulate, trace::wire},
    source::{FileId, SourceFile},
    world::MemoryWorld,
};

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Quell, right and wrong.
    Modules,
    /// Quell with scenarios.
    Scenarios,
    /// Playbooks of StackPulse.
    Playbooks,
    /// Alert rules of Prometheus.
    Rules,
    /// Traces of dry runs.
    Traces,
    /// quell.toml.
    Manifests,
}

/// A mutant of a long file takes long and says little more. A trace is long.
const MOST: usize = 12_000;

/// The files of a kind, and the corpus of a target, in an order that doesn't depend on the machine.
pub fn of(kind: Kind, target: &str) -> Vec<String> {
    let mut seeds: Vec<String> = match kind {
        Kind::Modules => files(&["examples", "stdlib/std", "compiler/tests", "tests"], "quell"),
        Kind::Scenarios => {
            let all = files(&["examples", "tests"], "quell");
            all.into_iter().filter(|text| text.contains("\nscenario ")).collect()
        }
        Kind::Playbooks => with(files(&["tests", "compiler"], "yaml"), "kind: Playbook"),
        Kind::Rules => {
            let mut all = with(files(&["tests", "examples", "compiler"], "yml"), "groups:");
            all.extend(with(files(&["tests", "examples", "compiler"], "yaml"), "groups:"));
            all
        }
        Kind::Traces => traces(),
        Kind::Manifests => files(&["examples", "tests", "cli"], "toml"),
    };
    seeds.extend(files(&[&format!("tests/fuzz/corpus/{target}")], ""));
    seeds.retain(|seed| seed.len() <= MOST || kind == Kind::Traces);
    seeds
}

fn with(files: Vec<String>, words: &str) -> Vec<String> {
    files.into_iter().filter(|text| text.contains(words)).collect()
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folders: &[&str], ending: &str) -> Vec<String> {
    paths(folders, ending).iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn paths(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut work: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = work.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let fits = ending.is_empty() || path.extension().is_some_and(|its| its == ending);
            if path.is_dir() && !["target", "node_modules"].iter().any(|name| path.ends_with(name)) {
                work.push(path);
            } else if path.is_file() && fits {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A world with the standard library and the examples; the examples' files.
pub fn examples() -> (MemoryWorld, Vec<FileId>) {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let folder = root().join("examples");
    let add = |path: &PathBuf| {
        let inside = path.strip_prefix(&folder).ok()?.with_extension("");
        let module = inside.to_string_lossy().replace(['/', '\\'], ".");
        let source = SourceFile::new(format!("{module}.quell"), fs::read_to_string(path).ok()?);
        Some(world.add(&module, source))
    };
    let files = paths(&["examples"], "quell").iter().filter_map(add).collect();
    (world, files)
}

/// The traces of the examples' playbooks.
fn traces() -> Vec<String> {
    let (world, files) = examples();
    let checked = check_files(&world, &files);
    let own = checked.playbooks().map(|(item, _)| item).filter(|item| files.contains(&item.file));
    let mut found = Vec::new();
    for playbook in own {
        let run = simulate(&world, &checked, playbook, &Options::default());
        if run.problems.is_empty() {
            let account = Account::new(&world, &checked, &run.trace);
            found.push(wire::json(&wire::document(&account)));
        }
    }
    found
}
