//! Advice of rules, taken literally: it compiles, and the rule is silent.

use quell_compiler::diagnostic::{Diagnostic, Level};

use crate::lint::strict;

/// What one rule reports, and all errors.
fn reported(code: &str, text: &str) -> Vec<Diagnostic> {
    let found = strict(text).1;
    found.into_iter().filter(|found| found.code == code || found.level == Level::Error).collect()
}

/// The code in the last backticks of the only help.
fn advised(found: &[Diagnostic]) -> String {
    let [one] = found else { panic!("{found:?}") };
    let [help] = one.help.as_slice() else { panic!("{one:?}") };
    help.rsplit('`').nth(1).unwrap().to_owned()
}

const PEOPLE: &str = r#"let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
let mo: Person = Person(id: "mo", name: "Mo Diaz", email: "mo@example.com")
let pair: Team = Team(name: "pair", lead: kim, on_call: [kim, lin])
let ops: Team = Team(name: "ops", lead: mo, on_call: [mo])

action wipe() destroys {
  irreversible "the data is gone"
}
"#;

fn gated(owner: &str, gate: &str) -> String {
    format!(
        r#"use std.alertmanager

{PEOPLE}
playbook repair {{
  on alertmanager.alert("DiskFull") as alert
  owner {owner}

  enrich {{
    severity = if alert.summary == "" then critical else minor
  }}

  triage none "known"

  communicate none "small"

  remediate {{
    step wiped = wipe()
      {gate}
  }}
}}
"#
    )
}

#[test]
fn one_more_to_ask_fits_the_gate_as_it_is() {
    let gates = [
        "approve by 2 of pair within 10m",
        "approve by 2 of kim, lin within 10m",
        "approve by 2 of [kim, lin] within 10m",
        "approve by 2 of pair when severity >= minor within 10m",
        "approve by 2 of kim,\n        lin within 10m else skip",
    ];
    for gate in gates {
        let text = gated("ops", gate);
        let advice = advised(&reported("lone-approver", &text));
        for kept in ["by 2 of", "when severity >= minor", "else skip", "within 10m"] {
            assert_eq!(advice.contains(kept), gate.contains(kept), "{advice}");
        }
        let followed = text.replace(gate, &advice);
        assert_eq!(reported("lone-approver", &followed), [], "{followed}");
    }
}

#[test]
fn without_an_owner_who_helps_a_name_is_left_open() {
    let text = gated("pair", "approve by 2 of pair within 10m");
    let advice = advised(&reported("lone-approver", &text));
    assert_eq!(advice, "approve by 2 of pair, NEXT within 10m");
    let followed = text.replace("approve by 2 of pair within 10m", &advice.replace("NEXT", "mo"));
    assert_eq!(reported("lone-approver", &followed), []);
}

#[test]
fn a_poll_reads_its_own_result() {
    let tool = |clause: &str| {
        format!(
            "action sealed() -> Bool reads\n\nplaybook unseal {{\n  enrich {{\n    step checked = sealed()\n{clause}  }}\n}}\n"
        )
    };
    assert_eq!(reported("unused-step", &tool("")).len(), 1);
    let polled = tool("      repeat every 10s until not it, at most 10m\n");
    assert_eq!(reported("unused-step", &polled), []);
}
