//! `quell fmt`: what it writes, and what it leaves alone.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

const MESSY: &str = "record   Disk {\nmount:Text,\n      size : Size }\n";
const NEAT: &str = "record Disk {\n  mount: Text,\n  size: Size,\n}\n";
const BROKEN: &str = "record Disk {\n  mount: Text,\n";

#[test]
fn it_lays_out_what_needs_it() {
    let sandbox = Sandbox::new([("messy.quell", MESSY), ("neat.quell", NEAT), ("deep/er.quell", MESSY)]);
    let before = std::fs::metadata(sandbox.path("neat.quell")).unwrap().modified().unwrap();
    assert_snapshot!(sandbox.quell("fmt ."));
    assert_eq!(sandbox.read("messy.quell"), NEAT);
    assert_eq!(sandbox.read("deep/er.quell"), NEAT);
    assert_eq!(sandbox.read("neat.quell"), NEAT);
    assert_eq!(std::fs::metadata(sandbox.path("neat.quell")).unwrap().modified().unwrap(), before);
    assert_eq!(sandbox.quell("fmt --check .").code, 0, "now all is laid out");
}

#[test]
fn without_a_path_it_takes_what_is_below() {
    let sandbox = Sandbox::new([("messy.quell", MESSY), ("deep/er.quell", MESSY)]);
    assert_eq!(sandbox.quell("fmt").code, 0);
    assert_eq!((sandbox.read("messy.quell"), sandbox.read("deep/er.quell")), (NEAT.into(), NEAT.into()));
}

#[test]
fn check_names_what_would_change_and_writes_nothing() {
    let sandbox = Sandbox::new([("messy.quell", MESSY), ("neat.quell", NEAT)]);
    assert_snapshot!(sandbox.quell("fmt --check ."));
    assert_eq!(sandbox.read("messy.quell"), MESSY);
}

#[test]
fn diff_shows_what_would_change_and_writes_nothing() {
    let sandbox = Sandbox::new([("messy.quell", MESSY), ("neat.quell", NEAT)]);
    assert_snapshot!(sandbox.quell("fmt --diff ."));
    assert_eq!(sandbox.read("messy.quell"), MESSY);
}

#[test]
fn a_file_with_errors_stays_as_it_is() {
    let sandbox = Sandbox::new([("broken.quell", BROKEN), ("messy.quell", MESSY)]);
    let run = sandbox.quell("fmt .");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.err.contains("broken.quell:"), "{run}");
    assert_eq!(sandbox.read("broken.quell"), BROKEN);
    assert_eq!(sandbox.read("messy.quell"), NEAT, "the others are laid out all the same");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let sandbox = Sandbox::new([]);
    for (input, code, output) in [(MESSY, 0, NEAT), (NEAT, 0, NEAT), (BROKEN, 1, BROKEN)] {
        let run = sandbox.quell_reading("fmt -", input);
        assert_eq!((run.code, run.out.as_str()), (code, output), "{run}");
    }
    let run = sandbox.quell_reading("fmt --check -", MESSY);
    assert_eq!((run.code, run.out.as_str()), (1, "<stdin> would change\n"));
    let run = sandbox.quell_reading("fmt --stdin-filename disk.quell -", BROKEN);
    assert!(run.err.contains("disk.quell:"), "{run}");
    assert_eq!(sandbox.quell_reading("fmt --stdin-filename disk.quell", MESSY).out, NEAT);
    assert_eq!(sandbox.quell("fmt --stdin-filename disk.quell a.quell").code, 2);
}

#[test]
fn marks_line_ends_and_tabs_are_taken_out() {
    let sandbox = Sandbox::new([("a.quell", "\u{FEFF}record Disk {\r\n\tmount: Text,\r\n}\r\n")]);
    assert_eq!(sandbox.quell("check a.quell").code, 0);
    assert!(sandbox.quell("check a.quell").out.contains("3 infos"));
    assert_eq!(sandbox.quell("fmt a.quell").code, 0);
    assert_eq!(sandbox.read("a.quell"), "record Disk {\n  mount: Text,\n}\n");
    assert!(sandbox.quell("check a.quell").out.contains("nothing to report"), "and check has no more to say");
}

#[test]
fn an_empty_file_stays_empty() {
    let sandbox = Sandbox::new([("a.quell", "")]);
    assert_eq!(sandbox.quell("fmt --check a.quell").code, 0);
}

#[test]
fn what_is_not_utf8_or_too_large_stays_as_it_is() {
    let sandbox = Sandbox::new([]);
    sandbox.write("latin1.quell", b"// Gr\xFCezi\n");
    sandbox.write("large.quell", "// 16 bytes long\n".repeat(10 << 16));
    let run = sandbox.quell("fmt .");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("not-utf8") && run.err.contains("file-too-large"), "{run}");
    assert_eq!(std::fs::read(sandbox.path("latin1.quell")).unwrap(), b"// Gr\xFCezi\n");
}

#[cfg(unix)]
#[test]
fn links_and_modes_are_kept() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let sandbox = Sandbox::new([("real/a.quell", MESSY)]);
    fs::set_permissions(sandbox.path("real/a.quell"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/a.quell", sandbox.path("link.quell")).unwrap();
    assert_eq!(sandbox.quell("fmt link.quell").code, 0);
    assert!(fs::symlink_metadata(sandbox.path("link.quell")).unwrap().is_symlink());
    assert_eq!(sandbox.read("real/a.quell"), NEAT);
    assert_eq!(fs::metadata(sandbox.path("real/a.quell")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_named_and_kept() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let sandbox = Sandbox::new([("a.quell", MESSY)]);
    fs::set_permissions(sandbox.path("a.quell"), fs::Permissions::from_mode(0o444)).unwrap();
    let run = sandbox.quell("fmt a.quell");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("read-only"), "{run}");
    assert_eq!(sandbox.read("a.quell"), MESSY);
}

#[test]
fn a_line_that_cannot_be_read_is_not_torn() {
    for (text, after) in [
        ("action put(url: Text, json: Json, token: Secret)) -> Json destroys\n", None),
        ("action put(url: Text)) -> Json destroys\n", None),
        (
            "let  a:Int=1\naction put(url: Text)) -> Json destroys\nlet  b:Int=2\n",
            Some("let a: Int = 1\naction put(url: Text)) -> Json destroys\nlet b: Int = 2\n"),
        ),
        ("record A { a: Text }} let b: Int = 1\n", None),
        ("playbook p {\n  enrich {\n    step a = f()) step b = g()\n  }\n}\n", None),
        ("let a: Int = (1\r// c\n", Some("let a: Int = (1\n// c\n")),
    ] {
        let sandbox = Sandbox::new([("a.quell", text)]);
        let codes = |sandbox: &Sandbox| {
            let out = sandbox.quell("check --output-format short a.quell").out;
            out.lines().filter_map(|line| Some(line.split_once(": ")?.1.to_owned())).collect::<Vec<_>>()
        };
        let before = codes(&sandbox);
        let run = sandbox.quell("fmt a.quell");
        assert_eq!(run.code, 1, "{run}");
        assert_eq!(sandbox.read("a.quell"), after.unwrap_or(text));
        assert_eq!(codes(&sandbox), before, "{text}");
    }
}
