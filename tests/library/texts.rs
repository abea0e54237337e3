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
