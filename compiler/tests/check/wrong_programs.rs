//! Wrong programs: each file of fixtures/check gives exactly the findings that are marked in it.
//!
//! A mark is a comment line below the wrong words: `//  ^^^^ code`. `quell check` on that folder shows
//! them as people see them.

use crate::support::{check_text, line, marks, quell_files};
use quell_compiler::{diagnostic::Level, source::FileId, world::World};

#[test]
fn each_program_gives_its_marked_findings_and_no_other() {
    let files = quell_files("compiler/tests/fixtures/check");
    let mut wrong = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let (world, checked) = check_text(&text);
        let example = world.resolve(FileId(0), "example").unwrap();
        let here = |found: &&quell_compiler::diagnostic::Diagnostic| {
            found.span().file == example && found.level > Level::Info
        };
        let place = |found: &quell_compiler::diagnostic::Diagnostic| {
            (found.span().start, found.span().end, found.code.to_owned())
        };
        let mut found: Vec<_> = checked.diagnostics.iter().filter(here).map(place).collect();
        let mut marked: Vec<_> =
            marks(&text).into_iter().map(|mark| (mark.start, mark.end, mark.words)).collect();
        found.sort();
        marked.sort();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if marked.is_empty() {
            wrong.push(format!("{name}: nothing is marked"));
        } else if found != marked {
            let lines: Vec<_> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
            wrong.push(format!("{name}: marked {marked:?}, found {found:?}\n{}", lines.join("\n")));
        }
    }
    assert!(files.len() >= 60, "{} programs", files.len());
    assert!(wrong.is_empty(), "{} of {}\n\n{}", wrong.len(), files.len(), wrong.join("\n\n"));
}
