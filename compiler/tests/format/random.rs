//! Programs that nobody wrote: every form in every other, words of all lengths, and at every place that
//! allows it a line break, blank lines or a comment.

use proptest::{collection::vec, prelude::*, sample::select};

use quell_compiler::{
    format::{check_soundness, format},
    syntax::parse,
};

use crate::sound;

/// Stands where any trivia may.
const GAP: char = '\u{1}';

fn word() -> BoxedStrategy<String> {
    let long = "[a-z]{2,9}(_[a-z]{3,9}){0,4}".prop_map(|word| format!("x_{word}"));
    prop_oneof![select(vec!["a", "it", "db", "status", "owner"]).prop_map(str::to_owned), long].boxed()
}

fn leaf() -> BoxedStrategy<String> {
    prop_oneof![
        word(),
        "\"[a-z ]{0,60}\"",
        select(vec!["1", "5m", "20%", "1.5GiB", "none", "true", "-3", "[]", "{}", "f()"])
            .prop_map(str::to_owned),
        select(vec!["\"${a.b} c\"", "\"\"\"one line\"\"\"", "\"\"\"\n  two\n lines\"\"\""])
            .prop_map(str::to_owned),
    ]
    .boxed()
}

/// Elements behind each other, with a comma behind the last or not.
fn listed(open: &str, elements: &[String], close: &str) -> String {
    let comma = if elements.len() % 2 == 1 { format!("{GAP},") } else { String::new() };
    let inner = elements.join(&format!("{GAP},{GAP}"));
    if elements.is_empty() {
        format!("{open}{GAP}{close}")
    } else {
        format!("{open}{GAP}{inner}{comma}{GAP}{close}")
    }
}

fn expression() -> BoxedStrategy<String> {
    leaf()
        .prop_recursive(5, 40, 5, |inner| {
            let operators = select(vec!["and", "or", "+", "-", "*", "??", "in", "not in"]);
            let named =
                (word(), inner.clone()).prop_map(|(name, value)| format!("{name}:{GAP}{value}")).boxed();
            let argument = prop_oneof![inner.clone(), named.clone()];
            prop_oneof![
                (word(), vec(argument, 0..5))
                    .prop_map(|(name, all)| format!("{name}{}", listed("(", &all, ")"))),
                (inner.clone(), vec((word(), vec(inner.clone(), 0..3)), 1..5)).prop_map(|(base, calls)| {
                    let calls =
                        calls.iter().map(|(name, all)| format!("{GAP}.{name}{}", listed("(", all, ")")));
                    format!("({base}){}", calls.collect::<String>())
                }),
                vec(inner.clone(), 0..6).prop_map(|all| listed("[", &all, "]")),
                vec(named, 0..4).prop_map(|all| listed("{", &all, "}")),
                (inner.clone(), operators, inner.clone())
                    .prop_map(|(left, op, right)| format!("({left}){GAP} {op} {GAP}({right})")),
                (inner.clone(), select(vec!["==", "<", ">="]), inner.clone())
                    .prop_map(|(left, op, right)| format!("({left}) {op}{GAP} ({right})")),
                vec((inner.clone(), select(vec!["and", "or", "??"])), 2..5).prop_map(|all| all
                    .iter()
                    .map(|(value, op)| format!("({value}) {op} {GAP}"))
                    .collect::<String>()
                    + "a"),
                (word(), inner.clone()).prop_map(|(name, body)| format!("({name} =>{GAP}({body}))")),
                (inner.clone(), inner.clone(), inner.clone()).prop_map(|(test, yes, no)| {
                    format!("(if{GAP} {test} {GAP}then {GAP}{yes} {GAP}else {GAP}{no})")
                }),
                (inner.clone(), vec(inner.clone(), 1..4)).prop_map(|(value, arms)| {
                    let mut arms: Vec<String> = arms.iter().map(|arm| format!("> 1 =>{GAP}{arm}")).collect();
                    arms.push("else => none".to_owned());
                    format!("(match {value} {})", listed("{", &arms, "}"))
                }),
                inner.clone().prop_map(|value| format!("({GAP}{value}{GAP})")),
                inner.clone().prop_map(|value| format!("(not {GAP}{value})")),
                inner.prop_map(|value| format!("(({value}) as Map<Text?>)")),
            ]
        })
        .boxed()
}

