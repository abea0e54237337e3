//! `quell dry-run`: what it runs, and what it says where it can't.

use insta::assert_snapshot;

use crate::sandbox::{Run, Sandbox};

const TOOL: &str = "\
let lin: Person = Person(id: \"lin\", name: \"Lin Aoki\", email: \"lin@example.com\")

let web: Team = Team(name: \"web\", lead: lin, on_call: [lin])

/// Says hello.
playbook greet {
  owner web
  input host: Text

  communicate {
    step hello = ask(run.starter, \"Greet ${host}?\", options: [\"yes\", \"no\"], within: 5m)
  }
}

scenario \"nobody answers\" for greet {
  given host = \"a\"
  expect hello skipped
}
";

#[test]
fn the_same_inputs_give_the_same_bytes_and_seeds_differ() {
    let sandbox = Sandbox::with_examples();
    let run = |arguments: &str| sandbox.quell(&format!("dry-run examples/checkout_latency {arguments}")).out;
    assert_eq!(run(""), run(""));
    assert_eq!(run("--seed 7"), run("--seed 7"));
    assert_ne!(run("--seed 7"), run("--seed 8"));
    assert!(run("").contains("RESOLVED"), "{}", run(""));
}

#[test]
fn scenarios_of_an_example_hold() {
    let sandbox = Sandbox::with_examples();
    let text = sandbox.read("examples/checkout_latency.quell");
    let titles: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("scenario \""))
        .filter_map(|line| line.split('"').next())
        .collect();
    assert!(titles.len() >= 3, "{titles:?}");
    for title in titles {
        let run = sandbox.quell_with(&["dry-run", "examples:checkout_latency", "--scenario", title]);
        assert_eq!(run.code, 0, "{title}: {run}");
    }
}

#[test]
fn several_playbooks_and_none_chosen() {
    assert_snapshot!(Sandbox::with_examples().quell("dry-run examples"));
}

#[test]
fn a_misspelt_playbook() {
    assert_snapshot!(Sandbox::with_examples().quell("dry-run examples:checkout_latenc"));
}

#[test]
fn a_misspelt_scenario() {
    let sandbox = Sandbox::new([("greet.quell", TOOL)]);
    assert_snapshot!(sandbox.quell("dry-run greet.quell --scenario nobody-answer"));
}

fn greet(arguments: &str) -> Run {
    Sandbox::new([("greet.quell", TOOL)]).quell(&format!("dry-run greet.quell {arguments}"))
}

#[test]
fn inputs() {
    let run = greet("--input host=web1");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.out.contains("Greet web1?"), "{run}");
    let run = greet("--input hst=web1");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`hst`"), "{run}");
    assert_eq!(greet("--input host").code, 2);
}

#[test]
fn standard_input() {
    let run = Sandbox::new([]).quell_reading("dry-run - --input host=web1", TOOL);
    assert_eq!(run.code, 0, "{run}");
}

/// The trace is the same however the file was named, and from wherever.
#[test]
fn a_trace_names_files_from_the_project() {
    let sandbox = Sandbox::new([
        ("ops/quell.toml", "[package]\nname = \"ops\"\n"),
        ("ops/books/greet.quell", TOOL),
        ("alone/greet.quell", TOOL),
    ]);
    let trace = |file: &str| {
        let run = sandbox.quell_with(&["dry-run", file, "--input", "host=web1", "--output-format", "json"]);
        assert_eq!(run.code, 0, "{run}");
        run.out
    };
    for (folder, place) in [("ops/books", "books/greet.quell"), ("alone", "greet.quell")] {
        let usual = trace(&format!("{folder}/greet.quell"));
        assert!(usual.contains(&format!("\"file\": \"{place}\"")), "{usual}");
        assert!(!usual.contains(&format!("\"file\": \"{folder}")), "{usual}");
        let whole = sandbox.path(folder).join("greet.quell");
        for other in [
            format!("./{folder}/greet.quell"),
            format!("{folder}/../{}/greet.quell", folder.rsplit('/').next().unwrap()),
            whole.to_string_lossy().into_owned(),
        ] {
            assert_eq!(trace(&other), usual, "{other}");
        }
    }
}

#[test]
fn a_file_with_errors_does_not_run() {
    let sandbox = Sandbox::new([("greet.quell", TOOL.replace("run.starter", "run.startr").as_str())]);
    let run = sandbox.quell("dry-run greet.quell --input host=a");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run}");
    assert!(run.err.contains("startr"), "{run}");
}

#[test]
fn an_expectation_that_does_not_hold_fails() {
    let text = TOOL.replace("expect hello skipped", "expect hello failed");
    let sandbox = Sandbox::new([("greet.quell", text.as_str())]);
    let run = sandbox.quell("dry-run greet.quell --scenario nobody");
    assert_eq!(run.code, 1, "{run}");
}

#[test]
fn a_folder_without_playbooks() {
    let sandbox = Sandbox::new([("lib/hosts.quell", "type Host = Text\\n")]);
    assert_snapshot!(sandbox.quell("dry-run lib"));
}

#[test]
fn an_empty_file() {
    let run = Sandbox::new([("a.quell", "")]).quell("dry-run a.quell");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("no playbook"), "{run}");
}
