//! What the library's pure functions give: a mistake in escaping is a hole.

use quell_compiler::{
    check::check_files,
    simulate::{Options, check_expectations, scenarios_of, simulate},
    source::SourceFile,
    world::MemoryWorld,
};

/// Fails unless each of the expressions holds, with these imports.
fn hold(imports: &str, expectations: &[&str]) {
    let expected: String = expectations.iter().map(|line| format!("  expect {line}\n")).collect();
    let program = format!(
        r#"{imports}
let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com")

playbook program {{
  owner Team(name: "crew", lead: kim, on_call: [kim])

  enrich {{
    let done = true
  }}
}}

scenario "all of it" for program {{
{expected}}}
"#
    );
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let file = world.add("program", SourceFile::new("program.quell", program));
    let checked = check_files(&world, &[file]);
    let found: Vec<_> = checked.diagnostics.iter().map(|found| &found.message).collect();
    assert!(found.is_empty(), "{found:#?}");
    let (playbook, _) = checked.playbooks().find(|(item, _)| item.file == file).unwrap();
    let scenario = scenarios_of(&checked, playbook)[0];
    let options = Options { scenario: Some(scenario), ..Options::default() };
    let run = simulate(&world, &checked, playbook, &options);
    let unmet = check_expectations(&world, &checked, &run, scenario);
    assert!(unmet.is_empty(), "{unmet:#?}");
}

#[test]
fn what_goes_into_an_address_stays_one_segment_of_it() {
    hold(
        "use std.text",
        &[
            r#"text.path_segment("orders") == "orders""#,
            r#"text.path_segment("/") == "%2F""#,
            r##"text.path_segment("a/b?c#d%2F e") == "a%2Fb%3Fc%23d%252F%20e""##,
            r##"text.path_segment("<a>[b]{c}|^\n") == "%3Ca%3E%5Bb%5D%7Bc%7D%7C%5E%0A""##,
            r#"text.path_segment("kim@example.com") == "kim@example.com""#,
            r#"text.query_value("a&b=c+d") == "a%26b%3Dc%2Bd""#,
        ],
    );
}

#[test]
fn what_goes_to_a_shell_stays_one_word_of_it() {
    hold(
        "use std.text",
        &[
            r#"text.shell_word("it's; rm -rf $HOME") == "'it'\\''s; rm -rf \$HOME'""#,
            r#"text.shell_line(["df", "-h", ""]) == "'df' '-h' ''""#,
        ],
    );
}

#[test]
fn what_goes_into_a_query_stays_one_literal_of_it() {
    hold(
        "use std.text",
        &[
            r#"text.promql("a\"} or vector(1) #\\") == "\"a\\\"} or vector(1) #\\\\\"""#,
            r#"text.quoted("a\" or 1=1") == "\"a\\\" or 1=1\"""#,
            r#"text.pattern("a.b(c)") == "a\\.b\\(c\\)""#,
        ],
    );
}

#[test]
fn texts_are_taken_apart_and_put_together() {
    hold(
        "use std.text",
        &[
            r#"text.words(" a\t b\nc ") == ["a", "b", "c"]"#,
            r#"text.field("used:12\nlimit:a:b\n", "limit") == "a:b""#,
            r#"text.field("used:12", "limit") == none"#,
            r#"text.shortened("abcdefgh", 6) == "abc...""#,
            r#"text.shortened("abc", 6) == "abc""#,
            r#"text.counted(1, "pod", "pods") == "1 pod""#,
            r#"text.counted(3, "pod", "pods") == "3 pods""#,
            r#"text.bullets(["a", "b"]) == "- a\n- b""#,
        ],
    );
}

#[test]
fn tables_are_escaped() {
    hold(
        "use std.table (csv, markdown, pairs)",
        &[
            r#"markdown(["a", "b"], rows: [["1|2", "3"]]) == "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |""#,
            r#"csv([["a", "say \"b\""]]) == "\"a\",\"say \"\"b\"\"\"""#,
            r#"pairs({ job: "checkout", zone: "eu" }) == "job: checkout\nzone: eu""#,
        ],
    );
}

