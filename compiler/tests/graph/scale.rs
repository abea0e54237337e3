//! Large playbooks: the graph grows with the text, not with its square.

use quell_compiler::graph::{Measure, SECOND, Schedules};

use crate::support::Lab;

const ACTIONS: &str = "action look(n: List<Int>) -> Int reads {}
action change(n: List<Int>) -> Int changes { irreversible \"it is gone\" }
";

/// A playbook whose remediate has these lines.
fn remediate(lines: impl Iterator<Item = String>) -> Lab {
    let lines: String = lines.collect();
    Lab::bare(&format!("{ACTIONS}playbook sample {{\n  remediate {{\n{lines}  }}\n}}\n"))
}

#[test]
fn five_thousand_steps_of_looks_and_changes_have_few_edges_each() {
    let count = 5_000;
    let call = |index: usize| if index.is_multiple_of(2) { "look" } else { "change" };
    let lab = remediate((0..count).map(|index| format!("    step s{index} = {}([1])\n", call(index))));
    let graph = lab.graph("sample");
    assert_eq!(graph.steps().count(), count);
    assert!(graph.node_count() < 2 * count, "{} nodes", graph.node_count());
    assert!(graph.edges().len() < 6 * count, "{} edges", graph.edges().len());
    assert_eq!(lab.codes(), [""; 0]);
}

#[test]
fn two_thousand_looks_come_together_before_many_changes() {
    let (looks, changes) = (2_000, 200);
    let lines = (0..looks).map(|index| format!("    step l{index} = look([1])\n"));
    let lab = remediate(lines.chain((0..changes).map(|index| format!("    step c{index} = change([1])\n"))));
    let edges = lab.graph("sample").edges().len();
    assert!(edges < looks + 10 * changes, "{edges} edges");
}

#[test]
fn a_step_that_names_two_thousand_others_waits_for_each_once() {
    let count = 2_000;
    let lines = (0..count).map(|index| format!("    step s{index} = look([1])\n"));
    let names: Vec<String> =
        (0..count).flat_map(|index| [format!("s{index}"), format!("s{index}")]).collect();
    let all = format!("    step all = look([{}])\n", names.join(", "));
    let lab = remediate(lines.chain([all]));
    let graph = lab.graph("sample");
    assert_eq!(graph.incoming(lab.node_of("sample", "all")).len(), count);
}

#[test]
fn a_chain_of_five_thousand_is_no_danger_to_the_stack() {
    let count = 5_000;
    let line = |index: usize| match index {
        0 => "    step s0 = look([1])\n".to_owned(),
        _ => format!("    step s{index} = look([s{}])\n", index - 1),
    };
    let lab = remediate((0..count).map(line));
    let order = lab.graph("sample").topological().unwrap();
    assert_eq!(order.len(), lab.graph("sample").node_count());
}

#[test]
fn a_cycle_of_five_thousand_is_told_in_a_few_lines() {
    let count = 5_000;
    let line = |index: usize| format!("    step s{index} = look([s{}])\n", (index + 1) % count);
    let lab = remediate((0..count).map(line));
    assert_eq!(lab.codes(), ["step-cycle"]);
    let finding = &lab.findings[0];
    assert!(finding.labels.len() < 12 && finding.message.len() < 200, "{}", finding.message);
}

#[test]
fn a_group_behind_a_wide_condition_waits_for_it_once() {
    let (width, steps) = (100, 200);
    let lines = (0..width).map(|index| format!("    step s{index} = look([1])\n"));
    let names: Vec<String> = (0..width).map(|index| format!("s{index}")).collect();
    let group = format!("    if [{}].length() > 3 {{\n", names.join(", "));
    let inner = (0..steps).map(|index| format!("      step t{index} = look([1])\n"));
    let lab = remediate(
        lines
            .chain([group])
            .chain(inner)
            .chain(["    } else {\n".to_owned(), "      step u = look([1])\n    }\n".to_owned()]),
    );
    let edges = lab.graph("sample").edges().len();
    // Once for the branch, once for its opposite.
    assert_eq!(edges, 2 * width + steps + 1);
    assert_eq!(lab.waits_for("sample", "t7"), ["@values"]);
}

#[test]
fn endless_branches_and_conditions_end_in_a_finding() {
    let branches =
        (0..200).map(|index| format!(" else if s0 == {index} {{\n      step t{index} = look([1])\n    }}"));
    let branches: String = branches.collect();
    let lab = remediate(
        ["    step s0 = look([1])\n    if s0 < 0 {\n    }".to_owned(), branches, "\n".to_owned()].into_iter(),
    );
    assert_eq!(lab.codes(), ["too-many-conditions"]);
    assert!(lab.graph("sample").edges().len() < 10_000);
}

#[test]
fn a_long_chain_of_tasks_is_no_danger_to_the_stack() {
    let count = 3_000;
    let task = |index: usize| {
        let callee = if index + 1 == count { "look([1])".to_owned() } else { format!("t{}()", index + 1) };
        format!("task t{index}() -> Int {{\n  step inner = {callee}\n  return inner\n}}\n")
    };
    let tasks: String = (0..count).map(task).collect();
    let lab = Lab::bare(&format!(
        "{ACTIONS}{tasks}playbook sample {{\n  enrich {{\n    step all = t0()\n  }}\n}}\n"
    ));
    let mut schedules = Schedules::new(lab.graphs());
    let schedule = schedules.get(lab.item("sample"), Measure::Worst).unwrap();
    assert_eq!(schedule.total, Some(60 * SECOND));
    assert_eq!(lab.document("sample").tasks.len(), count);
}
