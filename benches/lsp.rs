//! How long an editor waits, over the real program: `cargo bench --bench lsp`.
//!
//! A file of 1,000 lines in a project of 1,000 playbooks: the start, then keystrokes, each followed by
//! findings and a completion. The servers of other languages that are on the PATH get the same keystrokes
//! in files of the same length, in the same run.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on fails")]

#[path = "../tests/lsp/client.rs"]
mod client;
mod peers;
#[path = "../compiler/benches/project/mod.rs"]
mod project;

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use client::{Client, at, change, open};
use serde_json::json;

const LINES: usize = 1_000;
const KEYS: usize = 400;
/// As fast as people type, not faster.
const PAUSE: Duration = Duration::from_millis(20);

/// A file in which somebody types.
pub struct Typing<'a> {
    /// Its address.
    pub uri: &'a str,
    /// The line above the one that is typed.
    pub line: u64,
    /// What is typed, letter by letter, taken back, and typed again.
    pub typed: &'a str,
}

/// What is waited for after each keystroke.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Findings.
    Findings,
    /// A completion.
    Completion,
    /// A completion and then findings.
    Both,
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap().join("project");
    for (path, text) in project::files(1_000, LINES) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(root.join("quell.toml"), "[package]\nname = \"large\"\nversion = \"0.1.0\"\n").unwrap();
    quell(&root, folder.path());
    for peer in peers::PEERS {
        peers::measure(peer, folder.path());
    }
}

fn quell(root: &Path, folder: &Path) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_quell"));
    program.arg("lsp").env("XDG_CACHE_HOME", folder);
    let start = Instant::now();
    let mut client = Client::run(&mut program).unwrap();
    client.initialize(root, json!({ "window": { "workDoneProgress": true } }));
    row("quell", "initialize", &mut [start.elapsed()]);
    let path = root.join(project::LONG);
    let uri = format!("file://{}", path.display());
    let text = fs::read_to_string(&path).unwrap();
    let opened = Instant::now();
    open(&mut client, &uri, &text);
    let found = client.findings(&uri, 1);
    row("quell", "first findings of the open file", &mut [opened.elapsed()]);
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{found}");
    client.notification(|it| it["method"] == "$/progress" && it["params"]["value"]["kind"] == "end");
    row("quell", "findings of the whole project", &mut [start.elapsed()]);
    let before = memory(client.process());

    let in_part = |(_, line): &(usize, &str)| line.trim() == "communicate {";
    let line = text.lines().enumerate().skip(LINES / 2).find(in_part).unwrap().0 as u64;
    let typing = Typing { uri: &uri, line, typed: "    step noticed = slack.post(data.team, run.status)" };
    let (mut completions, mut findings) = keystrokes(&mut client, &typing, Wait::Both);
    row("quell", "completion after a keystroke", &mut completions);
    row("quell", "findings after a keystroke", &mut findings);
    let start = Instant::now();
    let all = client.request("workspace/symbol", json!({ "query": "regional_failover_999" }));
    assert!(!all.as_array().unwrap().is_empty());
    row("quell", "a symbol of the whole project", &mut [start.elapsed()]);
    // The linter goes over the project when nobody types.
    std::thread::sleep(Duration::from_secs(3));
    let after = memory(client.process());
    println!("{:<8} {:<34} {before} MB checked, {after} MB after all of this", "quell", "memory");
    client.stop();
}

/// Types and waits; how long it took until completions and until findings were there.
pub fn keystrokes(client: &mut Client, typing: &Typing<'_>, wait: Wait) -> (Vec<Duration>, Vec<Duration>) {
    let Typing { uri, line, typed } = *typing;
    let mut version = 2;
    change(client, uri, version, (line + 1, 0), (line + 1, 0), "\n");
    if wait != Wait::Completion {
        client.findings(uri, version);
    }
    let (mut completions, mut findings) = (Vec::new(), Vec::new());
    let mut column = 0;
    for _ in 0..KEYS {
        version += 1;
        let start = Instant::now();
        if column < typed.len() as u64 {
            let letter = &typed[column as usize..column as usize + 1];
            change(client, uri, version, (line + 1, column), (line + 1, column), letter);
            column += 1;
        } else {
            change(client, uri, version, (line + 1, 0), (line + 1, column), "");
            column = 0;
        }
        if wait != Wait::Findings {
            let asked = client.ask("textDocument/completion", at(uri, line + 1, column));
            let answer = client.answer(asked);
            assert!(answer.get("error").is_none(), "{answer}");
            completions.push(start.elapsed());
        }
        if wait != Wait::Completion {
            client.findings(uri, version);
            findings.push(start.elapsed());
        }
        client.notifications.clear();
        std::thread::sleep(PAUSE);
    }
    (completions, findings)
}

/// Prints the median and the 99th of a hundred.
pub fn row(server: &str, what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    match times.len() {
        1 => println!("{server:<8} {what:<34} {:>16.2} ms", at(0.5)),
        _ => println!(
            "{server:<8} {what:<34} p50 {:>8.2} ms   p99 {:>8.2} ms   best {:>8.2} ms",
            at(0.5),
            at(0.99),
            at(0.0)
        ),
    }
}

fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
