//! The scenarios of the examples.

use quell_compiler::simulate::{
    Options, check_expectations, scenarios_of, simulate,
    timeline::{plain, timeline},
};

use crate::support::{self, check_files};

#[test]
fn all_scenarios_of_the_examples_pass() {
    let (world, files) = support::examples();
    let checked = check_files(&world, &files);
    let mut scenarios = 0;
    for (playbook, _) in checked.playbooks() {
        for scenario in scenarios_of(&checked, playbook) {
            let options = Options { scenario: Some(scenario), ..Options::default() };
            let run = simulate(&world, &checked, playbook, &options);
            let unmet: Vec<String> = check_expectations(&world, &checked, &run, scenario)
                .into_iter()
                .map(|unmet| format!("{}: {}", unmet.expected, unmet.actual))
                .collect();
            let told = plain(&timeline(&world, &run.trace));
            assert!(unmet.is_empty(), "{}\n{told}", unmet.join("\n"));
            assert!(run.problems.is_empty(), "{:?}", run.problems);
            scenarios += 1;
        }
    }
    assert!(scenarios > 10, "only {scenarios} scenarios were found");
}

#[test]
fn elements_that_run_side_by_side_are_told_apart() {
    let (world, checked) = support::check_text(
        r#"
action backup(host: Text) -> Text notifies {
  http POST "https://backup.example.com/${host}"
  simulate {
    return host
    takes 30s
  }
}

let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com")

let ops: Team = Team(name: "ops", lead: kim, on_call: [kim])

playbook save {
  owner ops

  communicate {
    step saved = backup(host)
      each host in ["a", "b"]
  }
}
"#,
    );
    let (playbook, _) = checked.playbooks().next().unwrap();
    let run = simulate(&world, &checked, playbook, &Options::default());
    let told = plain(&timeline(&world, &run.trace));
    for host in ["a", "b"] {
        assert!(told.contains(&format!("backup(\"{host}\"), after 30s")), "{told}");
    }
}
