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

fn with_template(template: &str) -> String {
    format!(
        "kind: Playbook\nmetadata: {{name: own}}\nsteps:\n  - name: slack/message\n    env:\n      MESSAGE: 'x {} y'\n",
        template.replace('\'', "''")
    )
}

#[test]
fn what_go_refuses_stays_text_with_a_finding_at_its_place() {
    for template in [
        "{{ and }}",
        "{{ and and and }}",
        "{{ or }}",
        "{{ not }}",
        "{{ eq 1 }}",
        "{{ ne $.a }}",
        "{{ len }}",
        "{{ if and }}a{{ end }}",
        "{{ range (first) }}a{{ end }}",
        "{{ default }}",
        "{{ trunc 3 }}",
        "{{ $.a | eq }}",
        "{{ (not) }}",
        "{{",
        "{{ ) }}",
        "{{ end }}",
        "{{ $.a[b }}",
    ] {
        let text = with_template(template);
        let converted = convert(&text);
        converted.finds("6 import-unreadable");
        let playbook = &converted.playbooks[0];
        assert!(format(&parse(&playbook.text)).skipped.is_empty(), "{template}\n{}", playbook.text);
        let shown = playbook.text.replace("\\\"", "\"");
        assert!(shown.contains(&format!("x {template} y")), "{template}\n{}", playbook.text);
    }
}

/// Each of the two parsers is content, but not with what the one makes of the other.
#[test]
fn what_nests_deeper_than_quell_may_stays_text() {
    for template in [
        format!("{{{{ {}$.event.a{} }}}}", "not (".repeat(48), ")".repeat(48)),
        format!("{{{{ {}$.event.a{} }}}}", "(default \"x\" ".repeat(48), ")".repeat(48)),
        format!("{{{{ {}$.event.a{} }}}}", "lower (upper (".repeat(24), "))".repeat(24)),
        format!("{}x{}", "{{ if $.event.a }}".repeat(45), "{{ end }}".repeat(45)),
        format!("{}x{}", "{{ range $.event.a }}".repeat(45), "{{ end }}".repeat(45)),
        format!("{{{{ $.event{} }}}}", ".a".repeat(400)),
        format!("{{{{ $.event{} }}}}", "[0]".repeat(400)),
        format!("{{{{ and {}}}}}", "$.event.a ".repeat(3_000)),
    ] {
        survives(&with_template(&template));
        survives(&with_template("kept").replace("    env:", &format!("    when: '{template}'\n    env:")));
    }
}

/// A small generator: the same numbers each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// An expression of Go that may be right or wrong.
fn expression(chance: &mut Chance, depth: usize) -> String {
    let functions = [
        "and",
        "or",
        "not",
        "eq",
        "ne",
        "lt",
        "len",
        "index",
        "slice",
        "printf",
        "default",
        "ternary",
        "empty",
        "toJson",
        "lower",
        "trunc",
        "replace",
        "contains",
        "splitList",
        "join",
        "list",
        "first",
        "rest",
        "has",
        "int",
        "add",
        "sub",
        "secret",
        "get",
        "b64enc",
        "coalesce",
        "nosuch",
        "uniq",
        "range",
        "if",
        "else",
        "end",
    ];
    let atoms = [
        "$.a",
        "$.params.host",
        "$.event.x.y",
        ".",
        "$",
        "1",
        "-1",
        "1.5",
        "\"t\"",
        "\"%s-%d\"",
        "\"\"",
        "`r`",
        "nil",
        "true",
        "$.a[0]",
        "$.a[:].b",
        "$.'x y'.z",
        "$.metadata.userEmail",
        "\"${x}\"",
        "\"\\\"\"",
        "\"é\"",
        "$.none",
    ];
    if depth == 0 || chance.below(3) == 0 {
        return chance.of(&atoms).to_owned();
    }
    let count = chance.below(4);
    let parts: Vec<String> = (0..count)
        .map(|_| match chance.below(3) {
            0 => format!("({})", expression(chance, depth - 1)),
            _ => chance.of(&atoms).to_owned(),
        })
        .collect();
    let call = format!("{} {}", chance.of(&functions), parts.join(" "));
    match chance.below(4) {
        0 => format!("{call} | {}", chance.of(&functions)),
        _ => call,
    }
}

fn template(chance: &mut Chance, depth: usize) -> String {
    let value = expression(chance, 3);
    let inner = if depth == 0 { "x".to_owned() } else { template(chance, depth - 1) };
    match chance.below(6) {
        0 => format!("{{{{ if {value} }}}}{inner}{{{{ else }}}}z{{{{ end }}}}"),
        1 => format!("{{{{ range {value} }}}}{inner}{{{{ end }}}}"),
        2 => format!("{{{{- with {value} -}}}}{inner}{{{{ . }}}}{{{{ end }}}}"),
        3 => format!("{inner} {{{{ {value} }}}} {inner}"),
        _ => format!("{{{{ {value} }}}}"),
    }
}

#[test]
fn random_templates_become_text_that_parses() {
    let mut chance = Chance(0x51ce_b00c_5eed_0001);
    for _ in 0..1_500 {
        let (message, when, list) =
            (template(&mut chance, 2), template(&mut chance, 1), expression(&mut chance, 2));
        let quoted = |text: &str| text.replace('\'', "''");
        let text = format!(
            "kind: Playbook\nparameters:\n  - {{name: host, type: var, default: '{}'}}\nsteps:\n  - name: acme/get\n    id: a\n    args: ['{}']\n  - foreach:\n      in: '{{{{ {} }}}}'\n      value: v\n      steps:\n        - name: slack/message\n          when: '{}'\n          env: {{MESSAGE: '{}'}}\n",
            quoted(&message),
            quoted(&message),
            quoted(&list),
            quoted(&when),
            quoted(&message)
        );
        survives(&text);
    }
}
