//! Text that wants to hurt: no crash on a small stack, and no more than proportionate time.

use std::time::{Duration, Instant};

use quell_compiler::{hir::lower, source::FileId, syntax::parse};

/// Runs on the stack that a test thread or a worker has, whatever the environment says.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(work);
    thread.expect("a thread").join().expect("no panic in the thread");
}

fn in_step(text: String) -> String {
    format!("playbook p {{\n  enrich {{\n    step a = {text}\n  }}\n}}\nrecord After {{ a: Int }}\n")
}

/// Texts that grow with `n`.
fn hostile(n: usize) -> Vec<(&'static str, String)> {
    vec![
        ("parentheses", in_step("(".repeat(n))),
        ("closed parentheses", in_step("(".repeat(n) + "1" + &")".repeat(n))),
        ("lists", in_step("[".repeat(n))),
        ("maps", in_step("{ a: ".repeat(n))),
        ("calls", in_step("f(".repeat(n))),
        ("blocks", "playbook p { enrich { ".to_owned() + &"if x {\n".repeat(n)),
        ("sums", in_step("a + ".repeat(n) + "a")),
        ("fields", in_step("a".to_owned() + &".b".repeat(n))),
        ("call tails", in_step("a".to_owned() + &"()".repeat(n))),
        ("casts", in_step("a".to_owned() + &" as T".repeat(n))),
        ("nots", in_step("not ".repeat(n) + "a")),
        ("minuses", in_step("- ".repeat(n) + "a")),
        ("interpolations", in_step("\"${".repeat(n))),
        ("closed interpolations", in_step("\"${".repeat(n) + "a" + &"}\"".repeat(n))),
        ("broken interpolations", in_step("\"".to_owned() + &"${ ".repeat(n) + "\"")),
        ("ifs", in_step("if a then ".repeat(n))),
        ("conditions", in_step("if ".repeat(n))),
        ("matches", in_step("match ".repeat(n))),
        ("else ifs", in_step("if a then b ".to_owned() + &"else if a then b ".repeat(n) + "else c")),
        ("lambdas", in_step("(x) => ".repeat(n))),
        ("types", "let a: ".to_owned() + &"List<".repeat(n)),
        ("types on lines", "let a: ".to_owned() + &"List<\n".repeat(n)),
        ("question marks", "let a: T".to_owned() + &"?".repeat(n)),
        ("open text block", "let a = \"\"\"".to_owned() + &"x\n".repeat(n)),
        ("text blocks", "let a = \"\"\"\n".repeat(n)),
        ("quotes", in_step("\"".repeat(n))),
        ("open texts", "let a = \"\n".repeat(n)),
        ("noise", "@".repeat(n)),
        ("steps", "playbook p {\n enrich {\n".to_owned() + &"step a = f(x)\n when a == b\n".repeat(n / 4)),
        (
            "broken steps",
            "playbook p {\n enrich {\n".to_owned() + &"stp a = f(x)\n whn a == b\n".repeat(n / 4),
        ),
        ("open calls", "playbook p {\n enrich {\n".to_owned() + &"step a = f(1, 2\n".repeat(n / 4)),
        ("list", in_step(format!("[{}]", "1, ".repeat(n)))),
        ("broken list", in_step(format!("[{}]", "1 ".repeat(n)))),
        ("closing braces", "}".repeat(n)),
        ("closing brackets", in_step("f(".repeat(50) + &"]".repeat(n))),
        (
            "broken expectations",
            "scenario \"s\" for p {\n".to_owned() + &"given a.b retuns f(1, 2)\n".repeat(n / 4),
        ),
        ("dots", in_step(".".repeat(n))),
        ("one word", "x".repeat(n)),
        ("digits", in_step("1".repeat(n))),
        ("comments", "/// x\n".repeat(n)),
    ]
}

#[test]
fn nothing_overflows_a_small_stack() {
    // Text that is merely long takes a share of what nests.
    const LONG: [&str; 9] = [
        "else ifs",
        "text blocks",
        "open texts",
        "steps",
        "broken steps",
        "list",
        "sums",
        "call tails",
        "broken expectations",
    ];
    let texts = hostile(100_000).into_iter().filter(|(name, _)| !LONG.contains(name));
    let long = hostile(10_000).into_iter().filter(|(name, _)| LONG.contains(name));
    for (name, text) in texts.chain(long) {
        on_small_stack(move || {
            let parsed = parse(&text);
            assert!(parsed.syntax().text() == text.as_str(), "{name}");
            let (module, _) = lower(FileId(0), &parsed);
            drop((parsed, module));
        });
    }
}

