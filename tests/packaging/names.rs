//! The names of files, targets and versions: one table, and everything that repeats it.

use std::{collections::BTreeSet, fs, path::Path};

use crate::packed::{packed, platforms, release, repository, version, words};

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(repository().join(&path)).unwrap_or_else(|_| panic!("{}", path.as_ref().display()))
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(packed().join(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_release_holds_what_the_table_says_and_nothing_else() {
    let platforms = platforms();
    let mut archives: BTreeSet<String> = platforms.iter().map(|platform| platform.archive()).collect();
    archives.extend(["SHA256SUMS".into(), "install.sh".into()]);
    assert_eq!(names("archives"), archives);
    let mut packages: BTreeSet<String> = platforms
        .iter()
        .map(|it| format!("quell-lang-quell-{}-{}.tgz", it.npm.join("-"), version()))
        .collect();
    packages.insert(format!("quell-lang-quell-{}.tgz", version()));
    assert_eq!(names("npm"), packages);
    assert_eq!(names("wheels").len(), platforms.len());
}

#[test]
fn the_install_script_is_made_from_the_table() {
    let before = text("packaging/install.sh");
    let here = tempfile::tempdir().unwrap();
    for file in fs::read_dir(repository().join("packaging")).unwrap().map(Result::unwrap) {
        if file.path().is_file() {
            fs::create_dir_all(here.path().join("packaging")).unwrap();
            fs::copy(file.path(), here.path().join("packaging").join(file.file_name())).unwrap();
        }
    }
    fs::copy(repository().join("Cargo.toml"), here.path().join("Cargo.toml")).unwrap();
    crate::packed::succeed(
        std::process::Command::new("python3")
            .arg("-B")
            .arg(here.path().join("packaging/release.py"))
            .arg("update"),
    );
    let after = fs::read_to_string(here.path().join("packaging/install.sh")).unwrap();
    assert_eq!(before, after, "stale: python3 packaging/release.py update");
    for platform in platforms() {
        let row = format!("\"{}\") echo {} ;;", platform.uname.join(" "), platform.target);
        assert!(before.contains(&row), "{row}");
    }
}

#[test]
fn the_workflow_gets_a_job_for_each_platform_and_refuses_another_version() {
    let output = release(&["matrix", "--tag", &format!("v{}", version())]);
    let said = words(&output);
    assert!(said.contains(&format!("version={}\n", version())), "{said}");
    let matrix = said.lines().find_map(|line| line.strip_prefix("matrix=")).unwrap();
    let matrix: serde_json::Value = serde_json::from_str(matrix).unwrap();
    let targets: Vec<_> =
        matrix["include"].as_array().unwrap().iter().map(|job| job["target"].as_str().unwrap()).collect();
    assert_eq!(targets, platforms().iter().map(|it| it.target.as_str()).collect::<Vec<_>>());

    let other = release(&["matrix", "--tag", "v99.0.0"]);
    assert!(!other.status.success() && words(&other).contains("the tag is v99.0.0"), "{}", words(&other));
}

/// `cargo binstall` fills these in; so does this, for every platform.
#[test]
fn cargo_binstall_finds_each_archive() {
    let manifest: toml::Table = toml::from_str(&text("Cargo.toml")).unwrap();
    let package = manifest["package"].as_table().unwrap();
    let metadata = package["metadata"]["binstall"].as_table().unwrap();
    for platform in platforms() {
        let overridden = metadata.get("overrides").and_then(|all| all.get(&platform.target));
        let format = overridden.and_then(|it| it.get("pkg-fmt")).unwrap_or(&metadata["pkg-fmt"]);
        let ending = match format.as_str().unwrap() {
            "tgz" => ".tar.gz",
            "zip" => ".zip",
            other => panic!("{other}"),
        };
        let filled = |template: &str| {
            let mut filled = metadata[template].as_str().unwrap().to_owned();
            let binary_ending = if platform.target.contains("windows") { ".exe" } else { "" };
            for (name, value) in [
                ("repo", "https://github.com/quell-lang/quell"),
                ("version", version()),
                ("target", platform.target.as_str()),
                ("archive-suffix", ending),
                ("bin", "quell"),
                ("binary-ext", binary_ending),
            ] {
                filled = filled.replace(&format!("{{ {name} }}"), value);
            }
            filled
        };
        let address = filled("pkg-url");
        assert!(
            address.ends_with(&format!("/releases/download/v{}/{}", version(), platform.archive())),
            "{address}"
        );
        let inside = filled("bin-dir");
        let listed = crate::packed::succeed(
            std::process::Command::new("python3")
                .args(["-c", "import sys, shutil, pathlib as p, tempfile as t; d = t.mkdtemp(); \
                    shutil.unpack_archive(sys.argv[1], d); \
                    print(*[f.relative_to(d).as_posix() for f in p.Path(d).rglob('*')], sep='\\n'); shutil.rmtree(d)"])
                .arg(packed().join("archives").join(platform.archive())),
        );
        assert!(listed.lines().any(|line| line == inside), "{inside} is not in {listed}");
    }
}

#[test]
fn the_formula_has_the_sums_of_its_archives() {
    let formula = fs::read_to_string(packed().join("quell.rb")).unwrap();
    let sums = fs::read_to_string(packed().join("archives/SHA256SUMS")).unwrap();
    let mut compared = 0;
    for line in sums.lines() {
        let (sum, archive) = line.split_once("  ").unwrap();
        if archive.contains("windows") {
            continue;
        }
        let place = formula.find(&format!("/{archive}\"\n")).unwrap_or_else(|| panic!("{archive}"));
        let next = formula[place..].lines().nth(1).unwrap().trim();
        assert_eq!(next, format!("sha256 \"{sum}\""));
        compared += 1;
    }
    assert_eq!(compared, platforms().len() - 1);
    let opened = formula.lines().filter(|line| line.ends_with(" do") || line.trim() == "def install").count();
    let closed = formula.lines().filter(|line| line.trim() == "end").count();
    assert_eq!(closed, opened + 1, "each block ends, and so does the class:\n{formula}");
}

#[test]
fn the_install_page_lists_the_platforms() {
    let page = text("docs/install.md");
    for platform in platforms() {
        assert!(page.contains(&format!("`{}`", platform.target)), "{}", platform.target);
    }
}

/// Places that say which version to use: a release changes them together.
#[test]
fn pages_and_templates_name_this_version() {
    for path in ["docs/continuous-integration.md", "docs/install.md", "packaging/install.sh"] {
        for (at, _) in text(path).match_indices("v0.").chain(text(path).match_indices("quell==")) {
            let rest = text(path)[at..].trim_start_matches("quell==").trim_start_matches('v').to_owned();
            assert!(rest.starts_with(version()), "{path}: {}", rest.lines().next().unwrap());
        }
    }
}
