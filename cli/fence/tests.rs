#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, os::unix::fs::symlink};

use super::*;

fn folder_with(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    folder
}

fn around(path: &Path) -> Fence {
    Fence::around([Named::Input(path)], Reach::Inside)
}

#[test]
fn a_pattern_that_would_never_end_is_given_up() {
    let names: Vec<String> = (0..30).map(|number| format!("d{number}/r.yml")).collect();
    let folder = folder_with(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let fence = around(folder.path());
    let find = |pattern: &str, visits, finds| fence.matching_within(folder.path(), pattern, visits, finds);
    assert_eq!(find("**/*.yml", 61, 30).map(|found| found.len()), Ok(30));
    assert_eq!(find("**/*.yml", 60, 30), Err(Wrong::Visits(60)));
    assert_eq!(find("**/*.yml", 61, 29), Err(Wrong::Finds(29)));
    // Where it can name nothing it doesn't go: 4 folders, 4 files, and where it starts are left, and the
    // others as entries.
    assert_eq!(find("d1?/r.yml", 100, 30).map(|found| found.len()), Ok(10));
    assert_eq!(find("d1/*.yml", 2, 1).map(|found| found.len()), Ok(1));
}

#[test]
fn patterns_name_what_a_shell_would() {
    let folder =
        folder_with(&["a/x.yml", "a/b/y.yml", "a/b/c/z.yml", "a/.git/w.yml", ".hidden/v.yml", "u.yaml"]);
    let fence = around(folder.path());
    for (pattern, wanted) in [
        ("a/*.yml", &["a/x.yml"][..]),
        ("a/**/*.yml", &["a/b/c/z.yml", "a/b/y.yml", "a/x.yml"]),
        ("**/y.yml", &["a/b/y.yml"]),
        ("./a//x.yml", &["a/x.yml"]),
        ("a/b/../x.yml", &["a/x.yml"]),
        ("*/b/[xyz].yml", &["a/b/y.yml"]),
        ("?.yaml", &["u.yaml"]),
        ("nothing/*.yml", &[]),
        ("nothing.yml", &[]),
    ] {
        let found = fence.matching(folder.path(), pattern).unwrap();
        let found: Vec<_> = found.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(found, wanted.iter().map(Path::new).collect::<Vec<_>>(), "{pattern}");
    }
    assert!(matches!(fence.matching(folder.path(), "a***"), Err(Wrong::Pattern(_))));
    assert_eq!(fence.matching(folder.path(), "../*.yml"), Err(Wrong::Outside));
}

#[test]
fn what_is_not_there_yet_is_where_it_would_be() {
    let folder = folder_with(&["in/a", "out/a"]);
    let root = fs::canonicalize(folder.path()).unwrap();
    symlink("../out/new", root.join("in/link")).unwrap();
    symlink("link", root.join("in/chain")).unwrap();
    symlink("round", root.join("in/round")).unwrap();
    assert_eq!(resolve(&root.join("in/new/deep")), Some(root.join("in/new/deep")));
    assert_eq!(resolve(&root.join("in/chain")), Some(root.join("out/new")));
    assert_eq!(resolve(&root.join("in/round")), None);
    assert_eq!(resolve(&root.join("in/none/../../out")), None);
    let fence = around(&root.join("in"));
    assert!(fence.holds(&root.join("in/new")) && fence.permit_write(&root.join("in/new")).is_ok());
    for path in ["in/link", "in/chain", "in/round", "in/../out/a", "inner"] {
        assert!(!fence.holds(&root.join(path)), "{path}");
        assert!(matches!(fence.permit_write(&root.join(path)), Err(Failure::Outside { .. })), "{path}");
    }
}

#[test]
fn a_link_that_is_swapped_between_looking_and_opening_is_refused() {
    let folder = folder_with(&["in/a", "out/a"]);
    let root = fs::canonicalize(folder.path()).unwrap();
    fs::write(root.join("out/a"), "secret").unwrap();
    let (fence, link) = (around(&root.join("in")), root.join("in/link"));
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                for target in ["a", "../out/a"] {
                    let fresh = root.join("in/fresh");
                    symlink(target, &fresh).unwrap();
                    fs::rename(&fresh, &link).unwrap();
                }
            }
        });
        for _ in 0..3_000 {
            assert_ne!(fence.read(&link).ok(), Some(Ok(b"secret".to_vec())));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn what_was_left_out_is_told_in_bounds() {
    let mut told = Told::default();
    for number in 0..12 {
        told.unreadable.insert(format!("/a/{number:02}").into(), "no".to_owned());
        told.links.insert(format!("/b/{number:02}").into());
    }
    let sentences = told.sentences("repository");
    assert_eq!(sentences.len(), 12);
    assert_eq!(sentences[10], "warning: skipped 2 more files and folders that can't be read");
    assert!(
        sentences[11].starts_with("note: skipped 12 links that lead outside this repository, first `/b/00`")
    );
}
