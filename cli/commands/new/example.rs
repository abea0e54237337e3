//! Examples that a new project can start from. They are the ones of the repository, embedded in the binary:
//! a playbook, the modules that it uses, and the alert rules that start it.

use std::{borrow::Cow, collections::BTreeSet};

use include_dir::{Dir, include_dir};
use quell_compiler::{
    findings::suggest::nearest,
    syntax::{
        self,
        ast::{AstNode, Item},
    },
};

use crate::{error::Failure, manifest::NAME};

static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples");

/// The file of the alert rules.
const RULES: &str = "rules/shop.yml";

/// An example: the name of its playbook and one line about it.
pub struct Example {
    /// `queue_backlog`.
    pub name: &'static str,
    /// The first line of its module's documentation.
    pub summary: &'static str,
}

/// All examples, sorted by name.
pub fn all() -> Vec<Example> {
    let playbooks = EXAMPLES.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.strip_suffix(".quell")?;
        let text = file.contents_utf8()?;
        // The other modules hold what the playbooks share.
        let is_playbook = text.contains(&format!("\nplaybook {name} "));
        let summary = text.lines().next().unwrap_or_default().trim_start_matches("//!").trim();
        is_playbook.then_some(Example { name, summary })
    });
    let mut all: Vec<_> = playbooks.collect();
    all.sort_by_key(|example| example.name);
    all
}

/// The files of an example as they are written: paths from the project's folder, and texts. The manifest
/// comes last: with it the folder is a project.
pub fn files(name: &str) -> Result<Vec<(String, Cow<'static, str>)>, Failure> {
    let all = all();
    if !all.iter().any(|example| example.name == name) {
        let help = nearest(name, all.iter().map(|example| example.name)).map_or_else(
            || "list them: `quell new --list-examples`".to_owned(),
            |nearest| format!("did you mean `{nearest}`? `quell new --list-examples` lists them"),
        );
        return Err(Failure::Arguments {
            message: format!("there is no example `{name}`"),
            help: Some(help),
        });
    }
    let modules = modules(name);
    let mut files: Vec<_> = modules.into_iter().map(|(path, text)| (path, Cow::Borrowed(text))).collect();
    let manifest = text(NAME).unwrap_or_default();
    let playbooks: Vec<_> = files.iter().map(|(_, text)| &**text).collect();
    match text(RULES).and_then(|rules| rules_for(rules, &playbooks)) {
        Some(rules) => {
            files.push((RULES.to_owned(), Cow::Owned(rules)));
            files.push((NAME.to_owned(), Cow::Borrowed(manifest)));
        }
        None => {
            let package = manifest.split("\n[alerts]").next().unwrap_or_default();
            files.push((NAME.to_owned(), Cow::Borrowed(package)));
        }
    }
    Ok(files)
}

fn text(path: &str) -> Option<&'static str> {
    EXAMPLES.get_file(path)?.contents_utf8()
}

/// A module and all that it uses, with their paths: `ops/incidents.quell`.
fn modules(first: &str) -> Vec<(String, &'static str)> {
    let mut known = BTreeSet::new();
    let mut waiting = vec![first.to_owned()];
    while let Some(module) = waiting.pop() {
        let path = format!("{}.quell", module.replace('.', "/"));
        let Some(text) = text(&path) else { continue };
        if known.insert((path, text)) {
            waiting.extend(uses(text));
        }
    }
    known.into_iter().collect()
}

/// The modules that a text names in its `use` lines; those of the standard library are no files.
fn uses(text: &str) -> Vec<String> {
    let parse = syntax::parse(text);
    let items = parse.file().items().filter_map(|item| match item {
        Item::Use(used) => used.path(),
        _ => None,
    });
    items.map(|path| path.syntax().text().to_string().trim().to_owned()).collect()
}

/// The rules whose alerts these playbooks name, with the comments and groups around them; none where they
/// name no alert. Others would be alerts without a playbook in the new project.
fn rules_for(rules: &str, playbooks: &[&str]) -> Option<String> {
    let named = |alert: &str| playbooks.iter().any(|text| text.contains(&format!("\"{alert}\"")));
    let mut kept = String::new();
    // The line that opens a group waits for the first rule that is kept.
    let (mut group, mut keeps, mut any) = (String::new(), true, false);
    for line in rules.lines() {
        if line.starts_with("  - name:") {
            group.clear();
            keeps = false;
            group.push_str(line);
            group.push('\n');
        } else if line.trim() == "rules:" {
            group.push_str(line);
            group.push('\n');
        } else {
            if let Some(alert) = line.strip_prefix("      - alert: ") {
                keeps = named(alert.trim());
                any |= keeps;
                if keeps {
                    kept.push_str(&std::mem::take(&mut group));
                }
            }
            if keeps {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    any.then(|| kept.trim_end().to_owned() + "\n")
}
