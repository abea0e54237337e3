//! What the workspace depends on: licences, sources and oldest Rust, as deny.toml and Cargo.toml say.
//! Asks `cargo metadata` and nothing else, so it needs no network.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, path::Path, process::Command};

use serde_json::Value;

fn read(path: &str) -> toml::Table {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    text.parse().unwrap()
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let output = Command::new(rustc).arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The packages that the workspace is built from on this machine, ours and others'.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn name(package: &Value) -> String {
    format!("{} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap())
}

fn others() -> Vec<Value> {
    let others: Vec<Value> = packages().into_iter().filter(|package| !package["source"].is_null()).collect();
    assert!(others.len() > 20, "cargo metadata lists the dependencies");
    others
}

/// Whether an expression such as `MIT OR (Apache-2.0 AND Zlib)` can be met with the allowed licences.
fn is_met(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest, allowed) && rest.is_empty()
}

fn either(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut met = both(words, allowed);
    while let Some(rest) = words.strip_prefix(&["OR"]) {
        *words = rest;
        met |= both(words, allowed);
    }
    met
}

fn both(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut met = one(words, allowed);
    while let Some(rest) = words.strip_prefix(&["AND"]) {
        *words = rest;
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = either(words, allowed);
            *words = words.strip_prefix(&[")"]).unwrap_or(&[]);
            met
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            allowed.contains(format!("{licence} WITH {exception}").as_str())
        }
        [licence, rest @ ..] => {
            *words = rest;
            allowed.contains(licence)
        }
        [] => false,
    }
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = BTreeSet::from(["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"]);
    assert!(is_met("MIT OR GPL-3.0", &allowed));
    assert!(is_met("GPL-3.0/MIT", &allowed));
    assert!(is_met("(MIT OR GPL-3.0) AND Zlib", &allowed));
    assert!(is_met("Apache-2.0 WITH LLVM-exception", &allowed));
    assert!(!is_met("MIT AND GPL-3.0", &allowed));
    assert!(!is_met("GPL-3.0", &allowed));
    assert!(!is_met("", &allowed));
}

#[test]
fn all_licences_are_allowed() {
    let deny = read("deny.toml");
    let allowed: BTreeSet<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().filter_map(|licence| licence.as_str()).collect();
    let wrong: Vec<String> = others()
        .iter()
        .filter(|package| !is_met(package["license"].as_str().unwrap_or_default(), &allowed))
        .map(|package| format!("{}: {}", name(package), package["license"]))
        .collect();
    assert!(wrong.is_empty(), "not allowed by deny.toml:\n{}", wrong.join("\n"));
}

#[test]
fn all_come_from_the_registry() {
    let deny = read("deny.toml");
    let allowed: Vec<&str> =
        deny["sources"]["allow-registry"].as_array().unwrap().iter().filter_map(|url| url.as_str()).collect();
    let wrong: Vec<String> = others()
        .iter()
        .filter(|package| {
            let source = package["source"].as_str().unwrap();
            !allowed.iter().any(|url| source.strip_prefix("registry+") == Some(url))
        })
        .map(|package| format!("{} from {}", name(package), package["source"]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn none_needs_a_newer_rust_than_we_promise() {
    let version = |text: &str| {
        let mut numbers = text.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).chain([0, 0, 0]);
        [(); 3].map(|()| numbers.next().unwrap_or(0))
    };
    let ours = read("Cargo.toml")["workspace"]["package"]["rust-version"].as_str().unwrap().to_owned();
    let wrong: Vec<String> = others()
        .iter()
        .filter(|package| {
            package["rust_version"].as_str().is_some_and(|theirs| version(theirs) > version(&ours))
        })
        .map(|package| format!("{} needs Rust {}", name(package), package["rust_version"]))
        .collect();
    assert!(wrong.is_empty(), "Cargo.toml promises Rust {ours}:\n{}", wrong.join("\n"));
}

#[test]
fn each_has_a_line_that_says_what_for_and_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (_, rest) = text.split_once("[workspace.dependencies]\n").unwrap();
    let (table, _) = rest.split_once("\n[").unwrap();
    let manifests: String = [
        "Cargo.toml",
        "compiler/Cargo.toml",
        "lsp/Cargo.toml",
        "grammar/Cargo.toml",
        "stdlib/Cargo.toml",
        "editors/tree-sitter-quell/Cargo.toml",
        "tests/fuzz/Cargo.toml",
        "tests/support/Cargo.toml",
    ]
    .map(|path| std::fs::read_to_string(root.join(path)).unwrap())
    .concat();
    let mut explained = false;
    let mut wrong = Vec::new();
    for line in table.lines() {
        if line.starts_with('#') {
            explained = true;
        } else if let Some((name, _)) = line.split_once(" = ") {
            // A line may cover those that follow it without a gap.
            if !explained && !name.starts_with("quell-") {
                wrong.push(format!("`{name}` has no line that says what for"));
            }
            if !manifests.contains(&format!("\n{name}.workspace = true")) {
                wrong.push(format!("`{name}` is not used by any package"));
            }
        } else {
            explained = false;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
