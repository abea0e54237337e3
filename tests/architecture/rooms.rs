//! The rooms of the house and what stands on what: the one place for it. ARCHITECTURE.md's table and
//! drawing are made from it.

use std::collections::BTreeSet;

/// A part of the code with a purpose of its own.
pub struct Room {
    /// A module of the compiler, or a crate.
    pub name: &'static str,
    /// Where it is: a folder, or a file without its ending.
    pub place: &'static str,
    /// What it stands on directly. It may use all that those stand on as well.
    pub on: &'static [&'static str],
}

const fn room(name: &'static str, place: &'static str, on: &'static [&'static str]) -> Room {
    Room { name, place, on }
}

/// All rooms, from the ground up.
pub const ROOMS: &[Room] = &[
    room("grammar", "grammar/src", &[]),
    room("stdlib", "stdlib/src", &[]),
    room("visible", "compiler/src/visible", &[]),
    room("markdown", "compiler/src/markdown", &["visible"]),
    room("source", "compiler/src/source", &["visible"]),
    room("diagnostic", "compiler/src/diagnostic", &["source"]),
    room("findings", "compiler/src/findings", &["diagnostic"]),
    room("encoding", "compiler/src/encoding", &["findings"]),
    room("world", "compiler/src/world", &["source"]),
    room("yaml", "compiler/src/yaml", &[]),
    room("syntax", "compiler/src/syntax", &["findings", "grammar"]),
    room("hir", "compiler/src/hir", &["syntax"]),
    room("names", "compiler/src/names", &["hir", "world"]),
    room("types", "compiler/src/types", &["names"]),
    room("effects", "compiler/src/effects", &["types"]),
    room("graph", "compiler/src/graph", &["effects"]),
    room("check", "compiler/src/check", &["graph"]),
    room("alerts", "compiler/src/alerts", &["check", "yaml"]),
    room("format", "compiler/src/format", &["syntax"]),
    room("import", "compiler/src/import", &["format", "yaml"]),
    room("lint", "compiler/src/lint", &["alerts"]),
    room("repair", "compiler/src/repair", &["format"]),
    room("simulate", "compiler/src/simulate", &["check"]),
    room("emit", "compiler/src/emit", &["check"]),
    room("docs", "compiler/src/docs", &["emit", "simulate", "markdown"]),
    room("report", "compiler/src/report", &["emit", "simulate", "markdown"]),
    room("coverage", "compiler/src/coverage", &["simulate"]),
    room("workspace", "lsp/src/workspace", &["encoding", "lint", "stdlib"]),
    room("ide", "lsp/src/ide", &["alerts", "coverage", "format", "repair", "report", "workspace"]),
    room("server", "lsp/src/server", &["ide", "lint"]),
    room(
        "cli",
        "cli",
        &[
            "lint", "alerts", "coverage", "docs", "encoding", "format", "import", "repair", "report",
            "server", "stdlib",
        ],
    ),
];

/// The rooms that have an area of their own under `findings`.
const STAGES: &[&str] = &["syntax", "names", "types", "effects", "graph"];

/// What the compiler never says: files, clock, environment, network, processes, printing, chance that
/// nobody seeded.
pub const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "println!",
    "print!",
    "dbg!",
    "env!(",
    "thread_rng",
    "rand::rng",
    "from_os_rng",
];

