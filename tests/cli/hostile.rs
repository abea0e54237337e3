//! Texts that would do something to a terminal or to whoever reads: none of it gets through, whatever they
//! stand in and whichever command shows it.

use std::{io::Read, thread};

use assert_cmd::cargo::cargo_bin;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use quell_compiler::visible::hidden;

use crate::sandbox::{Run, Sandbox};

/// A title, a beep, an empty screen, invisible letters, a control sequence of one byte, marks of direction,
/// and blanks of no width.
const RAW: &str =
    "\u{1b}]0;PWNED\u{7}\u{1b}[2J\u{1b}[8m\u{9b}5m\u{8}\u{7f}\u{202e}\u{2066}\u{200f}\u{200b}\u{ad}\u{2028}";
/// The same and more as escapes of the language: the values hold it, the source doesn't.
const ESCAPED: &str = "\\u{1b}]0;PWNED\\u{7}\\u{1b}[2J\\u{1b}[8m\\u{9b}5m\\u{8}\\u{7f}\\u{202e}\\u{2066}\\u{200f}\\u{200b}\\u{2028}\\r\\n\\t<b>|`";

/// With `¤` wherever a text of somebody's can stand.
const BOOK: &str = r#"//! About ¤ it.

let lin: Person = Person(id: "lin", name: "Lin ¤", email: "lin@example.com")

let web: Team = Team(name: "web ¤", lead: lin, on_call: [lin])

/// Says ¤ hello.
playbook greet {
  owner web
  input host: Text
  input asked: Text = "¤"

  enrich none "why ¤"

  triage {
    cause broken "it is ¤ broken" {
      suspect when host == "¤"
    }
  }

  communicate {
    /// Asks ¤ somebody.
    step hello = ask(run.starter, "Greet ¤ ${host}?", options: ["yes ¤", "no"], within: 5m)
    step other: Text = ask(lin, "And ¤?", within: 5m)
  }

  remediate none "nothing ¤"
}

// A comment ¤.
scenario "title ¤" for greet {
  given host = "¤"
  given lin answer other with "¤" after 1m
  expect hello skipped
}

scenario "wrong ¤" for greet {
  given host = "¤"
  expect hello ran
  expect snapshot
}
"#;

/// Every way to show something of a playbook in `a.quell`.
const COMMANDS: &[&str] = &[
    "check .",
    "check . --output-format short",
    "check . --output-format github",
    "check . --output-format json",
    "check . --output-format sarif",
    "check . --output-format junit",
    "check . --output-format gitlab",
    "check . --durations",
    "check . --diff --unsafe",
    "check . --statistics",
    "check nowhere¤",
    "check --nothing¤",
    "check . --select no¤rule",
    "lint . --profile strict",
    "fmt --diff .",
    "fmt --check .",
    "explain no¤code",
    "test .",
    "test . --output-format json",
    "test . --output-format junit",
    "test . --coverage",
    "test . --update",
    "test . -k no¤pattern",
    "dry-run a.quell --input host=¤",
    "dry-run a.quell --input nothing=¤",
    "dry-run a.quell:no¤playbook",
    "dry-run a.quell --scenario title",
    "dry-run a.quell --scenario no¤title",
    "dry-run a.quell --scenario title --explain hello",
    "dry-run a.quell --scenario title --explain no¤step",
    "dry-run a.quell --scenario title --plan",
    "dry-run a.quell --scenario title --who",
    "dry-run a.quell --scenario title --output-format json",
    "dry-run a.quell --scenario title --html a¤.html",
    "simulate a.quell --runs 5 --input host=¤",
    "simulate a.quell --runs 5 --scenario title --output-format json",
    "graph a.quell",
    "graph a.quell --format dot",
    "graph a.quell --format mermaid",
    "graph a.quell --format json",
    "doc a.quell",
    "doc a.quell --output-format markdown",
    "doc a.quell --output-format json",
    "doc no¤thing",
    "coverage . --rules rules.yml",
    "coverage . --rules rules.yml --output-format json",
    "import stackpulse imported.yaml",
    "import stackpulse imported.yaml --report",
    "import stackpulse imported.yaml --output-format json",
    "postmortem trace.json",
    "postmortem a.quell",
    "new a.quell",
];

