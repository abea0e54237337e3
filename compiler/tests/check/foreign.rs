//! Idioms of other languages: each gives one message, whose help says how Quell writes it.

use quell_compiler::{diagnostic::edited, world::World};

use crate::support::{check_text, line};

/// Where a piece of text stands in the playbook of the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// A line among the items.
    Item,
    /// A header of the playbook.
    Member,
    /// A line of an action.
    Action,
    /// A line of a binding.
    Binding,
    /// A line of `simulate`.
    Simulate,
    /// A line of a cause.
    Cause,
    /// A line of enrich.
    Enrich,
    /// A line of remediate.
    Line,
    /// A clause of a step of remediate.
    Clause,
    /// The condition of a step.
    When,
    /// The first argument of a call, a `Text`.
    Argument,
    /// A line of a scenario.
    Scenario,
}
use At::*;

pub(crate) fn playbook(at: At, text: &str) -> String {
    let (mut member, mut action, mut binding, mut simulate, mut cause) =
        (String::new(), String::new(), String::new(), String::new(), String::new());
    let (mut item, mut enrich, mut rest, mut scenario) =
        (String::new(), String::new(), String::new(), String::new());
    match at {
        Item => item = format!("{text}\n\n"),
        Member => member = format!("  {text}\n"),
        Action => action = format!("  {text}\n"),
        Binding => binding = format!("    {text}\n"),
        Simulate => simulate = format!("    {text}\n"),
        Cause => cause = format!("      {text}\n"),
        Enrich => enrich = format!("    {text}\n"),
        Line => rest = format!("    {text}\n"),
        Clause => rest = format!("    step next = restart(\"b\")\n      {text}\n"),
        When => rest = format!("    step next = restart(\"b\")\n      when {text}\n"),
        Argument => rest = format!("    step next = restart({text})\n"),
        Scenario => scenario = format!("  {text}\n"),
    }
    // What the text itself has, the playbook around it hasn't.
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let owner = if at == Member && begins(&["owner"]) { "" } else { "  owner web\n" };
    let response = match at == Member && begins(&["on "]) {
        true => "  communicate none \"a test\"\n\n",
        false => "",
    };
    if !response.is_empty() {
        enrich = "    severity = minor\n".to_owned();
    }
    let returns = if at == Binding && begins(&["return"]) { "" } else { "    return body\n" };
    let answer = if at == Simulate && begins(&["return"]) { "" } else { "    return { ok: true }\n" };
    let call = match at == Action && begins(&["http", "command", "container"]) {
        true => String::new(),
        false => format!("  http GET \"https://example.com/probe\" {{\n{binding}{returns}  }}\n"),
    };
    let simulated = match at == Action && begins(&["simulate"]) {
        true => String::new(),
        false => format!("  simulate {{\n{simulate}{answer}  }}\n"),
    };
    format!(
        "use std.prometheus\nuse std.slack\nuse std.slack (Channel)\n\n\
         let kim: Person = Person(id: \"kim\", name: \"Kim Park\", email: \"kim@example.com\")\n\n\
         let web: Team = Team(name: \"web\", lead: kim, on_call: [kim])\n\n\
         let ops: Channel = Channel(id: \"C0OPS\", name: \"ops\")\n\n\
         action restart(host: Text, why: Text? = none) -> Text changes {{\n  idempotent\n  irreversible \"it has restarted\"\n}}\n\n\
         action probe() -> Json reads {{\n{action}{call}{simulated}}}\n\n\
         {item}playbook repair {{\n{owner}{member}\n  enrich {{\n    step busy = prometheus.ratio(\"avg(busy)\")\n{enrich}  }}\n\n  \
         triage {{\n    cause overload \"too much work\" {{\n      suspect when busy > 90%\n{cause}    }}\n  }}\n\n{response}  \
         remediate {{\n    step first = restart(\"a\")\n{rest}  }}\n}}\n\n\
         scenario \"all is quiet\" for repair {{\n{scenario}  expect completed\n}}\n"
    )
}

