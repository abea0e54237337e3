//! What fuzzers feed to Quell, and what must hold whatever they feed.
//!
//! A [`Target`] takes bytes and panics if something that always holds doesn't. Two runners share them:
//! `cargo fuzz` (in `fuzz/`), which learns from coverage, and `tests/sample.rs`, which mutates files of
//! the repository on a stable compiler, a few in every test run and as many as are asked for on demand.

#![allow(clippy::panic, reason = "a target reports what doesn't hold by panicking")]

mod documents;
mod editor;
mod laboratory;
mod runs;
pub mod seeds;
mod sources;

pub use runs::made as runs_made;

/// Something to feed bytes to.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name, also in `fuzz/fuzz_targets` and `tests/fuzz/corpus`.
    pub name: &'static str,
    /// What must hold, in a few words.
    pub holds: &'static str,
    /// Feeds bytes; panics if it doesn't hold.
    pub feed: fn(&[u8]),
    /// The files of the repository from which mutants are made.
    pub seeds: seeds::Kind,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target {
        name: "parse",
        holds: "tokens give the text back, findings lie in it, and an edit parses like the whole",
        feed: sources::parse,
        seeds: seeds::Kind::Modules,
    },
    Target {
        name: "format",
        holds: "the result is its own result, and has the same findings",
        feed: sources::format,
        seeds: seeds::Kind::Modules,
    },
    Target {
        name: "check",
        holds: "findings lie in the text, and the same text gives the same findings",
        feed: sources::check,
        seeds: seeds::Kind::Modules,
    },
    Target {
        name: "fix",
        holds: "repairs add no error, lose no comment, and leave nothing to repair",
        feed: sources::fix,
        seeds: seeds::Kind::Modules,
    },
    Target {
        name: "runs",
        holds: "what compiles runs to an end or is given up, the same way each time, and every view shows it",
        feed: runs::runs,
        seeds: seeds::Kind::Scenarios,
    },
    Target {
        name: "import",
        holds: "what is converted parses and is laid out",
        feed: documents::import,
        seeds: seeds::Kind::Playbooks,
    },
    Target {
        name: "rules",
        holds: "alert rules are read, or refused at a place in the file",
        feed: documents::rules,
        seeds: seeds::Kind::Rules,
    },
    Target {
        name: "manifest",
        holds: "a project file is read, or its problems are shown",
        feed: documents::manifest,
        seeds: seeds::Kind::Manifests,
    },
    Target {
        name: "traces",
        holds: "a trace gives a post-mortem, or is refused",
        feed: documents::traces,
        seeds: seeds::Kind::Traces,
    },
    Target {
        name: "editor",
        holds: "every request has an answer at every place, between edits",
        feed: editor::editor,
        seeds: seeds::Kind::Scenarios,
    },
];

/// The target with this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Feeds bytes to the target with this name.
///
/// # Panics
///
/// Where there is no such target, and where something doesn't hold.
pub fn feed(name: &str, bytes: &[u8]) {
    match target(name) {
        Some(target) => (target.feed)(bytes),
        None => panic!("there is no target `{name}`"),
    }
}
