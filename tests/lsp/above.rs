//! Lenses, hierarchies, links, files that move, and answers that say only what is new.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, at, change, open},
    project, started,
};

const TEXT: &str = "use shared\n\n/// See https://example.com.\nplaybook p {\n  enrich {\n    step seen = shared.look(\"ä😀\") // quell: allow(unused-step)\n    step again = shared.look(seen)\n  }\n}\n\nscenario \"bright\" for p {\n  expect seen == \"seen\"\n}\n\nscenario \"dark\" for p {\n  expect again skipped\n}\n";

fn titles(lenses: &Value) -> Vec<&str> {
    let all = lenses.as_array().unwrap().iter();
    all.map(|lens| lens["command"]["title"].as_str().unwrap_or("?")).collect()
}

fn document(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

/// The lenses that `wanted` holds of, once the server has said that there are others.
fn until(client: &mut Client, uri: &str, wanted: impl Fn(&[&str]) -> bool) -> Value {
    loop {
        client.asked("workspace/codeLens/refresh");
        let lenses = client.request("textDocument/codeLens", document(uri));
        if wanted(&titles(&lenses)) {
            return lenses;
        }
    }
}

#[test]
fn lenses_say_what_scenarios_came_to_once_that_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, shared) = project(&root);
    let mut client = started(&root, json!({ "workspace": { "codeLens": { "refreshSupport": true } } }));
    open(&mut client, &playbook, TEXT);
    let lenses = client.request("textDocument/codeLens", document(&playbook));
    assert_eq!(
        titles(&lenses),
        ["dry run", "step graph", "100% automated: 2 of 2 steps", "?", "run scenario", "run scenario"],
        "{lenses}"
    );
    let lenses = until(&mut client, &playbook, |shown| shown.len() == 8);
    let shown = titles(&lenses);
    assert_eq!(shown[5], "✓ 1 of 1 passed");
    assert!(shown[7].starts_with("✗ 1 of 1 failed: expect again skipped: "), "{shown:?}");
    // What a lens asks for, the server answers.
    let command = &lenses[7]["command"];
    assert_eq!(command["command"], "quell.dryRun");
    let of = &command["arguments"][0];
    let params = json!({
        "textDocument": { "uri": of["uri"] }, "playbook": of["playbook"], "scenario": of["scenario"],
    });
    assert_eq!(client.request("quell/dryRun", params)["title"], "p: dark");

    // The last result stays until there is another one.
    change(&mut client, &playbook, 2, (15, 15), (15, 22), "ran");
    let lenses = client.request("textDocument/codeLens", document(&playbook));
    assert!(titles(&lenses)[7].starts_with('✗'), "{lenses}");
    until(&mut client, &playbook, |shown| shown[7] == "✓ 1 of 1 passed");

    // Uses are counted when they are shown, in all files.
    let lenses = client.request("textDocument/codeLens", document(&shared));
    let counted = client.request("codeLens/resolve", lenses[0].clone());
    assert_eq!(counted["command"]["title"], "2 references");
    assert_eq!(counted["command"]["command"], "quell.showReferences");
    assert_eq!(counted["command"]["arguments"][2].as_array().unwrap().len(), 2);
    assert_eq!(counted["command"]["arguments"][2][0]["uri"], playbook.as_str());
    open(&mut client, &shared, crate::SHARED);
    let refused = client.request("codeLens/resolve", lenses[0].clone());
    assert_eq!(refused["error"]["code"], -32801);
    client.stop();
}

