//! Many edits and requests in mixed order: the server's text stays that of its client, and no answer is
//! about an older text.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, at, change, open},
    started,
};

/// In what the client and the server count the characters of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16,
}

/// A small generator: the same numbers each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Line and character of an offset.
fn position(text: &str, offset: usize, encoding: Encoding) -> (u64, u64) {
    let before = &text[..offset];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let character = match encoding {
        Encoding::Utf8 => line.len(),
        Encoding::Utf16 => line.encode_utf16().count(),
    };
    (before.matches('\n').count() as u64, character as u64)
}

/// Whether the server has this text; no answer if it has a newer one by now.
fn is_text(answer: &Value, version: i64, text: &str) -> bool {
    if answer["error"]["code"] == -32801 {
        return false;
    }
    assert_eq!(
        (answer["version"].as_i64(), answer["text"].as_str()),
        (Some(version), Some(text)),
        "{answer}"
    );
    true
}

/// Asks further about what an answer holds: hints, lenses and items of hierarchies are resolved.
fn follow(client: &mut Client, answer: &Value, uri: &str) {
    let Some(first) = answer.as_array().and_then(|all| all.first()) else { return };
    let further = if first.get("label").is_some() && first.get("data").is_some() {
        client.request("inlayHint/resolve", first.clone())
    } else if first.get("data").is_some() {
        client.request("codeLens/resolve", first.clone())
    } else if first.get("selectionRange").is_some() && first["uri"] == uri {
        client.request("callHierarchy/incomingCalls", json!({ "item": first }));
        client.request("callHierarchy/outgoingCalls", json!({ "item": first }))
    } else {
        return;
    };
    let error = &further["error"];
    assert!(error.is_null() || error["code"] == -32801, "{further}");
}

#[test]
fn two_thousand_edits_and_requests() {
    edits_and_requests(2_000, Encoding::Utf16);
}

#[test]
fn edits_and_requests_counted_in_bytes() {
    edits_and_requests(400, Encoding::Utf8);
}

fn edits_and_requests(rounds: usize, encoding: Encoding) {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (uri, _) = crate::project(&root);
    let mut text = crate::PLAYBOOK.to_owned();
    let capabilities = match encoding {
        Encoding::Utf8 => json!({ "general": { "positionEncodings": ["utf-8"] } }),
        Encoding::Utf16 => json!({}),
    };
    let mut client = started(&root, capabilities);
    open(&mut client, &uri, &text);
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let (mut version, mut asked, mut texts) = (1, Vec::new(), Vec::new());
    let (mut edits, mut compared) = (0, 0);
    let pieces = [
        "a",
        "step x = shared.look(\"",
        "ä",
        "😀",
        "\n",
        "}",
        "{",
        "  when ",
        "\"",
        "(",
        " ",
        "playbook q {\n",
    ];
    let requests = [
        "textDocument/completion",
        "textDocument/codeAction",
        "textDocument/formatting",
        "textDocument/rangeFormatting",
        "textDocument/references",
        "textDocument/documentHighlight",
        "textDocument/selectionRange",
        "textDocument/signatureHelp",
        "workspace/symbol",
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/documentSymbol",
        "textDocument/foldingRange",
        "textDocument/semanticTokens/full",
        "textDocument/semanticTokens/full/delta",
        "textDocument/inlayHint",
        "textDocument/codeLens",
        "textDocument/prepareCallHierarchy",
        "textDocument/documentLink",
        "textDocument/diagnostic",
        "workspace/diagnostic",
        "workspace/willRenameFiles",
        "quell/stepGraph",
        "quell/dryRun",
        "quell/playbooks",
    ];
    // What requests take besides a place.
    let lines = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 40, "character": 0 } });
    let moved = json!([{ "oldUri": uri.replace("p.quell", "shared.quell"), "newUri": uri.replace("p.quell", "a/b.quell") }]);
    for round in 0..rounds {
        if chance.below(3) < 2 {
            let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let start = chance.below(boundaries.len());
            let end = (start + chance.below(4)).min(boundaries.len() - 1);
            let (start, end) = (boundaries[start], boundaries[end]);
            // A text that has grown too long begins again.
            let (start, end, piece) = match text.len() > 2_000 {
                true => (0, text.len(), crate::PLAYBOOK),
                false => (start, end, pieces[chance.below(pieces.len())]),
            };
            version += 1;
            let place = |offset| position(&text, offset, encoding);
            change(&mut client, &uri, version, place(start), place(end), piece);
            text.replace_range(start..end, piece);
            let id = client.ask("quell/text", json!({ "textDocument": { "uri": uri } }));
            edits += 1;
            // Now and then the edits overtake each other; what is asked at the end of them is answered.
            if encoding == Encoding::Utf8 || chance.below(2) == 0 {
                compared += usize::from(is_text(&client.answer(id), version, &text));
            } else {
                texts.push((id, version, text.clone()));
            }
        } else {
            let mut offset = chance.below(text.len() + 1);
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            let (line, character) = position(&text, offset, encoding);
            let mut params = at(&uri, line, character);
            params["range"] = lines.clone();
            params["files"] = moved.clone();
            params["context"] = json!({ "diagnostics": [], "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false });
            params["options"] = json!({ "tabSize": 2, "insertSpaces": true });
            params["positions"] = json!([params["position"]]);
            params["query"] = json!("a");
            params["previousResultIds"] = json!([]);
            params["previousResultId"] = json!(chance.below(round + 1).to_string());
            let id = client.ask(requests[chance.below(requests.len())], params);
            if chance.below(8) == 0 {
                client.notify("$/cancelRequest", json!({ "id": id }));
            }
            asked.push(id);
        }
        if round % 10 == 9 {
            for (id, version, text) in texts.drain(..) {
                compared += usize::from(is_text(&client.answer(id), version, &text));
            }
            for id in asked.drain(..) {
                let answer = client.answer(id);
                // What was about an older text is refused, or nobody waits for it; nothing else is.
                let error = &answer["error"];
                let refused = [-32801, -32800].iter().any(|code| error["code"] == *code);
                assert!(error.is_null() || refused, "{answer}");
                follow(&mut client, &answer, &uri);
            }
        }
    }
    assert!(compared >= edits / 2 && edits > rounds / 2, "{compared} of {edits}");
    assert!(encoding != Encoding::Utf8 || compared == edits, "{compared} of {edits}");
    assert_eq!(client.stop(), Some(0));
}
