//! What follows a step, a clause or a declaration on its line, where other languages write more.

use super::{
    foreign::{Around, is_name},
    found::Found,
    words,
};
use crate::{findings::foreign::forms, syntax::SyntaxKind};

const EACH_LINE: &str = "write each clause on its own line, below the step";

/// What to write instead of what was found after the start of a line.
pub(super) fn advice(found: &Found<'_>, around: &Around<'_>) -> Option<String> {
    let line = around.before.trim_start();
    let first = line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next()?;
    match first {
        "step" if line.contains('=') => step(found, around),
        _ if line.starts_with("on failure") => None,
        _ if words::is_clause(first) || matches!(first, "timeout" | "undo" | "irreversible") => {
            clause(first, found, around)
        }
        "use" => used(line, found, around),
        "expect" | "given" => None,
        _ => None,
    }
}

/// Behind the call of a step.
fn step(found: &Found<'_>, around: &Around<'_>) -> Option<String> {
    if around.parent != SyntaxKind::StepStmt {
        return None;
    }
    let plain = |help: &str| Some(help.to_owned());
    let callee = around.before.rsplit(['=', ' ']).find(|word| !word.is_empty()).unwrap_or_default();
    let names_callee = is_name(around.previous) && !around.before.contains('(');
    match found.text {
        "if" if around.rest.contains(" else ") => None,
        "if" => plain("write the condition as a clause: `when CONDITION`"),
        "unless" => plain("write the condition as a clause: `when not CONDITION`"),
        "with" | "using" => plain("write the clause alone on the line below, such as `timeout 5m`"),
        "," => plain("write one call a step, and each clause on its own line below it"),
        "|" => plain("use the value in another step, by the name of this one"),
        "{" if around.before.contains('(') => {
            plain("write the clauses on the lines below the step, without braces")
        }
        "{" if names_callee => Some(format!("write the arguments in parentheses: `{callee}(NAME: VALUE)`")),
        "after" => plain("write `after STEP` without `:`"),
        text if names_callee && (text.starts_with('"') || found.kind == SyntaxKind::Name) => {
            match around.previous {
                "run" | "do" | "call" | "await" | "new" | "async" => None,
                _ if text.starts_with('"')
                    && matches!(around.previous, "f" | "r" | "b" | "u" | "F" | "s") =>
                {
                    None
                }
                _ => Some(format!("write the arguments in parentheses: `{callee}(...)`")),
            }
        }
        _ => None,
    }
}

/// Behind what a clause takes.
fn clause(first: &str, found: &Found<'_>, around: &Around<'_>) -> Option<String> {
    let form = || forms::syntax(first, "");
    let starts_clause = |word: &str| words::is_clause(word) || matches!(word, "timeout" | "undo");
    let next = around.rest.split_whitespace().next().unwrap_or_default();
    match found.text {
        "," if starts_clause(next) => Some(EACH_LINE.to_owned()),
        "," if matches!(first, "repeat" | "each" | "retry" | "approve") => form(),
        word if starts_clause(word) && matches!(around.previous, "and" | ",") => Some(EACH_LINE.to_owned()),
        ":" | "=" => None,
        _ if first == "when" => match found.text {
            "{" if around.previous == "when" => {
                Some("write the condition without braces: `when CONDITION`".to_owned())
            }
            "{" if around.before.contains('.') => None,
            "{" => {
                Some("write `when CONDITION` below a step, or `if CONDITION { ... }` around steps".to_owned())
            }
            ":" => Some("remove the colon: `when CONDITION`".to_owned()),
            _ => None,
        },
        "{" => form(),
        "if" if around.rest.contains(" else ") => None,
        "if" => Some("write the condition as a clause of its own: `when CONDITION`".to_owned()),
        text if is_duration(text) && is_duration(last_word(around.before)) => {
            Some(format!("write the duration without a space: `{}{text}`", last_word(around.before)))
        }
        _ => None,
    }
}

/// Behind the name of a module.
fn used(line: &str, found: &Found<'_>, around: &Around<'_>) -> Option<String> {
    let module = line.split_whitespace().nth(1).unwrap_or("MODULE");
    let rest: String = around
        .rest
        .trim_start_matches([':', '/'])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '/' | ':' | '.'))
        .collect();
    let dotted = rest.replace("::", ".").replace(['/', ':'], ".");
    match found.text {
        "/" | ":" if !dotted.is_empty() && !around.rest.starts_with(' ') => {
            Some(format!("write the module with dots: `use {module}.{dotted}`"))
        }
        "-" => Some("write module names with `_` or `.`: `use std.text`".to_owned()),
        ";" => None,
        "," => Some("write one `use` a line".to_owned()),
        "from" => Some("write `use MODULE (NAME)`".to_owned()),
        "*" => Some(format!("write `use {}`, and its items as `MODULE.NAME`", module.trim_end_matches('.'))),
        _ if line.contains(' ') && module != "MODULE" => Some(format!(
            "write `use {}`, or `use {0} (NAME)` for single items",
            module.trim_end_matches(['.', ':'])
        )),
        _ => None,
    }
}

fn last_word(line: &str) -> &str {
    line.split_whitespace().last().unwrap_or_default()
}

fn is_duration(text: &str) -> bool {
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    unit.len() < text.len() && matches!(unit, "ms" | "s" | "m" | "h" | "d" | "w")
}
