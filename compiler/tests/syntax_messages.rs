//! What the syntax says about common mistakes: a snapshot for people to read.

use quell_compiler::{
    diagnostic::Diagnostic,
    hir::lower,
    source::{FileId, LineIndex},
    syntax::parse,
};

/// The findings in a text as people could read them: place, message, marks, reasons.
fn shown(text: &str) -> String {
    let parsed = parse(text);
    let mut found = parsed.diagnostics(FileId(0));
    found.extend(lower(FileId(0), &parsed).1);
    found.iter().map(|diagnostic| show(text, diagnostic)).collect::<Vec<_>>().join("\n")
}

fn show(text: &str, diagnostic: &Diagnostic) -> String {
    let lines = LineIndex::new(text);
    let mut out = format!("{}: {}\n", diagnostic.code, diagnostic.message);
    for label in &diagnostic.labels {
        let line = lines.line(label.span.start);
        let start = lines.start(line) as usize;
        let source = text[start..].lines().next().unwrap_or_default();
        let width = (label.span.end - label.span.start).max(1) as usize;
        let width = width.min((start + source.len()).saturating_sub(label.span.start as usize).max(1));
        let column = label.span.start as usize - start;
        out += &format!(
            "{:3} | {source}\n    | {}{} {}\n",
            line + 1,
            " ".repeat(column),
            "^".repeat(width),
            label.message
        );
    }
    let rest = diagnostic.notes.iter().map(|note| format!("  = note: {note}\n"));
    let rest = rest.chain(diagnostic.help.iter().map(|help| format!("  = help: {help}\n")));
    let rest = rest.chain(diagnostic.fixes.iter().map(|fix| format!("  = fix: {}\n", fix.title)));
    out += &rest.collect::<String>();
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// A playbook whose remediate part holds these lines.
fn remediate(lines: &str) -> String {
    format!("playbook p {{\n  remediate {{\n    {lines}\n    step last = f()\n  }}\n}}\n")
}

#[test]
fn common_mistakes() {
    let statements = [
        "stp a = f()",
        "step a f()",
        "step = f()",
        "step a =",
        "step a = ",
        "step when = f()",
        "step a: = f()",
        "a = f()",
        "slack.post(room, \"x\")",
        "step a = f(1, 2",
        "step a = f(1 2)",
        "step a = f(, 1)",
        "step a = f(1, b: )",
        "step a = f(1))",
        "step a = f([1, 2)",
        "step a = f()\n      whn b",
        "step a = f()\n      whn b\n      timeout 5m",
        "step a = f() whn b",
        "step a = f()\n      when",
        "step a = f()\n      when b = 5",
        "step a = f()\n      when b && c",
        "step a = f()\n      when !b",
        "step a = f()\n      when b == ",
        "step a = f()\n      when 1 < b < 5",
        "step a = f()\n      timeout 5min",
        "step a = f()\n      timeout 5 m",
        "step a = f()\n      timeout 1 hour",
        "resolved when a.ok",
        "step a = f()\n      timeout five minutes",
        "step a = f()\n      approve 2 of x within 5m",
        "step a = f()\n      approve by 2 x within 5m",
        "step a = f()\n      aprove by 2 of x within 5m",
        "step a = f()\n      approve by 2 of x withn 5m",
        "step a = f()\n      retry 3 every 5s",
        "step a = f()\n      on failure contine",
        "step a = f()\n      repeat until it.ok",
        "step a = f()\n      each x in xs, at most",
        "step a = f()\n      undo",
        "step a = f();",
        "step a = f() # why",
        "step a = f('x')",
        "step a = f(“x”)",
        "step a = f(\"x)",
        "step a = f(\"\\d\")",
        "step a = f(\"${}\")",
        "step a = f(\"${b c}\")",
        "step a = f(\"${b\")",
        "step a = f(xs.)",
        "step a = f(xs.map(x =>))",
        "step a = f(if b then c)",
        "step a = f(if b c)",
        "step a = f(match b { 1 => 2 3 => 4 })",
        "step a = f(match b { > 5% critical })",
        "step a = f(match b { => 5 })",
        "step a = f({ b 1 })",
        "step a = f({ b: 1\n      c: 2 })",
        "for x in xs { step b = f() }",
        "when a",
        "owner data",
        "given a = 1",
        "http GET \"x\"",
        "severity major",
        "severity == major",
        "resolved when x",
        "suspect not x",
        "cause down { step b = f() }",
        "cause down \"it is\"",
        "if a\n      step b = f()",
        "if a b {\n    }",
        "let a = f() when b",
        "let a: = 5",
        "- step: x",
        "step a = f()\n    }",
    ];
    let scenario = |line: &str| format!("scenario \"s\" for p {{\n  {line}\n}}\n");
    let givens = [
        "given",
        "given a",
        "given a retuns 5",
        "given a returns",
        "given a down from 1m",
        "given ana anwser q with yes",
        "given approval by ana",
        "expect",
        "expect a rann",
        "expect a ran 1 time",
        "expect a = 5",
        "expect resolved in 5m",
        "step a = f()",
    ];
    let items = [
        "playbok p {\n}",
        "playbook {\n}",
        "playbook p\n  enrich {\n  }\n",
        "playbook p {\n  enrich {\n",
        "playbook p {\n  enrich {\n    step a = f()\n\n  triage {\n    step b = f()\n  }\n}\n\nlet x = 1\n",
        "playbook p {\n  enrich {\n    if a {\n      step a = f()\n    step b = f()\n  }\n}\n",
        "playbook p {\n  enrich {\n    step a = f()\n  }\n  }\n  triage {\n  }\n}\n",
        "playbook p {\n  step a = f()\n}",
        "playbook p {\n  remediate none\n}",
        "playbook p {\n  enrch {\n    step a = f()\n  }\n}",
        "playbook p {\n  on\n  input a\n  input b Text\n  owner\n}",
        "playbook p {\n  resolve in 5m\n}",
        "record R { a: Text b: Int }",
        "record R {\n  a: Text\n  b: Int\n}",
        "record R { a Text }",
        "record R { a: }",
        "record R (a: Text)",
        "enum E { a, b c }",
        "enum E { a, 5 }",
        "fn f(a: Int -> Int = a",
        "fn f -> Int = 1",
        "fn f(a) -> = a",
        "fn f(a) Int = a",
        "fn f(a) -> Int { a }",
        "def f(a) = a",
        "import std.slack",
        "use std.slack (post",
        "use std.slack as",
        "use std.slack post",
        "task t() -> Int\n  return 1\n",
        "action a() -> Text",
        "action a() -> Text read",
        "action a() reads {\n  http \"x\"\n}",
        "action a() reads {\n  htp GET \"x\"\n}",
        "action a() reads {\n  http GET \"x\" {\n    jsn {}\n  }\n}",
        "action a() reads {\n  http GET \"x\" {\n    auth baerer x\n  }\n}",
        "action a() reads {\n  simulate {\n    take 5s\n  }\n}",
        "action a() reads {\n  when x\n}",
        "scenario for p {\n}",
        "scenario \"s\" {\n}",
        "x = 5",
        "}",
        "let a = \"\"\"\nabc\n",
        "let a = (1 + 2",
        "let a = [1, 2",
        "let a = 1 +",
        "let a = 5x",
        "let a = List<",
        "let a: List<Int = 5",
        "hello world",
        "# comment",
        "let a = 1\u{A0}+ 2",
        "let a = b?c:d",
    ];
    let statements = statements.iter().map(|lines| remediate(lines));
    let all = statements.chain(givens.iter().map(|line| scenario(line))).chain(items.map(String::from));
    let report: Vec<_> = all.map(|text| format!("{text}\n----\n{}", shown(&text))).collect();
    insta::assert_snapshot!(report.join("\n================\n"));
}
