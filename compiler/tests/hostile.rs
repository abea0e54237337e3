//! Text that wants to hurt: no crash on a small stack. How much work it makes is counted in work.rs.

#[path = "support/hostile.rs"]
mod texts;

use quell_compiler::{hir::lower, source::FileId, syntax::parse};
use texts::{hostile, in_step};

/// Runs on the stack that a test thread or a worker has, whatever the environment says.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(work);
    thread.expect("a thread").join().expect("no panic in the thread");
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
