//! Texts that want to hurt whoever reads them.

#![allow(dead_code, reason = "each test crate uses a part of it")]

/// A text in the place of a step's call.
pub fn in_step(text: impl std::fmt::Display) -> String {
    format!("playbook p {{\n  enrich {{\n    step a = {text}\n  }}\n}}\nrecord After {{ a: Int }}\n")
}

/// Texts that grow with `n`.
pub fn hostile(n: usize) -> Vec<(&'static str, String)> {
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