const RULES: &str = r#"groups:
  - name: g
    rules:
      - alert: "Disk\e]0;PWNED\a\u202e\x9b"
        expr: up == 0
        labels: {severity: "page\e[2J"}
        annotations: {summary: "\e]0;PWNED\a"}
"#;

const IMPORTED: &str = r#"apiVersion: stackpulse.io/v1
kind: Playbook
metadata:
  name: "show\e]0;PWNED\a\u202e"
  description: "\e[2J\x9b"
steps:
  - id: one
    image: "us-docker.pkg.dev/x\e]0;PWNED\a"
    name: "a\u202eb"
"#;

/// The colours that Quell and its libraries use; the hostile texts have others.
fn without_styles(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        let end =
            behind.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap_or(behind.len());
        let known = behind[..end]
            .split(';')
            .all(|code| matches!(code.parse().unwrap_or(99), 0..=4 | 22 | 24 | 30..=37 | 39 | 90..=97));
        if behind[end..].starts_with('m') && known {
            rest = &behind[end + 1..];
        } else {
            out.push_str("\u{1b}[");
            rest = behind;
        }
    }
    out + rest
}

#[track_caller]
fn assert_harmless(text: &str, of: &str) {
    let plain = without_styles(text);
    let found: Vec<String> =
        hidden(&plain, &['\n', '\t']).map(|(at, letter)| format!("{letter:?} at {at}")).collect();
    assert!(found.is_empty(), "{of}: {found:?}\n{}", plain.escape_debug());
}

