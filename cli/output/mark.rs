//! What Quell wrote itself, by what stands in it.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use quell_compiler::report::GENERATOR;

use crate::{files::ENDING, manifest};

/// So many bytes of a file are looked at.
const HEAD: u64 = 4 << 10;

/// What a result is. An older one of the same kind can be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Quell file or a project file: from the moment that it is there it is somebody's.
    Source,
    /// The page of a run.
    Page,
    /// A page of documentation.
    Documentation,
    /// The findings that a project had.
    Baseline,
    /// Results of scenarios, as JSON or JUnit's XML.
    Results,
    /// The coverage of scenarios as lcov.
    Lcov,
    /// Statistics of runs, for people or as JSON.
    Statistics,
    /// The recorded logs of scenarios.
    Snapshots,
}

/// How a page of documentation begins.
pub const DOCUMENTATION: &str = "<!-- Made by `quell doc`: changes are lost when it is made again. -->";
/// How statistics for people end.
pub const STATISTICS: &str = "(written by `quell simulate`)";
/// How a file of snapshots begins, in each version.
pub const SNAPSHOTS: &str =
    "# What the scenarios with `expect snapshot` do, recorded by `quell test --update`.";

/// Whether a file is a source by its name: those are written by people, and by Quell only if they ask for it.
pub fn is_source(path: &Path) -> bool {
    let ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    ending || path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(manifest::NAME))
}

/// Whether the file is an older result of the kind, or empty.
pub fn is_ours(path: &Path, kind: Kind) -> io::Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    if head.trim().is_empty() {
        return Ok(true);
    }
    Ok(match kind {
        Kind::Source => false,
        Kind::Page => head.contains(GENERATOR),
        Kind::Documentation => head.trim_start().starts_with(DOCUMENTATION),
        Kind::Baseline => has_schema(&head, "quell.dev/baseline/"),
        Kind::Results => has_schema(&head, "quell.dev/tests/") || head.contains("<testsuites name=\"quell\""),
        Kind::Lcov => is_coverage(path)?,
        Kind::Statistics => {
            has_schema(&head, "quell.dev/simulation/") || head.lines().any(|line| line == STATISTICS)
        }
        Kind::Snapshots => head.starts_with(SNAPSHOTS),
    })
}

/// Whether a text begins as a JSON document of the schema, in any version.
fn has_schema(head: &str, schema: &str) -> bool {
    let compact: String = head.split_whitespace().collect();
    compact.starts_with(&format!("{{\"schema\":\"{schema}"))
}

/// Whether a tracefile is about Quell files alone: the form has no place to say who wrote it.
fn is_coverage(path: &Path) -> io::Result<bool> {
    let mut some = false;
    for line in BufReader::new(File::open(path)?).split(b'\n') {
        let line = line?;
        let Some(file) = line.strip_prefix(b"SF:") else { continue };
        if !file.trim_ascii_end().ends_with(b".quell") {
            return Ok(false);
        }
        some = true;
    }
    Ok(some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(text: &str, kind: Kind) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, text).unwrap();
        is_ours(&path, kind).unwrap()
    }

    #[test]
    fn results_are_known_by_what_stands_in_them() {
        assert!(ours("{\n  \"schema\": \"quell.dev/tests/1\",\n", Kind::Results));
        assert!(!ours("{\"schema\": \"quell.dev/baseline/1\"}", Kind::Results), "another kind is kept");
        assert!(!ours("{\"a\": {\"schema\": \"quell.dev/tests/1\"}}", Kind::Results));
        assert!(ours("TN:\nSF:a.quell\nend_of_record\nTN:\nSF:b/c.quell\r\n", Kind::Lcov));
        assert!(!ours("TN:\nSF:a.quell\nend_of_record\nTN:\nSF:main.rs\n", Kind::Lcov));
        assert!(!ours("a text", Kind::Lcov));
        let kinds = [Kind::Page, Kind::Documentation, Kind::Baseline, Kind::Results, Kind::Statistics];
        for kind in kinds.into_iter().chain([Kind::Snapshots, Kind::Lcov]) {
            assert!(!ours("# Mine\n", kind), "{kind:?}");
            assert!(ours("", kind), "nothing is lost with an empty file");
        }
        assert!(!ours("// Snapshots of another tool\n", Kind::Snapshots));
    }

    #[test]
    fn sources_are_known_by_their_names() {
        for name in ["a.quell", "b/A.QUELL", "quell.toml", "x/Quell.toml"] {
            assert!(is_source(Path::new(name)), "{name}");
        }
        for name in ["a.html", "quell", "a.toml", ".quell"] {
            assert!(!is_source(Path::new(name)), "{name}");
        }
    }
}
