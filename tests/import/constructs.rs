//! A small playbook for each construct.

use crate::support::sound;

fn steps(text: &str) -> String {
    format!(
        "kind: Playbook\nmetadata:\n  name: own\nparameters:\n  - name: host\n    type: var\n  - name: key\n    type: secret\n  - name: slack\n    type: integration\nsteps:\n{text}"
    )
}

const LOOK: &str = "  - name: acme/get-state\n    id: look\n    env:\n      HOST: '{{ .params.host }}'\n";

/// A message with this text, behind a step that looks.
fn said(text: &str) -> String {
    steps(&format!(
        "{LOOK}  - name: us-docker.pkg.dev/stackpulse/public/slack/message/dynamic\n    id: say\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: '{text}'\n"
    ))
}

#[test]
fn an_unknown_image_is_a_container_with_typed_parameters() {
    let converted = sound(&steps(
        "  - name: acme/get-state:v2\n    id: state\n    runner: eu\n    env:\n      HOST: '{{ .params.host }}'\n      KEY: '{{ secret .params.key }}'\n    args: [--all, '{{ .params.host }}']\n    envFrom:\n      integrationRef: '{{ .params.slack }}'\n",
    ));
    converted.holds("private action acme_get_state_container( host: Text, key: Secret, integration: Secret, arguments: List<Text>, runner: Text, ) -> Json reads {");
    converted.holds("container \"acme/get-state:v2\" on runner {");
    converted.holds("arguments: [\"--all\", host]");
    converted.holds("key: secret(\"KEY\")");
}

#[test]
fn what_nobody_knows_counts_as_a_change() {
    let converted = sound(&steps("  - name: acme/frobnicate\n"));
    converted.finds("12 import-assumed");
    converted.holds("-> Json changes {");
    converted.holds("remediate { step acme_frobnicate = ");
}

#[test]
fn templates_become_expressions() {
    for (template, code) in [
        ("{{ .look.a.b }} and {{ .params.host }}", "\"${look.a.b} and ${host}\""),
        ("{{ .look.items[0].name }}", "\"${look.items[0].name}\""),
        ("{{ $.look.''a-b'' }}", "\"${look[\"a-b\"]}\""),
        ("{{ .look.list[:].name }}", "\"${(look.list as List<Json>).map(e => e.name)}\""),
        ("{{ .params.host | upper }}", "host.upper()"),
        ("{{ if eq .params.host \"a\" }}x{{ else }}y{{ end }}", "if host == \"a\" then \"x\" else \"y\""),
        (
            "a{{ range .look.list }},{{ .id }}{{ end }}",
            "(look.list as List<Json>).map(e => \",${e.id}\").join(\"\")",
        ),
        ("{{ len .look.list }} of", "((look.list as List<Json>?) ?? []).length()"),
        ("{{ .metadata.executionUrl }} {{ .metadata.userEmail }}", "\"${run.url} ${run.starter.email}\""),
        ("{{ .look.x | default \"none\" }}", "(look.x as Text?) ?? \"none\""),
        ("{{ join \",\" .look.list }}", "(look.list as List<Json>).map(e => \"${e}\").join(\",\")"),
        ("costs $5 ${not}", "costs $5 \\${not}"),
        ("{{ printf \"%s: 100%% of %v\" .params.host .look.n }}", "\"${host}: 100% of ${look.n}\""),
        ("{{ with .look.a }}{{ .b }}{{ else }}none{{ end }}", "then \"${look.a.b}\" else \"none\""),
        (
            "{{ range .look.list }}{{ range .ids }}{{ . }} {{ end }}{{ end }}",
            "(e.ids as List<Json>).map(f => \"${f} \").join(\"\")",
        ),
        ("{{ range .look.list }}x{{ else }}none{{ end }}", ".is_empty() then \"none\" else"),
        ("{{ ternary \"a\" \"b\" (eq .params.host \"x\") }}", "if host == \"x\" then \"a\" else \"b\""),
        ("{{ coalesce .look.x .params.host \"z\" }}", "(look.x as Text?) ?? "),
        ("{{ join \"; \" (uniq (list \"a\" .params.host)) }}", "[\"a\", host].distinct().join(\"; \")"),
        ("{{ .params.host | trunc 5 }}", "host.take(5)"),
    ] {
        sound(&said(template)).holds(code);
    }
}