#[test]
fn deep_nesting_is_one_finding_at_its_place() {
    for (name, text, at) in [
        ("parentheses", in_step("(".repeat(100_000)), "("),
        ("blocks", "playbook p { enrich { ".to_owned() + &"if x {\n".repeat(100_000), "if"),
        ("calls", in_step("f(".repeat(100_000)), "("),
    ] {
        let found = parse(&text).diagnostics(FileId(0));
        assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), ["nesting-too-deep"], "{name}");
        let span = found[0].span();
        assert_eq!(&text[span.start as usize..span.end as usize], at, "{name}");
    }
    // What stands behind it is as it was.
    let parsed = parse(&in_step("(".repeat(100_000)));
    assert_eq!(parsed.file().items().filter_map(|item| item.name()).last().unwrap().text(), "After");
}

/// The operators of an expression count as levels, too, and a long but reasonable one is fine.
#[test]
fn long_expressions_are_fine_up_to_the_limit() {
    assert!(parse(&format!("let a = {}a", "a + ".repeat(150))).is_good());
    let found = parse(&format!("let a = {}a", "a + ".repeat(1000))).diagnostics(FileId(0));
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), ["nesting-too-deep"]);
}

/// Eight times the text may take forty times as long here, where the machine may be busy; what is
/// quadratic takes 64 times, what is exponential never ends.
#[test]
fn time_grows_with_the_text() {
    const SMALL: usize = 2_000;
    const FLOOR: Duration = Duration::from_millis(8);
    for ((name, small), (_, large)) in hostile(SMALL).iter().zip(hostile(8 * SMALL)) {
        // A second chance, since another process may take the machine away for a while.
        let measured = || (best_time(small).max(FLOOR), best_time(&large));
        let grows_well = |(small, large): &(Duration, Duration)| *large < *small * 40;
        let (small, large) = Some(measured()).filter(grows_well).unwrap_or_else(measured);
        assert!(grows_well(&(small, large)), "{name}: {small:?}, then {large:?}");
    }
}

fn best_time(text: &str) -> Duration {
    (0..3).map(|_| time(text)).min().unwrap_or_default()
}

fn time(text: &str) -> Duration {
    let start = Instant::now();
    std::hint::black_box(parse(text).diagnostics(FileId(0)));
    start.elapsed()
}

/// Broken text in brackets in brackets: where a grammar that reads things twice is exponential.
#[test]
fn broken_nests_are_read_once() {
    for nest in [
        "f(a b, ",
        "{ a b, ",
        "[a b, ",
        "match a { b ",
        "match a { b => ",
        "(a b ",
        "a[b c",
        "if (a b then ",
        "(a, b c => (",
        "f(\"${a b ",
        "f(g([{a: ",
        "f(x => ",
        "M<T, ",
        "\"${",
        "if a { ",
        "cause a { ",
        "f(a: ",
        "-(",
        "not (",
        "(a) => (",
    ] {
        for body in [nest.repeat(45), nest.repeat(45) + " @ @", nest.repeat(30) + &"}\")".repeat(30)] {
            let (statement, ty) = (in_step(body.clone()), format!("let a: {body} = 1\n"));
            let took = time(&statement) + time(&ty);
            assert!(took < Duration::from_secs(5), "{nest}: {took:?}");
        }
    }
}

#[test]
fn ten_megabytes_are_read() {
    let page = "  A page of text that explains what to do when everything else has failed.\n".repeat(150);
    let item =
        format!("/// A value.\nlet value = f(\"text ${{name}}\", 5m, [1, 2], \"\"\"\n{page}  \"\"\")\n");
    let text = item.repeat(10_000_000 / item.len());
    let parsed = parse(&text);
    assert!(parsed.is_good());
    assert_eq!(parsed.file().items().count(), 10_000_000 / item.len());
}
