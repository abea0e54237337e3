//! `docs/std` is generated from the modules by the same functions as `quell doc`; stale pages fail the test.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use quell_compiler::{
    check::check_files,
    docs::{self, Page},
    source::{FileId, SourceFile},
    world::MemoryWorld,
};

use crate::Library;

const NOTE: &str = "Generated from the doc comments of the modules; `quell doc std.slack` prints the same in a \
                    terminal. See also [how to write modules](../language/modules.md) and \
                    [how the bindings were verified](../../stdlib/README.md).";

fn pages_of_std() -> Vec<Page> {
    let library = Library::new();
    let shown = docs::Library::new(&library.world, &library.checked);
    let reference = docs::reference(&shown, &library.files);
    docs::pages(&shown, &reference, "The standard library", NOTE)
}

#[test]
fn the_pages_of_the_library_are_as_they_would_be_made_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/std");
    let pages: BTreeMap<String, String> =
        pages_of_std().into_iter().map(|page| (page.name, page.text)).collect();
    if env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let found: BTreeMap<String, String> = files
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    let stale: Vec<&String> = pages.keys().filter(|name| found.get(*name) != pages.get(*name)).collect();
    let left: Vec<&String> = found.keys().filter(|name| !pages.contains_key(*name)).collect();
    assert!(
        stale.is_empty() && left.is_empty(),
        "docs/std is stale: {stale:?}, not made any more: {left:?}; UPDATE=1 cargo test --test library pages"
    );
}

/// Documents that say by hand how large the library is.
#[test]
fn the_figures_of_the_library_are_true() {
    let pages = pages_of_std();
    let front = pages.iter().find(|page| page.name == "README.md").unwrap();
    let line = front.text.lines().find(|line| line.ends_with(" actions.")).unwrap();
    let figures: Vec<&str> = line.split(' ').filter(|word| word.parse::<usize>().is_ok()).collect();
    let [modules, actions] = figures[..] else { panic!("{line}") };
    let said = [
        ("CHANGELOG.md", "* The standard library: ", format!("{actions} actions in {modules} modules")),
        ("README.md", "* [The standard library](docs/std): ", format!("{modules} modules")),
    ];
    for (name, before, figures) in said {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).unwrap();
        let from =
            text.find(before).unwrap_or_else(|| panic!("{name} doesn't say `{before}`")) + before.len();
        let to = from + text[from..].find(" modules").unwrap() + " modules".len();
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{}{figures}{}", &text[..from], &text[to..])).unwrap();
        } else {
            assert_eq!(&text[from..to], figures, "{name}; UPDATE=1 cargo test --test library pages");
        }
    }
}

/// The examples, as a project in memory.
fn examples() -> (MemoryWorld, Vec<FileId>) {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut work = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = work.pop() {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                work.push(path);
            } else if path.extension().is_some_and(|ending| ending == "quell") {
                let module = path.strip_prefix(&root).unwrap().with_extension("");
                let module = module.to_string_lossy().replace(['/', '\\'], ".");
                let text = fs::read_to_string(&path).unwrap();
                files.push(world.add(&module, SourceFile::new(format!("{module}.quell"), text)));
            }
        }
    }
    (world, files)
}

#[test]
fn each_playbook_has_a_page_and_no_link_leads_nowhere() {
    let (world, files) = examples();
    let checked = check_files(&world, &files);
    let library = docs::Library::new(&world, &checked);
    let reference = docs::reference(&library, &files);
    let pages = docs::pages(&library, &reference, "Examples", "");
    let names: BTreeSet<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    assert_eq!(names.len(), pages.len(), "two pages have the same name");
    for (playbook, _) in checked.playbooks() {
        let name = format!("{}.md", checked.item(playbook).unwrap().name.text);
        assert!(names.contains(&*name), "no {name} among {names:?}");
    }
    for page in &pages {
        for target in page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let local = target.ends_with(".md") && !target.contains('/');
            assert!(!local || names.contains(target), "{} links to {target}", page.name);
        }
    }
}

/// What people have to know in a playbook stands on its page: all steps, whose consent is needed, what is
/// undone, what is tested.
#[test]
fn a_runbook_tells_all_of_its_playbook() {
    let (world, files) = examples();
    let checked = check_files(&world, &files);
    let library = docs::Library::new(&world, &checked);
    let reference = docs::reference(&library, &files);
    for item in reference.modules.iter().flat_map(|module| &module.items) {
        let Some(blocks) = docs::runbook(&library, item) else { continue };
        let page = docs::markdown(&blocks);
        let graph = item.graph.as_deref().unwrap();
        for node in &graph.nodes {
            if let quell_compiler::emit::WhatWire::Step(step) = &node.what {
                assert!(page.contains(&format!("**{}**", step.name)), "{} lacks {}", item.name, step.name);
                if let Some(undo) = &step.undo {
                    assert!(page.contains(&undo.call), "{} lacks {}", item.name, undo.call);
                }
                if step.approval.is_some() {
                    assert!(page.contains("approved by"), "{} lacks an approval", item.name);
                }
            }
        }
        assert!(!item.scenarios.is_empty(), "{} has no scenario", item.name);
        for scenario in &item.scenarios {
            assert!(page.contains(scenario), "{} lacks {scenario}", item.name);
        }
        assert!(page.contains("```mermaid\nflowchart"), "{} has no drawing", item.name);
        let told = docs::text(&blocks);
        let wide = told.iter().filter(|line| line.text.chars().count() > 80);
        for line in wide {
            let words = line.text.split_whitespace().count();
            assert!(words < 6, "{}: {}", item.name, line.text);
        }
    }
}

#[test]
fn the_json_names_what_it_is() {
    let library = Library::new();
    let shown = docs::Library::new(&library.world, &library.checked);
    let json = docs::json(&docs::reference(&shown, &library.files));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["schema"], "quell.dev/docs/1");
    let modules = value["modules"].as_array().unwrap();
    let slack = modules.iter().find(|module| module["name"] == "std.slack").unwrap();
    let post = slack["items"].as_array().unwrap().iter().find(|item| item["name"] == "post").unwrap();
    assert_eq!(post["kind"], "action");
    assert_eq!(post["effect"], "notifies");
    assert_eq!(post["contract"]["timeout"], "10s");
    assert_eq!(post["contract"]["bindings"][0], "POST https://slack.com/api/chat.postMessage");
    assert_eq!(post["members"][2]["type"], "Secret");
}
