//! The fence of the server: it stands around what the editor has open, and a foreign repository shows
//! nothing of the machine in any answer.

#![cfg(unix)]

use std::{cell::RefCell, fs, os::unix::fs::symlink, path::Path, process::Command};

use serde_json::{Value, json};

use super::client::{Client, at, open};

const SECRET: &str = "tok_5f2c91d7";

const PLAYBOOK: &str = "use text
use lib.secrets

record Data {
  a: Int,
}

playbook greet {
  input data: Data = Data(a: 0)
  enrich {
    step one = secrets.look()
    step two = text.look()
  }
}

scenario \"reads\" for greet {
  given data from \"data.json\"
}
";

/// A repository whose links, rules and dependency lead outside, where the secret is.
fn hostile(folder: &Path, manifest: &str) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    fs::create_dir_all(folder.join("repo/.git")).unwrap();
    write("repo/quell.toml", manifest);
    write("repo/greet.quell", PLAYBOOK);
    write(
        "outside/text.quell",
        &format!("/// {SECRET}\naction look() -> Int reads\nlet {SECRET}: Int = \"\"\n"),
    );
    write("outside/data.json", &format!("{{\"a\": \"{SECRET}\"}}"));
    write(
        "outside/rules.yml",
        &format!("groups:\n- name: x\n  rules:\n  - alert: {SECRET}\n    expr: {SECRET} >\n"),
    );
    write("outside/lib/quell.toml", "[package]\nname = \"lib\"\n");
    write("outside/lib/secrets.quell", &format!("/// {SECRET}\naction look() -> Int reads\n"));
    for (name, target) in [
        ("text.quell", "../outside/text.quell"),
        ("environment.quell", "/proc/self/environ"),
        ("data.json", "../outside/data.json"),
        ("folder", "../outside"),
    ] {
        symlink(target, folder.join("repo").join(name)).unwrap();
    }
}

/// All that the server says about the repository.
fn all_that_is_said(folder: &Path, arguments: &[&str]) -> String {
    let repo = folder.join("repo");
    let mut command = Command::new(env!("CARGO_BIN_EXE_quell"));
    command
        .arg("lsp")
        .args(arguments)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("DEPLOY_TOKEN", SECRET);
    let mut client = Client::run(&mut command).unwrap();
    client.initialize(&repo, json!({}));
    let uri = |name: &str| format!("file://{}", repo.join(name).display());
    let playbook = uri("greet.quell");
    open(&mut client, &playbook, PLAYBOOK);
    let said = RefCell::new(String::new());
    let note = |message: &Value| *said.borrow_mut() += &format!("{message}\n");
    let whole = |uri: &str| json!({ "textDocument": { "uri": uri } });
    let of_this = |it: &Value| {
        it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == playbook.as_str()
    };
    client.notification(|it| {
        note(it);
        of_this(it)
    });
    for (line, character) in [(0, 5), (1, 10), (10, 16), (10, 26), (11, 16), (11, 21), (16, 20)] {
        for method in
            ["hover", "definition", "typeDefinition", "completion", "signatureHelp", "documentHighlight"]
        {
            note(&client.request(&format!("textDocument/{method}"), at(&playbook, line, character)));
        }
    }
    for name in
        ["greet.quell", "text.quell", "environment.quell", "data.json", "quell.toml", "folder/text.quell"]
    {
        for method in
            ["documentLink", "documentSymbol", "codeLens", "formatting", "diagnostic", "foldingRange"]
        {
            let mut parameters = whole(&uri(name));
            parameters["options"] = json!({ "tabSize": 2, "insertSpaces": true });
            note(&client.request(&format!("textDocument/{method}"), parameters));
        }
        note(&client.request("quell/text", whole(&uri(name))));
        note(&client.request("textDocument/hover", at(&uri(name), 0, 5)));
    }
    note(&client.request("workspace/symbol", json!({ "query": "" })));
    note(&client.request("workspace/diagnostic", json!({ "previousResultIds": [] })));
    note(&client.request("quell/playbooks", json!({ "textDocument": { "uri": playbook } })));
    note(&client.request(
        "quell/dryRun",
        json!({
            "textDocument": { "uri": playbook }, "uri": playbook, "playbook": "greet", "scenario": "reads",
        }),
    ));
    while let Some(message) = client.notifications.pop_front() {
        note(&message);
    }
    assert_eq!(client.stop(), Some(0));
    said.into_inner()
}

fn manifest(more: &str) -> String {
    format!("[package]\nname = \"repo\"\n{more}\n")
}

#[test]
fn nothing_outside_shows_in_any_answer() {
    let outside = "[dependencies]\nlib = { path = \"../outside/lib\" }\n";
    for more in
        ["", outside, "[alerts]\nrules = [\"../outside/*.yml\"]\n", "[alerts]\nrules = [\"/**/*.yml\"]\n"]
    {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        hostile(&root, &manifest(more));
        let said = all_that_is_said(&root, &[]);
        assert!(!said.contains(SECRET), "{more}: {said}");
        assert!(said.contains("skipped 2 links that lead outside this repository"), "{more}: {said}");
        assert_eq!(said.contains("is outside this repository"), !more.is_empty(), "{more}: {said}");
    }
}

#[test]
fn allow_outside_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    hostile(&root, &manifest("[dependencies]\nlib = { path = \"../outside/lib\" }\n"));
    let said = all_that_is_said(&root, &["--allow-outside"]);
    assert!(said.contains(SECRET) && !said.contains("links that lead outside"), "{said}");
}
