//! The scenarios of the examples.

use quell_compiler::{
    check::check_files,
    simulate::{
        Options, check_expectations, scenarios_of, simulate,
        timeline::{plain, timeline},
    },
};

use crate::support;

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
