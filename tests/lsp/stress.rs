//! Many edits and requests in mixed order: the server's text stays that of its client, and no answer is
//! about an older text.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, at, change, open},
    started,
};

const ROUNDS: usize = 2_000;

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

/// Line and UTF-16 character of an offset.
fn position(text: &str, offset: usize) -> (u64, u64) {
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() as u64, before[start..].encode_utf16().count() as u64)
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
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (uri, _) = crate::project(&root);
    let mut text = crate::PLAYBOOK.to_owned();
    let mut client = started(&root, json!({}));
    open(&mut client, &uri, &text);
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let (mut version, mut asked) = (1, Vec::new());
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
    for round in 0..ROUNDS {
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
            change(&mut client, &uri, version, position(&text, start), position(&text, end), piece);
            text.replace_range(start..end, piece);
        } else {
            let mut offset = chance.below(text.len() + 1);
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            let (line, character) = position(&text, offset);
            let mut params = at(&uri, line, character);
            params["range"] = lines.clone();
            params["files"] = moved.clone();
            params["previousResultIds"] = json!([]);
            params["previousResultId"] = json!(chance.below(round + 1).to_string());
            asked.push(client.ask(requests[chance.below(requests.len())], params));
        }
        if round % 10 == 9 {
            let server = client.request("quell/text", json!({ "textDocument": { "uri": uri } }));
            assert_eq!((server["version"].as_i64(), server["text"].as_str()), (Some(version), Some(&*text)));
            for id in asked.drain(..) {
                let answer = client.answer(id);
                // What was about an older text is refused, and nothing else is.
                let error = &answer["error"];
                assert!(error.is_null() || error["code"] == -32801, "{answer}");
                follow(&mut client, &answer, &uri);
            }
        }
    }
    assert_eq!(client.stop(), Some(0));
}
