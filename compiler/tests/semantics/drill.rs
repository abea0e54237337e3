//! Drills: what was seen stays, what was decided counts, and the transcript is the same run again.

use quell_compiler::{
    graph::SECOND,
    simulate::{
        Options,
        drill::{Decision, Drill, Question, transcript},
        timeline::plain,
        trace::Event,
        value::Value,
    },
};

use crate::lab;

const PLAYBOOK: &str = r#"
playbook talk {
  owner crew

  triage {
    step go: Bool = ask(ana, "Go?", within: 10m)
    step host: Text = ask(bo, "Which host?", within: 10m)
    step several = ask_many(chidi, "Which of them?", options: ["a", "b", "c"], within: 10m)
  }

  remediate {
    step plugged = manual(ana, "plug it in", within: 30m)
      when go == true
      irreversible "it is plugged in"
    step changed = change(1)
      when host == "db-1"
      approve by 2 of crew, chidi within 5m
    step seen = look(1)
    resolved after seen
  }
}
"#;

fn events(drill: &Drill<'_>, before: i64) -> Vec<Event> {
    drill.run().trace.events.iter().filter(|event| event.at < before).cloned().collect()
}

/// Decides what is open in a name's step, some seconds from now.
fn decide(drill: &mut Drill<'_>, name: &str, who: usize, decision: Decision) {
    drill.go_on_to(drill.now() + 7 * SECOND + 1);
    let open = drill.open();
    let open = open.iter().find(|open| *open.name == *name).unwrap_or_else(|| panic!("{name}: {open:?}"));
    let (now, before) = (drill.now(), events(drill, drill.now()));
    drill.decide(open, &open.people[who], decision);
    assert_eq!(events(drill, now), before, "what was seen stays as it was");
    assert_eq!(drill.now() % SECOND, open.asked % SECOND, "decisions fall on whole seconds");
}

#[test]
fn what_was_decided_is_a_scenario_with_the_same_run() {
    let (world, checked, _) = lab::checked(PLAYBOOK);
    let (playbook, _) = checked.playbooks().next().unwrap();
    let mut drill = Drill::begin(&world, &checked, playbook, Options::default()).unwrap();
    assert_eq!(drill.open().len(), 3, "{:?}", drill.open());
    let typed = drill.open().iter().find(|open| *open.name == *"host").cloned().unwrap();
    assert!(matches!(typed.question, Question::Typed(_)));
    let host = drill.read(&typed, "db-1").unwrap();
    decide(&mut drill, "host", 0, Decision::Answer(host));
    decide(&mut drill, "go", 0, Decision::Answer(Value::Bool(true)));
    let picked = Value::list(vec![Value::text("a"), Value::text("c")]);
    decide(&mut drill, "several", 0, Decision::Answer(picked));
    decide(&mut drill, "plugged", 0, Decision::Answer(Value::Unit));
    decide(&mut drill, "changed", 0, Decision::Approve);
    decide(&mut drill, "changed", 0, Decision::Approve);
    while let Some(next) = drill.next() {
        drill.go_on_to(next);
    }
    assert!(drill.is_over() && drill.open().is_empty());
    let written = transcript(&drill, "again");
    assert!(written.scenario.contains("expect resolved"), "{}", written.scenario);
    let again = lab::run(&format!("{PLAYBOOK}\n{}", written.scenario));
    again.passes();
    let told = |text: String| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(told(again.told()), told(plain(&drill.told)), "{}", written.scenario);
}

#[test]
fn a_refusal_closes_the_gate_and_silence_lets_time_pass() {
    let (world, checked, _) = lab::checked(PLAYBOOK);
    let (playbook, _) = checked.playbooks().next().unwrap();
    let mut drill = Drill::begin(&world, &checked, playbook, Options::default()).unwrap();
    decide(&mut drill, "host", 0, Decision::Answer(Value::text("db-1")));
    while drill.open().iter().all(|open| *open.name != *"changed") {
        drill.go_on_to(drill.next().unwrap());
    }
    decide(&mut drill, "changed", 1, Decision::Refuse);
    assert!(drill.open().iter().all(|open| *open.name != *"changed"));
    let text = transcript(&drill, "refused").scenario;
    assert!(text.contains("given approval of changed refused by bo after "), "{text}");
    assert!(text.contains("expect failed"), "{text}");
    lab::run(&format!("{PLAYBOOK}\n{text}")).passes();
}

#[test]
fn what_cannot_be_read_is_said_and_decides_nothing() {
    let text =
        PLAYBOOK.replace("step host: Text", "step host: Duration").replace("host == \"db-1\"", "host == 5m");
    let (world, checked, _) = lab::checked(&text);
    let (playbook, _) = checked.playbooks().next().unwrap();
    let drill = Drill::begin(&world, &checked, playbook, Options::default()).unwrap();
    let typed = drill.open().iter().find(|open| *open.name == *"host").cloned().unwrap();
    assert_eq!(drill.read(&typed, "5m"), Ok(Value::Duration(300 * SECOND)));
    assert!(drill.read(&typed, "soon").is_err());
}