/// Libraries that only some rooms know: whatever else changes with them is near.
pub const HOMES: &[(&str, &[&str])] = &[
    ("pest", &["grammar/", "compiler/src/syntax/"]),
    ("quell_grammar", &["compiler/src/syntax/"]),
    ("rowan", &["compiler/src/syntax/"]),
    ("saphyr_parser", &["compiler/src/yaml/"]),
    ("promql_parser", &["compiler/src/alerts/"]),
    ("petgraph", &["compiler/src/graph/"]),
    ("batsat", &["compiler/src/effects/symbolic/"]),
    ("maud", &["compiler/src/report/page/"]),
    (
        "shell_words",
        &["compiler/src/simulate/invocation/", "compiler/src/simulate/problem.rs", "cli/start.rs"],
    ),
    ("percent_encoding", &["compiler/src/simulate/invocation/"]),
    ("pulldown_cmark", &["compiler/src/markdown.rs"]),
    ("unicode_properties", &["compiler/src/visible.rs"]),
    ("unicode_script", &["compiler/src/visible.rs", "compiler/src/lint/rules/safety/"]),
    ("unicode_security", &["compiler/src/lint/rules/safety/"]),
    ("ratatui", &["cli/drill/"]),
    ("codespan_reporting", &["cli/render/"]),
    ("anstyle", &["cli/render/"]),
    ("miette", &["cli/render/", "cli/error.rs", "cli/manifest.rs"]),
    ("anstream", &["cli/console.rs"]),
    ("toml", &["cli/manifest"]),
    ("tempfile", &["cli/output/"]),
    ("signal_hook", &["cli/output/"]),
    ("notify", &["cli/commands/test/watch.rs"]),
    ("quick_junit", &["cli/render/"]),
];

/// What changes files and streams: only these places do, so that what they promise holds everywhere.
pub const WRITING: &[(&[&str], &[&str])] = &[
    (
        &[
            "fs::write",
            "fs::rename",
            "fs::copy",
            "fs::hard_link",
            "remove_file",
            "remove_dir",
            "create_dir",
            "set_permissions",
            "DirBuilder",
            "File::create",
            "OpenOptions",
            "tempfile",
        ],
        &["cli/output/"],
    ),
    (
        &["stdout()", "stderr()", "print!", "println!"],
        // The drill and the progress line take the terminal for themselves.
        &["cli/console.rs", "cli/output/", "cli/drill/", "cli/progress.rs", "lsp/src/server/"],
    ),
];

/// What looks at files or opens them: only these places do, so that nothing outside of the fence is read.
pub const READING: &[(&[&str], &[&str])] = &[
    (
        &[
            "fs::",
            "File::open",
            ".try_exists()",
            ".is_file()",
            ".is_dir()",
            ".is_symlink()",
            ".canonicalize()",
            ".read_dir()",
            ".metadata()",
            ".symlink_metadata()",
            ".read_link()",
            "WalkBuilder",
            "WalkDir",
            "glob::glob",
        ],
        // What is written is looked at by cli/output, which asks the fence.
        &["cli/fence/", "cli/output/", "cli/files.rs"],
    ),
    (
        &[".exists()"],
        // `PATH:PLAYBOOK` is a path where there is one of that name.
        &["cli/fence/", "cli/output/", "cli/files.rs", "cli/target.rs"],
    ),
];

/// The room that a file is in.
pub fn room_of(path: &str) -> Option<&'static Room> {
    if ["compiler/src/lib.rs", "lsp/src/lib.rs"].contains(&path) {
        // The lists of the rooms; they use none.
        return ROOMS.first();
    }
    // The sentences of a stage are filed under `findings`, and are a part of the stage: they are made
    // from its facts.
    let area = path.strip_prefix("compiler/src/findings/").and_then(|rest| rest.split('/').next());
    let stage = area.map(|area| area.trim_end_matches(".rs"));
    let stage = STAGES.iter().find(|name| Some(**name) == stage);
    ROOMS.iter().find(|room| {
        let rest = path.strip_prefix(room.place);
        match stage {
            Some(stage) => room.name == *stage,
            None => rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs"),
        }
    })
}

/// The rooms that a room may use: itself, and what it stands on all the way down.
pub fn allowed(room: &Room) -> BTreeSet<&'static str> {
    let mut all = BTreeSet::from([room.name]);
    for below in ROOMS.iter().filter(|below| room.on.contains(&below.name)) {
        all.extend(allowed(below));
    }
    all
}
