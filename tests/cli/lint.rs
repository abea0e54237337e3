//! `quell lint`: rules, settings, repairs, baselines, and the forms for programs.

use serde_json::Value;

use crate::sandbox::Sandbox;

const LEFT_OVER: &str = "use std.slack\n\n/// Used by nobody.\nprivate let grace: Duration = 5m\n";
const PROJECT: &str = "[package]\nname = \"ops\"\nversion = \"0.1.0\"\n";

fn project(lint: &str, text: &str) -> Sandbox {
    Sandbox::new([("quell.toml", &*format!("{PROJECT}{lint}")), ("a.quell", text)])
}

fn codes(json: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(json).unwrap();
    let findings = document["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn rules_are_shown_with_their_repairs() {
    let run = project("", LEFT_OVER).quell("lint");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.out.contains("warning[unused-import]: `slack` is imported but never used"), "{run}");
    assert!(run.out.contains("fix: remove the import"), "{run}");
    assert!(run.out.contains("2 warnings in 1 file"), "{run}");
}

#[test]
fn check_shows_them_too() {
    let run = project("", LEFT_OVER).quell("check --output-format json");
    assert_eq!(codes(&run.out), ["unused-import", "unused-private"], "{run}");
}

#[test]
fn settings_turn_rules_off_and_set_their_level() {
    let off = "[lint.rules]\nunused-import = \"off\"\nunused-private = \"error\"\n";
    let run = project(off, LEFT_OVER).quell("lint --output-format short");
    assert_eq!(run.out.lines().count(), 1, "{run}");
    assert!(run.out.contains("error[unused-private]"), "{run}");
}

#[test]
fn overrides_speak_of_paths() {
    let over = "[[lint.overrides]]\npaths = [\"drills/**\"]\nrules = { unused-import = \"off\" }\n";
    let manifest = format!("{PROJECT}{over}");
    let sandbox =
        Sandbox::new([("quell.toml", &*manifest), ("drills/a.quell", LEFT_OVER), ("b.quell", LEFT_OVER)]);
    let run = sandbox.quell("lint --select unused-import --output-format short");
    assert!(!run.out.is_empty(), "{run}");
    let run = sandbox.quell("lint --output-format json");
    assert_eq!(codes(&run.out), ["unused-import", "unused-private", "unused-private"], "{run}");
}

#[test]
fn a_misspelt_rule_gets_the_nearest() {
    let run = project("[lint.rules]\nunused-imports = \"off\"\n", LEFT_OVER).quell("lint");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("did you mean `unused-import`?"), "{run}");
    let run = project("", LEFT_OVER).quell("lint --select safty");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("did you mean `safety`?"), "{run}");
}

#[test]
fn options_are_typed() {
    let run = project("[lint.rules]\ntoo-many-steps = { most = \"many\" }\n", LEFT_OVER).quell("lint");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`most` can't be a text"), "{run}");
}

#[test]
fn select_and_ignore() {
    let sandbox = project("", LEFT_OVER);
    let run = sandbox.quell("lint --select unused-import --output-format json");
    assert_eq!(codes(&run.out), ["unused-import"], "{run}");
    let run = sandbox.quell("lint --ignore correctness --output-format json");
    assert_eq!((codes(&run.out), run.code), (vec![], 0));
}

#[test]
fn fix_repairs_and_diff_only_shows() {
    let sandbox = project("", LEFT_OVER);
    let run = sandbox.quell("lint --diff");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.out.contains("-use std.slack"), "{run}");
    assert_eq!(sandbox.read("a.quell"), LEFT_OVER);
    let run = sandbox.quell("lint --fix");
    assert!(run.err.contains("1 repair made in 1 file"), "{run}");
    assert_eq!(sandbox.read("a.quell"), "/// Used by nobody.\nprivate let grace: Duration = 5m\n");
    assert!(!sandbox.quell("lint --diff").out.contains("---"));
}

