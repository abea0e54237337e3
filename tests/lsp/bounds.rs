//! What a server must survive: messages that can't be read, and documents that nobody wrote by hand.

use std::fs;

use serde_json::{Value, json};

use crate::{
    PLAYBOOK,
    client::{Client, change, open},
    codes, project, started,
};

fn frame(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

#[test]
fn messages_that_cannot_be_read_are_refused_and_the_session_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = Client::start(env!("CARGO_BIN_EXE_quell"), &root);
    // Before the session has begun as well.
    client.send_bytes(&frame(b"{broken"));
    assert_eq!(client.refusal(), -32700);
    client.initialize(&root, json!({}));
    open(&mut client, &playbook, PLAYBOOK);
    let before = client.findings(&playbook, 1);
    let broken: [(&[u8], i64); 10] = [
        (b"{\"jsonrpc\":\"2.0\",\"id\":1,", -32700),
        (b"\xff\xfe", -32700),
        (b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":1e999}", -32700),
        (b"[]", -32600),
        (br#"[{"jsonrpc":"2.0","id":9,"method":"shutdown"},{"jsonrpc":"2.0","method":"exit"}]"#, -32600),
        (b"[1,", -32700),
        (b"42", -32600),
        (b"null", -32600),
        (b"{}", -32600),
        (br#"{"jsonrpc":"2.0","method":7}"#, -32600),
    ];
    for (body, code) in broken {
        client.send_bytes(&frame(body));
        assert_eq!(client.refusal(), code, "{}", String::from_utf8_lossy(body));
    }
    for garbage in ["Content-Length: -5\r\n\r\n{}", "Content-Typo: 2\r\n\r\n{}", "nothing at all\r\n\r\n"] {
        client.send_bytes(garbage.as_bytes());
        // What is between messages is refused when it is met, at the latest with the next message.
        change(&mut client, &playbook, 2, (0, 0), (0, 0), "");
        assert_eq!(client.refusal(), -32700, "{garbage}");
    }
    client.send_bytes(&frame(br#"{"jsonrpc":"1.0","id":77,"method":"shutdown"}"#));
    assert_eq!(client.answer(77)["error"]["code"], -32600);
    change(&mut client, &playbook, 3, (5, 32), (5, 33), "m");
    assert!(codes(&client.findings(&playbook, 3)).contains(&"unknown-name"));
    change(&mut client, &playbook, 4, (5, 32), (5, 33), "n");
    assert_eq!(client.findings(&playbook, 4), before);
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn a_document_that_is_too_large_is_not_looked_at_until_it_is_smaller() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (playbook, _) = project(&root);
    let mut client = started(&root, json!({}));
    let line = "// a line of a comment that goes on and on and on and on and on and on and on\n";
    let many = (8 << 20) / line.len() + 1;
    let wrong = PLAYBOOK.replace("(seen)", "(seem)");
    open(&mut client, &playbook, &format!("{}{wrong}", line.repeat(many)));
    let findings = client.findings(&playbook, 1);
    assert_eq!(codes(&findings), ["file-too-large"]);
    assert!(findings[0]["message"].as_str().unwrap().starts_with("the file is too large: about 9 MiB"));
    let symbols =
        client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": playbook } }));
    assert!(symbols.as_array().is_none_or(Vec::is_empty), "{symbols}");
    let edits = client.request(
        "textDocument/formatting",
        json!({ "textDocument": { "uri": playbook }, "options": { "tabSize": 2, "insertSpaces": true } }),
    );
    assert!(edits.as_array().is_none_or(Vec::is_empty), "{edits}");
    // Edits go on from the text that the editor has.
    change(&mut client, &playbook, 2, (0, 0), (many as u64 - 1, 0), "");
    let findings = client.findings(&playbook, 2);
    assert!(codes(&findings).contains(&"unknown-name"), "{findings}");
    let place = findings.as_array().unwrap().iter().find(|it| it["code"] == "unknown-name").unwrap();
    assert_eq!(place["range"]["start"]["line"], Value::from(6));
    assert_eq!(client.stop(), Some(0));
}
