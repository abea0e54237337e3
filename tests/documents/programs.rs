//! Programs on pages: whole ones, ones with a mistake, and fragments.

use std::fs;

use quell_compiler::{
    check::{Checked, check_files},
    diagnostic::{Diagnostic, Level},
    format::format,
    lint::{self, Profile, Settings},
    simulate::{
        Options, check_expectations, scenarios_of, simulate,
        timeline::{plain, timeline},
    },
    source::{FileId, SourceFile},
    syntax::parse,
    world::{MemoryWorld, World},
};

use crate::{
    blocks::{Block, named_files},
    root,
};

/// Checks texts as modules beside the standard library.
fn checked(modules: &[(String, String)]) -> (MemoryWorld, Checked, Vec<FileId>) {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let files: Vec<_> = modules
        .iter()
        .map(|(name, text)| world.add(name, SourceFile::new(format!("{name}.quell"), text.clone())))
        .collect();
    let checked = check_files(&world, &files);
    (world, checked, files)
}

fn alone(block: &Block) -> (MemoryWorld, Checked, Vec<FileId>) {
    checked(&[("example".to_owned(), block.text.clone())])
}

fn listed<'d>(world: &MemoryWorld, found: impl Iterator<Item = &'d Diagnostic>) -> Result<(), String> {
    let line = |found: &Diagnostic| {
        let source = world.source(found.span().file);
        let (line, column) = source.line_column(found.span().start);
        format!("{}:{line}:{column} {}: {}", source.name, found.code, found.message)
    };
    let lines: Vec<_> = found.map(line).collect();
    if lines.is_empty() { Ok(()) } else { Err(lines.join("\n")) }
}

/// A whole program: the compiler finds nothing, it is formatted, and its scenarios pass. Programs on pages
/// show one thing each, so the rules of practice don't apply to them.
pub fn is_good(block: &Block) -> Result<(), String> {
    let (world, checked, _) = alone(block);
    listed(&world, checked.diagnostics.iter())?;
    let formatted = format(&parse(&block.text)).text;
    if formatted != block.text {
        return Err(format!("isn't formatted; it should be:\n{formatted}"));
    }
    scenarios_pass(&world, &checked)
}

fn scenarios_pass(world: &MemoryWorld, checked: &Checked) -> Result<(), String> {
    for (playbook, _) in checked.playbooks() {
        for scenario in scenarios_of(checked, playbook) {
            let options = Options { scenario: Some(scenario), ..Options::default() };
            let run = simulate(world, checked, playbook, &options);
            let unmet = check_expectations(world, checked, &run, scenario);
            if !unmet.is_empty() || !run.problems.is_empty() {
                let log = plain(&timeline(world, &run.trace));
                return Err(format!("{unmet:?} {:?}\n{log}", run.problems));
            }
        }
    }
    Ok(())
}

/// A program with mistakes: the compiler reports exactly what the carets below a line mark, each with its
/// code: `//   ^^^^ unit-mismatch`.
pub fn has_marked_findings(block: &Block) -> Result<(), String> {
    let (world, checked, files) = alone(block);
    let own = checked.diagnostics.iter().filter(|found| found.span().file == files[0]);
    let mut found: Vec<_> =
        own.map(|it| (it.span().start as usize, it.span().end as usize, it.code.to_owned())).collect();
    let mut marked = marks(&block.text);
    found.sort();
    marked.sort();
    if found == marked && !marked.is_empty() {
        return Ok(());
    }
    let lines = listed(&world, checked.diagnostics.iter()).err().unwrap_or_default();
    Err(format!("marked are {marked:?}, found are {found:?}\n{lines}"))
}

/// The marked places of a text with their words. A mark belongs to the last line above it that is no mark.
fn marks(text: &str) -> Vec<(usize, usize, String)> {
    let (mut marks, mut above, mut offset) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let comment = line.trim_start().strip_prefix("//").map(str::trim_start);
        if let (Some(caret), true) = (line.find('^'), comment.is_some_and(|it| it.starts_with('^'))) {
            let count = line[caret..].bytes().take_while(|byte| *byte == b'^').count();
            marks.push((above + caret, above + caret + count, line[caret + count..].trim().to_owned()));
        } else {
            above = offset;
        }
        offset += line.len();
    }
    marks
}