#[test]
fn unsafe_alone_is_refused() {
    let run = project("", LEFT_OVER).quell("lint --unsafe");
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn a_baseline_keeps_the_old_quiet_though_lines_move() {
    let sandbox = project("", LEFT_OVER);
    assert_eq!(sandbox.quell("lint --baseline old.json --update-baseline").code, 0);
    sandbox.write("a.quell", format!("// A line more.\n{LEFT_OVER}private let more: Int = 1\n"));
    let run = sandbox.quell("lint --baseline old.json --output-format short");
    assert_eq!((run.code, run.out.lines().count()), (1, 1), "{run}");
    assert!(run.out.contains("`more`"), "{run}");
    sandbox.write("a.quell", "/// All mended.\nlet more: Int = 1\n");
    let run = sandbox.quell("lint --baseline old.json");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.err.contains("2 findings of the baseline no longer exist"), "{run}");
    let run = sandbox.quell("lint --baseline a.quell");
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn a_suppression_needs_a_reason_and_a_use() {
    let text = "// quell: allow(unused-private)\nprivate let a: Int = 1\n";
    let run = project("", text).quell("lint --output-format json");
    assert_eq!(codes(&run.out), ["suppression-without-reason"], "{run}");
    let text = "// quell: allow(unused-private) no longer\nlet a: Int = 1\n";
    let sandbox = project("", text);
    let run = sandbox.quell("lint --fix --output-format json");
    assert_eq!((codes(&run.out), run.code), (vec![], 0));
    assert_eq!(sandbox.read("a.quell"), "let a: Int = 1\n");
}

#[test]
fn statistics_count() {
    let run = project("", LEFT_OVER).quell("lint --statistics");
    assert!(run.out.contains("1  warning  unused-import  (fixable)"), "{run}");
}

#[test]
fn sarif_has_what_its_schema_requires() {
    let run = project("", LEFT_OVER).quell("lint --output-format sarif");
    let log: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(run["tool"]["driver"]["name"], "quell");
    for result in run["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a.quell");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(place["region"]["startColumn"].as_u64().unwrap() >= 1);
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0];
            assert!(change["replacements"][0]["deletedRegion"]["startLine"].as_u64().is_some());
        }
    }
}

#[test]
fn other_programs_read_it() {
    let sandbox = project("", LEFT_OVER);
    let github = sandbox.quell("lint --output-format github").out;
    assert!(
        github
            .starts_with("::warning file=a.quell,line=1,endLine=1,col=5,endColumn=14,title=unused-import::")
    );
    let gitlab: Value = serde_json::from_str(&sandbox.quell("lint --output-format gitlab").out).unwrap();
    assert_eq!(gitlab[0]["location"]["path"], "a.quell");
    assert_eq!(gitlab[0]["severity"], "major");
    let junit = sandbox.quell("lint --output-format junit").out;
    assert!(junit.contains("failures=\"2\"") && junit.contains("type=\"unused-private\""), "{junit}");
}

#[test]
fn the_examples_hold_the_rules() {
    let run = Sandbox::with_examples().quell("lint");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn explain_shows_rules() {
    let run = Sandbox::new([]).quell("explain evidence-destroyed");
    assert!(run.out.contains("Group `safety`"), "{run}");
}

#[test]
fn options_out_of_their_range() {
    let with = |option: &str| {
        let manifest = format!("[package]\nname = \"a\"\nversion = \"0.1.0\"\n\n[lint.rules]\n{option}\n");
        let run = Sandbox::new([("quell.toml", &*manifest), ("a.quell", "type Host = Text\n")]).quell("lint");
        assert_eq!(run.code, 2, "{run}");
        run.err
    };
    let err = with("too-many-steps = { most = -3 }");
    assert!(err.contains("`most` can't be -3") && err.contains("write a whole number, 0 or more"), "{err}");
    let err = with("chatty-updates = { least = \"5 minutes\" }");
    assert!(err.contains("`5 minutes` is not a duration") && err.contains("\"10m\""), "{err}");
}
