//! The first completions at places of half-written playbooks, as a newcomer meets them: beside this file,
//! in `places.txt`. `UPDATE=1` writes it anew.

use super::*;

const RULES: &str = "== rules.yml ==\ngroups:\n  - name: shop\n    rules:\n      - alert: OrdersSlow\n        expr: sum by (region) (rate(orders_seconds_sum[5m])) > 1\n        labels:\n          severity: critical\n          team: orders\n        annotations:\n          summary: orders take longer than a second\n      - alert: DiskFull\n        expr: disk_free < 1\n        labels:\n          severity: warning\n";

const HEAD: &str = "use std.alertmanager\nuse std.kubernetes\nuse std.slack\n\nlet shop: Team = Team(name: \"shop\")\n\nplaybook slow {\n";

const ON: &str = "  on alertmanager.alert(\"OrdersSlow\") as alert\n  owner shop\n\n";

/// Ten places, each with what was typed by then.
fn places() -> Vec<(&'static str, String)> {
    let enrich = "  enrich {\n    step pods = kubernetes.pods(name_contains: \"orders\")\n    severity = major\n  }\n\n";
    let cause = "  triage {\n    cause bad_release \"a release broke it\" {\n      step logs = kubernetes.logs(pods.first)\n      ";
    vec![
        ("the first line of an empty file", "$0".to_owned()),
        ("the header of a playbook", format!("{HEAD}  $0")),
        ("the name of an alert", format!("{HEAD}  on alertmanager.alert(\"$0")),
        ("a read-only step", format!("{HEAD}{ON}  enrich {{\n    step pods = $0")),
        ("a module's calls in enrich", format!("{HEAD}{ON}  enrich {{\n    step pods = kubernetes.$0")),
        ("the severity", format!("{HEAD}{ON}  enrich {{\n    severity = $0")),
        ("a line in a cause", format!("{HEAD}{ON}{enrich}{cause}$0")),
        (
            "the clauses of a step",
            format!(
                "{HEAD}{ON}{enrich}  communicate {{\n    step room = slack.open_channel(\"orders\")\n      $0"
            ),
        ),
        (
            "a condition",
            format!(
                "{HEAD}{ON}{enrich}  communicate {{\n    step told = slack.post(shop, \"\")\n      when severity >= $0"
            ),
        ),
        (
            "what comes after what",
            format!(
                "{HEAD}{ON}{enrich}  remediate {{\n    step gone = kubernetes.restart(\"orders\")\n    resolved after $0"
            ),
        ),
    ]
}

#[test]
fn ten_places_of_half_written_playbooks() {
    let mut shown = String::new();
    for (name, text) in places() {
        let typed = text.replace("$0", "▮");
        let last = typed.lines().last().unwrap_or_default().trim();
        let (snapshot, cursor) = fixture(&format!("{text}\n{RULES}"));
        let found = completions(&snapshot, cursor).items;
        shown.push_str(&format!("{name}: `{last}`\n"));
        for item in found.iter().take(5) {
            let detail = item.detail.as_deref().or(item.docs.as_deref()).unwrap_or_default();
            let import = if item.edits.is_empty() { "" } else { " (+ use)" };
            shown.push_str(
                format!("  {}{import}  {}", item.label, detail.lines().next().unwrap_or_default()).trim_end(),
            );
            shown.push('\n');
        }
        shown.push('\n');
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ide/places.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &shown).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), shown);
}

#[test]
fn alerts_and_their_labels_come_from_the_rules() {
    let names = |text: &str| labels(&format!("{text}\n{RULES}"));
    assert_eq!(names(&format!("{HEAD}  on alertmanager.alert(\"Disk$0\") as alert\n}}")), ["DiskFull"]);
    let bare = names(&format!("{HEAD}  on alertmanager.alert($0"));
    assert_eq!(bare[..2], ["\"DiskFull\"", "\"OrdersSlow\""], "{bare:?}");
    let found = names(&format!("{HEAD}{ON}  enrich {{\n    let region = alert.labels.get(\"$0\")\n  }}\n}}"));
    assert!(
        ["alertname", "region", "severity", "team"].iter().all(|it| found.contains(&(*it).to_owned())),
        "{found:?}"
    );
    // Another text can be anything.
    assert!(
        names(&format!(
            "{HEAD}{ON}  enrich {{\n    step a = kubernetes.pods(name_contains: \"$0\")\n  }}\n}}"
        ))
        .is_empty()
    );
    // What has its answer comes behind what has none.
    let second = format!("{HEAD}{ON}}}\n\nplaybook other {{\n  on alertmanager.alert(\"$0\") as alert\n}}");
    assert_eq!(names(&second), ["DiskFull", "OrdersSlow"]);
}

const STEPS: &str = "  enrich {\n    step pods = kubernetes.pods(name_contains: \"orders\")\n    severity = major\n  }\n\n  triage {\n    cause bad_release \"a release broke it\" {\n      suspect when pods.length() > 3\n    }\n  }\n\n";

#[test]
fn a_step_does_not_name_itself() {
    let names = |clause: &str| {
        labels(&format!(
            "{HEAD}{ON}{STEPS}  remediate {{\n    step gone = kubernetes.drain(\"a\")\n      {clause}$0"
        ))
    };
    for clause in ["when ", "after ", "timeout ", "each x in "] {
        let found = names(clause);
        assert!(found.contains(&"pods".to_owned()), "{clause}: {found:?}");
        assert!(!found.iter().any(|it| it.starts_with("gone")), "{clause}: {found:?}");
    }
    // What undoes a step knows what came of it.
    assert!(names("undo kubernetes.exec(").contains(&"gone".to_owned()));
}

#[test]
fn what_is_likely_comes_first() {
    let first =
        |text: &str| labels(&format!("{HEAD}{ON}{STEPS}{text}$0")).into_iter().take(3).collect::<Vec<_>>();
    assert_eq!(
        first("  communicate {\n    step told = slack.post(shop, \"\")\n      when ")[..2],
        ["bad_release.suspected", "bad_release.ruled_out"]
    );
    assert_eq!(
        first("  communicate {\n    step told = slack.post(shop, \"\")\n      after "),
        ["assessed", "triaged", "resolved"]
    );
    assert_eq!(first("  communicate {\n    step told = ")[0], "slack");
    assert_eq!(first("  communicate {\n    step create_channel = ")[0], "slack.create_channel");
    assert_eq!(
        first("  remediate {\n    step more = kubernetes.scale(shop, replicas: 4)\n      undo ")[0],
        "kubernetes.scale"
    );
    assert_eq!(first("  communicate {\n    step told = post")[..2], ["postgres", "slack.post"]);
    let branch = labels(&format!("{HEAD}{ON}  enrich {{\n    severity = if 1 > 2 then $0"));
    assert_eq!(branch[..4], ["critical", "major", "minor", "info"]);
}

#[test]
fn owners_come_from_the_projects_other_modules() {
    let (snapshot, cursor) = fixture(
        "playbook slow {\n  owner $0\n}\n== catalog ==\nlet shop: Team = Team(name: \"shop\")\nlet ana: Person = Person(id: \"ana\")\n",
    );
    let found = completions(&snapshot, cursor).items;
    assert_eq!(found.iter().map(|it| &*it.label).collect::<Vec<_>>(), ["shop"]);
    assert_eq!(found[0].edits[0].replacement, "use catalog (shop)\n\n");
}