#[test]
fn times_are_those_of_the_place() {
    hold(
        "use std.time (Weekday, from_unix_seconds, is_between, is_working_time, midnight, next, time_of_day, \
         unix_seconds, weekday)\n\nlet friday: Time = time(\"2026-01-02T23:30:00Z\")",
        &[
            "weekday(friday) == Weekday.friday",
            "weekday(friday, offset: 1h) == Weekday.saturday",
            "weekday(time(\"1970-01-01T00:00:00Z\")) == Weekday.thursday",
            "weekday(time(\"1969-12-31T12:00:00Z\")) == Weekday.wednesday",
            "time_of_day(friday) == 23h30m",
            "time_of_day(friday, offset: 1h) == 30m",
            "midnight(friday, offset: 1h) == time(\"2026-01-02T23:00:00Z\")",
            "is_between(friday, 22h, 7h)",
            "not is_between(friday, 7h, 22h)",
            "not is_working_time(time(\"2026-01-03T12:00:00Z\"))",
            "is_working_time(time(\"2026-01-05T12:00:00Z\"))",
            "unix_seconds(time(\"1970-01-02T00:00:00Z\")) == 86400",
            "from_unix_seconds(86400.0) == time(\"1970-01-02T00:00:00Z\")",
            "next(friday, interval: 1h, behind: friday + 90m) == friday + 2h",
            "next(friday, interval: 1h, behind: friday - 90m) == friday",
        ],
    );
}

#[test]
fn a_rotation_goes_round() {
    hold(
        r#"use std.people (Contact, Medium, QuietHours, Rotation, awake, by_email, first_contact, handover, is_quiet, next_on_duty, on_duty, on_slack)

let ana: Person = Person(
  id: "ana",
  name: "Ana",
  email: "ana@example.com",
  contacts: [on_slack("U1"), by_email("ana@example.com")],
  quiet_hours: QuietHours(from: 22h, to: 7h),
)

let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")

let start: Time = time("2026-01-05T09:00:00Z")

let turns: Rotation = Rotation(people: [ana, bo], since: start)"#,
        &[
            "on_duty(turns, start) == ana",
            "on_duty(turns, start + 8d) == bo",
            "on_duty(turns, start + 15d) == ana",
            "next_on_duty(turns, start + 8d) == ana",
            "handover(turns, start + 8d) == start + 14d",
            "is_quiet(ana, time(\"2026-01-05T23:00:00Z\"))",
            "not is_quiet(bo, time(\"2026-01-05T23:00:00Z\"))",
            "awake([ana, bo], time(\"2026-01-05T23:00:00Z\")) == [bo]",
            "awake([ana], time(\"2026-01-05T23:00:00Z\")) == [ana]",
            // Before the rotation begins it is the first of them.
            "on_duty(turns, start - 20d) == ana",
            "next_on_duty(turns, start - 20d) == bo",
            "handover(turns, start - 20d) == start + 7d",
            "first_contact(ana, broken: [Medium.slack]) == by_email(\"ana@example.com\")",
            "first_contact(bo) == none",
        ],
    );
}

