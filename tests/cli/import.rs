//! `quell import stackpulse`: the command around the conversion.

use serde_json::Value;

use crate::sandbox::Sandbox;

const PLAYBOOK: &str = "kind: Playbook
metadata:
  name: show-pods
parameters:
  - name: service
    type: var
  - name: grace
    type: var
steps:
  - name: kubectl/get-pods
    id: pods
    env:
      NAME_CONTAINS: '{{ .params.service }}'
  - name: slack/message/dynamic
    env:
      RECIPIENTS: '#ops'
      MESSAGE_TEXT: 'Pods: {{ .pods.items }}'
";
const BROKEN: &str = "kind: Playbook\nsteps:\n  - name: a\n   id: b\n";

fn folder() -> Sandbox {
    Sandbox::new([
        ("in/show/playbook.yaml", PLAYBOOK),
        ("in/broken/playbook.yml", BROKEN),
        ("in/notes.txt", "no"),
    ])
}

#[test]
fn one_playbook_goes_to_standard_output() {
    let sandbox = folder();
    let run = sandbox.quell("import stackpulse in/show/playbook.yaml");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("nothing uses the parameter `grace`"), "{}", run.err);
    assert!(run.err.contains("in/show/playbook.yaml:7:11"), "{}", run.err);
    sandbox.write("show_pods.quell", &run.out);
    assert_eq!(sandbox.quell("check show_pods.quell").code, 0);
    assert_eq!(sandbox.quell("fmt --check show_pods.quell").code, 0);
    assert_eq!(sandbox.quell("test show_pods.quell").code, 0);
}

#[test]
fn a_playbook_without_mistakes_ends_well() {
    let sandbox =
        Sandbox::new([("a.yaml", PLAYBOOK.replace("  - name: grace\n    type: var\n", "").as_str())]);
    let run = sandbox.quell("import stackpulse a.yaml");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn a_report_sums_up_a_folder() {
    let run = folder().quell("import stackpulse in --report");
    assert_eq!(run.code, 1);
    let expected = "failed     in/broken/playbook.yml
converted  in/show/playbook.yaml   2 std, 0 containers

Mistakes in the originals
  in/broken/playbook.yml
    4:4      import-unreadable:";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert!(
        run.out.ends_with(
            "2 playbooks: 1 converted, 0 partly, 1 failed; 2 mistakes in the originals, 0 things left out\n"
        ),
        "{}",
        run.out
    );
}

#[test]
fn a_report_for_programs() {
    let run = folder().quell("import stackpulse in --output-format json");
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["schema"], "quell.dev/import/1");
    assert_eq!(document["summary"]["failed"], 1);
    assert_eq!(document["files"][1]["playbooks"][0]["name"], "show_pods");
    assert_eq!(document["files"][1]["findings"][0]["code"], "import-unused-parameter");
    assert_eq!(document["files"][1]["findings"][0]["mistake"], true);
    assert_eq!(document["files"][1]["findings"][0]["place"]["start"]["line"], 7);
}

#[test]
fn files_go_to_a_folder_and_replace_nothing() {
    let sandbox = folder();
    let run = sandbox.quell("import stackpulse in --output-dir out/converted");
    assert!(run.out.contains("wrote out/converted/show_pods.quell"), "{}", run.out);
    sandbox.write("out/converted/show_pods.quell", "mine");
    let run = sandbox.quell("import stackpulse in --output-dir out/converted");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("is not replaced: it is a source"), "{}", run.err);
    assert_eq!(sandbox.read("out/converted/show_pods.quell"), "mine");
}

#[test]
fn what_cannot_be_imported() {
    let sandbox = folder();
    for arguments in ["nowhere", "in/notes.txt/a", "out --report"] {
        let run = sandbox.quell(&format!("import stackpulse {arguments}"));
        assert_eq!(run.code, 2, "{arguments}");
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
    sandbox.write("empty/notes.txt", "no");
    assert_eq!(sandbox.quell("import stackpulse empty").code, 2);
    sandbox.write("bytes.yaml", [0xff, 0xfe, 0x00]);
    assert_eq!(sandbox.quell("import stackpulse bytes.yaml").code, 1);
    sandbox.write("in/more.yaml", PLAYBOOK);
    assert_eq!(sandbox.quell("import stackpulse in").code, 2);
}
