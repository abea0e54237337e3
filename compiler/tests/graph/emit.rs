//! The examples' graphs in all formats, and what holds of the published one.

use std::collections::BTreeSet;

use quell_compiler::emit;
use serde_json::Value;

use crate::support::{Lab, examples, playbook};

const EXAMPLES: [&str; 4] = ["checkout_latency", "deployment_rollback", "regional_failover", "war_room"];

#[test]
fn the_examples_have_no_finding() {
    assert_eq!(examples().codes(), [""; 0]);
}

#[test]
fn the_examples_as_outlines() {
    let lab = examples();
    for name in EXAMPLES {
        let text = emit::text(&lab.document(name));
        for line in text.lines().filter(|line| line.trim().contains(' ')) {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        insta::assert_snapshot!(format!("{name}_text"), text);
    }
}

/// All kinds of nodes and reasons, in few lines.
const SMALL: &str = r#"
  enrich {
    step running = kubernetes.deployment(shop)
    let few = running.ready < 2
    severity = if running.ready == 0 then critical else minor
  }
  triage {
    cause crashed "the pods crash" {
      step restarts = kubernetes.deployment(shop)
      suspect when restarts.ready == 0
      rule out when restarts.ready > 5
    }
  }
  communicate none "nobody else notices"
  remediate {
    step scaled = kubernetes.scale(shop, replicas: running.replicas + 1)
      when crashed.suspected and few
      approve by 1 of team when severity >= critical within 5m else skip
      retry 1 times every 5s
      undo kubernetes.scale(shop, replicas: running.replicas)
    step verified = kubernetes.deployment(shop)
      repeat every 10s until it.ready > 8 for 1m, at most 10m
    step cleaned = kubernetes.scale(shop, replicas: running.replicas)
      after resolved + 1h
      undo kubernetes.scale(shop, replicas: running.replicas)
    resolved after verified
  }
"#;

#[test]
fn a_small_playbook_as_json() {
    insta::assert_snapshot!(emit::json(&Lab::new(&playbook(SMALL)).document("sample")));
}

#[test]
fn a_small_playbook_for_graphviz() {
    insta::assert_snapshot!(emit::dot(&Lab::new(&playbook(SMALL)).document("sample")));
}

#[test]
fn a_small_playbook_for_mermaid() {
    insta::assert_snapshot!(emit::mermaid(&Lab::new(&playbook(SMALL)).document("sample")));
}

#[test]
fn ids_are_unique_and_edges_and_nodes_refer_to_them() {
    let lab = examples();
    for name in EXAMPLES {
        let document = lab.document(name);
        for document in [&document].into_iter().chain(&document.tasks) {
            let ids: BTreeSet<&str> = document.nodes.iter().map(|node| node.id.as_str()).collect();
            assert_eq!(ids.len(), document.nodes.len(), "{name}");
            for edge in &document.edges {
                assert!(
                    ids.contains(edge.from.as_str()) && ids.contains(edge.to.as_str()),
                    "{name}: {edge:?}"
                );
            }
            for cause in document.nodes.iter().filter_map(|node| node.cause.as_deref()) {
                assert!(ids.contains(cause), "{name}: {cause}");
            }
        }
    }
}

#[test]
fn steps_of_the_same_name_have_ids_of_their_own() {
    let lab = Lab::new(&playbook(
        r#"
        enrich {
          step a = kubernetes.deployment(shop)
          step a = kubernetes.deployment(shop)
        }
        "#,
    ));
    assert!(lab.ids("sample").contains(&"a#2".to_owned()));
}

#[test]
fn each_field_that_is_written_is_documented() {
    let documented = include_str!("../../../docs/formats/graph.md");
    let lab = examples();
    let mut fields = BTreeSet::new();
    for name in EXAMPLES {
        collect(&serde_json::from_str(&emit::json(&lab.document(name))).unwrap(), &mut fields);
    }
    let unknown: Vec<_> = fields.iter().filter(|field| !documented.contains(&format!("`{field}`"))).collect();
    assert_eq!(unknown, [""; 0]);
    assert!(fields.len() > 50, "{fields:?}");
}

fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (field, value) in object {
                fields.insert(field.clone());
                collect(value, fields);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, fields)),
        _ => {}
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let (one, other) = (examples(), examples());
    for name in EXAMPLES {
        assert_eq!(emit::json(&one.document(name)), emit::json(&other.document(name)));
    }
}

#[test]
fn texts_are_quoted_for_each_language() {
    let lab = Lab::new(&playbook(
        "  communicate {\n    step a = slack.post(ops, \"<b>#1 & `x` \\\"q\\\" \\\\\")\n  }",
    ));
    let document = lab.document("sample");
    let dot = emit::dot(&document);
    assert!(dot.contains(r#"\"<b>#1 & `x` \\\"q\\\" \\\\\""#), "{dot}");
    let mermaid = emit::mermaid(&document);
    assert!(mermaid.contains("#60;b#62;#35;1 #38; #96;x#96; "), "{mermaid}");
}
