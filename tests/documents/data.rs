//! Project files and documents on pages.

use std::{collections::BTreeSet, fs, path::Path};

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

use crate::{
    blocks::{Block, named_files},
    root,
};

/// A project file, or a part of one: without `[package]`, the section is added. The folders and files that
/// the pages name are there.
pub fn is_manifest(block: &Block, good: bool) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("project");
    for name in [".git", "platform/rules/shop", "project/playbooks", "project/monitoring/alerts"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("platform/quell.toml", "[package]\nname = \"platform\"\n");
    write("project/monitoring/alerts/disks.yml", "groups: []\n");
    write("platform/rules/shop/disks.yaml", "groups: []\n");
    let page = fs::read_to_string(root().join(&block.page)).unwrap();
    for (name, text) in named_files(&page).into_iter().filter(|_| block.file().is_some()) {
        let file = project.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let head = if block.text.contains("[package]") { "" } else { "[package]\nname = \"page\"\n\n" };
    let text = format!("{head}{}", block.text);
    fs::write(project.join("quell.toml"), &text).unwrap();
    fs::write(project.join("empty.quell"), "record Empty {}\n").unwrap();
    fs::write(project.join("playbooks/empty.quell"), "record Empty {}\n").unwrap();
    let run = cargo_bin_cmd!("quell").args(["check", "."]).current_dir(&project).output().unwrap();
    let error = String::from_utf8_lossy(&run.stderr).into_owned();
    match (run.status.code(), good) {
        (Some(0 | 1), true) | (Some(2), false) => Ok(()),
        (code, _) => Err(format!("exit code {code:?}\n{error}")),
    }
}

pub fn is_toml(block: &Block) -> Result<(), String> {
    toml::from_str::<toml::Table>(&block.text).map(drop).map_err(|error| error.to_string())
}

pub fn is_yaml(block: &Block) -> Result<(), String> {
    quell_compiler::yaml::parse(&block.text).mistake.map_or(Ok(()), |mistake| Err(mistake.message))
}

/// The names of fields with the fields around them: `scenarios.unmet.log`.
fn fields(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = format!("{path}.{name}");
                fields(value, &path, into);
                into.insert(path);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, path, into)),
        _ => {}
    }
}

/// What `quell test` writes of scenarios that fail, with their coverage.
fn results(folder: &Path) -> Value {
    let page = fs::read_to_string(root().join("docs/exit-codes.md")).unwrap();
    for (name, text) in named_files(&page).into_iter().filter(|(name, _)| name == "fails.quell") {
        fs::write(folder.join(name), text).unwrap();
    }
    let arguments = ["test", "fails.quell", "--coverage", "--output-format", "json"];
    let output = cargo_bin_cmd!("quell").args(arguments).current_dir(folder).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A document has the schema and no other fields than those that Quell writes.
pub fn has_fields_of_quell(block: &Block) -> Result<(), String> {
    let shown: Value = serde_json::from_str(&block.text).map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir().unwrap();
    let all = results(folder.path());
    let made = if shown["schema"] == all["schema"] { &all } else { &all["coverage"] };
    if shown["schema"] != made["schema"] {
        return Err(format!("{} is another schema than {}", shown["schema"], made["schema"]));
    }
    let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    fields(&shown, "", &mut ours);
    fields(made, "", &mut theirs);
    let unknown: Vec<_> = ours.difference(&theirs).collect();
    if unknown.is_empty() { Ok(()) } else { Err(format!("Quell doesn't write {unknown:?}")) }
}
