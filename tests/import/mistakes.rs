//! What is wrong with an original is said at its line.

use crate::support::{convert, convert_with, sound};

const HEAD: &str = "kind: Playbook\nmetadata:\n  name: own\n";

fn with_head(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

#[test]
fn a_parameter_that_nobody_declares_becomes_an_input() {
    let converted = sound(&with_head(
        "parameters:\n  - name: hosts\n    type: var\nsteps:\n  - name: acme/get-load\n    id: load\n    env:\n      HOST: '{{ .params.host }}'\n      ALL: '{{ .params.hosts }}'\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: '{{ .load.one }}'\n",
    ));
    converted.finds("11 import-undeclared-parameter");
    converted.holds("input host: Text");
}

#[test]
fn names_that_stand_twice() {
    let step = "  - name: slack/message/dynamic\n    id: say\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: a\n";
    let converted = sound(&with_head(&format!("steps:\n{step}{step}")));
    converted.finds("11 import-duplicate-id");
    converted.holds("step say_2 = slack.post(slack_channel(\"#ops\"), \"a\")");
}

#[test]
fn keys_that_stand_twice_or_mean_nothing() {
    let converted = convert(&with_head("Steps: []\nsteps:\n  - name: acme/get\n    name: acme/put\n"));
    converted.finds("4 import-unknown-key");
    converted.finds("7 import-unknown-key");
}

#[test]
fn what_is_named_before_it_runs_and_what_never_runs() {
    let converted = sound(&with_head(
        "steps:\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: '{{ .later.x }} {{ .nobody.x }}'\n  - name: acme/get\n    id: later\n",
    ));
    assert_eq!(
        converted.findings.iter().filter(|finding| *finding == "8 import-unknown-reference").count(),
        2
    );
    converted.finds("10 import-unused-step");
}

#[test]
fn silence_is_never_consent() {
    let question = |default: &str, wanted: &str| {
        with_head(&format!(
            "steps:\n  - name: slack/message/interactive\n    id: ask\n    env:\n      RECIPIENTS: '{{{{ .metadata.userEmail }}}}'\n      QUESTION: Really?\n      RESPONSES: Yes,No\n      TIMEOUT: 5m\n      DEFAULT_RESPONSE: '{default}'\n  - name: kubectl/delete\n    when: '{{{{ eq .ask.slack_response \"{wanted}\" }}}}'\n    env:\n      RESOURCE_TYPE: pod\n      RESOURCES_NAMES: a\n"
        ))
    };
    let converted = sound(&question("Yes", "Yes"));
    converted.finds("12 import-silence");
    assert!(!converted.body().contains("on failure"));
    let converted = sound(&question("No", "Yes"));
    assert!(converted.findings.is_empty(), "{:?}", converted.findings);
    let converted = sound(&question("No", "yes"));
    converted.finds("14 import-never-true");
}

#[test]
fn questions_without_a_bound() {
    let converted = sound(&with_head(
        "steps:\n  - name: slack/message/interactive\n    id: ask\n    env:\n      RECIPIENTS: '{{ .metadata.userEmail }}'\n      QUESTION: Which?\n      RESPONSES: a,b\n      DEFAULT_RESPONSE: a\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: '{{ .slack_response }}'\n",
    ));
    converted.finds("5 import-unbounded-question");
    converted.holds("within: 30m) on failure use \"a\"");
}

#[test]
fn a_text_where_a_condition_was_meant() {
    let converted = sound(&with_head(
        "steps:\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: '{{ if eq .event.A \"x\" }}a{{ else if \"high\" }}b{{ else }}c{{ end }}'\n",
    ));
    converted.finds("8 import-never-true");
}

#[test]
fn what_is_no_yaml_and_what_is_no_playbook() {
    let converted = convert("kind: Playbook\nsteps:\n  - name: a\n   id: b\n");
    assert!(converted.playbooks.is_empty());
    converted.finds("4 import-unreadable");
    assert_eq!(convert("a: 1\n").findings, ["1 import-unreadable"]);
    assert_eq!(convert("").findings, ["1 import-unreadable"]);
}

#[test]
fn what_has_no_counterpart_is_said() {
    let converted = sound(&with_head(
        "steps:\n  - name: kubectl/delete\n    id: gone\n    retry: {count: 3, interval: 5s}\n    timeout: soon\n    env:\n      X: '{{ b64enc .event.A }}'\n  - foreach:\n      in: '{{ .event.list }}'\n      steps:\n        - foreach:\n            in: [1]\n            steps: []\n",
    ));
    for finding in ["8 import-left-out", "10 import-left-out", "15 import-left-out"] {
        converted.finds(finding);
    }
}

#[test]
fn a_trigger_makes_a_response() {
    let converted = convert_with(
        &with_head(
            "parameters:\n  - name: room\n    type: var\n    default: '{{ .event.Room }}'\nsteps:\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#{{ .params.room }}'\n      MESSAGE_TEXT: hello\n",
        ),
        "kind: Trigger\nscenarios:\n  - name: Disk full\n    integration: Nagios\n    when: '{{ eq .Type \"disk\" }}'\n  - name: Disk slow\n    integration: Nagios\n",
    );
    crate::support::holds_up(&converted.playbooks[0], "a trigger");
    converted.holds("on disk_full() as event_1");
    converted.holds("let room = \"${event.Room}\"");
    converted.holds("remediate none \"the original changes nothing\"");
}

#[test]
fn what_is_missing_in_a_loop_or_a_block_is_said_once() {
    let message = |text: &str| {
        format!(
            "steps:\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: '{text}'\n"
        )
    };
    for text in ["{{ range .people }}{{ .name }} {{ end }}", "{{ with .people }}{{ .name }}{{ end }}"] {
        let converted = sound(&with_head(&message(text)));
        let said = converted.findings.iter().filter(|it| it.contains("import-unknown-reference"));
        assert_eq!(said.collect::<Vec<_>>().len(), 1, "{:?}", converted.findings);
        converted.finds("8 import-unknown-reference");
    }
}
