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

/// Every example is complete: what it uses comes with it, and nothing that would be a finding.
#[test]
fn each_example_is_a_project_that_works() {
    let sandbox = Sandbox::new([]);
    let list = sandbox.quell("new --list-examples");
    assert_eq!(list.code, 0, "{list}");
    let names: Vec<&str> = list
        .out
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(names.len() >= 15, "{list}");
    for name in names {
        let run = sandbox.quell(&format!("new {name} --example {name}"));
        assert_eq!(run.code, 0, "{run}");
        for command in [
            format!("check --profile strict {name}"),
            format!("test {name}"),
            format!("dry-run {name}:{name}"),
        ] {
            let run = sandbox.quell(&command);
            assert_eq!(run.code, 0, "{command}: {run}");
        }
        let manifest = sandbox.read(&format!("{name}/quell.toml"));
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{manifest}");
        // With its rules, every alert of theirs has a playbook.
        let has_rules = sandbox.path(&format!("{name}/rules")).exists();
        assert_eq!(manifest.contains("[alerts]"), has_rules, "{manifest}");
        if has_rules {
            let run = sandbox.quell_in(name, "coverage --min 100");
            assert_eq!(run.code, 0, "{run}");
        }
    }
}

#[test]
fn an_example_that_is_not_there() {
    let sandbox = Sandbox::new([]);
    let run = sandbox.quell("new shop --example queue_backlogs");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("did you mean `queue_backlog`"), "{run}");
    assert!(!sandbox.path("shop").exists());
}

#[test]
fn files_for_ci_go_to_the_top_of_the_repository() {
    let sandbox = Sandbox::new([]);
    let run = sandbox.quell("new playbooks --ci github --pre-commit");
    assert_eq!(run.code, 0, "{run}");
    assert!(sandbox.read(".github/workflows/playbooks.yml").starts_with("name: playbooks\n"));
    assert!(sandbox.read(".pre-commit-config.yaml").starts_with("repos:\n"));
    assert!(sandbox.path("playbooks/quell.toml").exists());

    // A project that exists gets them too, and nothing else changes.
    let before = sandbox.read("playbooks/quell.toml");
    let run = sandbox.quell_in("playbooks", "new --ci gitlab");
    assert_eq!(run.code, 0, "{run}");
    assert!(sandbox.read(".gitlab-ci.yml").starts_with("playbooks:\n"));
    assert_eq!(sandbox.read("playbooks/quell.toml"), before);
}

#[test]
fn without_a_repository_they_go_into_the_project() {
    let sandbox = outside_of_git();
    assert_eq!(sandbox.quell("new playbooks --pre-commit").code, 0);
    assert!(sandbox.path("playbooks/.pre-commit-config.yaml").exists());
}

#[test]
fn files_for_ci_replace_nothing() {
    let sandbox = Sandbox::new([(".pre-commit-config.yaml", "mine\n")]);
    let run = sandbox.quell("new playbooks --pre-commit");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`.pre-commit-config.yaml` exists already"), "{run}");
    assert!(run.err.contains("leave out `--pre-commit`"), "{run}");
    assert_eq!(sandbox.read(".pre-commit-config.yaml"), "mine\n");
    assert!(!sandbox.path("playbooks").exists(), "half a project is worse than none");
}

/// In a repository the files that it lacks are offered, and the commands that are printed work.
#[test]
fn a_repository_is_offered_what_it_lacks() {
    let offers = |sandbox: Sandbox| {
        let run = sandbox.quell("new playbooks");
        assert_eq!(run.code, 0, "{run}");
        let lines = run.out.lines().filter_map(|line| line.strip_prefix("  quell new "));
        let offered: Vec<String> = lines.map(str::to_owned).collect();
        for option in &offered {
            let run = sandbox.quell_in("playbooks", &format!("new {}", option.replace("|gitlab", "")));
            assert_eq!(run.code, 0, "{option}: {run}");
        }
        offered
    };
    let with = |files: &[(&str, &str)]| Sandbox::new(files.iter().copied());
    assert!(offers(outside_of_git()).is_empty(), "there is no repository");
    assert_eq!(offers(with(&[])), ["--ci github|gitlab", "--pre-commit"]);
    assert_eq!(offers(with(&[(".github/x", "")])), ["--ci github", "--pre-commit"]);
    let complete = [(".gitlab-ci.yml", ""), (".pre-commit-config.yaml", "")];
    assert!(offers(with(&complete)).is_empty(), "it has its own");
}

/// A folder that is in no repository.
fn outside_of_git() -> Sandbox {
    let sandbox = Sandbox::new([]);
    std::fs::remove_dir_all(sandbox.path(".git")).unwrap();
    sandbox
}