/// The place, what people write there, and a part of the help.
const CASES: &[(At, &str, &str)] = &[
    // No value, truth.
    (When, "busy != null", "write `none`"),
    (When, "busy != None", "write `none`"),
    (When, "busy != undefined", "write `none`"),
    (When, "busy != nil", "write `none`"),
    (Argument, "\"b\", why: null", "write `none`"),
    (When, "True", "write `true`"),
    (When, "FALSE", "write `false`"),
    // Operators.
    (When, "busy = 5%", "write `==`"),
    (When, "busy === 5%", "write `==`"),
    (When, "busy !== 5%", "write `!=`"),
    (When, "busy <> 5%", "write `!=`"),
    (When, "busy > 5% && busy < 9%", "write `and`"),
    (When, "busy > 5% AND busy < 9%", "write `and`"),
    (When, "busy > 5% || busy < 3%", "write `or`"),
    (When, "busy > 5% OR busy < 3%", "write `or`"),
    (When, "!(busy > 5%)", "write `not`"),
    (When, "NOT busy > 5%", "write `not`"),
    (When, "busy is none", "write `==`"),
    (When, "busy is not none", "write `!=`"),
    (When, "busy?", "write `x != none`"),
    (When, "1% < busy < 5%", "joined with `and`"),
    (When, "\"a\" =~ \"b\"", "`.contains(...)`"),
    (When, "10 % 3 == 1", "remainder"),
    (When, "busy > 10 %", "`10%`"),
    (When, "busy > 0.5", "`50%`"),
    (When, "[\"a\"].any(lambda x: x == \"a\")", "`x => ...`"),
    (When, "[\"a\"].any(x -> x == \"a\")", "`x => ...`"),
    (When, "[\"a\"].any(|x| x == \"a\")", "`x => ...`"),
    (When, "[\"a\"].any(function(x) { return x == \"a\" })", "`x => ...`"),
    (When, "[\"a\"].any(fn x => x == \"a\")", "`x => ...`"),
    (When, "[\"a\"].any { it == \"a\" }", "`x => ...`"),
    (When, "len([\"a\"]) > 0", "`xs.length()`"),
    (When, "[\"a\"].includes(\"a\")", "`contains()`"),
    (When, "[\"a\"].size() > 0", "`length()`"),
    (When, "\"abc\".startsWith(\"a\")", "`starts_with()`"),
    // Texts, names, arguments.
    (Argument, "'b'", "double quotes"),
    (Argument, "`b`", "double quotes"),
    (Argument, "f\"{busy}\"", "no prefix"),
    (Argument, "$host", "`host` without `$`"),
    (Argument, "${host}", "`host` without `$`"),
    (Argument, "host=\"b\"", "`host: VALUE`"),
    (Argument, "\"b\", timeout: 5m", "write `timeout 5m`"),
    (Argument, "busy > 5% ? \"a\" : \"b\"", "`if CONDITION then A else B`"),
    (Argument, "\"a\" if busy > 5% else \"b\"", "`if CONDITION then A else B`"),
    (Argument, "[\"a\"].first() || \"b\"", "`??`"),
    (Argument, "[\"a\"].first() or \"b\"", "`x ?? DEFAULT`"),
    (Argument, "[\"a\"].first() ?: \"b\"", "`x ?? DEFAULT`"),
    (Argument, "[\"a\"].first()!", "`need(x, \"why\")`"),
    (Argument, "[\"a\"].first()", "`need(..., \"why\")`"),
    (Argument, "[kim].first().id", "`need(..., \"why\").id`"),
    (Argument, "\"a\" . \"b\"", "join texts with `+`"),
    (Argument, "\"a\" + busy", "`\"... ${value}\"`"),
    (Argument, "await prepare()", "remove `await`"),
    (
        Line,
        "step posted = slack.post(\"#incidents\", \"hello\")",
        "`let NAME: Channel = Channel(id: \"...\", name: \"...\")`",
    ),
    (Line, "step posted = slack.post({ \"id\": \"C0\" }, \"hello\")", "`Channel(NAME: VALUE)`"),
    (Line, "step posted = slack.post({'id': 'C0'}, 'hello')", "double quotes"),
    (Line, "let x = [h for h in [\"a\"]]", "`xs.map(x => ...)`"),
    (Line, "let x = [\"a\"][0:1]", "`.take(n)`"),
    (Line, "let x = [...[\"a\"], \"b\"]", "join lists with `+`"),
    (Line, "let x = (1, 2)", "no tuples"),
    (Line, "let x = 2 ** 3", "no power operator"),
    (Line, "let mut x = 5", "remove `mut`"),
    // Statements.
    (Line, "sleep(5m)", "`after STEP + 5m`"),
    (Line, "sleep 5m", "`after STEP + 5m`"),
    (Line, "wait 5m", "`after STEP + 5m`"),
    (Line, "time.sleep(5)", "`after STEP + 5m`"),
    (Line, "step pause = sleep(5m)", "`after STEP + 5m`"),
    (Line, "print(\"hello\")", "`step told = slack.post("),
    (Line, "echo \"hello\"", "`step told = slack.post("),
    (Line, "console.log(\"hello\")", "`step told = slack.post("),
    (Line, "return busy", "only a task returns a value"),
    (Line, "exit 1", "a run ends by itself"),
    (Line, "break", "`until`"),
    (Line, "pass", "remove the line"),
    (Line, "raise Exception(\"x\")", "`need(x, \"why\")`"),
    (Line, "assert busy > 5%", "`resolved after`"),
    (Line, "kubectl get pods", "inside actions"),
    (
        Line,
        "try {\n      step b = restart(\"b\")\n    } catch (e) {\n      step c = restart(\"c\")\n    }",
        "`on failure continue`",
    ),
    (
        Line,
        "try:\n      step b = restart(\"b\")\n    except Exception as e:\n      print(e)",
        "`on failure continue`",
    ),
    (Line, "if busy > 5%:\n      step b = restart(\"b\")", "`if CONDITION { ... }`"),
    (Line, "if busy > 5% then\n      step b = restart(\"b\")\n    fi", "`if CONDITION { ... }`"),
    (Line, "if [ $busy -gt 5 ]; then\n      step b = restart(\"b\")\n    fi", "without `$`"),
    (Line, "if busy = 5% {\n      step b = restart(\"b\")\n    }", "write `==`"),
    (
        Line,
        "if busy > 5% {\n      step b = restart(\"b\")\n    } elif busy > 3% {\n      step c = restart(\"c\")\n    }",
        "`else if`",
    ),
    (
        Line,
        "if busy > 5% {\n      step b = restart(\"b\")\n    } elseif busy > 3% {\n      step c = restart(\"c\")\n    }",
        "`else if`",
    ),
    (Line, "foreach h in [\"a\"] {\n      step b = restart(h)\n    }", "`each x in xs`"),
    (Line, "for h in [\"a\"]:\n      step b = restart(h)", "`each x in xs`"),
    (Line, "while busy > 5% {\n      step b = restart(\"b\")\n    }", "`repeat every 10s until"),
    (Line, "switch busy {\n      case 5%: x\n    }", "`match x {"),
    (Line, "var x = 5", "`let NAME = VALUE`"),
    (Line, "set x = 5", "`let NAME = VALUE`"),
    (Line, "x = 5", "`let x = ...`"),
    (Line, "x: 5", "`let x = 5`"),
    (Line, "x := 5", "`let x = 5`"),
    (Line, "Text x = \"a\"", "`let x = \"a\"`"),
    (Line, "busy++", "values can't be changed"),
    (Line, "busy += 1", "values can't be changed"),
    (Line, "- name: restart\n      run: x", "`step NAME = ACTION(...)`"),
    (Line, "step b {\n      run = restart(\"b\")\n    }", "`step NAME = ACTION(...)`"),
    (Line, "step \"Restart it\" = restart(\"b\")", "`step restart_it = ...`"),
    (Line, "step restart(\"b\")", "`step NAME = restart(\"b\")`"),
    (Line, "step roll-back = restart(\"b\")", "`roll_back`"),
    (Line, "step restart = restart(\"b\")", "`step restart_done = ...`"),
    (Line, "step b = restart(\"b\");", "remove the semicolon"),
    (Line, "# a comment", "`//`"),
    (Line, "step b = restart(\"b\") # a comment", "`//`"),
    (Line, "-- a comment", "`//`"),
    (Line, "/* a comment */", "`//`"),
    // Clauses.
    (Clause, "timeout: 5m", "`timeout 5m` without `:`"),
    (Clause, "timeout = 5m", "`timeout 5m` without `=`"),
    (Clause, "timeout 5min", "write `5m`"),
    (Clause, "timeout 5 min", "`5m`"),
    (Clause, "timeout 5", "`5s`, `5m`"),
    (Clause, "timeout \"5m\"", "without quotes: `5m`"),
    (Clause, "retries: 3", "`retry 3 times every 10s`"),
    (Clause, "retry: 3", "`retry 3 times` without `:`"),
    (Clause, "when: busy > 5%", "`when busy > 5%` without `:`"),
    (Clause, "if busy > 5%", "`when CONDITION`"),
    (Clause, "unless busy > 5%", "`when not CONDITION`"),
    (Clause, "until busy < 5%", "`repeat every 10s until CONDITION, at most 10m`"),
    (Clause, "depends_on busy", "`after STEP`"),
    (Clause, "needs: [busy]", "`after STEP`"),
    (Clause, "approve: 2", "`approve by 1 of PEOPLE within 10m`"),
    (Clause, "require approval from web", "`approve by 1 of PEOPLE within 10m`"),
    (Clause, "rollback restart(\"a\")", "`undo CALL`"),
    (Clause, "undo none", "`irreversible \"why\"`"),
    (Clause, "on_failure: continue", "`on failure continue`"),
    (Clause, "on failure: continue", "`on failure continue`"),
    (Clause, "on failure ignore", "`on failure continue`"),
    (Clause, "on error continue", "`on failure continue`"),
    (Clause, "ignore_errors: true", "`on failure continue`"),
    (Clause, "with_items: [\"a\"]", "`each x in xs`"),
    (Clause, "for x in [\"a\"]", "`each x in xs`"),
    // Items and types.
    (Item, "import std.pagerduty", "`use MODULE`"),
    (Item, "from std.pagerduty import page", "`use MODULE (NAME)`"),
    (Item, "use std.pagerduty;", "remove the semicolon"),
    (Item, "let x = require(\"std.pagerduty\")", "`use MODULE`"),
    (Item, "def f(x):\n  return x", "`fn NAME(x: TYPE) -> TYPE = ...`"),
    (Item, "function f(x) {\n  return x\n}", "`fn NAME(x: TYPE) -> TYPE = ...`"),
    (Item, "func f(x int) int {\n  return x\n}", "`fn NAME(x: TYPE) -> TYPE = ...`"),
    (Item, "fn f(x: Int) -> Int {\n  return x\n}", "a function is a single expression"),
    (Item, "fn f(x: string) -> Int = 1", "`Text`"),
    (Item, "fn f(x: list[str]) -> Int = 1", "`List<T>`"),
    (Item, "fn f(x: [Text]) -> Int = 1", "`List<T>`"),
    (Item, "fn f(x: Text[]) -> Int = 1", "`List<T>`"),
    (Item, "fn f(x: Optional<Text>) -> Int = 1", "`T?`"),
    (Item, "fn f(x: Text | none) -> Int = 1", "`T?`"),
    (Item, "class Host {\n  name: Text,\n}", "`record NAME { field: TYPE }`"),
    // Severity.
    (Enrich, "severity = P1", "`info`, `minor`, `major` and `critical`"),
    (Enrich, "severity = sev1", "`info`, `minor`, `major` and `critical`"),
    (Enrich, "severity = high", "`info`, `minor`, `major` and `critical`"),
    (Enrich, "severity = CRITICAL", "`critical`"),
    (Enrich, "severity = \"critical\"", "without quotes: `critical`"),
    (Enrich, "severity = \"P1\"", "`info`, `minor`, `major` or `critical`"),
    (Enrich, "severity = 1", "`info`, `minor`, `major` or `critical`"),
    (Enrich, "severity: critical", "`severity = critical`"),
    // Scenarios.
    (Scenario, "given severity == major", "`given STEP returns VALUE`"),
    (Scenario, "given severity = major", "`given STEP returns VALUE`"),
    (Scenario, "given busy = 5%", "`given busy returns VALUE`"),
    (Scenario, "given busy == 5%", "`given busy returns 5%`"),
    (Scenario, "given run.starter = kim", "`given starter = kim`"),
    (Scenario, "given first approved by kim", "`given approval of first by PERSON`"),
    (Scenario, "given first failed", "`given first fails \"why\"`"),
    (Scenario, "given first returned \"x\"", "`given first returns VALUE`"),
    (Scenario, "expect first succeeded", "`expect first ran`"),
    (Scenario, "expect first passes", "`expect first ran`"),
    (Scenario, "expect first is ok", "`expect first ran`"),
    (Scenario, "expect first was skipped", "`expect first skipped`"),
    (Scenario, "expect first timed out", "`expect first failed`"),
    (Scenario, "expect first = \"x\"", "`expect first == VALUE`"),
    (Scenario, "expect restart called with \"a\"", "`expect restart called with NAME containing"),
    (Scenario, "assert first ran", "`expect ...`"),
    (Scenario, "mock busy = 5%", "`given STEP returns VALUE`"),
];