/// A part of a program: items, the signature of an item, or the steps of a body. `...` stands for what is
/// left out, and a line of one word in capitals for any clause.
pub fn parses(block: &Block) -> Result<(), String> {
    let is_kept = |line: &&str| {
        let word = line.trim();
        let stands_for_any = word.len() > 1 && word.bytes().all(|it| it.is_ascii_uppercase());
        let is_open = word.ends_with(" ...") && word.split(' ').count() == 2;
        !(stands_for_any || is_open)
    };
    let text: Vec<_> = block.text.lines().filter(is_kept).collect();
    let text = text.join("\n").replace("{ ... }", "{}");
    let forms = ["{}", "{} = none", "{} {\n}", "task fragment() {\n{}\n}"]
        .map(|form| form.replacen("{}", &text, 1) + "\n");
    if forms.iter().any(|form| parse(form).diagnostics(FileId(0)).is_empty()) {
        return Ok(());
    }
    Err(format!("can't be parsed, neither as items nor as steps:\n{text}"))
}

/// The code that a page of findings or rules is about.
fn code(block: &Block) -> &str {
    block.page.rsplit('/').next().unwrap().trim_end_matches(".md")
}

/// Findings about how Quell itself works, or that only a run has: other tests provoke them.
const NOT_IN_A_TEXT: [&str; 2] = ["unsound-fix", "unused-given"];

/// What the compiler, or all rules, report of an example, beside the alert rules of its page.
fn reported(block: &Block) -> (MemoryWorld, Vec<Diagnostic>) {
    let (mut world, checked, files) = alone(block);
    if block.page.starts_with("docs/errors/") {
        return (world, checked.diagnostics.clone());
    }
    let page = fs::read_to_string(root().join(&block.page)).unwrap();
    if let Some((_, rest)) = page.split_once("```yaml\n") {
        world.add_alert_rules(SourceFile::new("alerts.yml", rest.split_once("```").unwrap().0.to_owned()));
    }
    let settings = |_| Settings::of(Profile::Strict);
    let found = lint::lint(&world, &checked, &files, &settings, checked.diagnostics.clone());
    (world, found)
}

/// The bad example of a page has the finding that the page is about.
pub fn has_its_finding(block: &Block) -> Result<(), String> {
    let (world, found) = reported(block);
    if NOT_IN_A_TEXT.contains(&code(block)) || found.iter().any(|found| found.code == code(block)) {
        return Ok(());
    }
    let lines = listed(&world, found.iter()).err().unwrap_or_else(|| "nothing is found".to_owned());
    Err(format!("the example has no `{}`:\n{lines}", code(block)))
}

/// The other examples of a page have no error, and not the finding that the page is about.
pub fn has_no_error(block: &Block) -> Result<(), String> {
    let (world, found) = reported(block);
    let is_wrong = |found: &&Diagnostic| {
        found.level == Level::Error || found.code == code(block) && block.heading == "## Good"
    };
    listed(&world, found.iter().filter(is_wrong))
}

/// A file of a page with several: without errors, beside the other files of the page. One that is marked
/// `wrong` has findings, and the transcripts of the page show them.
pub fn file_is_as_marked(block: &Block) -> Result<(), String> {
    let name = block.file().unwrap();
    let page = fs::read_to_string(root().join(&block.page)).unwrap();
    let module = |file: &str| file.trim_end_matches(".quell").replace('/', ".");
    let files = named_files(&page).into_iter().filter(|(file, _)| file.ends_with(".quell"));
    let modules: Vec<_> = files.map(|(file, text)| (module(&file), text)).collect();
    let (world, checked, ids) = checked(&modules);
    let own = ids[modules.iter().position(|(other, _)| *other == module(name)).unwrap()];
    let settings = |_| Settings::of(Profile::Recommended);
    let found = lint::lint(&world, &checked, &[own], &settings, checked.diagnostics.clone());
    let own = found.iter().filter(|found| found.span().file == own);
    if !block.is_marked("wrong") {
        return listed(&world, own.filter(|found| found.level == Level::Error));
    }
    let formatted = format(&parse(&block.text)).text == block.text;
    if own.count() > 0 || !formatted { Ok(()) } else { Err(format!("nothing is wrong with {name}")) }
}

/// Words that can't be names.
pub fn are_reserved(block: &Block) -> Result<(), String> {
    let is_free = |word: &&str| parse(&format!("let {word}: Int = 1\n")).diagnostics(FileId(0)).is_empty();
    let free: Vec<_> = block.text.split_whitespace().filter(is_free).collect();
    if free.is_empty() { Ok(()) } else { Err(format!("these words can be names: {free:?}")) }
}
