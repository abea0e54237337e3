//! What the linter finds, and what can be done about it, over the protocol.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, open},
    codes, project, started,
};

const TEXT: &str = "use std.slack\nuse shared\n\nplaybook p {\n  input what: Text = \"a\"\n  enrich {\n    step seen = shared.look(\"a\")\n  }\n}\n";

/// The first findings of a document that hold one of this code.
fn with_code(client: &mut Client, uri: &str, code: &str) -> Value {
    let found = client.notification(|it| {
        it["params"]["uri"] == uri
            && it["params"]["diagnostics"]
                .as_array()
                .is_some_and(|all| all.iter().any(|it| it["code"] == code))
    });
    found["params"]["diagnostics"].clone()
}

#[test]
fn lints_come_behind_the_findings_of_the_compiler_as_quell_toml_sets_them() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let manifest = "[package]\nname = \"test\"\nversion = \"0.1.0\"\n\n[lint.rules]\nunused-input = \"off\"\nunused-import = \"info\"\n";
    fs::write(root.join("quell.toml"), manifest).unwrap();
    let mut client = started(&root, json!({}));
    open(&mut client, &playbook, TEXT);
    let found = with_code(&mut client, &playbook, "unused-import");
    assert!(!codes(&found).contains(&"unused-input"), "{found}");
    let lint = found.as_array().unwrap().iter().find(|it| it["code"] == "unused-import").unwrap();
    assert_eq!(
        (&lint["severity"], &lint["tags"], &lint["source"]),
        (&json!(3), &json!([1]), &json!("quell"))
    );
    let page = lint["codeDescription"]["href"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert!(fs::read_to_string(page).unwrap().contains("## Settings"));

    let range = lint["range"].clone();
    let ask = |client: &mut Client, only: Value| {
        let context = json!({ "diagnostics": [], "only": only });
        let params = json!({ "textDocument": { "uri": playbook }, "range": range, "context": context });
        client.request("textDocument/codeAction", params)
    };
    let fixes = ask(&mut client, json!(["quickfix"]));
    let titles: Vec<(&str, bool)> = fixes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["title"].as_str().unwrap(), it["isPreferred"] == true))
        .collect();
    assert_eq!(
        titles,
        [("remove the import", true), ("Allow `unused-import` here, with a reason", false)],
        "{fixes}"
    );
    assert_eq!(fixes[0]["diagnostics"][0]["code"], "unused-import");
    for only in ["source.fixAll", "source.fixAll.quell", "source.organizeImports", "source"] {
        let found = ask(&mut client, json!([only]));
        let edit = &found[0]["edit"]["changes"][&playbook];
        assert!(edit.as_array().is_some_and(|edits| !edits.is_empty()), "{only}: {found}");
    }
    assert_eq!(ask(&mut client, json!(["refactor.inline"])), json!([]));
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn pulled_findings_hold_lints_too() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = started(&root, json!({ "textDocument": { "diagnostic": {} } }));
    open(&mut client, &playbook, TEXT);
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": playbook } }));
    assert!(codes(&report["items"]).contains(&"unused-import"), "{report}");
    client.stop();
}