fn clause() -> BoxedStrategy<String> {
    (select((0..11).collect::<Vec<_>>()), expression(), word())
        .prop_map(|(kind, value, word)| match kind {
            0 => format!("when {GAP}{value}"),
            1 => format!("after {GAP}{word},{GAP}{word} + 5m"),
            2 => format!("each {word} in {GAP}{value},{GAP} 5 at a time, at most 10"),
            // In brackets, since a line that begins with `owner for` is a header.
            3 => format!("repeat every 10s until {GAP}({value}) for 2m, at most 20m"),
            4 => "every 10m".to_owned(),
            5 => format!("approve by 2 of {GAP}{word}, {word} when {value} within 10m else skip"),
            6 => format!("timeout {GAP}10s"),
            7 => "retry 2 times backoff 1s to 10s".to_owned(),
            8 => format!("undo {GAP}{word}({value}) always"),
            9 => "irreversible \"it is gone\"".to_owned(),
            _ => format!("on failure use {GAP}{value}"),
        })
        .boxed()
}

fn statement() -> BoxedStrategy<String> {
    let step = (word(), expression(), vec(clause(), 0..4)).prop_map(|(name, value, clauses)| {
        let clauses: String = clauses.iter().map(|clause| format!("\n{GAP}{clause}")).collect();
        format!("step {name} ={GAP} {value}{clauses}")
    });
    prop_oneof![
        4 => step,
        1 => (word(), expression()).prop_map(|(name, value)| format!("let {name} ={GAP}{value}")),
        1 => expression().prop_map(|value| format!("severity = {value}")),
        1 => expression().prop_map(|value| format!("return {GAP}{value}")),
    ]
    .boxed()
}

fn block(statements: &[String]) -> String {
    let lines: String = statements.iter().map(|statement| format!("\n{GAP}{statement}\n")).collect();
    format!("{{{GAP}{lines}{GAP}}}")
}

fn item() -> BoxedStrategy<String> {
    let statements = || vec(statement(), 0..4);
    let params = vec((word(), leaf()), 0..4)
        .prop_map(|all| {
            let all: Vec<String> =
                all.iter().map(|(name, value)| format!("{name}: Text ={GAP}{value}")).collect();
            listed("(", &all, ")")
        })
        .boxed();
    let headers = vec(select(vec!["on t(1) as a", "owner o", "resolve within 1h", "input i: Text"]), 0..4);
    prop_oneof![
        (word(), expression()).prop_map(|(name, value)| format!("let {name} ={GAP}{value}")),
        (word(), params.clone(), expression())
            .prop_map(|(name, params, value)| format!("fn {name}{params} -> Text ={GAP}{value}")),
        (word(), params, statements())
            .prop_map(|(name, params, all)| format!("task {name}{params} -> A {}", block(&all))),
        (word(), headers, statements(), expression()).prop_map(|(name, headers, all, test)| {
            let headers: String = headers.iter().map(|header| format!("{header}\n{GAP}")).collect();
            let inner = format!("if ({test}) {} {GAP}else {}", block(&all), block(&[]));
            format!("playbook {name} {{{GAP}{headers}enrich {}{GAP}triage none \"no\"\n}}", block(&[inner]))
        }),
        vec((word(), vec(word(), 0..4)), 1..4).prop_map(|all| {
            let all: Vec<String> = all
                .iter()
                .map(|(path, names)| {
                    if names.is_empty() {
                        format!("use {path}")
                    } else {
                        format!("use {path} {}", listed("(", names, ")"))
                    }
                })
                .collect();
            all.join(&format!("\n{GAP}"))
        }),
    ]
    .boxed()
}

/// Fills the gaps, in turn, with `fillings`.
fn filled(text: &str, fillings: &[&str]) -> String {
    let mut next = fillings.iter().cycle();
    text.split(GAP).enumerate().fold(String::new(), |mut filled, (at, part)| {
        if at > 0 {
            // Before a dot, a blank alone is none of the language's gaps.
            let filling = next.next().unwrap_or(&"");
            filled.push_str(if *filling == " " && part.starts_with('.') { "" } else { filling });
        }
        filled + part
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn items_are_sound(
        items in vec(item(), 1..4),
        fillings in vec(select(vec!["", "", " ", "\n", "\n\n", " // c\n", "\n// c\n", "\n\n/// d\n\n"]), 1..40),
    ) {
        let text = filled(&items.join("\n"), &fillings);
        let parsed = parse(&text);
        prop_assert!(parsed.is_good(), "the generator should write good programs\n{text}\n{:?}", parsed.diagnostics(quell_compiler::source::FileId(0)).first());
        sound(&text);
    }

    #[test]
    fn line_breaks_mean_nothing(item in item(), fillings in vec(select(vec!["", " ", "\n"]), 1..40)) {
        let (plain, broken) = (filled(&item, &[""]), filled(&item, &fillings));
        let (plain, broken) = (parse(&plain), parse(&broken));
        // Some of the line breaks make blank lines, and a few say something else.
        if check_soundness(&plain, &broken).is_ok() && !filled(&item, &fillings).contains("\n\n") {
            prop_assert_eq!(format(&broken).text, format(&plain).text);
        }
    }
}
