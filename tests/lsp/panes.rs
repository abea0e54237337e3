//! What clients ask beyond the protocol, and what is shown within and above lines.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{at, change, open},
    project, started,
};

const TEXT: &str = "use shared\n\nplaybook p {\n  input what: Text = \"ä😀\"\n  enrich {\n    step seen = shared.look(what)\n    step again = shared.look(\"ä😀${seen}\")\n      when seen != \"\"\n  }\n}\n\nscenario \"it is dark\" for p {\n  given seen returns \"\"\n  expect again skipped\n}\n\nscenario \"it is bright\" for p {\n  expect again skipped\n}\n";

#[test]
fn panes_show_graphs_and_runs_as_the_extension_asks_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, TEXT);
    let document = json!({ "uri": playbook });

    let all = client.request("quell/playbooks", json!({ "textDocument": document }));
    assert_eq!(all, json!({ "playbooks": [{ "name": "p", "scenarios": ["it is dark", "it is bright"] }] }));

    let graph = client.request("quell/stepGraph", at(&playbook, 5, 10));
    assert_eq!((&graph["title"], &graph["data"]["schema"]), (&json!("p"), &json!("quell.dev/graph/1")));
    assert!(graph["html"].as_str().unwrap().contains("<head>"), "the extension puts its policy there");
    let named = json!({ "textDocument": document, "playbook": "p" });
    assert_eq!(client.request("quell/stepGraph", named.clone()), graph);

    let run = client.request("quell/dryRun", named);
    assert_eq!(run["data"]["schema"], "quell.dev/trace/1");
    assert!(run["html"].as_str().unwrap().contains("ä😀"));
    let params = json!({ "textDocument": document, "playbook": "p", "scenario": "it is dark" });
    assert_eq!(client.request("quell/dryRun", params)["title"], "p: it is dark");
    let params = json!({ "textDocument": document, "playbook": "q" });
    assert_eq!(client.request("quell/dryRun", params), Value::Null);

    let params = json!({ "textDocument": document, "inputs": { "nonsense": "1" } });
    let refused = client.request("quell/dryRun", params);
    assert_eq!(refused["error"]["code"], -32803);
    assert!(refused["error"]["message"].as_str().unwrap().contains("`nonsense`"), "{refused}");

    // While it doesn't parse there is a graph of what is there, and no run.
    change(&mut client, &playbook, 2, (5, 24), (5, 25), "");
    change(&mut client, &playbook, 3, (8, 0), (8, 3), "  ");
    assert_eq!(client.request("quell/dryRun", at(&playbook, 5, 10)), Value::Null);
    client.request("quell/stepGraph", at(&playbook, 5, 10));
    client.stop();
}

#[test]
fn hints_count_as_the_client_does_and_are_explained_when_asked() {
    for (encoding, end) in [("utf-8", 45), ("utf-16", 42)] {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let (playbook, _) = project(&root);
        let mut client = started(&root, json!({ "general": { "positionEncodings": [encoding] } }));
        open(&mut client, &playbook, TEXT);
        let range = json!({ "start": { "line": 6, "character": 0 }, "end": { "line": 7, "character": 0 } });
        let params = json!({ "textDocument": { "uri": playbook }, "range": range });
        let hints = client.request("textDocument/inlayHint", params.clone());
        let labels: Vec<&str> =
            hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
        assert_eq!(labels, [": Text?", "≤ 1m"], "{hints}");
        assert_eq!(hints[1]["position"], json!({ "line": 6, "character": end }));
        assert!(hints[0].get("tooltip").is_none());
        let explained = client.request("inlayHint/resolve", hints[0].clone());
        assert!(explained["tooltip"]["value"].as_str().unwrap().contains("step again: Text?"), "{explained}");

        // About an older text nothing is said.
        change(&mut client, &playbook, 2, (0, 0), (0, 0), "\n");
        assert!(client.request("inlayHint/resolve", hints[0].clone()).get("tooltip").is_none());
        client.stop();
    }
}

#[test]
fn kinds_of_hints_can_be_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = crate::client::Client::start(env!("CARGO_BIN_EXE_quell"), &root);
    let options = json!({ "inlayHints": { "types": false, "times": false } });
    let offered = client.initialize_with(&root, json!({}), options);
    assert_eq!(offered["capabilities"]["inlayHintProvider"]["resolveProvider"], true);
    open(&mut client, &playbook, TEXT);
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": playbook }, "range": range });
    let hints = client.request("textDocument/inlayHint", params);
    let labels: Vec<&str> =
        hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["?"]);
    client.stop();
}