#[test]
fn conditions_become_guards() {
    for (condition, code) in [
        ("eq .look.state \"ok\"", "when (look.state as Text?) == \"ok\""),
        ("ieq .look.state \"OK\"", "when ((look.state as Text?) ?? \"\").lower() == \"ok\""),
        ("gt (len .look.items) 2", "when ((look.items as List<Json>?) ?? []).length() > 2"),
        ("and (ne .params.host \"\") (lt .look.n 5)", "when host != \"\" and ((look.n as Int?) ?? 0) < 5"),
        ("or (eq .params.host \"a\") (eq .params.host \"b\")", "when (host == \"a\" or host == \"b\")"),
        ("not (empty .params.host)", "when host != \"\""),
        ("contains \"a\" .params.host", "when host.contains(\"a\")"),
    ] {
        let text =
            said("x").replace("    id: say\n", &format!("    id: say\n    when: '{{{{ {condition} }}}}'\n"));
        sound(&text).holds(code);
    }
}

#[test]
fn groups_with_several_steps_stay_together() {
    let message = "      - name: slack/message/dynamic\n        env: {RECIPIENTS: '#ops', MESSAGE_TEXT: x}\n";
    let converted = sound(&steps(&format!(
        "{LOOK}  # for two\n  - when: '{{{{ eq .look.a \"b\" }}}}'\n    steps:\n{message}{message}"
    )));
    converted.holds("if (look.a as Text?) == \"b\" { // for two step slack_message_dynamic = ");
}

#[test]
fn what_a_step_in_a_group_gave_may_be_missing_outside() {
    let converted = sound(&steps(&format!(
        "{LOOK}  - name: acme/get-more\n    id: more\n    when: '{{{{ eq .look.a \"b\" }}}}'\n  - name: slack/message/dynamic\n    env:\n      RECIPIENTS: '#ops'\n      MESSAGE_TEXT: 'x {{{{ .more.c }}}}'\n"
    )));
    converted.holds("\"x ${more?.c}\"");
}

#[test]
fn loops_over_lists_mappings_and_numbers() {
    let looped = |over: &str, body: &str| {
        steps(&format!(
            "{LOOK}  - foreach:\n      in: {over}\n      key: k\n      value: v\n      steps:\n        - name: slack/message/dynamic\n          id: told\n          env:\n            RECIPIENTS: '#ops'\n            MESSAGE_TEXT: '{body}'\n"
        ))
    };
    sound(&looped("look.items", "{{ .v.name }}")).holds("each each_v in look.items as List<Json>");
    sound(&looped("'{{ .look.items }}'", "{{ .k }} {{ .v.name }}"))
        .holds("each key in (look.items as Map<Json>).keys()");
    sound(&looped("[/, /var]", "{{ .v }}")).holds("each each_v in [\"/\", \"/var\"]");
    sound(&looped("{range: [0, 3]}", "{{ .v }}")).holds("each each_v in [0, 1, 2]");
}

#[test]
fn a_loop_of_several_steps_is_a_task() {
    let converted = sound(&steps(
        "  - foreach:\n      in: [a, b]\n      value: path\n      steps:\n        - name: acme/get-size\n          id: size\n          env: {PATH_: '{{ .path }}', HOST: '{{ .params.host }}'}\n        - name: slack/message/dynamic\n          env: {RECIPIENTS: '#ops', MESSAGE_TEXT: '{{ .path }} {{ .size.bytes }}'}\n",
    ));
    converted.holds("private task each_slack_message_dynamic(each_path: Text, host: Text) {");
    converted.holds("each_slack_message_dynamic(each_path, host: host)");
}

#[test]
fn a_loop_that_breaks_is_a_poll() {
    let converted = sound(&steps(
        "  - foreach:\n      in: {range: [0, 5]}\n      break: '{{ eq .poll.state \"ok\" }}'\n      steps:\n        - name: acme/get-state\n          id: poll\n",
    ));
    converted.holds("repeat every 10s until (it.state as Text?) == \"ok\", at most 5 times");
}

