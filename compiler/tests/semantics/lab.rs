//! Small playbooks as text, and questions about their runs.

use std::fmt::Write;

use quell_compiler::{
    check::Checked,
    diagnostic::Level,
    graph::Nanoseconds,
    simulate::{
        Chance, Options, Run, Unmet, check_expectations, scenarios_of, simulate,
        timeline::{end_in_words, plain, timeline},
        trace::{AttemptOutcome, End, Event, EventKind, Purpose, TraceNodeId},
        value::literal,
    },
    source::{FileId, SourceFile},
    world::MemoryWorld,
};

use crate::support::{self, check_files};

/// People, and actions of every effect that take one second and fail when they are told to.
pub const PRELUDE: &str = r#"
use std.people (on_slack, on_pagerduty)

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com", contacts: [on_slack("U1")])
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com", contacts: [on_slack("U2"), on_pagerduty("P2")])
let chidi: Person = Person(id: "chidi", name: "Chidi", email: "chidi@example.com", contacts: [on_pagerduty("P3")])
let dana: Person = Person(id: "dana", name: "Dana", email: "dana@example.com", contacts: [on_slack("U4")])
let crew: Team = Team(name: "crew", lead: dana, on_call: [dana, ana, bo], leads: [chidi])

action look(what: Int) -> Int reads {
  timeout 10s
  simulate {
    return what
    takes 1s
  }
}

action tell(what: Int) -> Int notifies {
  timeout 10s
  simulate {
    return what
    takes 1s
  }
}

action change(what: Int) -> Int changes {
  timeout 10s
  idempotent
  undo unchange(what)
  simulate {
    return what
    takes 1s
  }
}

action unchange(what: Int) -> Int changes {
  timeout 10s
  idempotent
  irreversible "it puts things back"
  simulate {
    return what
    takes 1s
  }
}

action destroy(what: Int) -> Int destroys {
  timeout 10s
  irreversible "it is gone"
  simulate {
    return what
    takes 1s
  }
}

"#;

/// A run of the first playbook in a text, in its first scenario if it has one.
pub struct Lab {
    pub world: MemoryWorld,
    pub checked: Checked,
    pub run: Run,
    pub unmet: Vec<Unmet>,
}

/// Runs a text behind the [`PRELUDE`]; it must have no errors.
pub fn run(text: &str) -> Lab {
    run_with(text, Options::default())
}

/// The same with options.
pub fn run_with(text: &str, options: Options) -> Lab {
    let (world, checked, _) = checked(text);
    run_checked(world, checked, options)
}

pub fn checked(text: &str) -> (MemoryWorld, Checked, FileId) {
    let mut world = support::world();
    let file = world.add("lab", SourceFile::new("lab.quell", format!("{PRELUDE}{text}")));
    let checked = check_files(&world, &[file]);
    let errors: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|found| found.level == Level::Error)
        .map(|found| support::line(&world, found))
        .collect();
    assert!(errors.is_empty(), "{}\n{text}", errors.join("\n"));
    (world, checked, file)
}

pub fn run_checked(world: MemoryWorld, checked: Checked, mut options: Options) -> Lab {
    let (playbook, _) = checked.playbooks().next().expect("the text has a playbook");
    options.scenario = options.scenario.or(scenarios_of(&checked, playbook).first().copied());
    let run = simulate(&world, &checked, playbook, &options);
    assert!(run.problems.is_empty(), "{:?}", run.problems);
    let unmet = options
        .scenario
        .map(|scenario| check_expectations(&world, &checked, &run, scenario))
        .unwrap_or_default();
    Lab { world, checked, run, unmet }
}

/// The examples, checked.
pub fn examples() -> (MemoryWorld, Checked) {
    let (world, files) = support::examples();
    let checked = check_files(&world, &files);
    (world, checked)
}

/// Draws durations and failures from a seed.
pub fn drawn(seed: u64) -> Options {
    Options { seed, chance: Chance::Drawn, ..Options::default() }
}

impl Lab {
    fn node(&self, name: &str) -> TraceNodeId {
        use quell_compiler::simulate::trace::TraceNodeKind::Gate;
        let found = self.run.trace.nodes.iter().position(|node| *node.name == *name && node.kind != Gate);
        TraceNodeId(found.unwrap_or_else(|| panic!("there is no `{name}`\n{}", self.told())) as u32)
    }

