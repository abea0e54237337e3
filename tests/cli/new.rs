//! `quell new`.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

/// What is made is what its owner is told to make: it checks in the strictest profile, keeps the format,
/// and its scenarios hold.
#[test]
fn a_project_that_works() {
    let sandbox = Sandbox::new([]);
    assert_snapshot!(sandbox.quell("new shop"));
    for command in ["check --profile strict", "fmt --check", "test --coverage --min-coverage 90"] {
        let run = sandbox.quell(&format!("{command} shop"));
        assert_eq!(run.code, 0, "{command}: {run}");
    }
    assert!(sandbox.read("shop/quell.toml").contains("name = \"shop\"\n"));
}

#[test]
fn in_this_folder_under_a_name() {
    let sandbox = Sandbox::new([("other.txt", "mine")]);
    let run = sandbox.quell("new --name payments");
    assert_eq!(run.code, 0, "{run}");
    assert!(sandbox.read("quell.toml").contains("name = \"payments\"\n"));
    assert_eq!(sandbox.read("other.txt"), "mine");
}

#[test]
fn a_folder_that_is_no_name() {
    let sandbox = Sandbox::new([]);
    assert_eq!(sandbox.quell("new 24-7.on-call").code, 0);
    assert!(sandbox.read("24-7.on-call/quell.toml").contains("name = \"_24_7_on_call\"\n"));
    assert_eq!(sandbox.quell("check 24-7.on-call").code, 0);
}

#[test]
fn nothing_is_overwritten() {
    let sandbox =
        Sandbox::new([("catalog.quell", "// mine\n"), ("old/quell.toml", "[package]\n"), ("file", "")]);
    for folder in [".", "old", "file"] {
        let run = sandbox.quell(&format!("new {folder}"));
        assert_eq!(run.code, 2, "{folder}: {run}");
        assert!(run.err.contains("already") || run.err.contains("is a file"), "{run}");
    }
    assert_eq!(sandbox.read("catalog.quell"), "// mine\n");
    assert_eq!(sandbox.read("old/quell.toml"), "[package]\n");
    assert!(!sandbox.path("quell.toml").exists());
}

#[test]
fn a_name_that_cannot_stand_behind_use() {
    let run = Sandbox::new([]).quell("new shop --name my-shop");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`my_shop`"), "{run}");
}
