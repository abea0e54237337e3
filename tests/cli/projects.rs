//! Projects: `quell.toml`, modules and dependencies.

use insta::assert_snapshot;

use crate::sandbox::{Run, Sandbox};

const FINE: &str = "/// What a host is called.\ntype Host = Text\n";

/// Checks a project with this `quell.toml` and one good module.
fn project(toml: &str) -> Run {
    Sandbox::new([("quell.toml", toml), ("a.quell", FINE)]).quell("check .")
}

#[test]
fn a_project_without_dependencies() {
    let run = project("[package]\nname = \"mine\"\nversion = \"1.0.0\"\n");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn an_unknown_key() {
    assert_snapshot!(project("[package]\nname = \"mine\"\nsource = [\".\"]\n"));
}

#[test]
fn a_name_at_the_top() {
    assert_snapshot!(project("name = \"mine\"\n"));
}

#[test]
fn a_name_that_cannot_be_used() {
    assert_snapshot!(project("[package]\nname = \"my-playbooks\"\n"));
}

#[test]
fn values_of_the_wrong_kind() {
    assert_snapshot!(project("[package]\nname = \"mine\"\nversion = 1\nsources = \".\"\n"));
}

#[test]
fn a_source_folder_that_is_missing() {
    assert_snapshot!(project("[package]\nname = \"mine\"\nsources = [\"playbooks\"]\n"));
}

#[test]
fn a_source_folder_outside() {
    assert_snapshot!(project("[package]\nname = \"mine\"\nsources = [\"../shared\"]\n"));
}

#[test]
fn source_folders_that_overlap() {
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"mine\"\nsources = [\".\", \"lib\"]\n"),
        ("lib/a.quell", FINE),
    ]);
    assert_snapshot!(sandbox.quell("check ."));
}

#[test]
fn a_dependency_that_is_missing() {
    assert_snapshot!(project("[package]\nname = \"mine\"\n[dependencies]\nops = { path = \"../ops\" }\n"));
}

#[test]
fn a_dependency_that_is_no_project() {
    let sandbox = Sandbox::new([
        ("mine/quell.toml", "[package]\nname = \"mine\"\n[dependencies]\nops = { path = \"../ops\" }\n"),
        ("mine/a.quell", FINE),
        ("ops/a.quell", FINE),
    ]);
    assert_snapshot!(sandbox.quell("check mine"));
}

#[test]
fn projects_in_a_circle() {
    let sandbox = Sandbox::new([
        ("a/quell.toml", "[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../b\" }\n"),
        ("b/quell.toml", "[package]\nname = \"b\"\n[dependencies]\na = { path = \"../a\" }\n"),
        ("a/m.quell", FINE),
        ("b/m.quell", FINE),
    ]);
    assert_snapshot!(sandbox.quell("check a"));
}

#[test]
fn a_dependency_that_is_called_like_a_module() {
    let sandbox = Sandbox::new([
        ("mine/quell.toml", "[package]\nname = \"mine\"\n[dependencies]\nops = { path = \"../other\" }\n"),
        ("mine/ops.quell", FINE),
        ("other/quell.toml", "[package]\nname = \"other\"\n"),
        ("other/a.quell", FINE),
    ]);
    assert_snapshot!(sandbox.quell("check mine"));
}

#[test]
fn one_module_twice() {
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"mine\"\nsources = [\"one\", \"two\"]\n"),
        ("one/a.quell", FINE),
        ("two/a.quell", FINE),
    ]);
    assert_snapshot!(sandbox.quell("check ."));
}

#[test]
fn a_file_name_that_no_use_can_name() {
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"mine\"\n"),
        ("disk-full.quell", FINE),
        ("std/slack.quell", FINE),
    ]);
    assert_snapshot!(sandbox.quell("check ."));
}

#[test]
fn outside_of_a_project_a_file_may_be_called_anything() {
    assert_eq!(Sandbox::new([("disk-full.quell", FINE)]).quell("check disk-full.quell").code, 0);
}

#[test]
fn a_project_within_a_folder_is_a_project_of_its_own() {
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"outer\"\n"),
        ("a.quell", FINE),
        ("inner/quell.toml", "[package]\nname = \"inner\"\n"),
        ("inner/disk-full.quell", FINE),
    ]);
    let run = sandbox.quell("check a.quell");
    assert_eq!(run.code, 0, "{run}");
    let run = sandbox.quell("check .");
    assert!(run.out.contains("inner/disk-full.quell"), "{run}");
}
