//! Runs that take more than a run may: no command says that the playbook failed or passed.

use crate::sandbox::Sandbox;

const RETRY: &str = r#"let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
let web: Team = Team(name: "web", lead: lin, on_call: [lin])

/// Looks.
action look() -> Int reads {
  timeout 10s
  simulate {
    return 1
    takes 0s
    fails 100%
  }
}

/// Asks for ever.
playbook endless {
  owner web

  enrich {
    severity = minor
    step x = look()
      repeat every 1ms until it == 2, at most 1000000 times
  }
}

scenario "it fails" for endless {
  expect failed
}

scenario "it does not fail" for endless {
  expect not failed
}

/// Ends.
playbook short {
  owner web

  enrich {
    severity = minor
    step x = look()
  }
}

scenario "it ends" for short {
  expect x ran
}
"#;

#[test]
fn a_dry_run_that_is_given_up_could_not_run() {
    let sandbox = Sandbox::new([("retry.quell", RETRY)]);
    for views in ["", "--plan", "--who", "--explain x", "--output-format json", "--html page.html"] {
        let run = sandbox.quell(&format!("dry-run retry.quell:endless {views}"));
        assert_eq!(run.code, 2, "{views}: {run}");
        assert!(run.err.contains("the run makes more than 250,000 calls"), "{run}");
        assert!(run.err.contains("(retry.quell:20:5)"), "{run}");
        assert!(run.err.contains("help: poll, retry or repeat less often"), "{run}");
        assert_eq!(run.out, "", "{views}");
    }
    assert!(!sandbox.path("page.html").exists());
}

#[test]
fn a_simulation_stops_at_the_first_run_that_is_given_up() {
    let sandbox = Sandbox::new([("retry.quell", RETRY)]);
    let run = sandbox.quell("simulate retry.quell:endless --runs 100000");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("the run makes more than 250,000 calls"), "{run}");
    assert_eq!(run.out, "");
}

#[test]
fn tests_that_are_given_up_neither_pass_nor_fail_and_the_others_run() {
    let sandbox = Sandbox::new([("retry.quell", RETRY)]);
    let run = sandbox.quell("test");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.out.contains("3 scenarios: 1 passed, 2 couldn't run"), "{run}");
    assert!(run.out.contains("ERROR  it does not fail"), "{run}");
    let run = sandbox.quell("test -k ends");
    assert_eq!(run.code, 0, "{run}");
}
