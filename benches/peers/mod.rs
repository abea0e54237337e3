//! Servers of other languages, as a measure.

use std::{fs, path::Path, process::Command};

use serde_json::json;

use crate::{
    LINES, Typing, Wait,
    client::{Client, open_as},
    keystrokes, row,
};

/// A server, and what somebody types in its language.
pub struct Peer {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    language: &'static str,
    file: &'static str,
    /// The beginning of a file.
    head: &'static str,
    /// What the rest of it is made of; `@` is the number of the piece.
    piece: &'static str,
    tail: &'static str,
    /// The line of a piece behind which somebody types.
    behind: usize,
    typed: &'static str,
    wait: Wait,
}

/// Those that are known.
pub const PEERS: &[Peer] = &[
    Peer {
        name: "ruff",
        program: "ruff",
        arguments: &["server"],
        language: "python",
        file: "long.py",
        head: "import os\nimport sys\n\n",
        piece: "def failover_@(lag, probes):\n    \"\"\"The home region is gone.\"\"\"\n    moved = None\n    if lag < 30 and not any(probes):\n        moved = os.environ.get(\"REPLICA\", \"@\")\n        print(f\"moved to {moved}\", file=sys.stderr)\n    for number, probe in enumerate(probes):\n        print(number, probe)\n    return {\"moved\": moved, \"lag\": lag}\n\n",
        tail: "",
        behind: 2,
        typed: "    noticed = slack.post(data.team, run.status)",
        wait: Wait::Findings,
    },
    Peer {
        name: "taplo",
        program: "taplo",
        arguments: &["lsp", "stdio"],
        language: "toml",
        file: "long.toml",
        head: "title = \"long\"\n",
        piece: "\n[failover_@]\nname = \"failover @\"\nlag = 30\nprobes = [\"eu\", \"us\", \"ap\"]\nowner = { team = \"data\", tier = 1 }\n",
        tail: "",
        behind: 2,
        typed: "noticed = \"slack\"",
        wait: Wait::Completion,
    },
    Peer {
        name: "nickel",
        program: "nls",
        arguments: &[],
        language: "nickel",
        file: "long.ncl",
        head: "{\n",
        piece: "  failover_@ = {\n    name = \"failover @\",\n    lag | Number = 30,\n    probes = std.array.map (fun probe => probe ++ \".@\") [\"eu\", \"us\", \"ap\"],\n    owner = { team = \"data\", tier = 1 },\n  },\n",
        tail: "}\n",
        behind: 1,
        typed: "    noticed = std.string.join \",\" [\"slack\"],",
        wait: Wait::Completion,
    },
];

/// Types in a file of a server's language.
pub fn measure(peer: &Peer, folder: &Path) {
    let what = match peer.wait {
        Wait::Completion => "completion after a keystroke",
        Wait::Findings | Wait::Both => "findings after a keystroke",
    };
    let root = folder.join(peer.name);
    fs::create_dir_all(&root).unwrap();
    let path = root.join(peer.file);
    let mut text = peer.head.to_owned();
    let mut number = 0;
    while text.lines().count() + peer.tail.lines().count() < LINES {
        text.push_str(&peer.piece.replace('@', &number.to_string()));
        number += 1;
    }
    text.push_str(peer.tail);
    fs::write(&path, &text).unwrap();
    let mut program = Command::new(peer.program);
    program.args(peer.arguments).current_dir(&root);
    let Ok(mut client) = Client::run(&mut program) else {
        println!("{:<8} {what:<34} not installed", peer.name);
        return;
    };
    client.initialize(&root, json!({}));
    let uri = format!("file://{}", path.display());
    open_as(&mut client, &uri, peer.language, &text);
    let lines = peer.head.lines().count() + number / 2 * peer.piece.lines().count() + peer.behind;
    let typing = Typing { uri: &uri, line: lines as u64, typed: peer.typed };
    let (mut completions, mut findings) = keystrokes(&mut client, &typing, peer.wait);
    let times = if peer.wait == Wait::Completion { &mut completions } else { &mut findings };
    row(peer.name, what, times);
    client.stop();
}