    pub fn events(&self, name: &str) -> Vec<&Event> {
        let node = self.node(name);
        self.run.trace.events.iter().filter(|event| event.node == Some(node)).collect()
    }

    /// How a step ended, as people read it.
    #[track_caller]
    pub fn end(&self, name: &str) -> String {
        let events = self.events(name);
        let ends: Vec<String> = events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Ended(End::Ok(value)) => Some(format!("ok {}", literal(value))),
                EventKind::Ended(end) => Some(end_in_words(end)),
                _ => None,
            })
            .collect();
        assert_eq!(ends.len(), 1, "`{name}` has {} ends\n{}", ends.len(), self.told());
        ends.into_iter().next().unwrap_or_default()
    }

    /// When a step ended, in milliseconds.
    #[track_caller]
    pub fn ended(&self, name: &str) -> i64 {
        let events = self.events(name);
        let end = events.iter().find(|event| matches!(event.kind, EventKind::Ended(_)));
        milliseconds(end.unwrap_or_else(|| panic!("`{name}` has no end\n{}", self.told())).at)
    }

    /// When the attempts of a step began, in milliseconds.
    pub fn attempts(&self, name: &str) -> Vec<i64> {
        self.calls(name, Purpose::Work)
    }

    /// When the undos of a step began, in milliseconds.
    pub fn undos(&self, name: &str) -> Vec<i64> {
        self.calls(name, Purpose::Undo)
    }

    fn calls(&self, name: &str, purpose: Purpose) -> Vec<i64> {
        self.events(name)
            .into_iter()
            .filter(|event| event.work.purpose == purpose && matches!(event.kind, EventKind::Attempt(_)))
            .map(|event| milliseconds(event.at))
            .collect()
    }

    /// What the attempts of a step came to.
    pub fn outcomes(&self, name: &str) -> Vec<String> {
        self.events(name)
            .into_iter()
            .filter(|event| event.work.purpose == Purpose::Work)
            .filter_map(|event| match &event.kind {
                EventKind::AttemptEnded(AttemptOutcome::Gave(value)) => Some(literal(value)),
                EventKind::AttemptEnded(AttemptOutcome::Failed(failure)) => {
                    Some(format!("{}: {}", failure.kind.word(), failure.text))
                }
                EventKind::AttemptEnded(AttemptOutcome::Unanswered) => Some("unanswered".to_owned()),
                EventKind::AttemptEnded(AttemptOutcome::Stopped) => Some("stopped".to_owned()),
                _ => None,
            })
            .collect()
    }

    /// The run's outcome and when that was decided, in milliseconds.
    pub fn ending(&self) -> (String, i64) {
        let ending = self.run.ending.as_ref().expect("the run began");
        (format!("{:?}", ending.outcome).to_lowercase(), milliseconds(ending.decided))
    }

    /// The whole log.
    pub fn told(&self) -> String {
        let mut out = plain(&timeline(&self.world, &self.run.trace));
        for unmet in &self.unmet {
            let _ = writeln!(out, "unmet: {}: {}", unmet.expected, unmet.actual);
        }
        out
    }

    /// All expectations of the scenario hold.
    #[track_caller]
    pub fn passes(&self) {
        assert!(self.unmet.is_empty(), "{}", self.told());
    }
}

fn milliseconds(at: Nanoseconds) -> i64 {
    at / 1_000_000
}

/// The findings of a text behind the [`PRELUDE`], as `code: message` with what its labels say.
pub fn findings(text: &str) -> Vec<String> {
    let mut world = support::world();
    let file = world.add("lab", SourceFile::new("lab.quell", format!("{PRELUDE}{text}")));
    let checked = check_files(&world, &[file]);
    let told = checked.diagnostics.iter().map(|found| {
        let labels = found.labels.iter().map(|label| label.message.as_str());
        let labels: Vec<&str> = labels.filter(|label| !label.is_empty()).collect();
        format!("{}: {} ({})", found.code, found.message, labels.join("; "))
    });
    told.collect()
}
