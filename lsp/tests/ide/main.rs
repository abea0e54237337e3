//! The features over half-written texts: `$0` is the cursor, `== NAME ==` begins a file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod acted;
mod called;
mod completed;
mod hinted;
mod lensed;
mod linked;
mod moved;
mod previewed;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{source::FileId, world::World};
use quell_lsp::{
    ide::{
        Cursor, Edit, Snapshot,
        completion::completions,
        hierarchy,
        hints::{self, Wanted},
        hover::hover,
        lenses,
        moves::{Move, moves},
        navigation, previews,
        rename::rename,
        structure,
    },
    workspace::{Disk, Layout, Place, Project, Workspace},
};

/// A machine with nothing on it but the modules of one project, and its alert rules.
struct Memory(BTreeMap<String, PathBuf>, Vec<PathBuf>);

impl Disk for Memory {
    fn layout(&self, _: &[PathBuf], _: &[PathBuf]) -> Layout {
        let (modules, alert_rules) = (self.0.clone(), self.1.clone());
        let project = Project { modules, alert_rules, ..Project::default() };
        Layout { projects: vec![project], ..Layout::default() }
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        Err(format!("there is no {}", path.display()))
    }

    fn lay_out_text(&self, _: &str, _: &str) -> Option<PathBuf> {
        None
    }
}

/// The files of a fixture, and where its cursor is.
fn fixture(text: &str) -> (Snapshot, Cursor) {
    let mut files: Vec<(String, String)> = vec![("main".to_owned(), String::new())];
    for line in text.split_inclusive('\n') {
        match line.trim_end().strip_prefix("== ").and_then(|rest| rest.strip_suffix(" ==")) {
            Some(name) => files.push((name.to_owned(), String::new())),
            None => files.last_mut().unwrap().1.push_str(line),
        }
    }
    let is_rules = |name: &str| name.ends_with(".yml");
    let path = |name: &str| match is_rules(name) {
        true => Path::new("/p").join(name),
        false => PathBuf::from(format!("/p/{}.quell", name.replace('.', "/"))),
    };
    let (rules, modules): (Vec<_>, Vec<_>) =
        files.iter().map(|(name, _)| (name.clone(), path(name))).partition(|(name, _)| is_rules(name));
    let disk = Arc::new(Memory(modules.into_iter().collect(), rules.into_iter().map(|it| it.1).collect()));
    let mut workspace = Workspace::new(disk.clone()).laid_out(disk.layout(&[], &[]));
    let mut cursor = None;
    for (name, text) in &files {
        let file = workspace.find(&Place::Disk(path(name))).unwrap();
        if let Some(offset) = text.find("$0") {
            cursor = Some(Cursor { file, offset: offset as u32 });
        }
        workspace = workspace.with_text(file, text.replace("$0", ""));
    }
    (Snapshot::new(workspace, 1, Arc::default()), cursor.unwrap())
}

fn labels(text: &str) -> Vec<String> {
    let (snapshot, cursor) = fixture(text);
    completions(&snapshot, cursor).items.into_iter().map(|it| it.label).collect()
}

/// A playbook whose last lines are `rest`.
fn playbook(rest: &str) -> String {
    let head = "use std.postgres\nuse std.slack\n\nlet team: Team = Team(name: \"a\")\n\nplaybook p {\n  owner team\n";
    format!("{head}{rest}")
}

#[test]
fn a_playbook_offers_what_it_lacks() {
    assert_eq!(
        labels(&playbook("  $0")),
        ["on", "input", "resolve within", "enrich", "triage", "communicate", "remediate"]
    );
    assert_eq!(labels(&playbook("  enrich {\n  }\n  $0")), ["triage", "communicate", "remediate"]);
}

#[test]
fn a_step_offers_the_clauses_that_it_lacks() {
    let found = labels(&playbook("  enrich {\n    step a = postgres.size()\n      when true\n      $0"));
    assert!(found.contains(&"retry".to_owned()) && !found.contains(&"when".to_owned()), "{found:?}");
    assert!(found.contains(&"severity".to_owned()) && !found.contains(&"cause".to_owned()), "{found:?}");
}

#[test]
fn a_part_offers_what_it_may_do() {
    let enrich = labels(&playbook("  enrich {\n    step a = postgres.$0"));
    let remediate = labels(&playbook("  remediate {\n    step a = postgres.$0"));
    assert!(
        enrich.contains(&"replication_lag".to_owned()) && !enrich.contains(&"promote".to_owned()),
        "{enrich:?}"
    );
    assert!(remediate.contains(&"promote".to_owned()), "{remediate:?}");
}

#[test]
fn comparisons_offer_variants_first() {
    let found = labels(&playbook(
        "  enrich {\n    severity = major\n  }\n  communicate {\n    step a = slack.post(b, \"\")\n      when severity >= $0",
    ));
    assert_eq!(found[..4], ["critical", "major", "minor", "info"], "{found:?}");
}

#[test]
fn a_match_offers_what_is_left() {
    let found = labels(&playbook(
        "  enrich {\n    severity = major\n    let a = match severity {\n      critical => 1,\n      $0",
    ));
    assert_eq!(found, ["major", "minor", "info", "else"]);
}

