//! Nothing is dropped without a word: each text of the YAML is in the converted playbook, or within the
//! place of a finding. And whatever is converted is in the one format.

use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy, any},
    prop_assert, prop_oneof, proptest,
    sample::select,
};
use quell_compiler::{
    diagnostic::Diagnostic, format::format, import::stackpulse, source::FileId, syntax::parse,
};

/// A value with a word that stands nowhere else, `wNNNN`.
fn value(word: &str, template: usize) -> String {
    match template {
        0 => word.to_owned(),
        1 => format!("{{{{ .params.host }}}} {word}"),
        2 => format!("{{{{ if eq .params.host \"{word}\" }}}}a{{{{ else }}}}b{{{{ end }}}}"),
        3 => format!("{{{{ .step_0.{word} | default \"x\" }}}}"),
        4 => format!("{{{{ range .step_0.{word} }}}}{{{{ .id }}}},{{{{ else }}}}none{{{{ end }}}}"),
        5 => format!("{{{{ with .step_0.{word} }}}}{{{{ .id }}}}{{{{ end }}}}"),
        6 => format!("{{{{ printf \"%s-{word}\" .params.host }}}}"),
        7 => format!("{{{{ b64enc \"{word}\" }}}}"),
        8 => format!("{{{{ if {word}"),
        9 => format!("{{{{ .nobody.{word} }}}}"),
        _ => format!("{word} \\ \"${{x}}\" ''"),
    }
}

#[derive(Debug, Clone)]
struct Written {
    image: &'static str,
    key: &'static str,
    template: usize,
    extra: &'static str,
    within: usize,
}

fn written() -> impl Strategy<Value = Written> {
    let images = vec![
        "acme/get-state",
        "acme/frobnicate",
        "kubectl/get-pods",
        "kubectl/delete",
        "slack/message/dynamic",
        "slack/message/interactive",
        "slack/channel/create",
        "pagerduty/incident/create",
        "parsers/tabulate",
        "ssh/command",
        "redis/info",
        "amazon/aws-cli",
    ];
    let keys = vec![
        "HOST",
        "NAME_CONTAINS",
        "RESOURCES_NAMES",
        "MESSAGE_TEXT",
        "QUESTION",
        "TITLE",
        "INPUT",
        "COMMAND",
        "TIMEOUT",
        "X-1",
    ];
    let extras =
        vec!["", "ignoreFailure", "timeout", "retry", "args", "unknown", "when", "runner", "description"];
    (select(images), select(keys), 0..11_usize, select(extras), 0..4_usize)
        .prop_map(|(image, key, template, extra, within)| Written { image, key, template, extra, within })
}

/// The file, and the words that stand in it.
fn file(steps: &[Written]) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut word = || {
        let word = format!("w{:04}", words.len());
        words.push(word.clone());
        word
    };
    let mut text = format!(
        "# {}\nkind: Playbook\nmetadata:\n  name: own\n  description: {}\nparameters:\n  - name: host\n    type: var\n    description: goes with its parameter\nsteps:\n",
        word(),
        word()
    );
    for (at, step) in steps.iter().enumerate() {
        let indent = match step.within {
            0 => "",
            1 => {
                text.push_str(&format!("  - when: '{{{{ eq .params.host \"{}\" }}}}'\n    steps:\n", word()));
                "    "
            }
            2 => {
                text.push_str(&format!("  - foreach:\n      in: [{}]\n      steps:\n", word()));
                "      "
            }
            _ => {
                text.push_str(&format!("  # {}\n", word()));
                ""
            }
        };
        let quoted = value(&word(), step.template).replace('\'', "''");
        text.push_str(&format!(
            "{indent}  - name: {}\n{indent}    id: step_{at}\n{indent}    env:\n{indent}      RECIPIENTS: '#{}'\n{indent}      {}: '{quoted}'\n",
            step.image,
            word(),
            step.key
        ));
        let line = match step.extra {
            "" => continue,
            "ignoreFailure" => "ignoreFailure: true".to_owned(),
            "timeout" => format!("timeout: {}", word()),
            "retry" => format!("retry: {{count: 2, {}: 5s}}", word()),
            "args" => format!("args: [{}, '{{{{ .params.host }}}} {}']", word(), word()),
            "when" => format!("when: '{{{{ ne .params.host \"{}\" }}}}'", word()),
            other => format!("{other}: {}", word()),
        };
        text.push_str(&format!("{indent}    {line}\n"));
    }
    (text, words)
}

/// Whether the finding is about the place where the word stands.
fn names(finding: &Diagnostic, text: &str, word: &str) -> bool {
    let mut labels = finding.labels.iter().map(|label| label.span).chain([finding.span()]);
    labels.any(|span| {
        // A finding about a key is also one about its value, which ends the line.
        let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at);
        text[span.start as usize..end].contains(word)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_in_the_yaml_is_converted_or_named(steps in vec(written(), 0..6)) {
        let (text, words) = file(&steps);
        let (playbooks, mut findings) = stackpulse(FileId(0), &text).convert(Vec::new(), "playbook");
        findings.extend(playbooks.iter().flat_map(|playbook| playbook.diagnostics.iter().cloned()));
        prop_assert!(playbooks.len() == 1);
        let converted = &playbooks[0].text;
        let formatted = format(&parse(converted));
        prop_assert!(formatted.skipped.is_empty() && &formatted.text == converted, "{text}\n{converted}");
        for word in words {
            // Secrets are written in capitals.
            let there = converted.to_lowercase().contains(&word);
            prop_assert!(
                there || findings.iter().any(|finding| names(finding, &text, &word)),
                "{word} is lost\n{text}\n{converted}\n{findings:#?}"
            );
        }
    }

    #[test]
    fn templates_of_any_letters_are_converted_or_named(
        inside in prop_oneof!["[ -~]{0,30}", "[a-z.$|()\"`{} -]{0,40}", any::<String>()]
    ) {
        let quoted = inside.replace('\'', "''").replace(|c: char| c.is_control(), " ");
        let text = format!("kind: Playbook\nsteps:\n  - name: acme/get\n    env:\n      A: '{{{{ {quoted} }}}}'\n");
        let (playbooks, _) = stackpulse(FileId(0), &text).convert(Vec::new(), "playbook");
        for playbook in playbooks {
            let formatted = format(&parse(&playbook.text));
            prop_assert!(formatted.skipped.is_empty() && formatted.text == playbook.text, "{text}\n{}", playbook.text);
        }
    }
}
