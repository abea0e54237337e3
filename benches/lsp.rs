//! How long an editor waits, over the real program: `cargo bench --bench lsp`.
//!
//! A file of 1,000 lines in a project of 1,000 playbooks: the start, then keystrokes, each followed by
//! findings and a completion.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on fails")]

#[path = "../tests/lsp/client.rs"]
mod client;
#[path = "../compiler/benches/project/mod.rs"]
mod project;

use std::{
    fs,
    time::{Duration, Instant},
};

use client::{Client, at, change, open};
use serde_json::json;

const KEYS: usize = 400;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    for (path, text) in project::files(1_000, 1_000) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(root.join("quell.toml"), "[package]\nname = \"large\"\nversion = \"0.1.0\"\n").unwrap();

    let mut client = Client::start(env!("CARGO_BIN_EXE_quell"), folder.path());
    let start = Instant::now();
    client.initialize(&root, json!({}));
    row("initialize", &mut [start.elapsed()]);
    let uri = format!("file://{}", root.join(project::LONG).display());
    let text = fs::read_to_string(root.join(project::LONG)).unwrap();
    let start = Instant::now();
    open(&mut client, &uri, &text);
    let found = client.findings(&uri, 1);
    row("first findings of the open file", &mut [start.elapsed()]);
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{found}");
    let start = Instant::now();
    let all = client.request("workspace/symbol", json!({ "query": "regional_failover_999" }));
    assert!(!all.as_array().unwrap().is_empty());
    row("a symbol of the whole project", &mut [start.elapsed()]);

    // Types `step noticed = slack.` letter by letter in the middle of the file, and takes it back.
    let line =
        text.lines().enumerate().skip(500).find(|(_, line)| line.trim() == "communicate {").unwrap().0 as u64;
    let typed = "    step noticed = slack.post(data.team, run.status)";
    let mut version = 2;
    change(&mut client, &uri, version, (line + 1, 0), (line + 1, 0), "\n");
    client.findings(&uri, version);
    let (mut findings, mut completions) = (Vec::new(), Vec::new());
    let mut column = 0;
    while findings.len() < KEYS {
        version += 1;
        let start = Instant::now();
        if column < typed.len() as u64 {
            let letter = &typed[column as usize..column as usize + 1];
            change(&mut client, &uri, version, (line + 1, column), (line + 1, column), letter);
            column += 1;
        } else {
            change(&mut client, &uri, version, (line + 1, 0), (line + 1, column), "");
            column = 0;
        }
        let asked = client.ask("textDocument/completion", at(&uri, line + 1, column));
        client.answer(asked);
        completions.push(start.elapsed());
        client.findings(&uri, version);
        findings.push(start.elapsed());
        // As fast as people type, not faster.
        std::thread::sleep(Duration::from_millis(20));
    }
    row("completion after a keystroke", &mut completions);
    row("findings after a keystroke", &mut findings);
    println!("memory: {} MB", memory(client.process()));
    client.stop();
}

fn row(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{what:<34} p50 {:>8.2} ms   p99 {:>8.2} ms", at(0.5), at(0.99));
}

fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
