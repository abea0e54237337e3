//! Each rule's page: its bad example gives exactly its findings at the marks, its good one none, its
//! repair gives the fixed text; and docs/rules is made from the pages.
//!
//! `UPDATE=1 cargo test -p quell-compiler --test check lint` writes docs/rules anew.

use std::{collections::BTreeMap, fs, sync::Arc};

use quell_compiler::{
    diagnostic::{Diagnostic, Level, Safety},
    findings,
    lint::{self, Check, Group, Profile, Rule, Settings},
    repair::{Files, repair},
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

use crate::{
    findings::blocks,
    support::{check_text, line, marks, root},
};

/// What all rules of the strict profile say about a module, with the findings of the compiler.
pub fn strict(text: &str) -> (MemoryWorld, Vec<Diagnostic>) {
    strict_beside(text, None)
}

/// The same, where the project has these alert rules.
fn strict_beside(text: &str, rules: Option<&str>) -> (MemoryWorld, Vec<Diagnostic>) {
    let (mut world, checked) = check_text(text);
    if let Some(rules) = rules {
        world.add_alert_rules(SourceFile::new("alerts.yml", rules));
    }
    let file = world.resolve(FileId(0), "example").unwrap();
    let settings = |_| Settings::of(Profile::Strict);
    let found = lint::lint(&world, &checked, &[file], &settings, checked.diagnostics.clone());
    (world, found)
}

/// The alert rules beside which the examples of a page stand.
fn alert_rules(page: &str) -> Option<&str> {
    page.split_once("```yaml\n").and_then(|(_, rest)| Some(rest.split_once("```")?.0))
}

/// What one rule says, and what the compiler has to say against the example.
fn said_by(rule: &Rule, text: &str) -> (MemoryWorld, Vec<Diagnostic>) {
    let page = rule.page();
    let (world, found) = strict_beside(text, alert_rules(&page));
    let foreign = |found: &Diagnostic| lint::find(found.code).is_some_and(|other| other.code != rule.code);
    (world, found.into_iter().filter(|found| !foreign(found)).collect())
}

fn lines(world: &MemoryWorld, found: &[Diagnostic]) -> String {
    found.iter().map(|found| line(world, found)).collect::<Vec<_>>().join("\n")
}

#[test]
fn bad_examples_give_exactly_their_finding_where_it_is_marked() {
    let mut wrong = Vec::new();
    for rule in lint::all() {
        let bad = blocks(&rule.page(), "## Bad");
        if bad.is_empty() {
            wrong.push(format!("{}: has no bad example", rule.code));
        }
        for text in &bad {
            // What is wrong with alert rules is marked in them.
            let page = rule.page();
            let marked =
                if matches!(rule.check, Check::Alerts(_)) { alert_rules(&page) } else { Some(&**text) };
            let marks = marks(marked.unwrap_or_default()).into_iter();
            let expected: Vec<_> = marks.map(|mark| (rule.code, mark.start, mark.end)).collect();
            let (world, found) = said_by(rule, text);
            let places: Vec<_> =
                found.iter().map(|found| (found.code, found.span().start, found.span().end)).collect();
            if expected.is_empty() || places != expected {
                wrong.push(format!(
                    "{}: expected {expected:?}, found {places:?}\n{}",
                    rule.code,
                    lines(&world, &found)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn good_examples_give_none() {
    let mut wrong = Vec::new();
    for rule in lint::all() {
        let good = blocks(&rule.page(), "## Good");
        if good.is_empty() {
            wrong.push(format!("{}: has no good example", rule.code));
        }
        for text in &good {
            let (world, found) = said_by(rule, text);
            if !found.is_empty() {
                wrong.push(format!("{}:\n{}", rule.code, lines(&world, &found)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// A text, of which only what one rule says is repaired.
struct Ruled<'r> {
    rule: &'r Rule,
    text: Arc<str>,
}

impl Files for Ruled<'_> {
    fn text(&self, _: FileId) -> Arc<str> {
        self.text.clone()
    }

    fn is_writable(&self, _: FileId) -> bool {
        true
    }

    fn replace(&mut self, _: FileId, text: Arc<str>) {
        self.text = text;
    }

    fn findings(&mut self) -> Vec<Diagnostic> {
        said_by(self.rule, &self.text).1
    }
}

/// Makes the repairs of one rule until none is left.
fn repaired_at_most(rule: &Rule, text: &str, limit: Safety) -> String {
    let mut files = Ruled { rule, text: text.into() };
    let repaired = repair(&mut files, limit);
    assert_eq!(repaired.faults, [], "{}", rule.code);
    files.text.to_string()
}

fn repaired(rule: &Rule, text: &str) -> String {
    repaired_at_most(rule, text, Safety::Unsafe)
}

#[test]
fn repairs_give_the_fixed_text_once_and_for_all() {
    let mut wrong = Vec::new();
    for rule in lint::all() {
        let (bad, fixed) = (blocks(&rule.page(), "## Bad"), blocks(&rule.page(), "## Fixed"));
        let repairs = matches!(rule.fix, Some(Safety::Safe | Safety::Unsafe));
        let said: Vec<Safety> = bad
            .iter()
            .flat_map(|text| said_by(rule, text).1)
            .flat_map(|found| found.fixes)
            .map(|fix| fix.safety)
            .collect();
        if said.iter().any(|safety| Some(*safety) != rule.fix) || said.is_empty() != rule.fix.is_none() {
            wrong.push(format!("{}: says {:?}, gives {said:?}", rule.code, rule.fix));
        }
        if !repairs {
            continue;
        }
        for (index, text) in bad.iter().enumerate() {
            let after = repaired(rule, text);
            match fixed.get(index) {
                Some(fixed) if *fixed == after => {}
                _ => wrong.push(format!("{}: the repair gives\n{after}", rule.code)),
            }
            let (world, left) = said_by(rule, &after);
            if !left.is_empty() {
                wrong.push(format!("{}: after the repair\n{}", rule.code, lines(&world, &left)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn pages_and_messages_have_their_form() {
    let mut codes = std::collections::BTreeSet::new();
    for rule in lint::all() {
        let page = rule.page();
        assert!(rule.summary().ends_with('.'), "{}: the first line is a sentence", rule.code);
        for heading in ["## Why", "## Bad", "## Good"] {
            assert!(page.lines().any(|line| line == heading), "{}: has no `{heading}`", rule.code);
        }
        assert!(rule.code.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.code);
        let file = format!("/rules/{}/{}.rs", rule.group.word(), rule.code.replace('-', "_"));
        let path = format!("{}/src/lint{file}", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(
            fs::read_to_string(&path).unwrap_or_default(),
            rule.source,
            "{} is not in {file}",
            rule.code
        );
        assert!(codes.insert(rule.code), "`{}` is taken twice", rule.code);
        assert!(findings::find(rule.code).is_none(), "`{}` is a finding of the compiler too", rule.code);
        for text in blocks(&page, "## Bad") {
            for found in said_by(rule, &text).1 {
                let first = found.message.chars().next().unwrap_or('A');
                assert!(!first.is_uppercase() && !found.message.ends_with('.'), "{}", found.message);
            }
        }
    }
}

#[test]
fn no_rule_looks_at_names_of_the_library() {
    for rule in lint::all() {
        let code: String = rule.source.lines().filter(|line| !line.starts_with("//")).collect();
        for (module, _) in quell_stdlib::modules() {
            let name = module.rsplit('.').next().unwrap_or_default();
            assert!(!code.contains(&format!("\"{name}\"")), "{} speaks of `{module}`", rule.code);
        }
    }
}

fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut index = format!(
        "# Rules\n\nWhat `quell lint` and `quell check` look for beyond mistakes of the language: {} rules. \
         `quell explain RULE`\nshows a page in a terminal; [docs/lint.md](../lint.md) says how to set them. Each page is \
         made from the\nrule's source file, and its examples are run as tests.\n",
        lint::all().count()
    );
    for group in Group::ALL {
        index.push_str(&format!(
            "\n## {}\n\n{}\n\n| rule | what | level | from profile | repair |\n|---|---|---|---|---|\n",
            group.word(),
            group.title()
        ));
        for rule in lint::all().filter(|rule| rule.group == group) {
            let (code, profile, level) = (rule.code, rule.profile.word(), rule.level.word());
            let fix = match rule.fix {
                Some(Safety::Safe) => "safe",
                Some(Safety::Unsafe) => "unsafe",
                Some(Safety::Suggestion) => "shown",
                None => "",
            };
            index.push_str(&format!(
                "| [`{code}`]({code}.md) | {} | {level} | {profile} | {fix} |\n",
                rule.summary()
            ));
            let page = format!("# `{code}`\n\n{}\n\n{}\n", rule.page().trim_end(), rule.facts().trim_end());
            pages.insert(format!("{code}.md"), page);
        }
    }
    pages.insert("README.md".to_owned(), index);
    pages
}

#[test]
fn lint_pages_in_docs_are_those_of_the_rules() {
    let folder = root().join("docs/rules");
    let wanted = pages();
    if std::env::var_os("UPDATE").is_some() {
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &wanted {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let kept: BTreeMap<String, String> = entries
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    let stale: Vec<&String> = wanted.keys().filter(|name| wanted.get(*name) != kept.get(*name)).collect();
    let left: Vec<&String> = kept.keys().filter(|name| !wanted.contains_key(*name)).collect();
    assert!(stale.is_empty() && left.is_empty(), "stale: {stale:?}, left over: {left:?}; run with UPDATE=1");
}

#[test]
fn files_with_errors_are_left_to_the_compiler() {
    let (_, found) = strict("use std.slack\nlet a: Int = \"text\"\n");
    assert!(found.iter().all(|found| lint::find(found.code).is_none()), "{found:?}");
    assert!(found.iter().any(|found| found.level == Level::Error));
}

#[test]
fn a_suppression_speaks_of_its_line_or_of_what_follows() {
    let quiet = |text: &str| {
        let (_, found) = strict(text);
        found.iter().map(|found| found.code).filter(|code| *code == "unused-private").count()
    };
    assert_eq!(quiet("private let a: Int = 1\n"), 1);
    assert_eq!(quiet("private let a: Int = 1 // quell: allow(unused-private) soon\n"), 0);
    assert_eq!(quiet("// quell: allow(unused-private) soon\n/// Docs.\nprivate let a: Int = 1\n"), 0);
    assert_eq!(
        quiet("// quell: allow(unused-private) soon\nprivate let a: Int = 1\nprivate let b: Int = 1\n"),
        1
    );
}

/// How often a rule speaks about a module.
fn times(code: &str, text: &str) -> usize {
    let (world, found) = strict(text);
    assert!(found.iter().all(|found| found.level != Level::Error), "{}", lines(&world, &found));
    found.iter().filter(|found| found.code == code).count()
}

#[test]
fn conditions_that_exclude_each_other_are_seen_and_no_others() {
    let step = |when: &str| {
        format!(
            "action count() -> Int reads\naction name() -> Text reads\naction tell(text: Text) notifies\n\
             playbook look {{\n  enrich {{\n    step n = count()\n    step who = name()\n    step most = count()\n  }}\n  \
             communicate {{\n    step told = tell(\"${{n}} ${{who}} ${{most}}\")\n      when {when}\n  }}\n}}\n"
        )
    };
    let possible = [
        "n > 10 and n < 100",
        "n >= 5 and n <= 5",
        "n == 1 or n == 2",
        "not (n > 5) and n > 2",
        "n > 5 and most < 5",
        "n > most and n < 5",
        "who == \"a\" or who == \"b\"",
        "who != \"a\" and who != \"b\"",
        "n != 1 and n != 2",
        "not (n > 5 and most > 5) and n > 5",
    ];
    for when in possible {
        assert_eq!(times("unreachable-step", &step(when)), 0, "{when}");
    }
    let impossible = [
        "n > 10 and n < 10",
        "n >= 5 and n < 5",
        "5 < n and n <= 5",
        "not (n > 5) and n > 6",
        "not (n > 5 or most > 5) and n > 5",
        "n == 1 and n == 2",
        "n == 1 and n != 1",
        "n == 1 and n > 3",
        "who == \"a\" and who == \"b\"",
        "who.contains(\"a\") and not who.contains(\"a\")",
        "n > most and not (n > most)",
    ];
    for when in impossible {
        assert_eq!(times("unreachable-step", &step(when)), 1, "{when}");
    }
}

#[test]
fn changes_of_which_only_one_is_made_oppose_nothing() {
    let repair = |body: &str| {
        format!(
            "action count() -> Int reads\naction scale(workload: Text, replicas: Int) changes {{\n  \
             irreversible \"pods come and go\"\n  touches workload\n}}\n\
             playbook repair {{\n  enrich {{\n    step n = count()\n  }}\n  remediate {{\n{body}  }}\n}}\n"
        )
    };
    let up = "step up = scale(\"a\", replicas: 9)\n      after n\n";
    let down = "step down = scale(\"a\", replicas: 0)\n      after n\n";
    let sides = format!("    if n > 5 {{\n    {up}    }} else {{\n    {down}    }}\n");
    assert_eq!(times("opposing-changes", &repair(&sides)), 0);
    for (first, second, times_said) in
        [("n > 5", "not (n > 5)", 0), ("n > 5", "n <= 5", 0), ("n > 5", "n < 9", 1)]
    {
        let guarded = format!("    {up}      when {first}\n    {down}      when {second}\n");
        assert_eq!(times("opposing-changes", &repair(&guarded)), times_said, "{first}, {second}");
    }
}

#[test]
fn severities_make_conditions_constant() {
    let playbook = |when: &str| {
        format!(
            "use std.alertmanager\naction errors() -> Percent reads\naction tell(text: Text) notifies\n\
             let lin: Person = Person(id: \"lin\", name: \"Lin\", email: \"lin@example.com\")\n\
             let shop: Team = Team(name: \"shop\", lead: lin, on_call: [lin])\n\
             playbook down {{\n  on alertmanager.alert(\"Down\")\n  owner shop\n  enrich {{\n    step share = errors()\n    \
             severity = if share > 20% then critical else minor\n  }}\n  triage none \"it is known\"\n  communicate {{\n    \
             step told = tell(\"${{share}}\")\n      when {when}\n  }}\n  remediate none \"people do\"\n}}\n"
        )
    };
    for (when, constant) in [
        ("severity >= minor", 1),
        ("severity >= info", 1),
        ("severity >= major", 0),
        ("severity == minor", 0),
        ("severity >= minor and share > 5%", 1),
    ] {
        assert_eq!(times("constant-condition", &playbook(when)), constant, "{when}");
    }
    assert_eq!(times("constant-condition", &playbook("severity < info")), 0);
    assert_eq!(times("unreachable-step", &playbook("severity < info")), 1);
}

#[test]
fn what_an_alert_says_is_followed_through_names() {
    let playbook = |steps: &str| {
        format!(
            "use std.alertmanager\nuse std.prometheus\n\
             let lin: Person = Person(id: \"lin\", name: \"Lin\", email: \"lin@example.com\")\n\
             let shop: Team = Team(name: \"shop\", lead: lin, on_call: [lin])\n\
             playbook down {{\n  on alertmanager.alert(\"Down\") as alert\n  owner shop\n  enrich {{\n{steps}    \
             severity = if share > 20% then critical else minor\n  }}\n  triage none \"it is known\"\n  \
             communicate none \"nobody cares\"\n  remediate none \"people do\"\n}}\n"
        )
    };
    let asked = "    step share = prometheus.ratio(query)\n";
    let foreign = "    let query = \"up{job=\\\"${alert.summary}\\\"}\"\n";
    let own = "    let query = \"up{job=\\\"shop\\\"}\"\n";
    assert_eq!(times("untrusted-query", &playbook(&format!("{foreign}{asked}"))), 1);
    assert_eq!(times("untrusted-query", &playbook(&format!("{own}{asked}"))), 0);
}

#[test]
fn a_comment_that_allows_nothing_is_said() {
    let with = |comment: &str| format!("{comment}\n{LOOK}");
    for comment in
        ["// quell: alow(naming) why", "// quell: allow() why", "// quell: allow naming", "//quell:"]
    {
        assert_eq!(times("unknown-suppression", &with(comment)), 1, "{comment}");
        assert_eq!(times("suppression-without-reason", &with(comment)), 0, "{comment}");
    }
    for comment in ["// Quell: the language", "// what quell: allows", "// quell: allow(naming) why"] {
        assert_eq!(times("unknown-suppression", &with(comment)), 0, "{comment}");
    }
}

#[test]
fn a_comment_behind_a_line_goes_with_it() {
    let text = format!("use std.slack // for later\nuse std.zoom\n{LOOK}");
    let rule = lint::find("unused-import").unwrap();
    assert_eq!(repaired(rule, &text), LOOK);
}

#[test]
fn what_takes_a_remark_along_is_looked_at_first() {
    let safely = |code: &str, text: &str| repaired_at_most(lint::find(code).unwrap(), text, Safety::Safe);
    let text = format!("use std.slack // for later\nuse std.zoom\n{LOOK}");
    assert_eq!(safely("unused-import", &text), text.replace("use std.zoom\n", ""));
    let text = format!(
        "use std.people (\n  QuietHours, // nights\n  by_phone,\n)\n{LOOK}fn f() -> Text = by_phone(\"1\")\n"
    );
    assert_eq!(safely("unused-import", &text), text);
    let text = LOOK.replace("    let double", "    /// Twice as many.\n    let double");
    assert_eq!(safely("unused-let", &text), text);
    assert!(!repaired(lint::find("unused-let").unwrap(), &text).contains("Twice"));
    // What speaks to Quell is no remark.
    let text = LOOK.replace("count * 2\n", "count * 2 // quell: allow(unused-step) no\n");
    assert!(!safely("unused-let", &text).contains("double"));
}

const LOOK: &str = "action errors() -> Int reads\naction tell(text: Text) notifies\n\
    /// Looks.\nplaybook look {\n  enrich {\n    step count = errors()\n    let double = count * 2\n  }\n  \
    communicate {\n    step told = tell(\"${count}\")\n  }\n}\n";

#[test]
fn a_value_that_only_a_scenario_reads_is_used() {
    assert_eq!(times("unused-let", LOOK), 1);
    let tried =
        format!("{LOOK}scenario \"two\" for look {{\n  given count returns 2\n  expect double == 4\n}}\n");
    assert_eq!(times("unused-let", &tried), 0);
}

#[test]
fn a_scenario_of_another_file_counts() {
    let missing = |other: &str| {
        let (mut world, checked) = check_text(LOOK);
        let file = world.resolve(FileId(0), "example").unwrap();
        world.add("other", SourceFile::new("other.quell", other));
        let settings = |_| Settings::of(Profile::Strict);
        let found = lint::lint(&world, &checked, &[file], &settings, Vec::new());
        found.iter().filter(|found| found.code == "missing-scenario").count()
    };
    assert_eq!(missing(""), 1);
    assert_eq!(missing("use example (look)\n\nscenario \"a\" for look {\n  expect told ran\n}\n"), 0);
    assert_eq!(missing("use example (look as l)\n\nscenario \"a\" for l {\n  expect told ran\n}\n"), 0);
    assert_eq!(missing("use example\n\nscenario \"a\" for example.look {\n  expect told ran\n}\n"), 0);
    assert_eq!(missing("playbook look {\n}\n\nscenario \"a\" for look {\n  expect completed\n}\n"), 1);
}