#[test]
fn each_idiom_gives_one_message_with_what_to_write() {
    let mut wrong = Vec::new();
    for (at, text, wanted) in CASES {
        let whole = playbook(*at, text);
        let (world, checked) = check_text(&whole);
        let found: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
        let told = checked.diagnostics.iter().flat_map(|found| found.help.iter().chain(&found.notes));
        if found.len() != 1 || !told.into_iter().any(|told| told.contains(wanted)) {
            wrong.push(format!("{at:?} {text}\n  wanted {wanted}\n  {}", found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

/// The playbook around the idioms is correct, so that each finding is about its idiom.
#[test]
fn without_an_idiom_there_is_nothing_to_report() {
    for (at, text) in [
        (Item, "let x: Int = 1"),
        (Enrich, "severity = minor"),
        (Line, "step b = restart(\"b\")"),
        (Clause, "timeout 5m"),
        (When, "busy > 5%"),
        (Argument, "\"b\""),
        (Scenario, "given busy returns 5%"),
        (Member, "input region: Text"),
        (Action, "timeout 5s"),
        (Binding, "expect status == 200"),
        (Simulate, "takes 5s"),
        (Cause, "rule out when busy < 5%"),
    ] {
        let (world, checked) = check_text(&playbook(at, text));
        let found: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
        assert!(found.is_empty(), "{at:?}\n{}", found.join("\n"));
    }
}

#[test]
fn a_fix_of_an_idiom_removes_its_finding() {
    let mut fixed = 0;
    for (at, text, _) in CASES {
        let whole = playbook(*at, text);
        let (world, checked) = check_text(&whole);
        for finding in &checked.diagnostics {
            for fix in &finding.fixes {
                let source = world.source(finding.span().file);
                let after = edited(&source.text, &fix.edits).unwrap();
                let (world, again) = check_text(&after);
                let stays = again
                    .diagnostics
                    .iter()
                    .find(|other| other.code == finding.code && other.span().start == finding.span().start);
                assert!(stays.is_none(), "{text}\n{after}\n{}", line(&world, stays.unwrap()));
                fixed += 1;
            }
        }
    }
    assert!(fixed > 30, "only {fixed} fixes were tried");
}