#[test]
fn clauses() {
    let converted = sound(&steps(
        "  - name: acme/get-state\n    ignoreFailure: true\n    timeout: 90\n    retry: {count: 2, interval: 5s}\n",
    ));
    converted.holds("timeout 90s retry 2 times every 5s on failure continue");
}

#[test]
fn questions() {
    let ask = |responses: &str, kind: &str| {
        steps(&format!(
            "{LOOK}  - name: slack/message/interactive\n    id: ask\n    env:\n      RECIPIENTS: '{{{{ .params.host }}}}'\n      HEADER_MESSAGE: Pods\n      QUESTION: 'Which of {{{{ .params.host }}}}?'\n      RESPONSES: '{responses}'\n      SELECTOR_TYPE: {kind}\n      TIMEOUT: 10m\n"
        ))
    };
    let converted = sound(&ask("a, b", "BUTTONS_SELECT"));
    converted.holds("input host: Person");
    converted.holds(
        "ask( host, \"\"\" Pods Which of ${host.email}? \"\"\", options: [\"a\", \"b\"], within: 10m, )",
    );
    sound(&ask("{{ toJson .look.names }}", "SINGLE_SELECT")).holds("options: look.names as List<Text>");
    sound(&ask("None{{ range .look.names }},{{ . }}{{ end }}", "MULTI_SELECT")).holds("ask_many(");
}

#[test]
fn comments_survive_wherever_they_stand() {
    let converted = sound(
        "# at the top\nkind: Playbook\nmetadata:\n  name: own\n# above the parameters\nparameters:\n  # above host\n  - name: host\n    type: var # beside\n# above the steps\nsteps:\n  # above the step\n  - name: acme/get-state\n    # in it\n    env:\n      HOST: '{{ .params.host }}' # beside a value\n# at the end\n",
    );
    for comment in [
        "at the top",
        "above the parameters",
        "above host",
        "beside",
        "above the steps",
        "above the step",
        "in it",
        "beside a value",
        "at the end",
    ] {
        converted.holds(&format!("// {comment}"));
    }
}

#[test]
fn steps_that_the_library_knows() {
    let converted = sound(&steps(
        "  - name: kubectl/get-pods\n    id: pods\n    env: {NAME_CONTAINS: '{{ .params.host }}'}\n  - name: zoom/meeting/create\n    id: meet\n    env: {HOST_EMAIL: a@example.com, MEETING_TOPIC: '{{ len .pods.items }} pods, first {{ .pods.items[0].name }}'}\n  - name: slack/channel/create\n    env: {CHANNEL_NAME: war, TOPIC: '{{ .join_url }}', USERS: 'a@example.com,b@example.com'}\n",
    ));
    converted.holds("kubernetes.pods(name_contains: host)");
    converted.holds("\"${pods.length()} pods, first ${pods[0].name}\"");
    converted.holds("slack.set_topic( channel: slack_channel_create, topic: meet.join_url, )");
    converted.holds("slack.invite(");
}

#[test]
fn tables_and_replaced_texts_are_expressions_where_they_are_used() {
    let converted = sound(&steps(&format!(
        "{LOOK}  # laid out\n  - name: us-docker.pkg.dev/stackpulse/public/parsers/tabulate\n    id: rows\n    env:\n      INPUT: '{{{{ toJson .look.rows }}}}'\n      HEADERS: '{{\"id\":\"Id\", \"tot-mem\":\"Memory\"}}'\n  - name: utils/replace-string\n    id: replaced\n    env:\n      ORIGINAL_BASE64_STRING: '{{{{ b64enc .params.host }}}}'\n      SUB_STR_SRC: a\n      SUB_STR_DEST: b\n  - name: slack/message/snippet\n    env:\n      RECIPIENTS: '#ops'\n      CONTENT: '{{{{ .rows.tabulate_output }}}} {{{{ .replaced.output }}}}'\n"
    )));
    converted.holds("markdown(");
    converted.holds("[\"Id\", \"Memory\"]");
    converted.holds("[\"${row.id}\", \"${row[\"tot-mem\"]}\"]");
    converted.holds("host.replace(\"a\", \"b\")");
    converted.holds("// laid out");
    assert!(!converted.body().contains("step rows"));
    let converted = sound(&steps(
        "  - name: kubectl/get-pods\n    id: pods\n    env: {NAME_CONTAINS: a}\n  - name: parsers/tabulate\n    id: rows\n    env:\n      INPUT: '{{ toJson .pods.items }}'\n      INCLUDE_FILTER: '[\"name\", \"node\"]'\n  - name: slack/message/snippet\n    env: {RECIPIENTS: '#ops', CONTENT: '{{ .rows.tabulate_output }}'}\n",
    ));
    converted.holds("table(pods, columns: [\"name\"])");
    converted.finds("18 import-left-out");
}

