//! `quell simulate`: thousands of runs, and what they come to.

use serde_json::Value;

use crate::sandbox::Sandbox;

fn json(sandbox: &Sandbox, arguments: &str) -> Value {
    let run = sandbox.quell(&format!("simulate {arguments} --output-format json"));
    assert_eq!(run.code, 0, "{run}");
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn the_sums_are_right_and_parts_make_the_whole() {
    let sandbox = Sandbox::with_examples();
    let whole = json(&sandbox, "examples:deployment_rollback --runs 300 --seed 40");
    assert_eq!(whole["schema"], "quell.dev/simulation/1");
    let sum: u64 = whole["outcomes"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(sum, 300, "{whole}");
    assert_eq!(whole["times"]["over"]["reached"], 300, "{whole}");
    for (milestone, times) in whole["times"].as_object().unwrap() {
        let all: Vec<i64> =
            times["percentiles"].as_object().unwrap().values().filter_map(Value::as_i64).collect();
        assert!(all.len() == 6 && all.is_sorted(), "{milestone}: {times}");
    }
    // The seeds of one half and of the other.
    let parts = [
        json(&sandbox, "examples:deployment_rollback --runs 150 --seed 40"),
        json(&sandbox, "examples:deployment_rollback --runs 150 --seed 190"),
    ];
    for (index, step) in whole["steps"].as_array().unwrap().iter().enumerate() {
        for count in ["ran", "failed", "critical"] {
            let of = |part: &Value| part["steps"][index][count].as_u64().unwrap();
            assert_eq!(step[count].as_u64().unwrap(), of(&parts[0]) + of(&parts[1]), "{count} of {step}");
        }
        assert!(step["critical"].as_u64() <= step["ran"].as_u64(), "{step}");
    }
    let rate = whole["automation_rate"].as_f64().unwrap();
    assert!(rate > 0.5 && rate < 0.95, "two of its steps are questions: {rate}");
    let by_person = whole["steps"].as_array().unwrap().iter().filter(|step| step["by_person"] == true);
    let by_person: Vec<&str> = by_person.filter_map(|step| step["name"].as_str()).collect();
    assert_eq!(by_person, ["repo", "tag"]);
}

#[test]
fn one_of_the_runs_is_the_dry_run_with_its_seed() {
    let sandbox = Sandbox::with_examples();
    let many = json(&sandbox, "examples:checkout_latency --runs 60 --seed 3");
    let (seed, decided) = (&many["slowest"]["seed"], &many["slowest"]["decided"]);
    let run = sandbox.quell(&format!("dry-run examples:checkout_latency --seed {seed} --output-format json"));
    let trace: Value = serde_json::from_str(&run.out).unwrap();
    let last = trace["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["event"], &last["decided"]), (&Value::from("run_ended"), decided), "{last}");
}

#[test]
fn for_people_it_fits_into_80_columns() {
    let sandbox = Sandbox::with_examples();
    for file in ["checkout_latency", "deployment_rollback", "regional_failover", "war_room"] {
        let run = sandbox.quell(&format!("simulate examples:{file} --runs 40"));
        assert_eq!(run.code, 0, "{run}");
        let wide: Vec<&str> = run.out.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{file}: {wide:#?}");
        assert!(run.out.contains("critical path") && run.out.contains("Automation rate"), "{run}");
    }
    let run = sandbox.quell("simulate examples:war_room --runs 5 --output-file result.txt");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run}");
    assert!(sandbox.read("result.txt").contains("war_room: 5 runs"));
}

#[test]
fn what_cannot_be_simulated() {
    let sandbox = Sandbox::with_examples();
    for arguments in [
        "examples:war_room --runs 0",
        "examples:war_room --runs 99999999999",
        "examples:war_rom",
        "examples:war_room --scenario nothing-like-it",
        "examples:war_room --input nothing=1",
        "nowhere.quell",
    ] {
        let run = sandbox.quell(&format!("simulate {arguments}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments}: {run}");
    }
    sandbox.write("broken.quell", "playbook p {\n  enrich {\n    step a = nothing()\n  }\n}\n");
    assert_eq!(sandbox.quell("simulate broken.quell").code, 1);
}
