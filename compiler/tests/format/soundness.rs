//! The check that holds a layout against its text finds what it must, and nothing else.

use quell_compiler::{
    format::{Unsound, check_soundness},
    syntax::parse,
};

fn compare(before: &str, after: &str) -> Result<(), Unsound> {
    check_soundness(&parse(before), &parse(after))
}

#[test]
fn what_means_the_same_is_sound() {
    for (before, after) in [
        ("let a=[1,2,]", "let a = [\n  1,\n  2\n]\n"),
        ("use b\nuse a (y, x)", "use a (x, y)\nuse b"),
        ("let a = b not \t in c", "let a = b not in c"),
        ("let a = \"\"\"\r\n x\r\n\"\"\"", "let a = \"\"\"\n x\n\"\"\""),
        ("let a = 1 // c  \n// d", "// d\nlet a = 1 // c"),
        (
            "playbook p { owner o\non t\nenrich { step a = f()\n  retry 2 times\n when x } }",
            "playbook p {\non t\nowner o\nenrich { step a = f()\n  when x\n retry 2 times } }",
        ),
    ] {
        assert_eq!(compare(before, after), Ok(()), "{before}");
        assert_eq!(compare(after, before), Ok(()), "{before}");
    }
}

#[test]
fn another_meaning_is_found() {
    for (before, after) in [
        ("let a = 1", "let a = 2"),
        ("let a = f(1, 2)", "let a = f(2, 1)"),
        ("let a = b + c + d", "let a = b + (c + d)"),
        ("let a = \"x  y\"", "let a = \"x y\""),
        ("let a = \"\"\"\n x\n\"\"\"", "let a = \"\"\"\n  x\n\"\"\""),
        ("use a\nuse b", "use a\nuse c"),
        ("use a (x)", "use a (x, x)"),
        ("let a = 1\nlet b = 2", "let b = 2\nlet a = 1"),
        ("let a = { a: 1, b: 2 }", "let a = { b: 2, a: 1 }"),
        // Documentation that is no longer, or is now.
        ("/// d\nlet a = 1", "/// d\n\nlet a = 1"),
        ("let b = 1\n/// d\nlet a = 1", "/// d\nlet b = 1\nlet a = 1"),
        // Statements, and two clauses of one kind.
        ("task t() -> A { step a = f()\n step b = g() }", "task t() -> A { step b = g()\n step a = f() }"),
        (
            "task t() -> A { step a = f()\n timeout 1s\n timeout 2s }",
            "task t() -> A { step a = f()\n timeout 2s\n timeout 1s }",
        ),
        (
            "task t() -> A { step a = f()\n retry 2 times every 5s }",
            "task t() -> A { step a = f()\n retry 2 times\n every 5s }",
        ),
        // What can't be read.
        ("let a = = 1", "let a = =  1"),
    ] {
        assert_eq!(compare(before, after), Err(Unsound::Meaning), "{before}");
    }
    assert_eq!(compare("let a = (1", "let a = (1)"), Err(Unsound::Problems));
}

#[test]
fn lost_and_new_comments_are_found() {
    for (before, after) in [
        ("let a = 1 // c", "let a = 1"),
        ("let a = 1", "// c\nlet a = 1"),
        ("// c\n// c\nlet a = 1", "// c\nlet a = 1"),
        ("// a\n// b\nlet a = 1", "// a // b\nlet a = 1"),
        ("//! d\nlet a = 1", "// d\nlet a = 1"),
    ] {
        assert_eq!(compare(before, after), Err(Unsound::Comments), "{before}");
    }
}
