//! Public playbooks, which lie outside of this repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::support::{convert_with, holds_up};

/// The folders with a playbook, or none with a message where there is no corpus.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/stackpulse");
    // A worktree lies one folder deeper.
    let deeper = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/stackpulse");
    let Some(root) = [root, deeper].into_iter().find(|root| root.is_dir()) else {
        quell_test_support::pass_over("the folder with other people's playbooks is not here");
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut work = vec![root];
    while let Some(folder) = work.pop() {
        let mut below: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        below.sort();
        if folder.join("playbook.yaml").is_file() {
            found.push(folder.clone());
        }
        work.extend(below.into_iter().filter(|path| path.is_dir()));
    }
    found
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_default()
}

#[test]
fn public_playbooks_become_sound_ones() {
    for folder in folders() {
        let converted = convert_with(&read(&folder, "playbook.yaml"), &read(&folder, "trigger.yaml"));
        assert_eq!(converted.playbooks.len(), 1, "{}", folder.display());
        holds_up(&converted.playbooks[0], &folder.display().to_string());
    }
}

#[test]
fn their_comments_survive() {
    for folder in folders() {
        let yaml = read(&folder, "playbook.yaml");
        let converted = convert_with(&yaml, "");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<&str> = converted.playbooks[0]
            .text
            .lines()
            .map(|line| line.trim().trim_start_matches('/').trim())
            .collect();
        let text = words(&lines.join(" "));
        for line in yaml.lines().map(str::trim).filter(|line| line.starts_with("# ")) {
            let comment = words(line.trim_start_matches('#'));
            assert!(text.contains(&comment), "{}: `{comment}` is lost", folder.display());
        }
    }
}

#[test]
fn their_known_mistakes_are_found() {
    let known: &[(&str, &[&str])] = &[
        ("kubernetes/delete-pod", &["44 import-undeclared-parameter", "11 import-unused-parameter"]),
        (
            "kubernetes/job-failed",
            &[
                "15 import-unknown-key",
                "69 import-silence",
                "107 import-duplicate-id",
                "127 import-duplicate-id",
            ],
        ),
        ("kubernetes/rollback", &["46 import-unbounded-question", "81 import-unbounded-question"]),
        ("stackpulse/archive-incident-war-room", &["18 import-silence"]),
        ("hello-world/hello-world-slack", &["19 import-unused-step"]),
    ];
    for folder in folders() {
        let Some((_, findings)) = known.iter().find(|(name, _)| folder.ends_with(name)) else { continue };
        let converted = convert_with(&read(&folder, "playbook.yaml"), &read(&folder, "trigger.yaml"));
        findings.iter().for_each(|finding| converted.finds(finding));
    }
}
