//! Who calls whom, and who waits for whom.

use quell_lsp::ide::{
    Cursor,
    hierarchy::{Link, incoming, outgoing, prepare},
};

use crate::fixture;

/// The names at the other ends, each with the texts of the places.
fn shown(text: &str, links: impl Fn(&quell_lsp::ide::Snapshot, Cursor) -> Vec<Link>) -> Vec<String> {
    let (snapshot, cursor) = fixture(text);
    let entry = prepare(&snapshot, cursor).unwrap();
    let declared = Cursor { file: entry.target.focus.file, offset: entry.target.focus.start };
    let place = |span: &quell_compiler::source::Span| {
        snapshot.source(span.file).text[span.start as usize..span.end as usize].to_owned()
    };
    let line = |link: &Link| {
        let places: Vec<String> = link.places.iter().map(place).collect();
        format!("{}: {}", link.entry.name, places.join(", "))
    };
    links(&snapshot, declared).iter().map(line).collect()
}

const CALLS: &str = "use shared

fn twice(n: Int) -> Int = n + n

task both(n: Int) -> Text {
  step one = shared.lo$0ok(twice(twice(n)))
  step two = shared.look(n)
  return one
}

playbook p {
  enrich {
    step all = both(1)
  }
}
== shared ==
action look(n: Int) -> Text reads {
  simulate {
    return \"\"
  }
}
action peer(n: Int) -> Text reads = look(n)
";

#[test]
fn calls_lead_both_ways_and_over_files() {
    assert_eq!(shown(CALLS, incoming), ["both: look, look", "peer: look"]);
    let both = CALLS.replace("$0", "").replace("step all = both", "step all = bo$0th");
    assert_eq!(shown(&both, incoming), ["p: both"]);
    assert_eq!(shown(&both, outgoing), ["look: look, look", "twice: twice, twice"]);
    let p = CALLS.replace("$0", "").replace("playbook p", "playbook $0p");
    assert_eq!(shown(&p, outgoing), ["both: both"]);
    let peer = CALLS.replace("$0", "").replace("action peer", "action pe$0er");
    assert_eq!(shown(&peer, outgoing), ["look: look"]);
}

#[test]
fn a_use_line_calls_nothing_and_a_type_is_not_called() {
    let text = "use shared (look)\n\nrecord R {\n  a: Int\n}\n== shared ==\naction lo$0ok() -> Text reads\n";
    assert!(shown(text, incoming).is_empty());
    let (snapshot, cursor) = fixture("record R$0 {\n  a: Int\n}\n");
    assert!(prepare(&snapshot, cursor).is_none());
    let (snapshot, cursor) = fixture("// $0\n");
    assert!(prepare(&snapshot, cursor).is_none());
}

const WAITS: &str = "use std.slack

let team: Team = Team(name: \"a\")

action look() -> Bool reads
action fix(what: Bool) changes {
  irreversible \"no\"
}

playbook p {
  owner team
  enrich {
    step lag = look()
    let late = lag
    severity = if late then major else minor
  }
  remediate {
    step first = fix(true)
      when lag
      approve by 1 of team.members when severity >= major within 5m
    step second = fix(lag)
    step check = look()
    resolved after check
  }
  communicate {
    step told = look()
      after resolved
  }
}
";

#[test]
fn steps_wait_for_each_other() {
    let at = |name: &str| WAITS.replacen(&format!("step {name}"), &format!("step $0{name}"), 1);
    assert_eq!(shown(&at("lag"), incoming), ["late: lag", "first: lag", "second: lag"]);
    assert_eq!(shown(&at("first"), outgoing), ["lag: lag", "severity: severity"]);
    assert_eq!(shown(&at("second"), outgoing)[0], "lag: lag");
    let second = shown(&at("second"), outgoing);
    assert!(second.iter().any(|line| line.starts_with("first: ")), "{second:?}");
    // Milestones are passed through.
    assert_eq!(shown(&at("told"), outgoing), ["check: resolved"]);
    assert_eq!(shown(&at("check"), incoming), ["told: resolved"]);
    let severity = WAITS.replacen("severity = if", "se$0verity = if", 1);
    assert_eq!(shown(&severity, outgoing), ["late: late"]);
    assert_eq!(shown(&severity, incoming), ["first: severity"]);
}

#[test]
fn broken_text_keeps_what_can_be_read() {
    let broken = WAITS.replacen("step second = fix(lag)", "step second = fix(", 1);
    let first = broken.replacen("step first", "step $0first", 1);
    let found = shown(&first, outgoing);
    assert!(found.contains(&"lag: lag".to_owned()), "{found:?}");
}
