//! Where the fence stands, and what `quell.toml` may reach.

use std::{fs, os::unix::fs::symlink};

use super::{Hostile, SECRET};

fn manifest(more: &str) -> String {
    format!("[package]\nname = \"repo\"\n{more}\n")
}

#[test]
fn rules_outside_are_refused_where_they_are_named() {
    let hostile = Hostile::new();
    hostile.link("linked.yml", "../outside/rules.yml");
    hostile.link("folder", "../outside");
    for pattern in [
        "../outside/rules.yml",
        "../outside/*.yml",
        "../../../../../../proc/self/environ",
        "../../../../../../**/*.yml",
        "/proc/self/environ",
        "/**/*.yml",
        "linked.yml",
        "folder/rules.yml",
        "folder/*.yml",
        "./../outside/**/*.yml",
    ] {
        hostile.write("quell.toml", manifest(&format!("[alerts]\nrules = [\"{pattern}\"]")));
        for command in ["check", "lint", "coverage", "test", "doc", "graph .:greet", "dry-run .:greet"] {
            let run = hostile.quell(command);
            assert_eq!(run.code, 2, "{pattern}: {run}");
            assert!(run.err.contains(&format!("`{pattern}` is outside this repository")), "{pattern}: {run}");
            assert!(run.err.contains("quell.toml:4:") && run.err.contains("--allow-outside"), "{run}");
        }
    }
    // What a pattern finds on its way is passed over, like any link.
    hostile.write("quell.toml", manifest("[alerts]\nrules = [\"*.yml\"]"));
    hostile.write("own.yml", "groups: []\n");
    let run = hostile.quell("coverage");
    assert!(run.err.contains("skipped the link `linked.yml`"), "{run}");
    // `..` in the middle can't be followed without walking first.
    hostile.write("quell.toml", manifest("[alerts]\nrules = [\"*/../../outside/*.yml\"]"));
    let run = hostile.quell("check");
    assert!(run.code == 2 && run.err.contains("`..` can only come first"), "{run}");
}

#[test]
fn rules_of_sister_folders_are_read() {
    let hostile = Hostile::new();
    hostile.write("playbooks/quell.toml", manifest("[alerts]\nrules = [\"../monitoring/**/*.yml\"]"));
    hostile.write("playbooks/a.quell", "record A {\n  x: Int,\n}\n");
    let rules =
        "groups:\n- name: x\n  rules:\n  - alert: Down\n    expr: up == 0\n    labels: {severity: page}\n";
    hostile.write("monitoring/deep/down.yml", rules);
    for (folder, path) in
        [("repo", "playbooks"), ("repo/playbooks", "."), ("repo/monitoring", "../playbooks")]
    {
        let run = hostile.quell_in(folder, &["coverage", path]);
        assert!(run.out.contains("Down"), "{run}");
    }
}

#[test]
fn dependencies_outside_are_refused_where_they_are_named() {
    let hostile = Hostile::new();
    hostile.link("linked", "../outside/lib");
    hostile.write("holder/quell.toml", "[package]\nname = \"holder\"\n");
    fs::remove_file(hostile.path("repo/holder/quell.toml")).unwrap();
    hostile.link("holder/quell.toml", "../../outside/text.quell");
    let absolute = hostile.path("outside/lib");
    for path in ["../outside/lib", "linked", absolute.to_str().unwrap(), "holder", "/root", "../outside/none"]
    {
        hostile.write("quell.toml", manifest(&format!("[dependencies]\nlib = {{ path = \"{path}\" }}")));
        for command in ["check", "test", "doc", "fmt"] {
            let run = hostile.quell(command);
            if command == "fmt" {
                // It asks for no project.
                assert_eq!(run.code, 0, "{run}");
                continue;
            }
            assert_eq!(run.code, 2, "{path}: {run}");
            assert!(run.err.contains("the dependency `lib` is outside this repository"), "{path}: {run}");
            assert!(run.err.contains("quell.toml:4:") && run.err.contains("--allow-outside"), "{run}");
        }
    }
    hostile.write("quell.toml", manifest("[dependencies]\nlib = { path = \"../outside/lib\" }"));
    // Named as well, it is inside; and so it is where all is.
    for arguments in [["check", ".", "../outside/lib"], ["check", ".", "--allow-outside"]] {
        let run = hostile.trusting("repo", &arguments);
        assert_ne!(run.code, 2, "{run}");
    }
}

#[test]
fn dependencies_in_sister_folders_work() {
    let hostile = Hostile::new();
    hostile.write("a/quell.toml", "[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../b\" }\n");
    hostile.write("a/m.quell", "use b.hosts (Host)\n\nrecord A {\n  host: Host,\n}\n");
    hostile.write("b/quell.toml", "[package]\nname = \"b\"\n");
    hostile.write("b/hosts.quell", "/// A host.\ntype Host = Text\n");
    let run = hostile.quell_in("repo/a", &["check"]);
    assert_eq!(run.code, 0, "{run}");
    // Without a repository the project is all there is; a folder that is named holds both.
    fs::remove_dir(hostile.path("repo/.git")).unwrap();
    let run = hostile.quell_in("repo/a", &["check"]);
    assert!(run.code == 2 && run.err.contains("outside this project"), "{run}");
    fs::remove_file(hostile.path("repo/quell.toml")).unwrap();
    for arguments in [&["check", "."][..], &["check", "a", "b"], &["check", "a", "--allow-outside"]] {
        let run = hostile.quell_in("repo", arguments);
        assert_ne!(run.code, 2, "{run}");
    }
}

