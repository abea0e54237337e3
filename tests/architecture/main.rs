//! The house stays as ARCHITECTURE.md draws it: which room may use which, what stays outside of the
//! compiler, which library lives where, and how large a file may grow.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod code;
mod document;
mod rooms;

use std::collections::BTreeSet;

use code::{SourceFile, sources};
use rooms::{HOMES, OUTSIDE, READING, ROOMS, WRITING, allowed, room_of};

/// A file over this many lines is split.
const LONGEST_FILE: usize = 500;

fn report(problems: &[String], advice: &str) {
    assert!(problems.is_empty(), "{}\n{advice}", problems.join("\n"));
}

#[test]
fn arrows_run_one_way() {
    let mut problems = Vec::new();
    for file in sources() {
        let Some(room) = room_of(&file.path) else {
            problems.push(format!("{} is in no room", file.path));
            continue;
        };
        let allowed = allowed(room);
        for (line, target) in file.arrows() {
            if !allowed.contains(target) {
                problems.push(format!("{}:{line}: `{}` uses `{target}`", file.path, room.name));
            }
        }
    }
    report(
        &problems,
        "Arrows run one way: see the table in ARCHITECTURE.md, made from tests/architecture/rooms.rs.",
    );
}

#[test]
fn each_room_is_there() {
    let inhabited: BTreeSet<&str> =
        sources().iter().filter_map(|file| room_of(&file.path)).map(|room| room.name).collect();
    let empty: Vec<String> = ROOMS
        .iter()
        .filter(|room| !inhabited.contains(room.name))
        .map(|room| format!("the room `{}` ({}) is empty", room.name, room.place))
        .collect();
    report(&empty, "Take it out of tests/architecture/rooms.rs, or fill it.");
}

#[test]
fn the_compiler_does_not_touch_the_outside() {
    let mut problems = Vec::new();
    for file in sources().iter().filter(|file| file.path.starts_with("compiler/")) {
        for word in OUTSIDE {
            let found = file.code.lines().enumerate().filter(|(_, line)| line.contains(word));
            problems.extend(found.map(|(line, _)| format!("{}:{}: `{word}`", file.path, line + 1)));
        }
    }
    report(&problems, "Files, the clock, the environment and printing belong to cli/.");
}

#[test]
fn each_library_stays_in_its_home() {
    let mut problems = Vec::new();
    for file in sources() {
        for (library, homes) in HOMES {
            if homes.iter().any(|home| file.path.starts_with(home)) {
                continue;
            }
            for (line, _) in file.words().filter(|(_, word)| word == library) {
                problems.push(format!("{}:{line}: `{library}` lives in {}", file.path, homes.join(", ")));
            }
        }
    }
    report(&problems, "");
}

#[test]
fn there_is_one_place_for_output() {
    let problems = away_from_home(WRITING);
    report(&problems, "Write files by cli/output and streams by cli/console.rs.");
}

#[test]
fn files_are_read_inside_the_fence() {
    let problems = away_from_home(READING);
    report(&problems, "Look at files and open them by cli/fence.");
}

/// Where code has some of the words outside of their homes.
/// A slice of a text that becomes nothing where its places don't fit has emptied a user's file once.
#[test]
fn no_part_of_a_text_is_silently_nothing() {
    let mut problems = Vec::new();
    for file in sources() {
        for (line, found) in file.slices_or_nothing() {
            problems.push(format!("{}:{line}: {found}", file.path));
        }
    }
    report(
        &problems,
        "What is only read is `Span::of`, `SourceFile::part` or `source::part`; what is written is made by `edited`.",
    );
}

fn away_from_home(table: &[(&[&str], &[&str])]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in sources() {
        for (words, homes) in table {
            if homes.iter().any(|home| file.path.starts_with(home)) {
                continue;
            }
            for (number, line) in file.code.lines().enumerate() {
                let found = words.iter().filter(|word| line.contains(**word));
                problems.extend(found.map(|word| format!("{}:{}: `{word}`", file.path, number + 1)));
            }
        }
    }
    problems
}

#[test]
fn each_file_says_why_it_is_there() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|file| !file.text.trim_start().starts_with("//!"))
        .map(|file| file.path)
        .collect();
    report(&silent, "Begin with `//!` and the reason for the module.");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .iter()
        .map(|file: &SourceFile| (file.text.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{path} has {lines} lines"))
        .collect();
    report(&long, "Split it: 100 to 250 lines are a good size.");
}

#[test]
fn the_document_shows_the_rooms_as_they_are() {
    document::check();
}
