//! Fixes that are wrong, and fixes that need each other: what the rounds make of them.

use std::sync::Arc;

use quell_compiler::{
    diagnostic::{Diagnostic, Edit, Fix, Safety},
    repair::{Files, Repaired, repair},
    source::{FileId, Span},
    syntax::parse,
};

use super::Bench;

/// Files whose findings are those of a function over their texts, and the syntax errors.
struct Scripted<F> {
    texts: Vec<Arc<str>>,
    find: F,
    checks: usize,
}

impl<F: Fn(&[Arc<str>]) -> Vec<Diagnostic>> Files for Scripted<F> {
    fn text(&self, file: FileId) -> Arc<str> {
        self.texts[file.0 as usize].clone()
    }

    fn is_writable(&self, _: FileId) -> bool {
        true
    }

    fn replace(&mut self, file: FileId, text: Arc<str>) {
        self.texts[file.0 as usize] = text;
    }

    fn findings(&mut self) -> Vec<Diagnostic> {
        self.checks += 1;
        let mut found = (self.find)(&self.texts);
        for (number, text) in self.texts.iter().enumerate() {
            found.extend(parse(text).diagnostics(FileId(number as u32)));
        }
        found
    }
}

fn edit(file: u32, start: usize, end: usize, replacement: &str) -> Edit {
    Edit { span: Span::new(FileId(file), start as u32, end as u32), replacement: replacement.to_owned() }
}

fn finding(file: u32, at: usize, message: &str, safety: Safety, edits: Vec<Edit>) -> Diagnostic {
    let fix = Fix { title: "fix it".to_owned(), safety, edits };
    Diagnostic::warning("unused-let", Span::new(FileId(file), at as u32, at as u32), message).fix(fix)
}

/// Repairs texts; what came of it, the texts, and how often findings were computed.
fn run(texts: &[&str], find: impl Fn(&[Arc<str>]) -> Vec<Diagnostic>) -> (Repaired, Vec<String>, usize) {
    let texts = texts.iter().map(|text| Arc::from(*text)).collect();
    let mut files = Scripted { texts, find, checks: 0 };
    let repaired = repair(&mut files, Safety::Unsafe);
    (repaired, files.texts.iter().map(ToString::to_string).collect(), files.checks)
}

const TEXT: &str = "// äöü\nlet a: Int = 1\nlet b: Int = 2 // two\n";

#[test]
fn edits_that_fit_no_text_change_none() {
    for (start, end) in [(4, 5), (3, 4), (0, 999), (9, 5)] {
        let find = |_: &[Arc<str>]| vec![finding(0, 0, "x", Safety::Safe, vec![edit(0, start, end, "y")])];
        let (repaired, texts, _) = run(&[TEXT], find);
        assert_eq!((texts[0].as_str(), repaired.count), (TEXT, 0));
        assert_eq!(repaired.faults[0].code, "unsound-fix");
        assert!(repaired.findings.contains(&repaired.faults[0]));
    }
}

#[test]
fn a_fix_with_edits_that_overlap_is_a_fault() {
    let edits = vec![edit(0, 7, 12, ""), edit(0, 10, 14, "")];
    let (repaired, texts, _) = run(&[TEXT], |_| vec![finding(0, 0, "x", Safety::Safe, edits.clone())]);
    assert_eq!((texts[0].as_str(), repaired.faults.len()), (TEXT, 1));
}

#[test]
fn a_safe_fix_that_eats_a_comment_undoes_all_of_its_file() {
    let at = |text: &str, what: &str| text.find(what);
    let find = |texts: &[Arc<str>]| {
        let text = &texts[0];
        let mut found = Vec::new();
        if let Some(start) = at(text, "let a: Int = 1\n") {
            found.push(finding(0, start, "good", Safety::Safe, vec![edit(0, start, start + 15, "")]));
        } else if let Some(start) = at(text, "let b") {
            found.push(finding(0, start, "bad", Safety::Safe, vec![edit(0, start, text.len(), "")]));
        }
        let start = texts[1].len();
        if !texts[1].contains("let c") {
            found.push(finding(
                1,
                start,
                "other",
                Safety::Safe,
                vec![edit(1, start, start, "let c: Int = 3\n")],
            ));
        }
        found
    };
    let (repaired, texts, _) = run(&[TEXT, ""], find);
    assert_eq!(texts, [TEXT, "let c: Int = 3\n"]);
    assert_eq!((repaired.count, repaired.faults.len()), (1, 1));
    assert_eq!(repaired.before.len(), 1);
    assert!(repaired.faults[0].notes[0].contains("comment"), "{:?}", repaired.faults);
}

#[test]
fn files_that_were_fixed_together_are_undone_together() {
    let find = |texts: &[Arc<str>]| {
        if !texts[1].contains("let c") {
            let edits = vec![edit(0, 0, 0, "let d: Int = 4\n"), edit(1, 0, 0, "let c: Int = 3\n")];
            return vec![finding(0, 0, "both", Safety::Safe, edits)];
        }
        vec![finding(1, 0, "bad", Safety::Safe, vec![edit(1, 0, 5, "")])]
    };
    let (repaired, texts, _) = run(&["let x: Int = 1\n", "let y: Int = 1\n"], find);
    assert_eq!(texts, ["let x: Int = 1\n", "let y: Int = 1\n"]);
    assert_eq!((repaired.count, repaired.faults.len()), (0, 2));
}