#[test]
fn imports_offer_modules_and_their_names() {
    let text = "use shared ($0\n== shared ==\nrecord A {\n  b: Text\n}\nprivate record C {\n}\n";
    assert_eq!(labels(text), ["A"]);
    assert!(labels("use $0\n== shared ==\n").contains(&"shared".to_owned()));
}

#[test]
fn modules_come_with_their_line() {
    let (snapshot, cursor) =
        fixture("//! Docs.\n\nplaybook p {\n  enrich {\n    step a = postgr$0\n  }\n}\n");
    let found = completions(&snapshot, cursor).items;
    assert_eq!(found[0].label, "postgres");
    assert_eq!(found[0].edits[0].replacement, "\nuse std.postgres\n");
}

#[test]
fn texts_and_comments_offer_nothing() {
    assert!(labels(&playbook("  // $0")).is_empty());
    assert!(labels(&playbook("  enrich {\n    step a = slack.post(b, \"the $0")).is_empty());
}

#[test]
fn renaming_reaches_all_files_and_keeps_paths() {
    let text = "use shared\n\ntask t() -> Text {\n  step a = shared.look()\n  return a\n}\n== shared ==\naction lo$0ok() -> Text reads\n";
    let (snapshot, cursor) = fixture(text);
    let edits = rename(&snapshot, cursor, "peer").unwrap();
    assert_eq!(edits.len(), 2);
    for edit in &edits {
        let text = &snapshot.source(edit.span.file).text;
        assert_eq!(&text[edit.span.start as usize..edit.span.end as usize], "look");
    }
    assert!(rename(&snapshot, cursor, "step").is_err());
    assert!(rename(&snapshot, cursor, "two words").is_err());
}

#[test]
fn the_library_can_be_gone_to_and_not_renamed() {
    let (snapshot, cursor) =
        fixture("use std.slack\n\ntask t(c: slack.Chan$0nel) -> Text {\n  return \"\"\n}\n");
    let (_, target) = navigation::definition(&snapshot, cursor).unwrap();
    assert!(snapshot.workspace.is_std(target.focus.file));
    assert!(rename(&snapshot, cursor, "Other").unwrap_err().contains("standard library"));
}

#[test]
fn hover_says_what_a_step_waits_for() {
    let text = "task t() -> Text {\n  step a = look()\n  step b$0 = look(a)\n  return b\n}\naction look(what: Text = \"\") -> Text reads {\n  timeout 10s\n  command [\"look\"]\n  simulate {\n    return \"\"\n  }\n}\n";
    let (snapshot, cursor) = fixture(text);
    let shown = hover(&snapshot, cursor).unwrap().markdown;
    assert!(shown.contains("step b: Text") && shown.contains("*reads*"), "{shown}");
    assert!(
        shown.contains("waits for `a` (uses its value)")
            && shown.contains("worst case: done 20s after the start"),
        "{shown}"
    );
}

#[test]
fn layout_touches_only_what_differs() {
    let (snapshot, cursor) = fixture("let a: Int = 1\nlet  b: Int = 2\nlet c: Int = 3\n$0");
    let edits = structure::format(&snapshot, cursor.file);
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0].replacement, "let b: Int = 2\n");
}

#[test]
fn every_feature_survives_every_prefix() {
    let text = include_str!("../../../examples/regional_failover.quell");
    for end in (0..text.len()).step_by(311).filter(|end| text.is_char_boundary(*end)) {
        let (snapshot, cursor) = fixture(&format!("{}$0", &text[..end]));
        let file: FileId = cursor.file;
        completions(&snapshot, cursor);
        hover(&snapshot, cursor);
        quell_lsp::ide::signature::signature(&snapshot, cursor);
        quell_lsp::ide::symbols::document_symbols(&snapshot, file);
        quell_lsp::ide::tokens::tokens(&snapshot, file, None);
        structure::folds(&snapshot, file);
        structure::format(&snapshot, file);
        structure::selections(&snapshot, cursor);
        quell_lsp::ide::actions::fix_all(&snapshot, file).unwrap();
        let whole = quell_compiler::source::Span::new(file, 0, end as u32);
        for hint in hints::hints(&snapshot, whole, Wanted::default()) {
            hints::tooltip(&snapshot, Cursor { file, offset: hint.about.start }, hint.kind);
        }
        for lens in lenses::lenses(&snapshot, file) {
            lenses::uses(&snapshot, Cursor { file, offset: lens.span.start });
        }
        if let Some(entry) = hierarchy::prepare(&snapshot, cursor) {
            let declared = Cursor { file: entry.target.focus.file, offset: entry.target.focus.start };
            hierarchy::incoming(&snapshot, declared);
            hierarchy::outgoing(&snapshot, declared);
        }
        quell_lsp::ide::links::links(&snapshot, file);
        let renamed = Move { from: "/p/main.quell".into(), to: "/p/other.quell".into() };
        moves(&snapshot, &[renamed]);
        let _ = quell_lsp::ide::scenarios::run_scenarios(&snapshot, file, || true);
        let subject = previews::Subject { file, playbook: None, offset: Some(cursor.offset) };
        previews::step_graph(&snapshot, &subject);
        let _ = previews::dry_run(&snapshot, &subject, previews::Given::default());
        let _ = snapshot.workspace.files();
    }
}
