//! What holds for every run, over playbooks made by chance.

use std::fmt::Write;

use quell_compiler::{
    graph::{Measure, Schedules},
    names::Milestone,
    simulate::trace::{EventKind, TraceNodeKind},
};

use crate::lab::{drawn, run_with};

/// A number below `limit`, from a generator of its own (xorshift).
fn next(state: &mut u64, limit: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % limit
}

fn playbook(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut out = String::from(
        "action vary(what: Int) -> Int reads {\n  timeout 10s\n  simulate {\n    return what\n    takes p50 1s p95 9s\n    fails 20%\n  }\n}\n\
         action alter(what: Int) -> Int changes {\n  timeout 10s\n  idempotent\n  undo unchange(what)\n  simulate {\n    return what\n    takes p50 1s p95 9s\n    fails 20%\n  }\n}\n\
         playbook p {\n  owner crew\n  enrich {\n",
    );
    let looks = 2 + next(&mut state, 4);
    for index in 0..looks {
        let from = if index > 0 { format!("s{}", next(&mut state, index)) } else { "1".to_owned() };
        let _ = writeln!(out, "    step s{index} = vary({from})");
        out.push_str(
            ["", "      retry 2 times every 3s\n", "      on failure use 4\n"][next(&mut state, 3) as usize],
        );
    }
    out.push_str("  }\n  remediate {\n");
    for index in 0..1 + next(&mut state, 4) {
        let _ = writeln!(out, "    step c{index} = alter({index})");
        if next(&mut state, 2) == 0 {
            let _ = writeln!(out, "      when s{} > 0", next(&mut state, looks));
        }
        if next(&mut state, 3) == 0 {
            out.push_str("      retry 1 times\n");
        }
    }
    out.push_str("    step check = vary(1)\n      repeat every 5s until it > 0, at most 1m\n    resolved after check\n  }\n}\n");
    out
}

#[test]
fn every_run_keeps_the_promises() {
    for seed in 0..150 {
        let text = playbook(seed);
        let lab = run_with(&text, drawn(seed));
        let (trace, ending) = (&lab.run.trace, lab.run.ending.as_ref().unwrap());
        for (index, node) in
            trace.nodes.iter().enumerate().filter(|(_, node)| node.kind == TraceNodeKind::Step)
        {
            let own = |event: &&quell_compiler::simulate::trace::Event| {
                event.node.is_some_and(|node| node.0 as usize == index)
                    && matches!(event.kind, EventKind::Ended(_))
            };
            assert_eq!(trace.events.iter().filter(own).count(), 1, "{}: {}\n{text}", node.name, lab.told());
        }
        let reached = |wanted| {
            trace
                .events
                .iter()
                .any(|event| matches!(event.kind, EventKind::Milestone(milestone) if milestone == wanted))
        };
        assert!(!(reached(Milestone::Resolved) && reached(Milestone::Failed)), "{}", lab.told());
        let worst = Schedules::new(&lab.checked.graphs)
            .get(trace.header.playbook, Measure::Worst)
            .and_then(|schedule| schedule.total);
        assert!(worst.is_some_and(|worst| ending.over <= worst), "{worst:?} {}\n{text}", lab.told());
        assert_eq!(run_with(&text, drawn(seed)).run.trace, lab.run.trace, "seed {seed}");
    }
}