#[test]
fn commands_by_their_words_and_flags() {
    let converted = sound(&steps(
        "  - name: amazon/aws-cli\n    id: group\n    args: [autoscaling, describe-auto-scaling-groups, --auto-scaling-group-names, '{{ .params.host }}', --region, eu]\n    output_parser: {name: us-docker.pkg.dev/stackpulse/public/json-parser}\n  - name: amazon/aws-cli\n    id: suspend\n    args: [autoscaling, suspend-processes, --auto-scaling-group-name, '{{ .group.AutoScalingGroups[0].AutoScalingGroupName }}']\n  - name: amazon/aws-cli\n    id: unknown\n    args: [autoscaling, suspend-processes, --auto-scaling-group-name, a, --scaling-processes, Launch]\n",
    ));
    converted.holds("aws.group(name: host, region: \"eu\")");
    converted.holds("aws.suspend_group( name: group.name,");
    converted.holds("step unknown = amazon_aws_cli_container(");
}

#[test]
fn commands_on_other_machines() {
    let run = |command: &str| {
        sound(&steps(&format!(
            "  - name: us-docker.pkg.dev/stackpulse/public/ssh/command\n    id: look\n    env: {{COMMAND: '{command}', HOSTNAME: '{{{{ .params.host }}}}', USERNAME: ops, PRIVATE_KEY: '{{{{ secret .params.key }}}}'}}\n  - name: slack/message/snippet\n    env: {{RECIPIENTS: '#ops', CONTENT: '{{{{ .look.output }}}}'}}\n"
        )))
    };
    let looks = run("df -h");
    looks.holds("private action run_df(host: ssh.Host) -> Text reads = ssh.execute(host, [\"df\", \"-h\"])");
    looks.holds("step look = run_df(ssh.Host(name: host, user: \"ops\"))");
    run("ps aux | head").holds("[\"sh\", \"-c\", \"ps aux | head\"]");
    run("reboot {{ .params.host }}").holds("ssh_command_container( command: \"reboot ${host}\"");
}

#[test]
fn stores() {
    let converted = sound(&steps(
        "  - name: elastic/cluster-health\n    id: health\n    env: {HOST: '{{ .params.host }}', PORT: '9200', SCHEMA: https}\n  - name: redis/info\n    id: info\n    env: {REDIS_IP: '{{ .params.host }}', REDIS_PORT: '6380', REDIS_PASSWORD: '{{ secret .params.key }}'}\n  - name: psql/query/long-running-sessions\n    id: long\n    env: {HOST: a, PASSWORD: '{{ secret .params.key }}', LONG_DURATION_SECONDS: '90'}\n  - name: slack/message/dynamic\n    env: {RECIPIENTS: '#ops', MESSAGE_TEXT: '{{ .health.status }} {{ .info.info.Clients.connected_clients }} {{ len .long.data }}'}\n",
    ));
    converted.holds("elasticsearch.health(cluster: elasticsearch.Cluster(url: \"https://${host}:9200\"))");
    converted
        .holds("redis.clients( server: redis.Server(host: host, port: 6380), password: secret(\"KEY\"),");
    converted.holds("longer_than: 90s");
    converted.holds("\"${health.status} ${info_.connected} ${long.length()}\"");
}
