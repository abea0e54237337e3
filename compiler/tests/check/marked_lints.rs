//! Programs that compile and mean something else: each file of fixtures/lint gives exactly the marked
//! findings of the rules about what always or never happens, and about what actions say of themselves.

use crate::{
    lint::strict,
    support::{line, marks, quell_files},
};

const RULES: [&str; 6] = [
    "always-fails",
    "constant-condition",
    "impossible-option",
    "impossible-verification",
    "understated-effect",
    "unreachable-step",
];

#[test]
fn each_program_gives_the_lints_that_are_marked_in_it_and_no_other() {
    let files = quell_files("compiler/tests/fixtures/lint");
    let mut wrong = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let (world, all) = strict(&text);
        let mut found: Vec<_> = all
            .iter()
            .filter(|found| {
                RULES.contains(&found.code) || found.level == quell_compiler::diagnostic::Level::Error
            })
            .map(|found| (found.span().start, found.span().end, found.code.to_owned()))
            .collect();
        let mut marked: Vec<_> =
            marks(&text).into_iter().map(|mark| (mark.start, mark.end, mark.words)).collect();
        found.sort();
        marked.sort();
        if found != marked || marked.is_empty() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let missed: Vec<_> = marked.iter().filter(|mark| !found.contains(mark)).collect();
            let extra: Vec<_> = found.iter().filter(|one| !marked.contains(one)).collect();
            let lines: Vec<_> = all.iter().map(|found| line(&world, found)).collect();
            wrong.push(format!("{name}: missed {missed:?}, extra {extra:?}\n{}", lines.join("\n")));
        }
    }
    assert!(files.len() >= 4, "{} programs", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// One mistake gives one message, and it says what to write.
#[test]
fn expectations_that_go_on_give_one_message_with_the_way_out() {
    let playbook = "action look() -> Int reads\n\nplaybook p {\n  enrich {\n    step m = look()\n    step n = look()\n  }\n}\n";
    for (wrong, wanted) in [
        ("expect m ran or n ran", "write a separate scenario for each case"),
        ("expect m ran and n ran", "write a separate `expect` line"),
        ("expect not m ran before n", "`expect m not ran before n`"),
        ("expect not m ran", "`expect m not ran`"),
        ("expect not m skipped within 5m", "`expect m not skipped within 5m`"),
        ("expect failed or resolved", "`expect not completed`"),
        ("expect m == 3 and failed", "`expect failed`"),
        ("expect m succeeded", "`expect m ran`"),
        ("expect m done", "`expect m ran`"),
        ("expect m started", "`expect m attempted`"),
        ("expect look called with \"x\"", "with NAME containing"),
        ("given m approved by n\n  expect m ran", "`given approval of m by PERSON`"),
        ("given m failed\n  expect m ran", "`given m fails"),
    ] {
        let text = format!("{playbook}\nscenario \"s\" for p {{\n  {wrong}\n}}\n");
        let (world, checked) = crate::support::check_text(&text);
        let lines: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
        assert_eq!(lines.len(), 1, "{wrong}\n{}", lines.join("\n"));
        assert!(lines[0].contains(wanted), "{wrong}\n{}", lines[0]);
    }
}
