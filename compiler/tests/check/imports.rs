//! Pages of findings about YAML: the bad example gives exactly this finding at the mark, the good one none.

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    findings,
    import::stackpulse,
    source::FileId,
};

/// The YAML blocks below a heading of a page.
fn block(page: &str, heading: &str) -> String {
    let below = page.split_once(heading).map_or("", |(_, rest)| rest);
    let text = below.split_once("```yaml\n").map_or("", |(_, rest)| rest);
    text.split_once("```").map_or("", |(text, _)| text).to_owned()
}

/// What `# ^^^` marks in the line above it.
fn marked(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let mark = |line: &&str| {
        line.trim_start().strip_prefix('#').is_some_and(|rest| rest.trim_start().starts_with('^'))
    };
    let marks = lines.iter().enumerate().filter(|(_, line)| mark(line));
    marks
        .filter_map(|(at, line)| {
            let start = line.find('^')?;
            lines.get(at.checked_sub(1)?)?.get(start..start + line[start..].trim_end().len())
        })
        .collect()
}

fn found(text: &str) -> Vec<Diagnostic> {
    let (playbooks, mut findings) = stackpulse(FileId(0), text).convert(Vec::new(), "playbook");
    findings.extend(playbooks.into_iter().flat_map(|playbook| playbook.diagnostics));
    findings
}

#[test]
fn bad_examples_of_imports_give_exactly_their_finding_where_it_is_marked() {
    let mut wrong = Vec::new();
    for finding in findings::import::ALL {
        let text = block(&finding.page(), "## Bad");
        let found = found(&text);
        let span = |found: &Diagnostic| text.get(found.span().start as usize..found.span().end as usize);
        let places: Vec<_> =
            found.iter().map(|found| (found.code, span(found).unwrap_or_default())).collect();
        let expected: Vec<_> = marked(&text).into_iter().map(|place| (finding.code, place)).collect();
        if expected.len() != 1 || places != expected {
            wrong.push(format!("{}: expected {expected:?}, found {places:?}", finding.code));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn good_examples_of_imports_give_nothing() {
    for finding in findings::import::ALL {
        let text = block(&finding.page(), "## Good");
        assert!(!text.is_empty(), "{}: has no good example", finding.code);
        let found = found(&text);
        let told: Vec<_> = found.iter().filter(|found| found.level >= Level::Info).collect();
        assert!(told.is_empty(), "{}: {told:#?}", finding.code);
    }
}