#[test]
fn hierarchies_are_followed_item_by_item() {
    for encoding in ["utf-8", "utf-16"] {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let (playbook, shared) = project(&root);
        let mut client = started(&root, json!({ "general": { "positionEncodings": [encoding] } }));
        open(&mut client, &playbook, TEXT);
        let look = client.request("textDocument/prepareCallHierarchy", at(&playbook, 5, 26));
        assert_eq!((&look[0]["name"], &look[0]["uri"]), (&json!("look"), &json!(shared)));
        let callers = client.request("callHierarchy/incomingCalls", json!({ "item": look[0] }));
        assert_eq!(callers[0]["from"]["name"], "p");
        assert_eq!(callers[0]["fromRanges"].as_array().unwrap().len(), 2);
        let called = client.request("callHierarchy/outgoingCalls", json!({ "item": callers[0]["from"] }));
        assert_eq!(called[0]["to"], look[0]);

        let step = client.request("textDocument/prepareCallHierarchy", at(&playbook, 6, 10));
        assert_eq!((&step[0]["name"], &step[0]["detail"]), (&json!("again"), &json!("Text")));
        let waited = client.request("callHierarchy/outgoingCalls", json!({ "item": step[0] }));
        assert_eq!(waited[0]["to"]["name"], "seen");
        assert_eq!(waited[0]["fromRanges"][0]["start"], json!({ "line": 6, "character": 29 }));
        let waiting = client.request("callHierarchy/incomingCalls", json!({ "item": waited[0]["to"] }));
        assert_eq!(waiting[0]["from"], step[0]);
        client.stop();
    }
}

#[test]
fn links_lead_to_files_pages_and_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, shared) = project(&root);
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, TEXT);
    let links = client.request("textDocument/documentLink", document(&playbook));
    let targets: Vec<&str> =
        links.as_array().unwrap().iter().map(|link| link["target"].as_str().unwrap()).collect();
    assert_eq!(targets[..2], [&*shared, "https://example.com"]);
    let page = fs::read_to_string(targets[2].strip_prefix("file://").unwrap()).unwrap();
    assert!(page.starts_with("# `unused-step`"), "{page}");
    assert_eq!(links[2]["range"]["start"], json!({ "line": 5, "character": 51 }));
    client.stop();
}

#[test]
fn files_and_folders_may_be_renamed() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, shared) = project(&root);
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, TEXT);
    let to = shared.replace("shared.quell", "ops/common.quell");
    let files = json!({ "files": [{ "oldUri": shared, "newUri": to }] });
    let edit = client.request("workspace/willRenameFiles", files);
    let edits = edit["changes"][&playbook].as_array().unwrap();
    let texts: Vec<&str> = edits.iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
    assert_eq!(texts, ["ops.common", "common", "common"]);
    // The folder above all modules isn't part of their names.
    let folder = shared.replace("/shared.quell", "");
    let files = json!({ "files": [{ "oldUri": folder, "newUri": format!("{folder}-2") }] });
    assert_eq!(client.request("workspace/willRenameFiles", files), Value::Null);
    client.stop();
}

/// What a client makes of an answer about colours.
fn colours(client: &mut Client, uri: &str, before: &mut (String, Vec<Value>)) {
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": before.0 });
    let answer = client.request("textDocument/semanticTokens/full/delta", params);
    before.0 = answer["resultId"].as_str().unwrap().to_owned();
    match answer.get("edits") {
        None => before.1 = answer["data"].as_array().unwrap().clone(),
        Some(edits) => {
            for edit in edits.as_array().unwrap().iter().rev() {
                let start = edit["start"].as_u64().unwrap() as usize;
                let end = start + edit["deleteCount"].as_u64().unwrap() as usize;
                before.1.splice(start..end, edit["data"].as_array().cloned().unwrap_or_default());
            }
        }
    }
}

