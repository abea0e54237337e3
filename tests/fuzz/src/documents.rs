//! Documents that others wrote: playbooks and alert rules in YAML, traces in JSON.

use quell_compiler::{
    alerts, format, import, report,
    simulate::trace::wire,
    source::{FileId, SourceFile},
    syntax,
    world::MemoryWorld,
};

use crate::{laboratory::text_of, seeds};

pub fn import(bytes: &[u8]) {
    let text = text_of(bytes);
    let mut world = MemoryWorld::default();
    let file = world.add_document(SourceFile::new("playbook.yaml", text.as_str()));
    let (playbooks, findings) = import::stackpulse(file, &text).convert(Vec::new(), "playbook");
    for playbook in &playbooks {
        let parsed = syntax::parse(&playbook.text);
        assert!(parsed.is_good(), "the result doesn't parse:\n{}", playbook.text);
        assert_eq!(format::format(&parsed).text, playbook.text, "the result isn't laid out");
    }
    let all = playbooks.iter().flat_map(|playbook| &playbook.diagnostics).chain(&findings);
    for label in all.flat_map(|finding| &finding.labels) {
        let said = text.get(label.span.start as usize..label.span.end as usize);
        assert!(said.is_some(), "a finding lies outside of the file");
    }
}

pub fn rules(bytes: &[u8]) {
    let text = text_of(bytes);
    let (rules, findings) = alerts::read(FileId(0), &text);
    for label in findings.iter().flat_map(|finding| &finding.labels) {
        let said = text.get(label.span.start as usize..label.span.end as usize);
        assert!(said.is_some(), "a finding lies outside of the file");
    }
    for rule in &rules {
        rule.severity();
        rule.may_have("instance");
    }
}

pub fn traces(bytes: &[u8]) {
    let Ok(document) = wire::read(&text_of(bytes)) else { return };
    assert!(!report::postmortem(&document).is_empty(), "the post-mortem is empty");
    let written = wire::json(&document);
    assert!(wire::read(&written).is_ok(), "a trace that was read and written can't be read again");
}

pub fn manifest(bytes: &[u8]) {
    let root = seeds::root().join("examples");
    if let Err(shown) = quell_cli::read_manifest(&root, &text_of(bytes)) {
        assert!(shown.contains("quell.toml"), "a problem doesn't say where it is:\n{shown}");
        // A tab in a value is shown as one.
        let is_raw = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!shown.chars().any(is_raw), "a problem shows control characters: {shown:?}");
    }
}