#[test]
fn a_fix_that_cures_nothing_is_not_made_and_costs_the_others_nothing() {
    let find = |texts: &[Arc<str>]| {
        let mut found: Vec<Diagnostic> = (0..300)
            .filter(|number| !texts[*number].contains("// seen"))
            .map(|number| {
                let file = number as u32;
                finding(file, 0, "note", Safety::Safe, vec![edit(file, 12, 12, "// seen\n")])
            })
            .collect();
        let name = texts[7].find("x:Int").unwrap();
        found.push(finding(7, name, "stays", Safety::Unsafe, vec![edit(7, 0, 0, "// more\n")]));
        found
    };
    let (repaired, texts, checks) = run(&["let x:Int=1\n"; 300], find);
    assert!(texts.iter().all(|text| text == "let x:Int=1\n// seen\n"));
    assert_eq!((repaired.count, repaired.faults.len()), (300, 0));
    assert!(checks <= 5, "{checks} checks");
    let stays = repaired.findings.iter().find(|finding| finding.message == "stays").unwrap();
    assert!(stays.notes[0].contains("wouldn't resolve"), "{stays:?}");
}

#[test]
fn fixes_that_undo_each_other_end() {
    let find = |texts: &[Arc<str>]| {
        let text = &texts[0];
        vec![match text.find("// on\n") {
            None => finding(0, 0, "is off", Safety::Unsafe, vec![edit(0, 0, 0, "// on\n")]),
            Some(at) => finding(0, 0, "is on", Safety::Unsafe, vec![edit(0, at, at + 6, "")]),
        }]
    };
    let (first, texts, checks) = run(&["let x: Int = 1\n"], find);
    assert!(checks < 10 && first.faults.is_empty(), "{checks} checks, {:?}", first.faults);
    let (_, again, _) = run(&[&texts[0]], find);
    assert_eq!(again, texts);
}

#[test]
fn fixes_that_never_end_are_given_up() {
    let find = |texts: &[Arc<str>]| {
        let length = texts[0].len();
        let message = format!("of length {length}");
        vec![finding(0, 0, &message, Safety::Safe, vec![edit(0, length, length, "// more\n")])]
    };
    let (repaired, texts, checks) = run(&["let x: Int = 1\n"], find);
    assert_eq!((texts[0].as_str(), repaired.count, repaired.faults.len()), ("let x: Int = 1\n", 0, 1));
    assert!(checks < 100, "{checks} checks");
}

#[test]
fn an_import_that_does_not_help_is_not_added() {
    let text = "use std.alertmanager\n\nlet s: alertmanager.Silence = alertmanager.m(id: \"b\")\n\n\
                task alertmanager(s: Text) -> Int {\n  return 1\n}\n";
    let mut bench = Bench::new();
    let (_, after) = bench.repaired(text, Safety::Unsafe);
    assert!(after.matches("use std.alertmanager").count() <= 1, "{after}");
    assert_eq!(bench.repaired(&after, Safety::Unsafe).1, after);
}

#[test]
fn only_the_mark_goes_however_often_it_is_there() {
    let body = "// äää ööö üüü\nrecord Disk {\n  mount: Text,\n}\n";
    let mut bench = Bench::new();
    for marks in 1..4 {
        let (repaired, after) = bench.repaired(&("\u{FEFF}".repeat(marks) + body), Safety::Safe);
        assert_eq!((after.as_str(), repaired.count), (body, 1), "{marks} marks");
    }
}

#[test]
fn one_fix_may_make_room_for_others() {
    let text = "use std.people (QuietHours, by_phone)\nuse std.slack\n\n/// Says.\ntask t() -> Int {\n  let a = 1\n  let b = a\n  \
                let c = b\n  return 1\n}\n";
    let mut bench = Bench::new();
    let (repaired, after) = bench.repaired(text, Safety::Safe);
    assert_eq!(after, "/// Says.\ntask t() -> Int {\n  return 1\n}\n", "{:?}", repaired.findings);
}

#[test]
fn a_type_is_not_put_before_a_colon() {
    let mut bench = Bench::new();
    for text in ["let a:  = 1\n", "let ana:  = Person(id: \"ana\", name: \"Ana\", email: \"a@b.c\")\n"] {
        let (repaired, after) = bench.repaired(text, Safety::Safe);
        assert_eq!((after.as_str(), repaired.faults), (text, Vec::new()));
    }
}

#[test]
fn all_commas_of_a_list_come() {
    let text = "let a: List<Int> = [\n  1\n  2\n  3\n]\n";
    let (repaired, after) = Bench::new().repaired(text, Safety::Safe);
    assert_eq!(after, "let a: List<Int> = [\n  1,\n  2,\n  3\n]\n", "{:?}", repaired.findings);
}

/// Each of them is only found once the one before is repaired, with the same words.
#[test]
fn a_chain_of_the_same_mistake_is_repaired_to_its_end() {
    let mut bench = Bench::new();
    for text in [
        "fn same(token: Secret) -> Bool = token =secret =(\"TOKEN\")\n",
        "fn same(a: Int) -> Bool = a = a = a = a = a = a\n",
        "exum Medium { slack, pagerduty }\nexum Medium { slack, pagerduty }\n",
        "playbook p {\n  remediat none \"a\"\n  remediat none \"b\"\n}\n",
    ] {
        let (_, once) = bench.repaired(text, Safety::Unsafe);
        let (again, twice) = bench.repaired(&once, Safety::Unsafe);
        assert_eq!(once, twice, "{:?}", again.findings);
        assert_eq!(again.count, 0);
    }
}
