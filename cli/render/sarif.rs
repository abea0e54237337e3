//! Findings as SARIF 2.1.0, which code scanning of several hosts reads.
//!
//! Wire types of what we fill in; the schema is that of OASIS.

use std::{collections::BTreeMap, io};

use quell_compiler::{
    diagnostic::{Diagnostic, Fix, Level},
    findings, lint,
    source::Span,
    world::World,
};
use serde::Serialize;

use crate::console::Output;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [RunEntry<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunEntry<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<RuleEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleEntry {
    id: &'static str,
    short_description: Message,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<LocationMessage<'a>>,
}

#[derive(Serialize)]
struct LocationMessage<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixEntry<'a> {
    description: Message,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: LocationMessage<'a>,
}

/// Writes findings as one log with one run.
pub fn findings(world: &dyn World, findings: &[Diagnostic], output: &mut Output) -> io::Result<()> {
    let mut codes: Vec<&'static str> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let prints = lint::fingerprints(world, findings);
    let results = findings.iter().zip(prints).map(|(finding, print)| Entry {
        rule_id: finding.code,
        rule_index: codes.binary_search(&finding.code).unwrap_or_default(),
        level: level(finding.level),
        message: Message { text: whole_message(finding) },
        locations: [Location { id: None, physical_location: place(world, finding.span()), message: None }],
        related_locations: related(world, finding),
        partial_fingerprints: BTreeMap::from([("quell/v2", print)]),
        fixes: finding.fixes.iter().map(|fix| repair(world, fix)).collect(),
    });
    let driver = Driver {
        name: "quell",
        version: env!("CARGO_PKG_VERSION"),
        rules: codes.iter().map(|code| rule(code)).collect(),
    };
    let run =
        RunEntry { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: results.collect() };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    super::document(&Log { schema, version: "2.1.0", runs: [run] }, output)
}

/// The words of SARIF.
fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// What, why and what to do, as one text.
pub fn whole_message(finding: &Diagnostic) -> String {
    let more = finding.notes.iter().chain(&finding.help);
    std::iter::once(&finding.message).chain(more).cloned().collect::<Vec<_>>().join("\n")
}

fn rule(code: &'static str) -> RuleEntry {
    let rule = lint::find(code);
    let page = match (rule, findings::find(code)) {
        (Some(rule), _) => rule.page(),
        (None, Some(finding)) => finding.page(),
        (None, None) => code.to_owned(),
    };
    let summary = page.lines().next().unwrap_or_default().to_owned();
    RuleEntry {
        id: code,
        short_description: Message { text: summary.clone() },
        help: Help { text: summary, markdown: page },
        properties: rule.map(|rule| Properties { tags: [rule.group.word()] }),
    }
}

fn related<'a>(world: &dyn World, finding: &'a Diagnostic) -> Vec<Location<'a>> {
    let labels = finding.labels.iter().filter(|label| !label.message.is_empty());
    labels
        .enumerate()
        .map(|(id, label)| Location {
            id: Some(id),
            physical_location: place(world, label.span),
            message: Some(LocationMessage { text: &label.message }),
        })
        .collect()
}

fn repair<'a>(world: &dyn World, fix: &'a Fix) -> FixEntry<'a> {
    let changes = fix.edits.iter().map(|edit| Change {
        artifact_location: Artifact { uri: uri(world.source(edit.span.file).path()) },
        replacements: vec![Replacement {
            deleted_region: region(world, edit.span),
            inserted_content: LocationMessage { text: &edit.replacement },
        }],
    });
    FixEntry { description: Message { text: fix.title.clone() }, artifact_changes: changes.collect() }
}

fn place(world: &dyn World, span: Span) -> PhysicalLocation {
    let artifact_location = Artifact { uri: uri(world.source(span.file).path()) };
    PhysicalLocation { artifact_location, region: region(world, span) }
}

fn region(world: &dyn World, span: Span) -> Region {
    let source = world.source(span.file);
    let (start_line, start_column) = source.line_column(span.start);
    let (end_line, end_column) = source.line_column(span.end);
    Region { start_line, start_column, end_line, end_column }
}

/// A path as a relative or absolute reference: what URIs don't take is written as `%` and two digits.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut text = String::new();
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        match plain {
            true => text.push(char::from(byte)),
            false => text.push_str(&format!("%{byte:02X}")),
        }
    }
    match text.starts_with('/') {
        true => format!("file://{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("ops/disk full.quell"), "ops/disk%20full.quell");
        assert_eq!(uri("/srv/a.quell"), "file:///srv/a.quell");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