/// A project with hostile texts in its files.
fn project(text: &str) -> Sandbox {
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nsources = [\".\"]\n";
    let sandbox = Sandbox::new([("quell.toml", manifest), ("rules.yml", RULES), ("imported.yaml", IMPORTED)]);
    sandbox.write("a.quell", BOOK.replace('¤', text));
    let run = sandbox.quell_with(&[
        "dry-run",
        "a.quell",
        "--input",
        &format!("host={RAW}"),
        "--output-format",
        "json",
    ]);
    sandbox.write("trace.json", if run.code == 0 { run.out } else { "{}".to_owned() });
    sandbox
}

fn run(sandbox: &Sandbox, command: &str) -> Run {
    let mut arguments: Vec<String> = vec!["--color".to_owned(), "always".to_owned()];
    arguments.extend(command.split(' ').map(|argument| argument.replace('¤', RAW)));
    sandbox.quell_with(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn nothing_reaches_a_terminal() {
    for (kind, text) in [("raw", RAW), ("escaped", ESCAPED)] {
        let sandbox = project(text);
        for command in COMMANDS {
            let run = run(&sandbox, command);
            assert_harmless(&run.out, &format!("{kind}, {command}, stdout"));
            assert_harmless(&run.err, &format!("{kind}, {command}, stderr"));
            assert!(!run.err.contains("panicked"), "{kind}, {command}: {run}");
        }
    }
}

#[test]
fn nothing_reaches_a_file_for_people() {
    let sandbox = project(ESCAPED);
    for command in [
        "dry-run a.quell --scenario title --html run.html",
        "doc a.quell --output-dir wiki",
        "simulate a.quell --scenario title --runs 5 --output-file numbers.txt",
        "test . --update",
    ] {
        let run = sandbox.quell(command);
        assert!(run.code < 2, "{command}: {run}");
    }
    for file in ["run.html", "wiki/README.md", "wiki/greet.md", "numbers.txt", "a.snap"] {
        let text = sandbox.read(file);
        assert_harmless(&text, file);
        let holds_some = ["run.html", "wiki/greet.md", "a.snap"].contains(&file);
        assert!(!holds_some || text.contains('␛'), "{file} shows it: {text}");
    }
    let page = sandbox.read("wiki/greet.md");
    assert!(!page.contains("why ␛]0;PWNED␇␛[2J␛[8m<"), "it is escaped: {page}");
}

#[test]
fn documents_for_programs_keep_the_values() {
    let sandbox = project(ESCAPED);
    let run = sandbox.quell_with(&["dry-run", "a.quell", "--scenario", "title", "--output-format", "json"]);
    assert_eq!(run.code, 0, "{run}");
    let trace: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let title = trace["scenario"].as_str().unwrap();
    assert!(title.contains("\u{1b}]0;PWNED\u{7}\u{1b}[2J") && title.contains('\u{202e}'), "{title:?}");
}

#[test]
fn the_formatter_gives_each_byte_back() {
    // A comment, since the formatter may lay out anything else.
    let text = format!("// {RAW}.\nlet a: Int = 1\n");
    let run = Sandbox::new([]).quell_reading("fmt -", text.as_str());
    assert_eq!(run.out, text, "{run}");
}

#[test]
fn what_is_said_of_a_line_stands_below_its_letters() {
    let sandbox =
        Sandbox::new([("a.quell", "let a: Int = \"\u{1b}[2J\u{1b}[8m\" + 1\r\nlet b: Int = 1\r\n")]);
    let run = sandbox.quell("check a.quell");
    let line = run.out.lines().position(|line| line.contains("␛[2J␛[8m")).unwrap_or_else(|| panic!("{run}"));
    let lines: Vec<&str> = run.out.lines().collect();
    let column = |line: &str, letter: char| line.chars().position(|found| found == letter);
    assert_eq!(column(lines[line], '"'), column(lines[line + 1], '^'), "{run}");
    assert!(!lines[line].contains('␍'), "{run}");
}

#[cfg(unix)]
#[test]
fn names_of_files_are_shown_on_one_line() {
    let name = format!("a\nb{RAW}.quell");
    let sandbox = Sandbox::new([]);
    sandbox.write(&name, BOOK.replace('¤', "x"));
    for command in COMMANDS.iter().filter(|command| command.contains(" .")) {
        let run = run(&sandbox, command);
        assert_harmless(&run.out, command);
        assert_harmless(&run.err, command);
        assert!(!run.out.lines().any(|line| line.starts_with("b␛")), "{command}: {run}");
        assert!(!run.err.lines().any(|line| line.starts_with("b␛")), "{command}: {run}");
    }
    let short = sandbox.quell("check . --output-format short");
    assert!(short.out.lines().all(|line| line.starts_with("a␊b␛")), "{short}");
    // Programs get the name as it is.
    let run = sandbox.quell("check . --output-format json");
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(found["findings"][0]["place"]["file"], name, "{run}");
    let run = sandbox.quell("check . --output-format github");
    assert!(run.out.starts_with("::") && run.out.contains("file=a%0Ab"), "{run}");
}

#[test]
fn a_project_file_is_shown_harmlessly() {
    let sandbox = Sandbox::new([("a.quell", "let a: Int = 1\n")]);
    let manifests = [
        "[package]\nname = \"a\\u001b]0;x\\u0007\\u202e\"\n".to_owned(),
        format!("[package]\nname = \"{}\"\nversion = \"0.1.0\"\n", "\u{202e}\u{9b}2J"),
        "[package]\nname = \"a\"\nversion = \"0.1.0\"\n\"\\u001b[2J\\u202e\" = 1\n".to_owned(),
        "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[alerts]\nrules = [\"\\u001b]0;x\\u0007/**\"]\n"
            .to_owned(),
        "[package]\r\nname = \"a\"\r\n\u{1b}[2J = 1\r\n".to_owned(),
    ];
    for manifest in manifests {
        sandbox.write("quell.toml", &manifest);
        for command in ["check .", "check . --output-format json", "lint a.quell"] {
            let run = run(&sandbox, command);
            assert_harmless(&run.out, &manifest);
            assert_harmless(&run.err, &manifest);
        }
    }
}

/// What a command writes to a terminal of its own.
fn in_terminal(sandbox: &Sandbox, command: &str) -> String {
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut builder = CommandBuilder::new(cargo_bin!("quell"));
    builder.args(command.split(' ').map(|argument| argument.replace('¤', RAW)));
    builder.cwd(sandbox.path(""));
    builder.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(builder).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let shown = thread::spawn(move || {
        let mut bytes = Vec::new();
        // On Linux the end of a terminal is an error.
        let _ = reader.read_to_end(&mut bytes);
        bytes
    });
    child.wait().unwrap();
    drop(pair.master);
    String::from_utf8(shown.join().unwrap()).unwrap()
}

#[test]
fn nothing_reaches_a_real_terminal() {
    for text in [RAW, ESCAPED] {
        let sandbox = project(text);
        for command in COMMANDS {
            let shown = in_terminal(&sandbox, command).replace("\r\n", "\n");
            // The line that says how far it is, where it takes long.
            let shown: String = shown.replace("\r\u{1b}[2K", "").split('\r').collect();
            assert_harmless(&shown, command);
        }
    }
}
