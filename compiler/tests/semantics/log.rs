//! The log: elements, titles, fields, folded tasks.

use quell_compiler::simulate::timeline::timeline;

use crate::lab::run;

/// Four lines with the same result have to show which element each is about.
#[test]
fn elements_of_each_are_told_apart() {
    let told = run(r#"
action lag(host: Text) -> Int reads {
  timeout 10s
  simulate {
    return 7
    takes 1s
  }
}
playbook p {
  owner crew
  enrich {
    step lags = lag(host)
      each host in ["db_1", "db_2"]
  }
}
"#)
    .told();
    assert!(told.contains("db_1: 7 (lag)") && told.contains("db_2: 7 (lag)"), "{told}");
}

/// The field that decides is shown, not the name alone.
#[test]
fn a_condition_shows_the_fields_that_it_reads() {
    let told = run(r#"
record Host {
  name: Text,
  ok: Bool,
  size: Int,
}
action hosts() -> List<Host> reads {
  timeout 10s
  simulate {
    return [Host(name: "web_1", ok: false, size: 3), Host(name: "web_2", ok: true, size: 4)]
    takes 1s
  }
}
playbook p {
  owner crew
  enrich {
    step all = hosts()
  }
  communicate {
    step woken = tell(1)
      when all.all(h => not h.ok)
  }
}
"#)
    .told();
    let joined = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("all is [web_1 (ok: false), web_2 (ok: true)]"), "{told}");
}

/// The documentation of a step is its title: once, on its first line.
#[test]
fn the_documentation_of_a_step_is_its_title() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    /// Tell the crew
    /// what happened.
    ///
    /// More about it.
    step woken = tell(1)
    step other = tell(2)
  }
}
"#);
    let told = lab.told();
    assert_eq!(told.matches("Tell the crew what happened\n").count(), 1, "{told}");
    assert!(!told.contains("More about it"), "{told}");
    let titles: Vec<_> = lab.run.trace.nodes.iter().filter_map(|node| node.title.as_deref()).collect();
    assert_eq!(titles, ["Tell the crew what happened"]);
}

/// Folded, a task is a line that names where it sent messages; failures stay.
#[test]
fn the_inside_of_a_task_is_folded_but_for_failures() {
    let lab = run(r#"
task t() -> Int {
  step seen = look(1)
  step said = tell(seen)
  step broken = look([1, 2][seen + 4])
    on failure use 3
  return said
}
playbook p {
  owner crew
  communicate {
    step called = t()
  }
}
"#);
    let whole = timeline(&lab.world, &lab.run.trace);
    let names = |lines: &[quell_compiler::simulate::timeline::Line]| {
        lines.iter().map(|line| line.about.to_string()).collect::<Vec<_>>()
    };
    assert!(names(&whole.lines).contains(&"called.seen".to_owned()), "{}", lab.told());
    let folded = whole.folded();
    let names = names(&folded.lines);
    assert!(!names.contains(&"called.seen".to_owned()), "{names:?}");
    assert!(!names.contains(&"called.said".to_owned()), "{names:?}");
    for kept in ["called", "called.broken"] {
        assert!(names.contains(&kept.to_owned()), "{kept} in {names:?}");
    }
    let ends = folded.lines.iter().any(|line| line.text.starts_with("done: t(): 3 steps, notified "));
    assert!(ends, "{:?}", folded.lines);
}
