//! GRAMMAR.md is made from quell.pest: what a reader needs, without recovery and blanks.
//!
//! `UPDATE_GRAMMAR=1 cargo test -p quell-grammar` writes it anew.

#[path = "reference/notation.rs"]
mod notation;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use notation::Notation;
use pest_meta::{
    ast::{Expr, Rule},
    parser,
};

const SOURCE: &str = include_str!("../quell.pest");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/GRAMMAR.md");

const PREFACE: &str = "\
<!-- Generated from quell.pest; regenerate with `UPDATE_GRAMMAR=1 cargo test -p quell-grammar`. -->
# The grammar of Quell

`a?` is an optional `a`, `a*` any number of them, `a+` at least one; `a | b` is either of the two. Text in
quotes is literal.

- White space and comments are allowed between all tokens. `//` starts a comment, `///` a doc comment for
  the item below it, `//!` a doc comment for the file. A comment ends at the end of its line.
- A statement, a clause and an entry of an action end at the end of their line. A line continues in the next
  one if it ends with an open bracket, an operator, a comma or an `=`, or if the next one starts with a `.` or
  an operator other than a comparison.
- Words that start a statement, a clause or an item are reserved (see the end of this page). All other
  keywords are contextual, so a step can be named `owner`, and a field can have any name.
- Operators by precedence, loosest first: `or`; `and`; `not`; comparisons and `in`; `??`; `+` and `-`; `*` and
  `/`; unary minus; then `.x`, `(...)`, `[...]` and `as`. Operators of the same level are left-associative,
  `??` is right-associative; comparisons can't be chained.
- `\"\"\"` blocks lose their common indentation. An interpolation `${...}` can't span lines.
";

/// The sections of the grammar, with the names of their rules in order.
fn sections() -> Vec<(String, Vec<String>)> {
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in SOURCE.lines() {
        if let Some(title) = line.strip_prefix("// ----") {
            sections.push((title.trim_start_matches('-').trim().to_owned(), Vec::new()));
        }
        let Some((_, rules)) = sections.last_mut() else { continue };
        if line.starts_with("//") {
            continue;
        }
        // Several short rules may share a line.
        for part in line.split("}") {
            let Some((name, rest)) = part.split_once('=') else { continue };
            let name = name.trim();
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if is_name && rest.trim_start().trim_start_matches(['_', '@', '$', '!']).starts_with('{') {
                rules.push(name.to_owned());
            }
        }
    }
    sections
}

fn rules() -> BTreeMap<String, Rule> {
    let pairs = parser::parse(parser::Rule::grammar_rules, SOURCE).expect("the grammar is well formed");
    let rules = parser::consume_rules(pairs).expect("the grammar is valid");
    rules.into_iter().map(|rule| (rule.name.clone(), rule)).collect()
}

fn reference() -> String {
    let rules = rules();
    let notation = Notation::new(&rules);
    let mut out = PREFACE.to_owned();
    for (title, names) in sections() {
        if matches!(title.as_str(), "trivia" | "recovery" | "strict readings") {
            continue;
        }
        let lines: Vec<_> = names.iter().filter_map(|name| notation.rule(name)).collect();
        if lines.is_empty() {
            continue;
        }
        let mut letters = title.chars();
        let title: String =
            letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect();
        out += &format!("\n## {title}\n\n```ebnf\n{}\n```\n", lines.join("\n"));
    }
    out
}

#[test]
fn grammar_md_is_fresh() {
    let made = reference();
    if std::env::var_os("UPDATE_GRAMMAR").is_some() {
        fs::write(PATH, &made).expect("GRAMMAR.md can be written");
    }
    let there = fs::read_to_string(PATH).unwrap_or_default();
    assert!(there == made, "GRAMMAR.md is stale: UPDATE_GRAMMAR=1 cargo test -p quell-grammar");
}

#[test]
fn the_reference_shows_no_recovery() {
    let made = reference();
    for part in ["missing_", "bad_", "strict_", "stray_", "_kw", " k_"] {
        assert!(!made.contains(part), "{part}");
    }
}

/// Names in the reference that it doesn't explain.
#[test]
fn the_reference_explains_its_names() {
    let made = reference();
    let blocks: Vec<&str> =
        made.split("```ebnf\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    let mut defined =
        BTreeSet::from(["letter", "digit", "hex_digit", "any", "character", "but", "end", "of", "line"]);
    let mut used = BTreeSet::new();
    for line in blocks.iter().flat_map(|block| block.lines()) {
        let (name, body) = line.split_once(" = ").unwrap_or(("", line));
        if !name.trim().is_empty() {
            defined.insert(name.trim());
        }
        // What stands in quotes is no name.
        let plain: String = body.split('\'').step_by(2).collect::<Vec<_>>().join(" ");
        let words = plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        used.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }
    let unknown: Vec<_> = used.iter().filter(|word| !defined.contains(word.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Messages name a keyword after its rule, so the two must agree; and a keyword ends with its word.
#[test]
fn keywords_are_called_as_they_are_written() {
    for (name, rule) in rules() {
        let Some(word) = name.strip_prefix("k_") else { continue };
        let Expr::Seq(text, end) = &rule.expr else { panic!("{name}") };
        assert_eq!(**text, Expr::Str(word.to_owned()), "{name}");
        assert_eq!(**end, Expr::NegPred(Box::new(Expr::Ident("idc".to_owned()))), "{name}");
    }
}

#[test]
fn every_rule_is_used() {
    let rules = rules();
    let mut seen = BTreeSet::new();
    let strict = rules.keys().filter(|name| name.starts_with("strict_"));
    let mut waiting: Vec<String> = strict.cloned().chain(["file".to_owned()]).collect();
    while let Some(name) = waiting.pop() {
        let Some(rule) = rules.get(&name) else { continue };
        if seen.insert(name) {
            waiting.extend(rule.expr.iter_top_down().filter_map(|expr| match expr {
                Expr::Ident(name) => Some(name),
                _ => None,
            }));
        }
    }
    let unused: Vec<_> = rules.keys().filter(|name| !seen.contains(*name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