#[test]
fn colours_say_only_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, TEXT);
    let all = client.request("textDocument/semanticTokens/full", document(&playbook));
    let mut known = (all["resultId"].as_str().unwrap().to_owned(), all["data"].as_array().unwrap().clone());
    let edits =
        [((2, 0), (2, 0), "// one\n"), ((6, 4), (6, 8), ""), ((0, 0), (3, 0), ""), ((1, 0), (1, 0), "\n\n")];
    for (number, (from, to, text)) in edits.into_iter().enumerate() {
        change(&mut client, &playbook, number as i64 + 2, from, to, text);
        colours(&mut client, &playbook, &mut known);
        let whole = client.request("textDocument/semanticTokens/full", document(&playbook));
        assert_eq!(Value::Array(known.1.clone()), whole["data"]);
        // The answer before is no longer known.
        known.0 = whole["resultId"].as_str().unwrap().to_owned();
    }
    known.0 = "nonsense".to_owned();
    colours(&mut client, &playbook, &mut known);
    let whole = client.request("textDocument/semanticTokens/full", document(&playbook));
    assert_eq!(Value::Array(known.1), whole["data"]);
    client.stop();
}

#[test]
fn findings_of_all_files_are_reported_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, shared) = project(&root);
    fs::write(root.join("p.quell"), crate::PLAYBOOK.replace("(seen)", "(seem)")).unwrap();
    // More than are looked at in one go.
    for number in 0..70 {
        fs::write(root.join(format!("m{number}.quell")), "let a: Int = true\n").unwrap();
    }
    let mut client = started(&root, json!({ "textDocument": { "diagnostic": {} } }));
    let params = json!({ "previousResultIds": [], "partialResultToken": "parts" });
    let whole = client.request("workspace/diagnostic", params);
    assert_eq!(whole["items"].as_array().unwrap().len(), 72);
    let of = |whole: &Value, uri: &str| {
        whole["items"].as_array().unwrap().iter().find(|it| it["uri"] == uri).unwrap().clone()
    };
    let wrong = of(&whole, &playbook);
    assert_eq!((&wrong["kind"], wrong["items"][0]["code"].as_str()), (&json!("full"), Some("unknown-name")));

    // What is as it was is named, and nothing else.
    let known = |whole: &Value| -> Vec<Value> {
        let all = whole["items"].as_array().unwrap().iter();
        all.map(|it| json!({ "uri": it["uri"], "value": it["resultId"] })).collect()
    };
    let mut ids = known(&whole);
    ids.push(json!({ "uri": shared.replace("shared", "gone"), "value": "1" }));
    let again = client.request("workspace/diagnostic", json!({ "previousResultIds": ids }));
    let kinds = |whole: &Value, kind: &str| {
        whole["items"].as_array().unwrap().iter().filter(|it| it["kind"] == kind).count()
    };
    assert_eq!((kinds(&again, "unchanged"), kinds(&again, "full")), (72, 1));
    assert_eq!(of(&again, &shared.replace("shared", "gone"))["items"], json!([]));

    open(&mut client, &playbook, crate::PLAYBOOK);
    let after = client.request("workspace/diagnostic", json!({ "previousResultIds": known(&whole) }));
    assert_eq!((kinds(&after, "unchanged"), kinds(&after, "full")), (71, 1));
    assert_eq!(of(&after, &playbook)["version"], 1);

    // The same for one document.
    let report = client.request("textDocument/diagnostic", document(&playbook));
    assert_eq!(report["kind"], "full");
    let mut params = document(&playbook);
    params["previousResultId"] = report["resultId"].clone();
    let same = client.request("textDocument/diagnostic", params);
    assert_eq!((&same["kind"], &same["resultId"]), (&json!("unchanged"), &report["resultId"]));
    client.stop();
}

#[test]
fn findings_of_many_closed_files_are_all_sent() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    project(&root);
    for number in 0..140 {
        fs::write(root.join(format!("m{number}.quell")), "let a: Int = true\n").unwrap();
    }
    let mut client = started(&root, json!({}));
    let mut found = std::collections::BTreeSet::new();
    while found.len() < 140 {
        let message = client.notification(|it| it["method"] == "textDocument/publishDiagnostics");
        if message["params"]["diagnostics"].as_array().is_some_and(|all| !all.is_empty()) {
            found.insert(message["params"]["uri"].as_str().unwrap().to_owned());
        }
    }
    client.stop();
}
