//! Slips whose message once led nowhere.

use quell_compiler::diagnostic::Level;

use crate::support::{check_text, line};

/// All that is reported, a finding an element.
fn told(text: &str) -> Vec<String> {
    let (world, checked) = check_text(text);
    checked.diagnostics.iter().map(|found| line(&world, found)).collect()
}

const RESPONSE: &str = "\
use std.slack (Channel)

let kim: Person = Person(id: \"kim\", name: \"Kim Park\", email: \"kim@example.com\")

let web: Team = Team(name: \"web\", lead: kim, on_call: [kim])

record Ticket {
  title: Text,
}

trigger created() -> Ticket = Ticket(title: \"down\")

playbook repair {
  on created as incident
  owner web

  enrich {
    severity = minor
  }

  triage none \"a test\"

  communicate none \"a test\"

  remediate {
    step work = manual(web, \"Look at ${incident.title}\", within: 30m)
      irreversible \"a test\"
  }
}

scenario \"first\" for repair {
  given incident = Ticket(title: \"one\")
  expect completed
}

scenario \"second\" for repair {
  given incident = Ticket(title: \"two\")
  expect completed
}
";

#[test]
fn a_trigger_without_parentheses_is_one_error_with_the_call_to_write() {
    let found = told(RESPONSE);
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    assert!(found[0].contains("write `on created() as NAME`"), "{}", found[0]);
    let called = told(&RESPONSE.replace("on created as", "on created() as"));
    assert!(called.is_empty(), "{}", called.join("\n"));
}

#[test]
fn an_answer_to_manual_work_says_how_to_set_its_duration() {
    let text = RESPONSE
        .replace("on created as", "on created() as")
        .replace("  given incident = Ticket(title: \"two\")\n", "  given kim answer work with done\n");
    let found = told(&text);
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    assert!(found[0].contains("given work taking"), "{}", found[0]);
}

#[test]
fn each_conflict_is_one_error_and_all_else_waits() {
    let conflict = |name: &str| {
        format!("<<<<<<< HEAD\nlet {name}: Int = 3\n=======\nlet {name}: Int = \"5\"\n>>>>>>> branch\n\n")
    };
    for count in [1, 3] {
        let names = ["one", "two", "three"];
        let text: String = names.iter().take(count).map(|name| conflict(name)).collect();
        let found = told(&format!("{text}let unknown: Int = missing\n"));
        assert_eq!(found.len(), count, "{}", found.join("\n"));
        assert!(found.iter().all(|found| found.contains("conflict-marker")), "{}", found.join("\n"));
    }
    // Inside of a playbook, and in the manner of diff3.
    let text = RESPONSE.replace(
        "  on created as incident\n",
        "<<<<<<< ours\n  on created() as incident\n||||||| base\n  on created\n=======\n  on created as incident\n>>>>>>> theirs\n",
    );
    let found = told(&text);
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
}

#[test]
fn marks_of_a_conflict_in_a_text_are_text() {
    let found = told("let shown: Text = \"\"\"\n<<<<<<< HEAD\n=======\n>>>>>>> branch\n\"\"\"\n");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn names_in_texts_that_other_languages_would_replace_are_warned_of() {
    for (text, is_warned) in [
        ("{host} is down", true),
        ("{{ host }} is down", true),
        ("#{host} is down", true),
        ("%(host)s is down", true),
        ("<%= host %> is down", true),
        ("${host} is down", false),
        ("\\${host} is down", false),
        ("{other} is down", false),
        ("up{host=\\\"a\\\"}", false),
        ("$host", false),
    ] {
        let (world, checked) = check_text(&format!("fn told(host: Text) -> Text = \"{text}\" + host\n"));
        let found: Vec<_> = checked.diagnostics.iter().collect();
        let lines = || found.iter().map(|found| line(&world, found)).collect::<Vec<_>>().join("\n");
        let warned = matches!(found.as_slice(), [only] if only.code == "uninterpolated-name" && only.level == Level::Warning);
        assert!(if is_warned { warned } else { found.is_empty() }, "{text}\n{}", lines());
    }
}
