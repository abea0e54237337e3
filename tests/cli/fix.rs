//! `--fix` on files that are hard to fix: whatever a fix doesn't mean to change stays as it is.

use std::fs;

use crate::sandbox::Sandbox;

const RECORD: &str = "record Disk {\n  mount: Text,\n}\n";

#[test]
fn of_a_file_with_a_byte_order_mark_only_the_mark_goes() {
    for remark in
        ["/// Says who is asked when a disk fills up at night, and what they hold.", "// ééé äöü 漢字"]
    {
        let body = format!("{remark}\n{RECORD}");
        let sandbox = Sandbox::new([("a.quell", &*format!("\u{FEFF}{body}"))]);
        let run = sandbox.quell("check --fix a.quell");
        assert!(run.err.contains("1 repair made in 1 file"), "{run}");
        assert_eq!(sandbox.read("a.quell"), body);
        let again = sandbox.quell("check --fix a.quell");
        assert!(!again.err.contains("repair"), "{again}");
        assert_eq!(sandbox.read("a.quell"), body);
    }
}

#[test]
fn a_file_that_is_not_utf8_is_never_written() {
    for bytes in [
        &b"let a = 1\n// Gr\xFCezi\n"[..],
        b"use std.slack\nlet a: Int = 1 // \xFF\n",
        b"\xEF\xBB\xBF// \xE9\nlet a = 1\n",
        b"// \xC3\nlet a = 1",
    ] {
        let sandbox = Sandbox::new([]);
        sandbox.write("a.quell", bytes);
        for arguments in
            ["check --fix a.quell", "check --fix --unsafe a.quell", "lint --fix a.quell", "fmt a.quell"]
        {
            let run = sandbox.quell(arguments);
            assert_eq!(run.code, 1, "{run}");
            assert!((run.out.clone() + &run.err).contains("not-utf8"), "{run}");
            assert_eq!(fs::read(sandbox.path("a.quell")).unwrap(), bytes, "{arguments}");
        }
        assert!(!sandbox.quell("check --diff --unsafe a.quell").out.contains("+++"));
    }
}

#[test]
fn a_file_beside_one_that_is_not_utf8_is_fixed() {
    let sandbox = Sandbox::new([("b.quell", "let b = 1\n")]);
    sandbox.write("a.quell", b"let a = 1 // \xFF\n");
    assert_eq!(sandbox.quell("check --fix .").code, 1);
    assert_eq!(sandbox.read("b.quell"), "let b: Int = 1\n");
}

#[test]
fn a_fix_that_does_not_help_is_not_made_again_and_again() {
    let text = "use std.alertmanager\n\nlet s: alertmanager.Silence = alertmanager.m(id: \"b\")\n\n\
                task alertmanager(s: Text) -> Int {\n  return 1\n}\n";
    let sandbox = Sandbox::new([("a.quell", text)]);
    let diff = sandbox.quell("check --diff --unsafe a.quell");
    assert!(diff.out.matches("+use").count() <= 1, "{diff}");
    sandbox.quell("check --fix --unsafe a.quell");
    let once = sandbox.read("a.quell");
    assert!(once.matches("use std.alertmanager\n").count() <= 2, "{once}");
    sandbox.quell("check --fix --unsafe a.quell");
    assert_eq!(sandbox.read("a.quell"), once);
}

#[test]
fn what_a_fix_would_break_is_left_and_said() {
    // The type makes known that the text isn't one.
    let text = "let port = 5432\nlet url: Text = port\n";
    let sandbox = Sandbox::new([("a.quell", text)]);
    let run = sandbox.quell("check --fix a.quell");
    assert_eq!((run.code, sandbox.read("a.quell").as_str()), (1, text), "{run}");
    assert!(run.out.contains("`--fix` left this unchanged: it would cause `type-mismatch`"), "{run}");
    assert!(!sandbox.quell("check a.quell").out.contains("left this"));
}

#[test]
fn line_ends_and_remarks_stay() {
    let text = "use std.slack // for later\r\nuse std.zoom\r\n\r\nlet  a: Int = 1 // one\r\n";
    let sandbox = Sandbox::new([("a.quell", text)]);
    sandbox.quell("check --fix a.quell");
    assert_eq!(sandbox.read("a.quell"), text.replace("use std.zoom\r\n", ""));
    sandbox.quell("check --fix --unsafe a.quell");
    assert_eq!(sandbox.read("a.quell"), "\r\nlet  a: Int = 1 // one\r\n");
}

#[test]
fn one_file_that_cannot_be_fixed_keeps_no_other_from_it() {
    let stubborn = "let s: slck.Message = slck.m(id: \"b\")\n\ntask slack(s: Text) -> Int {\n  return 1\n}\n";
    let sandbox = Sandbox::new([("stubborn.quell", stubborn)]);
    for number in 0..40 {
        sandbox.write(&format!("f{number}.quell"), "use std.slack\n\nlet a = 1\n");
    }
    let run = sandbox.quell("check --fix --unsafe .");
    assert!((0..40).all(|number| sandbox.read(&format!("f{number}.quell")) == "let a: Int = 1\n"), "{run}");
    let once = sandbox.read("stubborn.quell");
    sandbox.quell("check --fix --unsafe .");
    assert_eq!(sandbox.read("stubborn.quell"), once);
}