#[test]
fn quiet_hours_are_those_of_the_persons_clocks() {
    let person = |id: &str, zone: &str, from: &str, to: &str| {
        format!(
            "let {id}: Person = Person(id: \"{id}\", name: \"{id}\", email: \"e\", time_zone: \"{zone}\", quiet_hours: QuietHours(from: {from}, to: {to}))\n\n"
        )
    };
    let people = [
        person("chi", "Asia/Ho_Chi_Minh", "21h", "6h"),
        person("ada", "Europe/Berlin", "22h", "7h"),
        person("raj", "Asia/Kolkata", "22h", "7h"),
        person("lou", "Australia/Lord_Howe", "22h", "7h"),
        person("ana", "UTC", "22h", "7h"),
    ];
    hold(
        &format!("use std.people (QuietHours, awake, is_quiet)\n\n{}", people.concat()),
        &[
            // 10:00 in the morning there.
            "not is_quiet(chi, time(\"2026-01-05T03:00:00Z\"))",
            "is_quiet(chi, time(\"2026-01-05T14:00:00Z\"))",
            // In winter 07:00 is at 06:00 UTC, in summer at 05:00 UTC.
            "is_quiet(ada, time(\"2026-03-28T05:59:59Z\")) and not is_quiet(ada, time(\"2026-03-28T06:00:00Z\"))",
            "is_quiet(ada, time(\"2026-03-29T04:59:59Z\")) and not is_quiet(ada, time(\"2026-03-29T05:00:00Z\"))",
            "is_quiet(ada, time(\"2026-10-25T05:59:59Z\")) and not is_quiet(ada, time(\"2026-10-25T06:00:00Z\"))",
            "is_quiet(ada, time(\"2026-10-24T20:00:00Z\")) and not is_quiet(ada, time(\"2026-10-25T20:59:59Z\"))",
            // The hour that there is twice, and the one that there isn't.
            "is_quiet(ada, time(\"2026-10-25T00:30:00Z\")) and is_quiet(ada, time(\"2026-10-25T01:30:00Z\"))",
            "is_quiet(ada, time(\"2026-03-29T00:59:59Z\")) and is_quiet(ada, time(\"2026-03-29T01:00:00Z\"))",
            "is_quiet(raj, time(\"2026-07-01T01:29:59Z\")) and not is_quiet(raj, time(\"2026-07-01T01:30:00Z\"))",
            "is_quiet(lou, time(\"2026-01-01T19:59:59Z\")) and not is_quiet(lou, time(\"2026-01-01T20:00:00Z\"))",
            "is_quiet(lou, time(\"2026-07-01T20:29:59Z\")) and not is_quiet(lou, time(\"2026-07-01T20:30:00Z\"))",
            "awake([ana, chi], time(\"2026-01-05T23:00:00Z\")) == [chi]",
            "time(\"2026-07-01T00:00:00Z\").utc_offset(\"America/New_York\") == -4h",
        ],
    );
}

#[test]
fn error_budgets_are_spent() {
    hold(
        "use std.service (Objective, allowed_downtime, budget_left, burn_rate, downtime_left, exhausted_in, is_burning, \
         severity_of_burn)\n\nlet promise: Objective = Objective(availability: 99%)",
        &[
            "allowed_downtime(promise) == 7h12m",
            "downtime_left(promise, used: 12m) == 7h",
            "downtime_left(promise, used: 8h) == 0s",
            "budget_left(promise, failed: 0.5%) == 50%",
            "budget_left(promise, failed: 2%) == 0%",
            "burn_rate(promise, failed: 2%) == 2.0",
            "exhausted_in(promise, left: 50%, rate: 2.0) == 7d12h",
            "exhausted_in(promise, left: 50%, rate: 0.0) == none",
            "is_burning(promise, long: 15%, short: 20%, rate: 14.0)",
            "not is_burning(promise, long: 15%, short: 0.1%, rate: 14.0)",
            "severity_of_burn(14.4) == critical",
            "severity_of_burn(6.5) == major",
            "severity_of_burn(0.9) == info",
        ],
    );
}

#[test]
fn roles_are_taken() {
    hold(
        r#"use std.incident (Assignment, Role, assign, holder, roster, unfilled, update_interval)

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")

let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")

let taken: List<Assignment> = assign([], role: Role.commander, person: ana)"#,
        &[
            "holder(taken, Role.commander) == ana",
            "holder(taken, Role.scribe) == none",
            "holder(assign(taken, role: Role.commander, person: bo), Role.commander) == bo",
            "unfilled(taken, major) == [Role.communications_lead, Role.responder]",
            "unfilled(taken, info) == [Role.responder]",
            "roster(assign(taken, role: Role.communications_lead, person: bo)) == \
             \"commander: Ana\\ncommunications lead: Bo\"",
            "update_interval(critical) < update_interval(minor)",
        ],
    );
}

#[test]
fn documents_are_looked_into() {
    hold(
        "use std.json\n\nlet found: Json = { a: \"x\", n: 1 }",
        &[
            "json.has(found, \"a\")",
            "json.get(found, \"b\") == none",
            "json.keys(found) == [\"a\", \"n\"]",
            "json.length(found) == 2",
            "json.text_at(found, \"a\") == \"x\"",
            "json.text_at(found, \"b\", otherwise: \"?\") == \"?\"",
            "json.column([found, found, {}], \"a\") == [\"x\"]",
            "json.where([found], \"a\", \"y\").is_empty()",
        ],
    );
}
