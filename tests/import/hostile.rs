//! Whatever a file holds, nothing panics, and what is converted parses.

use quell_compiler::{format::format, syntax::parse};

use crate::support::convert;

const WHOLE: &str = r##"# A comment at the top
apiVersion: stackpulse.io/v1
kind: Playbook
metadata: {name: "own", description: 'Ünïcode — "quoted" ${x} \n'}
parameters:
  - {name: host, type: var, default: "{{ $.event.Host }}"} # beside
  - {name: key, type: secret}
steps:
  - foreach:
      in: {range: [0, 3]}
      key: k
      value: v
      break: '{{ eq $.poll.State "state" }}'
      steps:
        - name: acme/get-state
          id: poll
          env: {HOST: "{{ $.params.host }}", KEY: '{{ secret $.params.key }}'}
  - when: '{{ and (gt (len $.poll.items) 0) (not (empty $.params.host)) }}'
    steps:
      - name: slack/message/interactive
        id: ask
        env:
          RECIPIENTS: "{{ $.metadata.userEmail }}"
          QUESTION: "Which{{ range $.poll.items }}, {{ .name }}{{ end }}?"
          RESPONSES: "{{ toJson $.poll.items[:].name }}"
          TIMEOUT: 5m
      - name: acme/delete
        when: '{{ ne $.ask.selected_responses[0] "" }}'
        args: [--force, "{{ $.ask.slack_response }}"]
        retry: {count: 3}
"##;

fn survives(text: &str) {
    for playbook in convert(text).playbooks {
        let formatted = format(&parse(&playbook.text));
        assert!(formatted.skipped.is_empty(), "{text}\n---\n{}", playbook.text);
    }
}

#[test]
fn files_that_end_anywhere() {
    crate::support::sound(WHOLE);
    for (at, _) in WHOLE.char_indices() {
        survives(&WHOLE[..at]);
    }
}

#[test]
fn files_with_a_line_missing_twice_or_indented() {
    let lines: Vec<&str> = WHOLE.lines().collect();
    for at in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(at);
        survives(&without.join("\n"));
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        survives(&twice.join("\n"));
        let mut shifted: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        shifted[at] = format!("\t{}", shifted[at]);
        survives(&shifted.join("\n"));
        shifted[at] = format!("  {}", lines[at]);
        survives(&shifted.join("\r\n"));
    }
}

#[test]
fn values_of_wrong_kinds() {
    for key in ["apiVersion", "kind", "metadata", "parameters", "steps"] {
        for value in [
            "1",
            "[]",
            "{}",
            "[[]]",
            "{a: {b: c}}",
            "~",
            "''",
            "[~]",
            "[1, a, {}]",
            "[{name: []}]",
            "!!binary a",
            "&a [*a]",
        ] {
            survives(&format!("kind: Playbook\nsteps: []\n{key}: {value}\n"));
        }
    }
    for key in [
        "name",
        "id",
        "env",
        "envFrom",
        "args",
        "runner",
        "output_parser",
        "when",
        "ignoreFailure",
        "timeout",
        "retry",
        "steps",
        "foreach",
    ] {
        for value in [
            "1",
            "[]",
            "{}",
            "[[a]]",
            "{a: [b]}",
            "{in: {range: [0, 99999999999]}, steps: []}",
            "~",
            "'{{'",
            "'{{ . }}'",
            "'{{ .a | b 1 }}'",
        ] {
            survives(&format!("kind: Playbook\nsteps:\n  - name: acme/get\n    {key}: {value}\n"));
            survives(&format!("kind: Playbook\nsteps:\n  - {key}: {value}\n"));
        }
    }
}

#[test]
fn bombs_and_depths() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (name, before) in
        ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip(["a", "b", "c", "d", "e", "f", "g", "h"])
    {
        bomb.push_str(&format!("{name}: &{name} [*{before},*{before},*{before},*{before},*{before},*{before},*{before},*{before},*{before}]\n"));
    }
    survives(&bomb);
    survives(&"[".repeat(100_000));
    survives(&format!("kind: Playbook\nsteps: {}{}", "[{steps: ".repeat(90), "}]".repeat(90)));
    survives(&format!(
        "kind: Playbook\nsteps:\n  - name: a\n    when: '{{{{ {}.a{} }}}}'\n",
        "not (".repeat(5_000),
        ")".repeat(5_000)
    ));
    survives(&format!(
        "kind: Playbook\nsteps:\n  - name: a\n    when: '{{{{ {}.a{} }}}}'\n",
        "not (".repeat(45),
        ")".repeat(45)
    ));
}

#[test]
fn several_documents() {
    let converted = convert(&format!("{WHOLE}\n---\n{WHOLE}\n---\nkind: Other\n---\n"));
    assert_eq!(converted.playbooks.len(), 2);
}

#[test]
fn names_that_mean_something_in_quell() {
    let steps: String = ["run", "step", "when", "ask", "none", "severity", "1st", "ä", "a b", "table"]
        .iter()
        .map(|name| format!("  - name: acme/get\n    id: '{name}'\n"))
        .collect();
    crate::support::sound(&format!("kind: Playbook\nmetadata: {{name: playbook}}\nsteps:\n{steps}"));
}

#[test]
fn loops_that_name_themselves_or_each_other() {
    let converted = crate::support::sound(
        "kind: Playbook\nsteps:\n  - foreach: {in: '{{ .b.x }}', value: a, steps: [{name: acme/get, id: b, env: {A: '{{ .a }}'}}]}\n  - foreach: {in: a, value: a, steps: [{name: acme/get, id: c, env: {A: '{{ .a }}'}}]}\n  - foreach: {in: c.x, value: c, steps: [{name: acme/get, id: d, env: {A: '{{ .c }}'}}]}\n",
    );
    for finding in ["3 import-unknown-reference", "4 import-left-out", "5 import-left-out"] {
        converted.finds(finding);
    }
}
