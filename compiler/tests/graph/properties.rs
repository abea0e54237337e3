//! What holds of every graph, tried on random playbooks.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quell_compiler::graph::{Measure, NodeId, NodeKind, Reason, Schedules, StepGraph};

use crate::support::Lab;

/// A random step; what it names may stand anywhere.
#[derive(Debug, Clone)]
struct Random {
    part: usize,
    kind: usize,
    names: Vec<usize>,
    when: Option<usize>,
    after: Option<After>,
    approved: bool,
    recurs: bool,
}

#[derive(Debug, Clone, Copy)]
enum After {
    Step(usize),
    Milestone(&'static str),
}

const PARTS: [&str; 4] = ["enrich", "triage", "communicate", "remediate"];
const CALLS: [&str; 4] = ["look", "post", "change", "work"];

fn random(count: usize) -> impl Strategy<Value = Random> {
    let after = prop_oneof![
        6 => Just(None),
        2 => (0..count).prop_map(|step| Some(After::Step(step))),
        1 => prop::sample::select(vec!["started", "assessed + 5m", "triaged", "resolved", "failed"])
            .prop_map(|milestone| Some(After::Milestone(milestone))),
    ];
    (
        0..PARTS.len(),
        0..CALLS.len(),
        prop::collection::vec(0..count, 0..3),
        prop::option::weighted(0.2, 0..count),
        after,
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.05),
    )
        .prop_map(|(part, kind, names, when, after, approved, recurs)| Random {
            part,
            kind,
            names,
            when,
            after,
            approved,
            recurs,
        })
}

fn playbooks() -> impl Strategy<Value = Vec<Random>> {
    (2_usize..14).prop_flat_map(|count| prop::collection::vec(random(count), count))
}

/// The same, where each step names only steps before it: most have no cycle.
fn ordered() -> impl Strategy<Value = Vec<Random>> {
    playbooks().prop_map(|mut steps| {
        steps.sort_by_key(|step| step.part);
        for (index, step) in steps.iter_mut().enumerate() {
            step.names.retain(|name| *name < index);
            step.when = step.when.filter(|name| *name < index);
            step.after = step.after.filter(|after| !matches!(after, After::Step(name) if *name >= index));
        }
        steps
    })
}

