//! What holds for every run of tasks that fail, are cut off and come to rest, over playbooks made by
//! chance: none outlasts its worst case, each step has one end, and each undo that begins comes to its end.

use std::fmt::Write;

use quell_compiler::{
    graph::{Measure, Schedules},
    simulate::trace::{EventKind, Purpose, TraceNodeKind},
};

use crate::lab::{Lab, drawn, run_with};

/// A number below `limit`, from a generator of its own (xorshift).
fn next(state: &mut u64, limit: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % limit
}

/// One of some texts.
fn one_of<'t>(state: &mut u64, texts: &[&'t str]) -> &'t str {
    texts[next(state, texts.len() as u64) as usize]
}

const ACTIONS: &str = r#"
action vary(what: Int) -> Int reads {
  timeout 10s
  simulate {
    return what
    takes p50 1s p95 9s
    fails 25%
  }
}

action slow(what: Int) -> Int notifies {
  timeout 40s
  simulate {
    return what
    takes p50 8s p95 39s
    fails 10%
  }
}

action alter(what: Int) -> Int changes {
  timeout 10s
  idempotent
  undo unalter(what)
  simulate {
    return what
    takes p50 1s p95 9s
    fails 20%
  }
}

action unalter(what: Int) -> Int changes {
  timeout 15s
  idempotent
  irreversible "it puts things back"
  simulate {
    return what
    takes p50 3s p95 14s
    fails 10%
  }
}

"#;

/// A body of some steps, which may call the tasks before it; and the name of its last step.
fn body(state: &mut u64, out: &mut String, tasks: u64, indent: &str) -> String {
    let steps = 2 + next(state, 4);
    for index in 0..steps {
        let call = match next(state, if tasks > 0 { 6 } else { 4 }) {
            0 => "vary(1)".to_owned(),
            1 => "slow(2)".to_owned(),
            2 | 3 => format!("alter({index})"),
            _ => format!("t{}({index})", next(state, tasks)),
        };
        let calls_task = call.starts_with('t');
        let _ = writeln!(out, "{indent}step s{index} = {call}");
        let mut clause = |text: &str| {
            if !text.is_empty() {
                let _ = writeln!(out, "{indent}  {text}");
            }
        };
        if next(state, 4) == 0 && index > 0 {
            clause(&format!("after s{}", next(state, index)));
        }
        if calls_task && next(state, 4) == 0 {
            clause("each x in [1, 2, 3], 2 at a time");
        }
        // Whole seconds make for many ends at exactly a bound.
        if calls_task && next(state, 3) == 0 {
            let within = 4 + next(state, 20);
            clause(&format!("repeat every 3s until it > 50, at most {within}s"));
        }
        if calls_task && next(state, 2) == 0 {
            clause(&format!("timeout {}s", 1 + next(state, 20)));
        }
        clause(one_of(state, &["", "", "retry 1 times", "retry 2 times every 2s"]));
        if call.starts_with("alter") && next(state, 5) == 0 {
            clause("irreversible \"there is no way back\"");
        } else if call.starts_with("alter") && next(state, 5) == 0 {
            clause("undo unalter(90) always");
        }
        clause(one_of(state, &["", "", "on failure continue"]));
    }
    format!("s{}", steps - 1)
}

fn playbook(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut out = String::from(ACTIONS);
    let tasks = 1 + next(&mut state, 3);
    for task in 0..tasks {
        let _ = writeln!(out, "task t{task}(n: Int) -> Int {{");
        let last = body(&mut state, &mut out, task, "  ");
        let _ = writeln!(out, "  step last = vary(n)\n    after {last}\n  return last\n}}\n");
    }
    out.push_str("playbook p {\n  owner crew\n  remediate {\n");
    body(&mut state, &mut out, tasks, "    ");
    out.push_str("  }\n}\n");
    out
}

/// How many undos were held back by an irreversible step.
fn held_back(lab: &Lab) -> usize {
    lab.run.trace.events.iter().filter(|event| matches!(event.kind, EventKind::NotUndone { .. })).count()
}

#[test]
fn no_run_of_tasks_outlasts_its_worst_case() {
    let (mut undone, mut kept) = (0, 0);
    for seed in 0..250 {
        let text = playbook(seed);
        let lab = run_with(&text, drawn(seed));
        let (trace, ending) = (&lab.run.trace, lab.run.ending.as_ref().unwrap());
        let worst = Schedules::new(&lab.checked.graphs)
            .get(trace.header.playbook, Measure::Worst)
            .and_then(|schedule| schedule.total);
        assert!(worst.is_some_and(|worst| ending.over <= worst), "{worst:?} {}\n{text}", lab.told());
        for (index, node) in trace.nodes.iter().enumerate() {
            let top = node.kind == TraceNodeKind::Step && node.inside.is_none();
            let ends = trace.events.iter().filter(|event| {
                event.node.is_some_and(|node| node.0 as usize == index)
                    && matches!(event.kind, EventKind::Ended(_))
            });
            assert!(!top || ends.count() == 1, "{}: {}\n{text}", node.name, lab.told());
        }
        // What begins as an undo also comes to its end.
        let calls = |wanted: fn(&EventKind) -> bool| {
            let undos = trace.events.iter().filter(|event| event.work.purpose == Purpose::Undo);
            undos.filter(|event| wanted(&event.kind)).count()
        };
        let begun = calls(|kind| matches!(kind, EventKind::Attempt(_)));
        assert_eq!(begun, calls(|kind| matches!(kind, EventKind::AttemptEnded(_))), "{}\n{text}", lab.told());
        undone += begun;
        kept += held_back(&lab);
        assert_eq!(run_with(&text, drawn(seed)).run.trace, lab.run.trace, "seed {seed}");
    }
    assert!(undone > 300 && kept > 30, "{undone} {kept}");
}
