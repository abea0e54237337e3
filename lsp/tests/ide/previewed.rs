//! What a pane shows.

use quell_lsp::ide::{
    Cursor, Snapshot,
    playbooks::playbooks,
    previews::{Given, Subject, dry_run, step_graph},
};

use crate::fixture;

const LIBRARY: &str = "
action look(what: Text = \"\") -> Text reads {
  simulate {
    return \"seen ${what}\"
  }
}

task twice(what: Text) -> Text {
  step first = look(what)
  step second = look(first)
  return second
}
";

fn subject(cursor: Cursor) -> Subject {
    Subject { file: cursor.file, playbook: None, offset: Some(cursor.offset) }
}

fn named(cursor: Cursor, name: &str) -> Subject {
    Subject { file: cursor.file, playbook: Some(name.to_owned()), offset: None }
}

fn given(scenario: &str) -> Given {
    Given { scenario: Some(scenario.to_owned()), ..Given::default() }
}

fn tools() -> (Snapshot, Cursor) {
    let text = "playbook one {
  enrich {
    step a = twice(\"<b>\")
    step b = look(a)
      when a == \"seen seen <b>\"
  }
}

playbook two {
  input what: Text
  enrich {
    step $0c = look(what)
  }
}

scenario \"nothing there\" for one {
  given a returns \"none\"
  expect b skipped
}
";
    fixture(&format!("{text}{LIBRARY}"))
}

#[test]
fn a_graph_is_that_around_the_cursor_or_that_of_a_name() {
    let (snapshot, cursor) = tools();
    let two = step_graph(&snapshot, &subject(cursor)).unwrap();
    assert_eq!((&*two.title, &*two.data.name), ("two", "two"));
    let one = step_graph(&snapshot, &named(cursor, "one")).unwrap();
    assert_eq!(one.data.name, "one");
    assert!(one.html.starts_with("<!DOCTYPE html>") && one.html.contains("<title>one</title>"));
    // Its steps, why they wait, and the task inside.
    for said in [">a<", ">b<", "a (uses its value)", "Task twice", ">second<"] {
        assert!(one.html.contains(said), "{said}: {}", one.html);
    }
    let task = step_graph(&snapshot, &named(cursor, "twice")).unwrap();
    assert_eq!(task.data.nodes.len(), 3);
    assert!(step_graph(&snapshot, &named(cursor, "look")).is_none());
    assert!(step_graph(&snapshot, &named(cursor, "three")).is_none());
}

#[test]
fn a_scenario_means_its_playbook_and_elsewhere_the_first_one_is_meant() {
    let (snapshot, cursor) = tools();
    let inside = snapshot.source(cursor.file).text.find("given a").unwrap() as u32;
    let at = |offset| Subject { file: cursor.file, playbook: None, offset: Some(offset) };
    assert_eq!(step_graph(&snapshot, &at(inside)).unwrap().title, "one");
    assert_eq!(dry_run(&snapshot, &at(0), Given::default()).unwrap().unwrap().title, "one");
}

#[test]
fn a_run_is_bare_or_a_scenario() {
    let (snapshot, cursor) = tools();
    let bare = dry_run(&snapshot, &named(cursor, "one"), Given::default()).unwrap().unwrap();
    assert_eq!((&*bare.title, bare.data.scenario), ("one", None));
    assert!(bare.html.contains("seen seen &lt;b&gt;") && !bare.html.contains("<b>\""));
    let scenario = dry_run(&snapshot, &named(cursor, "one"), given("nothing there")).unwrap().unwrap();
    assert_eq!(scenario.title, "one: nothing there");
    assert!(dry_run(&snapshot, &named(cursor, "one"), given("something")).unwrap().is_none());
    // A scenario of another playbook is none of this one.
    assert!(dry_run(&snapshot, &named(cursor, "two"), given("nothing there")).unwrap().is_none());
}

#[test]
fn a_run_says_why_it_cannot_begin() {
    let (snapshot, cursor) = tools();
    let why = dry_run(&snapshot, &named(cursor, "two"), Given::default()).unwrap_err();
    assert!(why.contains("`what`"), "{why}");
    let inputs = vec![("what".to_owned(), "x".to_owned())];
    let run =
        dry_run(&snapshot, &named(cursor, "two"), Given { inputs, ..Given::default() }).unwrap().unwrap();
    assert!(run.html.contains("seen x"));
}

#[test]
fn scenarios_may_stand_in_a_file_of_their_own() {
    let text = "use library (one)\n\nscenario \"elsewhere\" for one {\n$0  expect a ran\n}\n== library ==\nplaybook one {\n  enrich {\n    step a = look()\n  }\n}\n";
    let (snapshot, cursor) = fixture(&format!("{text}{LIBRARY}"));
    let all = playbooks(&snapshot, cursor.file);
    assert_eq!((all.len(), &*all[0].name, all[0].scenarios.len()), (1, "one", 1));
    for subject in [subject(cursor), named(cursor, "one")] {
        assert_eq!(step_graph(&snapshot, &subject).unwrap().title, "one");
        let run = dry_run(&snapshot, &subject, given("elsewhere")).unwrap().unwrap();
        assert_eq!(run.title, "one: elsewhere");
    }
}

#[test]
fn what_is_wrong_has_no_run_and_what_waits_for_itself_no_graph() {
    let (snapshot, cursor) =
        fixture(&format!("playbook p {{\n  enrich {{\n    step a = look($0\n  }}\n}}\n{LIBRARY}"));
    assert!(dry_run(&snapshot, &subject(cursor), Given::default()).unwrap().is_none());
    let text = "playbook p {\n  enrich {\n    step a = look(b)\n    step b$0 = look(a)\n  }\n}\n";
    let (snapshot, cursor) = fixture(&format!("{text}{LIBRARY}"));
    assert!(step_graph(&snapshot, &subject(cursor)).is_none());
    assert!(dry_run(&snapshot, &subject(cursor), Given::default()).unwrap().is_none());
    let (snapshot, cursor) = fixture("// nothing$0\n");
    assert!(step_graph(&snapshot, &subject(cursor)).is_none());
}

#[test]
fn pages_load_nothing() {
    let (snapshot, cursor) = tools();
    let page = step_graph(&snapshot, &named(cursor, "one")).unwrap();
    for outside in ["<script", "<link", "<img", "<iframe", " src=", " href=", "@import", "NaN"] {
        assert!(!page.html.contains(outside), "{outside}");
    }
}
