//! Characters that can't be seen, or that turn lines around, are never shown raw by an editor.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, at, open},
    started,
};

const RULES: &str = "groups:\n  - name: shop\n    rules:\n      - alert: \"Orders\\u202E\\u001bSlow\"\n        expr: orders > 1\n        labels:\n          severity: \"criti\\u202Ecal\"\n        annotations:\n          summary: \"orders \\u2066are\\u001b[31m slow\"\n";

const TEXT: &str = "use std.alertmanager\n\n/// Reads \u{202E}what\u{1b}[2J is there.\naction look() -> Text reads {\n  command [\"look\"] {\n    return \"\"\n  }\n  simulate {\n    return \"a\\u{202E}b\\u{1b}c\"\n  }\n}\n\nplaybook p {\n  enrich {\n    step seen = look()\n  }\n}\n\nscenario \"dark\" for p {\n  expect seen == \"\\u{2066}\"\n}\n";

const BROKEN: &str =
    "let a: Text = \"x\"\nlet b: Int = un\u{202E}known\u{1b}\nlet c: Text = \"x \u{2067}\"\n";

const ALERTED: &str = "use std.alertmanager\n\nplaybook q {\n  on alertmanager.alert(\"";

/// Every text in an answer that an editor shows.
fn shown(value: &Value) -> Vec<&str> {
    const KEYS: [&str; 8] =
        ["title", "label", "detail", "documentation", "message", "name", "value", "contents"];
    match value {
        Value::Array(all) => all.iter().flat_map(shown).collect(),
        Value::Object(all) => {
            let own = all.iter().filter(|(key, _)| KEYS.contains(&&***key));
            own.filter_map(|(_, value)| value.as_str()).chain(all.values().flat_map(shown)).collect()
        }
        _ => Vec::new(),
    }
}

/// Nothing raw is shown, and each of `symbols` is.
fn is_visible(answer: &Value, symbols: &[&str]) {
    let texts = shown(answer);
    for text in &texts {
        let raw = |it: char| {
            it.is_control() && !"\n\t".contains(it)
                || matches!(it, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(raw), "{text:?}");
    }
    for symbol in symbols {
        assert!(texts.iter().any(|text| text.contains(symbol)), "no {symbol} in {texts:?}");
    }
}

fn document(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

/// The lenses once the scenario has run.
fn results(client: &mut Client, uri: &str) -> Value {
    client.request("textDocument/codeLens", document(uri));
    loop {
        client.asked("workspace/codeLens/refresh");
        let lenses = client.request("textDocument/codeLens", document(uri));
        if shown(&lenses).iter().any(|title| title.starts_with('✗')) {
            return lenses;
        }
    }
}

#[test]
fn hostile_texts_are_shown_as_symbols() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let write = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
    let project = "[package]\nname = \"test\"\nversion = \"0.1.0\"\n\n[alerts]\nrules = [\"*.yml\"]\n";
    write("quell.toml", project);
    write("rules.yml", RULES);
    for (name, text) in [("p.quell", TEXT), ("broken.quell", BROKEN), ("q.quell", ALERTED)] {
        write(name, text);
    }
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    let mut client = started(
        &root,
        json!({
            "workspace": { "codeLens": { "refreshSupport": true } },
            "textDocument": { "hover": { "contentFormat": ["markdown"] }, "diagnostic": {} },
        }),
    );

    let playbook = uri("p.quell");
    open(&mut client, &playbook, TEXT);
    is_visible(&client.request("textDocument/hover", at(&playbook, 14, 17)), &["<U+202E>", "␛"]);
    is_visible(&client.request("textDocument/completion", at(&playbook, 14, 16)), &["<U+202E>", "␛"]);
    is_visible(&client.request("textDocument/documentSymbol", document(&playbook)), &[]);

    let alerted = uri("q.quell");
    open(&mut client, &alerted, ALERTED);
    let alerts = client
        .request("textDocument/completion", at(&alerted, 3, ALERTED.lines().last().unwrap().len() as u64));
    is_visible(&alerts, &["Orders<U+202E>␛Slow", "criti<U+202E>cal", "<U+2066>are"]);

    let broken = uri("broken.quell");
    open(&mut client, &broken, BROKEN);
    let found = client.request("textDocument/diagnostic", document(&broken));
    is_visible(&found, &["U+202E"]);

    // Scenarios run only where the source itself is clean; their values are hostile all the same.
    let clean = TEXT.replace(['\u{202E}', '\u{1b}'], "");
    let other = uri("r.quell");
    write("r.quell", &clean);
    open(&mut client, &other, &clean);
    is_visible(&results(&mut client, &other), &["seen is \"a\\u{202e}b\\u{1b}c\""]);
    assert_eq!(client.stop(), Some(0));
}
