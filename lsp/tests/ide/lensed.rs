//! Lenses, and what scenarios come to.

use quell_compiler::simulate::Verdict;
use quell_lsp::ide::{
    Cursor,
    lenses::{LensKind, lenses, uses},
    scenarios::run_scenarios,
};

use crate::fixture;

const TEXT: &str = "let people: List<Person> = [Person(id: \"a\", name: \"A\", email: \"a@example.com\")]

action look() -> Bool reads {
  command [\"look\"] {
    return true
  }
  simulate {
    return true
  }
}

playbook p {
  triage {
    step lag = look()
    step sure = ask(people, \"Are you sure?\", options: [\"yes\", \"no\"], within: 5m)
    step more = look()
  }
}

scenario \"it lags\" for p {
  expect lag
  expect sure skipped
}

scenario \"nobody lags\" for p {
  given lag returns false
  expect lag
  expect more ran 2 times
  expect more ran
}
$0";

#[test]
fn each_item_says_what_can_be_done_with_it() {
    let (snapshot, cursor) = fixture(TEXT);
    let found = lenses(&snapshot, cursor.file);
    let text = &snapshot.source(cursor.file).text;
    let shown: Vec<String> = found
        .iter()
        .map(|lens| {
            let about = &text[lens.span.start as usize..lens.span.end as usize];
            let what = match &lens.kind {
                LensKind::DryRun { playbook } => format!("run {playbook}"),
                LensKind::Graph { item } => format!("graph {item}"),
                LensKind::Automation { steps, by_people } => format!("{} of {steps}", by_people.len()),
                LensKind::Scenario { playbook, title } => format!("{title} of {playbook}"),
                LensKind::References => {
                    uses(&snapshot, Cursor { file: cursor.file, offset: lens.span.start }).len().to_string()
                }
            };
            format!("{about}: {what}")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "people: 1",
            "look: 2",
            "p: run p",
            "p: graph p",
            "p: 1 of 3",
            "p: 2",
            "\"it lags\": it lags of p",
            "\"nobody lags\": nobody lags of p",
        ]
    );
}

#[test]
fn scenarios_come_to_what_the_command_line_says() {
    let (snapshot, cursor) = fixture(TEXT);
    let results = run_scenarios(&snapshot, cursor.file, || true).unwrap();
    assert_eq!(results.len(), 2);
    assert_eq!((results[0].verdict, results[0].expected), (Verdict::Passed, 2), "{results:?}");
    let fails = &results[1];
    assert_eq!((fails.verdict, fails.expected, fails.reasons.len()), (Verdict::Failed, 3, 2), "{fails:?}");
    assert!(fails.reasons[1].contains("2 times"), "{fails:?}");
    assert!(run_scenarios(&snapshot, cursor.file, || false).is_err());
}

#[test]
fn nothing_is_run_while_something_is_wrong() {
    let (snapshot, cursor) = fixture(&TEXT.replace("step more = look()", "step more = look("));
    assert_eq!(run_scenarios(&snapshot, cursor.file, || true).unwrap(), []);
    assert!(!lenses(&snapshot, cursor.file).is_empty());
}
