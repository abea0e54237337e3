//! ARCHITECTURE.md: its drawing and its table are made from the rooms, and it has a paragraph for each.

use std::{fmt::Write, fs};

use crate::{
    code::{SourceFile, root, sources},
    rooms::{ROOMS, allowed, room_of},
};

const BEGIN: &str = "<!-- made by `UPDATE=1 cargo test --test architecture`: begin -->\n";
const END: &str = "<!-- end -->\n";

/// Fails where the document is behind; with UPDATE set it brings it up to date.
pub fn check() {
    let path = root().join("ARCHITECTURE.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the mark of the made part");
    let (made, after) = rest.split_once(END).expect("the end of the made part");
    let expected = drawing() + "\n" + &table();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, [before, BEGIN, &expected, END, after].concat()).unwrap();
    } else {
        assert_eq!(made, expected, "ARCHITECTURE.md is stale: UPDATE=1 cargo test --test architecture");
    }
    for room in ROOMS {
        let heading = format!("\n### `{}`", room.name);
        assert!(text.contains(&heading), "ARCHITECTURE.md has no paragraph on `{}`", room.name);
    }
    for heading in text.lines().filter_map(|line| line.strip_prefix("### `")) {
        let name = heading.split('`').next().unwrap_or_default();
        assert!(
            ROOMS.iter().any(|room| room.name == name),
            "ARCHITECTURE.md tells of `{name}`, which is no room"
        );
    }
    let paragraphs: Vec<&str> = after.split("\n### `").skip(1).collect();
    for paragraph in paragraphs {
        let name = paragraph.split('`').next().unwrap_or_default();
        for line in ["Entry point: ", "Invariant: "] {
            assert!(paragraph.contains(line), "ARCHITECTURE.md: `{name}` has no \"{line}\"");
        }
        check_entry_points(name, paragraph);
    }
}

/// What a paragraph calls an entry point is in the room.
fn check_entry_points(room: &str, paragraph: &str) {
    let files: Vec<SourceFile> = sources()
        .into_iter()
        .filter(|file| room_of(&file.path).is_some_and(|found| found.name == room))
        .collect();
    let line = paragraph.lines().find_map(|line| line.strip_prefix("Entry point: ")).unwrap_or_default();
    for point in line.split('`').skip(1).step_by(2) {
        let found = match point.strip_suffix("()") {
            _ if point.ends_with(".rs") => files.iter().any(|file| file.path.ends_with(&format!("/{point}"))),
            Some(function) => files.iter().any(|file| file.code.contains(&format!("pub fn {function}("))),
            None => ["struct", "trait", "enum"]
                .iter()
                .any(|kind| files.iter().any(|file| file.code.contains(&format!("pub {kind} {point}")))),
        };
        assert!(found, "ARCHITECTURE.md: `{room}` has no `{point}`");
    }
}

fn drawing() -> String {
    let mut text = "```mermaid\nflowchart BT\n".to_owned();
    for room in ROOMS {
        for below in room.on {
            let _ = writeln!(text, "  {} --> {below}", room.name);
        }
    }
    text + "```\n"
}

fn table() -> String {
    let mut text = "| room | where | may use |\n|---|---|---|\n".to_owned();
    for room in ROOMS {
        let allowed = allowed(room);
        let below = ROOMS.iter().filter(|below| below.name != room.name && allowed.contains(below.name));
        let names: Vec<&str> = below.map(|below| below.name).collect();
        let names = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        let _ = writeln!(text, "| `{}` | `{}` | {names} |", room.name, room.place);
    }
    text
}
