//! What is said of scenarios beside whether they hold: lines that a run never used.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use quell_compiler::{
    check::{Checked, check_files},
    diagnostic::Level,
    simulate::{Verdict, Verified, scenarios_of, unused, verify},
    source::SourceFile,
    world::{MemoryWorld, World},
};

const PROGRAM: &str = r#"use std.people (on_slack)
use std.slack
use std.slack (Channel)

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com", contacts: [on_slack("U1")])
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
let crew: Team = Team(name: "crew", lead: bo, on_call: [ana, bo])
let room: Channel = Channel(id: "C1", name: "room")

action look(what: Int) -> Int reads {
  simulate { return what }
}

playbook p {
  owner crew

  enrich {
    step seen = look(1)
    step again = look(2)
      when seen > 5
  }

  communicate {
    step sure: Text = ask(bo, "Sure?", within: 5m)
    step said = slack.post(room, "${seen}")
      after seen
  }

  remediate {
    step done = manual(crew, "Do it", within: 5m)
      when seen > 5
      approve by 1 of crew within 5m
      irreversible "it is by hand"
  }
}
"#;

fn verified(scenario: &str) -> (MemoryWorld, Checked, Verified) {
    let text = format!("{PROGRAM}\nscenario \"s\" for p {{\n{scenario}}}\n");
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let file = world.add("bench", SourceFile::new("bench.quell", text));
    let checked = check_files(&world, &[file]);
    let errors: Vec<_> = checked.diagnostics.iter().filter(|one| one.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let (playbook, _) = checked.playbooks().find(|(item, _)| item.file == file).unwrap();
    let verified = verify(&world, &checked, scenarios_of(&checked, playbook)[0]).unwrap();
    (world, checked, verified)
}

/// The lines that were never used.
fn unused_lines(scenario: &str) -> Vec<String> {
    let (world, _, verified) = verified(scenario);
    let found = unused(&verified.run);
    let text = |span: quell_compiler::source::Span| {
        world.source(span.file).text[span.start as usize..span.end as usize].to_owned()
    };
    found.iter().map(|finding| text(finding.span())).collect()
}

#[test]
fn lines_that_were_used_are_no_findings() {
    let all = "\
  given seen returns 7
  given look returns 8 when what == 2
  given bo answer sure with \"yes\" after 1m
  given approval of done by bo after 1m
  given slack down from 0s to 1m
  expect again == 8
";
    assert_eq!(unused_lines(all), Vec::<String>::new());
    assert_eq!(verified(all).2.verdict(), Verdict::Passed);
}

#[test]
fn lines_that_the_run_never_came_to() {
    assert_eq!(
        unused_lines(
            "\
  given look returns 4 when what == 3
  given again returns 9
  given ana answer sure with \"yes\"
  given approval of done by bo
  given slack down from 1h to 2h
  expect again skipped
",
        ),
        [
            "given look returns 4 when what == 3",
            "given again returns 9",
            "given ana answer sure with \"yes\"",
            "given approval of done by bo",
            "given slack down from 1h to 2h",
        ]
    );
}
