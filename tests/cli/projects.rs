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
    assert_snapshot!(project("[package]\nname = \"mine\"\n[dependencies]\nops = { path = \"ops\" }\n"));
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

#[test]
fn a_file_on_its_own_does_not_see_its_neighbour() {
    let sandbox = Sandbox::new([("main.quell", "use ops.hosts (Host)\n"), ("ops/hosts.quell", FINE)]);
    assert_snapshot!(sandbox.quell("check main.quell"));
}

#[test]
fn modules_of_a_project_and_of_its_dependencies() {
    let toml =
        "[package]\nname = \"mine\"\nsources = [\"src\"]\n[dependencies]\nlib = { path = \"../shared\" }\n";
    let sandbox = Sandbox::new([
        ("mine/quell.toml", toml),
        (
            "mine/src/main.quell",
            "use lib.hosts (Host)\nuse parts.disk (Disk)\n\nrecord Both {\n  host: Host,\n  disk: Disk,\n}\n",
        ),
        ("mine/src/parts/disk.quell", "use lib.hosts (Host)\n\nrecord Disk {\n  host: Host,\n}\n"),
        ("shared/quell.toml", "[package]\nname = \"shared\"\n"),
        ("shared/hosts.quell", "use names (Name)\n\nrecord Host {\n  name: Name,\n}\n"),
        ("shared/names.quell", "/// What a host is called.\ntype Name = Text\n"),
    ]);
    let run = sandbox.quell("check mine");
    assert_eq!((run.code, run.out.as_str()), (0, "2 files checked, nothing to report\n"), "{run}");
    sandbox.write("mine/src/main.quell", "use hosts\nuse lib.host\nuse mine.parts.disk\n");
    assert_snapshot!(sandbox.quell("check mine"));
}

#[test]
fn errors_of_a_module_count_where_it_is_used() {
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"mine\"\n"),
        ("main.quell", "use hosts (Host)\n\nrecord Both {\n  host: Host,\n}\n"),
        ("hosts.quell", "record Host {\n  name Text,\n}\n"),
    ]);
    assert_snapshot!(sandbox.quell("check main.quell"));
}

#[test]
fn modules_in_a_circle() {
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"mine\"\n"),
        ("a.quell", "use b (B)\n\nrecord A {\n  b: B,\n}\n"),
        ("b.quell", "use a (A)\n\nrecord B {\n  a: A?,\n}\n"),
    ]);
    assert_snapshot!(sandbox.quell("check ."));
}

#[test]
fn a_path_is_the_same_however_it_is_typed() {
    let sandbox = Sandbox::new([
        ("mine/quell.toml", "[package]\nname = \"mine\"\n"),
        ("mine/a.quell", "use b (B)\n\ntype A = B\n"),
        ("mine/b.quell", "type B = Text\n"),
    ]);
    for path in ["mine", "mine/a.quell", "./mine/../mine/a.quell", "mine/a"] {
        let run = sandbox.quell(&format!("check {path}"));
        assert_eq!(run.code, 0, "{path}: {run}");
    }
}

#[test]
fn a_project_file_with_thousands_of_problems_tells_the_first_fifty() {
    let sandbox = Sandbox::new([("a.quell", "let a: Int = 1\n")]);
    let head = "[package]\nname = \"p\"\nversion = \"0.1.0\"\n";
    let keys: String = (0..20_000).map(|number| format!("key{number} = 1\n")).collect();
    sandbox.write("quell.toml", format!("{head}{keys}"));
    let run = sandbox.quell("check a.quell");
    assert_eq!(run.code, 2, "{run}");
    assert_eq!(run.err.matches("unknown key").count(), 50);
    assert!(run.err.contains("`quell.toml` has 19950 more problems"), "{run}");
    let dependencies: String = (0..5_000).map(|number| format!("d{number} = {{ path = \"x\" }}\n")).collect();
    sandbox.write("quell.toml", format!("{head}[dependencies]\n{dependencies}"));
    let run = sandbox.quell("check a.quell");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`quell.toml` has 4950 more problems"), "{run}");
    // Fifty are told, and nothing more is said of more.
    let keys: String = (0..50).map(|number| format!("key{number} = 1\n")).collect();
    sandbox.write("quell.toml", format!("{head}{keys}"));
    let run = sandbox.quell("check a.quell");
    assert_eq!((run.err.matches("unknown key").count(), run.err.contains("more problems")), (50, false));
}