/// The playbook as text, without the steps in `without`.
fn text(steps: &[Random], without: &BTreeSet<usize>) -> String {
    let mut text = String::from(
        "action look(n: Int) -> Int reads {}
action post(n: Int) -> Int notifies {}
action change(n: Int) -> Int changes { irreversible \"it is gone\" }
task work(n: Int) -> Int {
  step looked = look(n)
  step changed = change(looked)
  step checked = look(n)
  return checked
}
playbook sample {
",
    );
    for (part, name) in PARTS.iter().enumerate() {
        text.push_str(&format!("  {name} {{\n"));
        if part == 0 {
            text.push_str("    severity = minor\n");
        }
        for (index, step) in
            steps.iter().enumerate().filter(|(index, step)| step.part == part && !without.contains(index))
        {
            let names: Vec<_> = step
                .names
                .iter()
                .filter(|name| !without.contains(name))
                .map(|name| format!("s{name}"))
                .collect();
            let argument = if names.is_empty() { "1".to_owned() } else { names.join(" + ") };
            text.push_str(&format!("    step s{index} = {}({argument})\n", CALLS[step.kind]));
            if let Some(when) = step.when {
                text.push_str(&format!("      when s{when} > 1 and s{when} < 9\n"));
            }
            match step.after {
                Some(After::Step(other)) => text.push_str(&format!("      after s{other}\n")),
                Some(After::Milestone(milestone)) => text.push_str(&format!("      after {milestone}\n")),
                None => {}
            }
            if step.recurs {
                text.push_str("      every 5m\n");
            }
            if step.approved {
                text.push_str("      approve by 1 of 1 within 5m\n");
            }
        }
        text.push_str("  }\n");
    }
    text.push_str("}\n");
    text
}

/// What each step waits for and why, with gates and joins taken out of the way.
fn waits(lab: &Lab) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let graph = lab.graph("sample");
    let of_step = |id: NodeId| {
        let mut waits = BTreeSet::new();
        for edge in graph.incoming(graph.entry(id)) {
            let edge = graph.edge(*edge);
            let reason = match edge.reason {
                // The numbers of guards shift.
                Reason::Condition(_) => "condition".to_owned(),
                other => format!("{other:?}"),
            };
            for from in behind_joins(graph, edge.from) {
                waits.insert((lab.name("sample", from), reason.clone()));
            }
        }
        waits
    };
    graph.steps().map(|(id, _)| (lab.name("sample", id), of_step(id))).collect()
}

fn behind_joins(graph: &StepGraph, node: NodeId) -> Vec<NodeId> {
    match graph.node(node).kind {
        NodeKind::Join(_) => {
            graph.incoming(node).iter().flat_map(|edge| behind_joins(graph, graph.edge(*edge).from)).collect()
        }
        _ => vec![node],
    }
}

/// What promise 2 says that a step waits for by its place, by its number.
fn expected_places(steps: &[Random]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|index| steps[*index].part);
    let ends = |step: &Random| matches!(step.after, Some(After::Milestone("resolved" | "failed")));
    let changes = |step: &Random| step.kind >= 2;
    let mut places = BTreeMap::new();
    for (at, index) in order.iter().enumerate() {
        let step = &steps[*index];
        let mut above = BTreeSet::new();
        for other in &order[..at] {
            let before = &steps[*other];
            let waited = if changes(before) {
                changes(step) || step.part == 3
            } else {
                before.kind == 0 && before.part != 2 && changes(step)
            };
            if waited && step.after.is_none() && !before.recurs && !ends(before) {
                above.insert(*other);
            }
        }
        places.insert(*index, above);
    }
    places
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_has_a_cycle_exactly_if_a_finding_says_so(steps in playbooks()) {
        let lab = Lab::bare(&text(&steps, &BTreeSet::new()));
        let graph = lab.graph("sample");
        prop_assert_eq!(graph.topological().is_some(), !lab.codes().contains(&"step-cycle"));
        for (id, edge) in graph.edges() {
            prop_assert!(edge.from.index() < graph.node_count() && edge.to.index() < graph.node_count());
            prop_assert!(graph.incoming(edge.to).contains(&id) && graph.outgoing(edge.from).contains(&id));
            prop_assert!(!lab.text(edge.span).is_empty());
        }
    }

    #[test]
    fn nothing_starts_before_what_it_waits_for_has_ended(steps in ordered()) {
        let lab = Lab::bare(&text(&steps, &BTreeSet::new()));
        let graph = lab.graph("sample");
        let mut schedules = Schedules::new(lab.graphs());
        for measure in [Measure::Worst, Measure::WithoutPeople, Measure::Expected] {
            let Some(schedule) = schedules.get(graph.item, measure) else {
                prop_assert!(graph.topological().is_none());
                continue;
            };
            for (_, edge) in graph.edges() {
                let delay = if let Reason::After(delay) = edge.reason { delay.unwrap() } else { 0 };
                prop_assert!(schedule.node(edge.from).end.unwrap() + delay <= schedule.node(edge.to).start.unwrap());
            }
        }
    }

    #[test]
    fn each_change_keeps_its_place(steps in playbooks()) {
        let lab = Lab::bare(&text(&steps, &BTreeSet::new()));
        let graph = lab.graph("sample");
        for (index, expected) in expected_places(&steps) {
            let node = lab.node_of("sample", &format!("s{index}"));
            let mut found = BTreeSet::new();
            for edge in graph.incoming(graph.entry(node)) {
                let edge = graph.edge(*edge);
                if edge.reason == Reason::Place {
                    found.extend(behind_joins(graph, edge.from).into_iter().map(|from| lab.name("sample", from)));
                }
            }
            let expected: BTreeSet<_> = expected.into_iter().map(|index| format!("s{index}")).collect();
            prop_assert_eq!(found, expected, "s{}", index);
        }
    }

    #[test]
    fn taking_a_step_out_that_nobody_names_changes_nothing_else(steps in playbooks(), extra in random(2)) {
        let gone = steps.len();
        let steps: Vec<Random> = steps.into_iter().chain([extra]).collect();
        let with = Lab::bare(&text(&steps, &BTreeSet::new()));
        let without = Lab::bare(&text(&steps, &BTreeSet::from([gone])));
        let (mut before, after) = (waits(&with), waits(&without));
        let gone = format!("s{gone}");
        before.remove(&gone);
        for of_step in before.values_mut() {
            of_step.retain(|(from, _)| *from != gone);
        }
        prop_assert_eq!(before, after);
    }

    #[test]
    fn whatever_is_cut_off_compiles_to_some_graph(steps in playbooks(), cut in any::<prop::sample::Index>()) {
        let text = text(&steps, &BTreeSet::new());
        let kept = &text[..cut.index(text.len())];
        let lab = Lab::bare(kept);
        for (item, graph) in &lab.graphs().bodies {
            prop_assert_eq!(graph.item, *item);
        }
    }
}
