//! Converts, checks and runs playbooks.

use quell_compiler::{
    check::{Checked, check_files},
    diagnostic::Level,
    format::format,
    import::{Imported, stackpulse},
    simulate::{Options, check_expectations, scenarios_of, simulate},
    source::{FileId, SourceFile},
    syntax::parse,
    world::MemoryWorld,
};

/// A converted playbook, with findings as `line code`.
pub struct Converted {
    pub playbooks: Vec<Imported>,
    pub findings: Vec<String>,
}

impl Converted {
    /// The text of the only playbook, without its actions and scenario.
    pub fn body(&self) -> &str {
        let text = &self.playbooks[0].text;
        let start = text.find("\nplaybook ").unwrap();
        let end = text.find("\nscenario ").unwrap();
        &text[start + 1..end]
    }

    /// Fails unless the playbook holds these lines, one after the other.
    pub fn holds(&self, lines: &str) {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = &self.playbooks[0].text;
        assert!(squeezed(text).contains(&squeezed(lines)), "no `{lines}` in\n{text}");
    }

    /// Whether there is a finding `line code`.
    pub fn finds(&self, finding: &str) {
        assert!(self.findings.iter().any(|found| found == finding), "no `{finding}` in {:#?}", self.findings);
    }
}

/// Converts the playbooks of a file, with a file of triggers beside it.
pub fn convert_with(text: &str, trigger: &str) -> Converted {
    let mut world = MemoryWorld::default();
    let source = SourceFile::new("playbook.yaml", text);
    let lines = SourceFile::new("playbook.yaml", text);
    let file = world.add_document(source);
    let other = world.add_document(SourceFile::new("trigger.yaml", trigger));
    let triggers = stackpulse(other, trigger).triggers;
    let (playbooks, mut findings) = stackpulse(file, text).convert(triggers, "playbook");
    findings.extend(playbooks.iter().flat_map(|playbook| playbook.diagnostics.iter().cloned()));
    findings.sort_by_key(|finding| finding.span());
    let findings = findings
        .iter()
        .filter(|finding| finding.span().file == file)
        .map(|finding| format!("{} {}", lines.line_column(finding.span().start).0, finding.code));
    let findings = findings.collect();
    Converted { playbooks, findings }
}

/// Converts the playbooks of a file.
pub fn convert(text: &str) -> Converted {
    convert_with(text, "")
}

/// Checks a converted playbook; its module and what the compiler finds above information.
pub fn check(playbook: &Imported) -> (MemoryWorld, FileId, Checked, Vec<String>) {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let file = world.add("imported", SourceFile::new("imported.quell", playbook.text.clone()));
    let checked = check_files(&world, &[file]);
    let found = checked
        .diagnostics
        .iter()
        .filter(|finding| finding.level > Level::Info && finding.span().file == file);
    let found = found.map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
    (world, file, checked, found)
}

/// Fails unless a converted playbook is whole, in the one format, right, and runs in a dry run.
pub fn holds_up(playbook: &Imported, from: &str) {
    let parsed = parse(&playbook.text);
    let formatted = format(&parsed);
    assert!(formatted.skipped.is_empty() && formatted.bug.is_none(), "{from}\n{}", playbook.text);
    assert_eq!(formatted.text, playbook.text, "{from}: not in the one format");
    let (world, _, checked, found) = check(playbook);
    assert!(found.is_empty(), "{from}: {found:#?}\n{}", playbook.text);
    let playbooks: Vec<_> = checked.playbooks().map(|(item, _)| item).collect();
    assert_eq!(playbooks.len(), 1, "{from}");
    for scenario in scenarios_of(&checked, playbooks[0]) {
        let options = Options { scenario: Some(scenario), ..Options::default() };
        let run = simulate(&world, &checked, playbooks[0], &options);
        assert!(run.problems.is_empty(), "{from}: {:?}\n{}", run.problems, playbook.text);
        let unmet = check_expectations(&world, &checked, &run, scenario);
        assert!(unmet.is_empty(), "{from}: {unmet:?}\n{}", playbook.text);
    }
}

/// Converts one playbook and holds it up.
pub fn sound(text: &str) -> Converted {
    let converted = convert(text);
    assert_eq!(converted.playbooks.len(), 1, "{:#?}", converted.findings);
    holds_up(&converted.playbooks[0], text);
    converted
}
