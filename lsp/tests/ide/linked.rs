//! Links.

use quell_lsp::ide::links::{LinkTarget, links};

use crate::fixture;

#[test]
fn what_is_named_leads_to_where_it_is() {
    let text = "//! See https://example.com/runbook.

use std.alertmanager
use shared
use nowhere

// quell: allow(missing-description, no-such-rule) because
playbook p {
  on alertmanager.alert(\"DatabaseDown\") as alert
}

scenario \"it is down\" for p {
  given alert from \"fixtures/alert.json\"
  given alert from \"../alert.json\"
$0}
== shared ==
let a: Int = 1
== rules.yml ==
groups:
  - name: a
    rules:
      - alert: DatabaseDown
        expr: up == 0
";
    let (snapshot, cursor) = fixture(text);
    let found = links(&snapshot, cursor.file);
    let source = &snapshot.source(cursor.file).text;
    let shown: Vec<String> = found
        .iter()
        .map(|link| {
            let to = match &link.to {
                LinkTarget::Module(file) => {
                    quell_compiler::world::World::module_path(&snapshot.workspace, *file).to_owned()
                }
                LinkTarget::Place(span) => {
                    let text = &snapshot.source(span.file).text;
                    format!(
                        "{} in {}",
                        &text[span.start as usize..span.end as usize],
                        snapshot.source(span.file).name
                    )
                }
                LinkTarget::Data(path) => path.display().to_string(),
                LinkTarget::Web(address) => address.clone(),
                LinkTarget::Code(code) => format!("page of {code}"),
            };
            format!("{} -> {to}", &source[link.span.start as usize..link.span.end as usize])
        })
        .collect();
    assert_eq!(
        shown,
        [
            "https://example.com/runbook -> https://example.com/runbook",
            "std.alertmanager -> std.alertmanager",
            "shared -> shared",
            "missing-description -> page of missing-description",
            "no-such-rule -> page of no-such-rule",
            "\"DatabaseDown\" -> DatabaseDown in /p/rules.yml",
            "\"fixtures/alert.json\" -> /p/fixtures/alert.json",
        ]
    );
}