#[test]
fn sources_and_project_files_do_not_lead_out() {
    let hostile = Hostile::new();
    hostile.link("src", "../outside");
    hostile.write("quell.toml", manifest("").replace("\n\n", "\nsources = [\"src\"]\n"));
    let run = hostile.quell("check");
    assert!(run.code == 2 && run.err.contains("the source folder `src` leads outside"), "{run}");
    for path in ["..\\\\outside", "../outside", "/etc"] {
        hostile.write("quell.toml", manifest(&format!("sources = [\"{path}\"]")));
        assert_eq!(hostile.quell("check").code, 2, "{path}");
    }
    fs::remove_file(hostile.path("repo/quell.toml")).unwrap();
    hostile.link("quell.toml", "../outside/text.quell");
    for command in ["check", "check greet.quell", "test", "lint --output-format json"] {
        let run = hostile.quell(command);
        assert_eq!(run.code, 2, "{run}");
        assert!((run.err + &run.out).contains("`quell.toml` leads outside this repository"), "{command}");
    }
}

#[test]
fn the_top_folder_is_the_nearest_git() {
    let hostile = Hostile::new();
    hostile.write("deep/playbooks/text.quell", "record A {\n  x: Int,\n}\n");
    hostile.link("deep/playbooks/out.quell", "../../../outside/text.quell");
    hostile.link("deep/playbooks/within.quell", "../../greet.quell");
    let skipped = |run: &super::Run| run.err.contains("skipped the link `") && run.err.contains("out.quell`");
    for (folder, path) in [
        ("repo", "deep"),
        ("repo/deep", "."),
        ("repo/deep/playbooks", "../playbooks"),
        ("outside", "../repo/deep"),
    ] {
        let run = hostile.quell_in(folder, &["check", path]);
        assert!(skipped(&run) && !run.err.contains("2 links"), "{run}");
    }
    // The file of a worktree or submodule marks a top folder as well; where it points is not read.
    let git = hostile.path("repo/deep/.git");
    fs::write(&git, format!("gitdir: {}\n", hostile.path("outside").display())).unwrap();
    let run = hostile.quell("check deep");
    assert!(run.err.contains("skipped 2 links that lead outside this repository"), "{run}");
    // And so does a link, wherever it leads.
    for target in ["/", "../../outside", "nowhere"] {
        fs::remove_file(&git).unwrap();
        symlink(target, &git).unwrap();
        let run = hostile.quell("check deep");
        assert!(run.err.contains("skipped 2 links that lead outside this repository"), "{target}: {run}");
    }
}

#[test]
fn a_project_above_the_repository_is_not_its_project() {
    let hostile = Hostile::new();
    fs::write(hostile.path("quell.toml"), SECRET).unwrap();
    fs::remove_file(hostile.path("repo/quell.toml")).unwrap();
    assert_ne!(hostile.quell("check greet.quell").code, 2);
}

#[test]
fn git_dir_is_not_asked() {
    let hostile = Hostile::new();
    hostile.link("text.quell", "../outside/text.quell");
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("quell");
    let output = command
        .args(["check"])
        .current_dir(hostile.path("repo"))
        .env("GIT_DIR", hostile.path(".git"))
        .env("GIT_WORK_TREE", hostile.path(""))
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("skipped the link `text.quell`"));
}

#[test]
fn gitignore_counts_up_to_the_fence() {
    let hostile = Hostile::new();
    fs::write(hostile.path(".gitignore"), "*.quell\n").unwrap();
    hostile.write(".gitignore", "drafts/\n*.tmp.quell\n");
    hostile.write("drafts/a.quell", "record {\n");
    hostile.write("deep/b.tmp.quell", "record {\n");
    hostile.write("deep/.gitignore", "!c.tmp.quell\n");
    hostile.write("deep/c.tmp.quell", "record C {\n  x: Int,\n}\n");
    hostile.write(".git/info/exclude", "private.quell\n");
    hostile.write("private.quell", "record {\n");
    let run = hostile.quell("fmt --check");
    assert_eq!((run.code, run.err.as_str()), (0, "2 files left as they were\n"), "{run}");
    assert_eq!(hostile.quell_in("repo/deep", &["fmt", "--check"]).err, "1 file left as it was\n");
}

#[test]
fn a_folder_that_belongs_to_nothing_is_its_own_fence() {
    let hostile = Hostile::new();
    fs::remove_dir(hostile.path("repo/.git")).unwrap();
    fs::remove_file(hostile.path("repo/quell.toml")).unwrap();
    hostile.link("environment.quell", "/proc/self/environ");
    hostile.link("greet.snap", "../outside/logs.snap");
    for (folder, path) in [("repo", "."), ("", "repo"), ("outside", "../repo")] {
        let run = hostile.quell_in(folder, &["check", path]);
        assert!(run.err.contains("environment.quell`, which leads outside this folder"), "{run}");
    }
    // A file on its own has the folder around it, and no more.
    hostile.write(
        "greet.quell",
        super::PLAYBOOK.to_owned() + "\nscenario \"s\" for greet {\n  expect snapshot\n}\n",
    );
    let before = hostile.outside();
    for command in ["test greet.quell", "test greet.quell --update", "test greet.quell --update --force"] {
        let run = hostile.quell(command);
        assert!(
            run.code == 2 && run.err.contains("`greet.snap` leads outside this folder"),
            "{command}: {run}"
        );
    }
    assert_eq!(hostile.outside(), before);
    // And a project that of its `quell.toml`.
    hostile.write("quell.toml", manifest("[alerts]\nrules = [\"../../../../../../proc/self/environ\"]"));
    let run = hostile.quell("check greet.quell");
    assert!(run.code == 2 && run.err.contains("is outside this project"), "{run}");
}
