//! The language server as editors meet it: the real program over its standard input and output.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod above;
mod bounds;
mod client;
mod fence;
mod hostile;
mod lints;
mod outside;
mod panes;
mod stress;

use std::{fs, path::Path};

use client::{Client, at, change, open};
use serde_json::{Value, json};

const SHARED: &str = "//! Shared.\n\n/// Looks.\naction look(what: Text) -> Text reads {\n  command [\"look\", what] {\n    return what\n  }\n  simulate {\n    return \"seen\"\n  }\n}\n";
const PLAYBOOK: &str = "use shared\n\nplaybook p {\n  enrich {\n    step seen = shared.look(\"ä😀\")\n    step again = shared.look(seen)\n  }\n}\n";

fn project(folder: &Path) -> (String, String) {
    fs::write(folder.join("quell.toml"), "[package]\nname = \"test\"\nversion = \"0.1.0\"\n").unwrap();
    fs::write(folder.join("shared.quell"), SHARED).unwrap();
    fs::write(folder.join("p.quell"), PLAYBOOK).unwrap();
    let uri = |name: &str| format!("file://{}", folder.join(name).display());
    (uri("p.quell"), uri("shared.quell"))
}

fn started(folder: &Path, capabilities: Value) -> Client {
    let mut client = Client::start(env!("CARGO_BIN_EXE_quell"), folder);
    client.initialize(folder, capabilities);
    client
}

fn codes(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn findings_follow_the_text_and_the_files_it_uses() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, shared) = project(&root);
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, PLAYBOOK);
    let before = client.findings(&playbook, 1);
    assert!(!codes(&before).contains(&"unknown-name"), "{before}");

    // `seen` becomes `seem` where it is used: behind two letters that are longer than one unit.
    change(&mut client, &playbook, 2, (5, 32), (5, 33), "m");
    let after = client.findings(&playbook, 2);
    assert!(codes(&after).contains(&"unknown-name"), "{after}");
    let finding = after.as_array().unwrap().iter().find(|it| it["code"] == "unknown-name").unwrap();
    assert_eq!(finding["range"]["start"], json!({ "line": 5, "character": 29 }));
    let page = finding["codeDescription"]["href"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert!(fs::read_to_string(page).unwrap().contains("# `unknown-name`"));

    change(&mut client, &playbook, 3, (5, 32), (5, 33), "n");
    assert_eq!(client.findings(&playbook, 3), before);

    // The module that it uses, in another document that isn't saved.
    open(&mut client, &shared, SHARED);
    change(&mut client, &shared, 2, (3, 7), (3, 11), "peer");
    let message = client.notification(|it| {
        let params = &it["params"];
        params["uri"] == playbook.as_str() && params["diagnostics"] != before
    });
    assert!(!codes(&message["params"]["diagnostics"]).is_empty());
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn findings_are_pulled_by_clients_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = started(&root, json!({ "textDocument": { "diagnostic": {} } }));
    open(&mut client, &playbook, &PLAYBOOK.replace("(seen)", "(seem)"));
    let params = json!({ "textDocument": { "uri": playbook } });
    let report = client.request("textDocument/diagnostic", params);
    assert_eq!(report["kind"], "full");
    assert!(codes(&report["items"]).contains(&"unknown-name"), "{report}");
    client.stop();
}

#[test]
fn completion_hover_definition_rename_and_layout() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, shared) = project(&root);
    let mut client = started(&root, json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } }));
    let text = format!("{}playbook  q {{\n}}\n", PLAYBOOK);
    open(&mut client, &playbook, &text);

    let list = client.request("textDocument/completion", at(&playbook, 5, 24));
    let labels: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["look"], "{list}");

    let hover = client.request("textDocument/hover", at(&playbook, 4, 26));
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("action look(what: Text) -> Text reads") && shown.contains("Looks."), "{shown}");

    let place = client.request("textDocument/definition", at(&playbook, 4, 26));
    assert_eq!(
        (place["uri"].as_str().unwrap(), place["range"]["start"]["line"].as_u64()),
        (&*shared, Some(3))
    );

    let mut params = at(&playbook, 4, 26);
    params["newName"] = json!("peer");
    let edit = client.request("textDocument/rename", params);
    let changes = edit["changes"].as_object().unwrap();
    assert_eq!(changes.len(), 2, "{edit}");
    assert_eq!(changes[&playbook].as_array().unwrap().len(), 2);
    assert_eq!(changes[&shared].as_array().unwrap().len(), 1);

    let refused = client.request("textDocument/prepareRename", at(&playbook, 0, 5));
    assert!(refused["error"]["message"].as_str().unwrap().contains("named after its file"), "{refused}");

    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": playbook }, "options": options });
    let edits = client.request("textDocument/formatting", params);
    assert!(edits[0]["newText"].as_str().unwrap().contains("playbook q"), "{edits}");
    client.stop();
}

#[test]
fn a_broken_project_file_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    fs::write(root.join("quell.toml"), "[package]\nname = \"test\"\nsource = []\n").unwrap();
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, PLAYBOOK);
    let message = client.notification(|it| {
        it["params"]["uri"].as_str().is_some_and(|uri| uri.ends_with("quell.toml"))
            && !it["params"]["diagnostics"].as_array().unwrap().is_empty()
    });
    let found = &message["params"]["diagnostics"][0];
    assert!(found["message"].as_str().unwrap().contains("unknown key `source`"), "{found}");
    assert_eq!(found["range"]["start"]["line"], 2);
    client.stop();
}

#[test]
fn the_exit_code_says_whether_the_client_asked_for_the_end() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(started(folder.path(), json!({})).stop(), Some(0));
    assert_eq!(started(folder.path(), json!({})).exit(), Some(1));
}
