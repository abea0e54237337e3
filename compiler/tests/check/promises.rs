//! The pages about the promises: their programs compile, or don't compile as they are marked.

use std::fs;

use quell_compiler::{format, source::FileId, syntax::parse, world::World};

use crate::support::{check_text, line, marks, root};

struct Program {
    page: String,
    wrong: bool,
    text: String,
}

fn programs() -> Vec<Program> {
    let mut pages: Vec<_> = fs::read_dir(root().join("docs/language/promises"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    let mut programs = Vec::new();
    for path in pages {
        let page = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        for block in text.split("\n```quell").skip(1) {
            let Some((kind, rest)) = block.split_once('\n') else { continue };
            let program = rest.split("\n```").next().unwrap_or_default();
            programs.push(Program {
                page: page.clone(),
                wrong: kind.trim() == "wrong",
                text: format!("{program}\n"),
            });
        }
    }
    programs
}

#[test]
fn programs_compile_or_not_as_the_page_says() {
    let programs = programs();
    assert!(programs.len() > 20, "{} programs", programs.len());
    let mut problems = Vec::new();
    for program in &programs {
        let (world, checked) = check_text(&program.text);
        let example = world.resolve(FileId(0), "example").unwrap();
        let mut found: Vec<_> = checked
            .diagnostics
            .iter()
            .filter(|found| found.span().file == example)
            .map(|found| (found.span().start, found.span().end, found.code.to_owned()))
            .collect();
        let mut marked: Vec<_> =
            marks(&program.text).into_iter().map(|mark| (mark.start, mark.end, mark.words)).collect();
        found.sort();
        marked.sort();
        if found != marked || program.wrong == marked.is_empty() {
            let lines: Vec<_> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
            problems.push(format!("{}: {marked:?}\n{}\n{}", program.page, lines.join("\n"), program.text));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n\n"));
}

#[test]
fn programs_stand_in_the_format() {
    for program in programs().iter().filter(|program| !program.wrong) {
        let formatted = format::format(&parse(&program.text)).text;
        assert_eq!(formatted, program.text, "{}", program.page);
    }
}

#[test]
fn there_is_a_page_for_each_promise() {
    for number in 1..=8 {
        let prefix = format!("{number}_");
        assert!(programs().iter().any(|program| program.page.starts_with(&prefix)), "promise {number}");
    }
}
