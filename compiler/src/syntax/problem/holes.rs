//! Words for what is missing.

use quell_grammar::Rule;

use super::{brackets, foreign, found::Found, span, strict, words};
use crate::{
    diagnostic::Diagnostic,
    findings::foreign::{keyword_with_sign, signs::Sign},
    findings::syntax::{
        broken_interpolation, expected_type, missing_block, missing_effect, missing_else, missing_method,
        missing_name, missing_parameters, missing_playbook, missing_reason, missing_value, unclosed_bracket,
        unclosed_text, unexpected_text,
    },
    source::Span,
    syntax::{SyntaxKind, tree::Problem},
};

/// The finding of a hole; `None` for one that another hole has told.
pub(super) fn hole(text: &str, problem: &Problem) -> Option<Diagnostic> {
    use SyntaxKind::*;
    let found = Found::at(text, problem.start);
    let previous = problem.previous.map_or("", |(start, end)| &text[start..end]);
    let at = place(problem, &found);
    let name = found.is_token().then(|| found.name());
    let name = name.as_deref();
    // At the end of a line only what stands before tells which hole it is.
    let behind = |what: &str| match found.is_token() || previous.is_empty() {
        true => what.to_owned(),
        false => format!("{what} after `{previous}`"),
    };
    Some(match problem.kind {
        MissingName => {
            let what = behind(named(problem.parent, previous));
            let error = missing_name::missing(at, &what, name);
            match (problem.parent, found.text.starts_with('"')) {
                (StepStmt, true) => error.help(format!(
                    "write `step {} = ...`, and put the title above it as `/// {}`",
                    as_name(found.text),
                    found.text.trim_matches('"')
                )),
                _ => error,
            }
        }
        MissingType => {
            let what = match (previous, problem.parent) {
                (":" | "->" | "=" | "as" | "<" | ",", _) => "a type",
                (_, TriggerItem) => "`->` and a type",
                _ => "`:` and a type",
            };
            let error = expected_type::expected(at, &behind(what), name);
            match found.text {
                "[" => error.help(Sign::ListType.help()),
                _ => error,
            }
        }
        MissingValue => {
            let what = match problem.parent {
                StepStmt => "`=` and a call",
                TypeItem => "`=` and a type",
                _ => "`=` and a value",
            };
            let error = missing_value::missing(at, &behind(what), name);
            match (problem.parent, found.kind) {
                (FnItem, Name) => {
                    error.help(format!("write the type of the result as `-> {}`", found.text))
                }
                (FnItem, LeftBrace) => {
                    error.help("a function is a single expression: `fn NAME(...) -> TYPE = ...`; for steps write a `task`")
                }
                (StepStmt, LeftParen) => {
                    let rest = text[found.start..].lines().next().unwrap_or_default();
                    error.help(format!("write `step NAME = {previous}{rest}`"))
                }
                _ => advised(text, problem, &found, error),
            }
        }
        MissingExpr | MissingOperand => {
            let error = missing_value::missing(at, &behind(wanted(problem.parent, previous)), name);
            let rest = text[found.end..].lines().next().unwrap_or_default();
            let with_sign = (words::is_clause(previous) && matches!(found.text, "=" | ":"))
                .then(|| keyword_with_sign(previous, found.text, rest))
                .flatten();
            match with_sign {
                Some(help) => error.help(help),
                None => advised(text, problem, &found, error),
            }
        }
        MissingTimes => missing_value::missing(at, &behind("`times`"), name),
        MissingTo => missing_value::missing(at, &behind("`to` and a duration"), name),
        MissingThen => missing_else::missing_then(at, name),
        MissingElse => {
            missing_else::missing_else(span(problem.parent_start, problem.parent_start + "if".len()))
        }
        MissingEffect => missing_effect::missing(at, name),
        MissingMethod => missing_method::missing(at, name),
        MissingParams => missing_parameters::missing(at, name),
        MissingFor => missing_playbook::missing(at, name),
        MissingReason => {
            let what = match problem.parent {
                CauseStmt => "a description in quotes",
                ScenarioItem => "a title in quotes",
                _ => "a reason in quotes",
            };
            missing_reason::missing(at, &behind(what), name)
        }
        MissingComma => {
            let close = match problem.parent {
                List => "`]`",
                FieldList | VariantList | Map | ArmList => "`}`",
                _ => "`)`",
            };
            let (start, end) = problem.previous?;
            unexpected_text::missing_comma(span(start, end), close)
        }
        MissingLbrace => {
            let error = missing_block::missing(at, name);
            match (problem.parent, found.text) {
                (IfStmt, ":" | "then" | ";" | "do" | "") => error
                    .help("put the steps between braces: `if CONDITION { ... }`")
                    .help("or add the clause `when CONDITION` below a single step"),
                (_, ":") => error.help("blocks go between `{` and `}`"),
                _ => error,
            }
        }
        MissingQuote => {
            let open = problem.opener?;
            match problem.parent {
                TextBlock => unclosed_text::block(span(open, open + 3)),
                _ => unclosed_text::line(span(open, open + 1), span(open, problem.start)),
            }
        }
        MissingRbrace => unclosed(text, problem, "{", "}")?,
        MissingRparen => unclosed(text, problem, "(", ")")?,
        MissingRbracket => unclosed(text, problem, "[", "]")?,
        _ => unclosed(text, problem, "<", ">")?,
    })
}

/// Where a hole is shown: at the token in its place, or at the one before.
fn place(problem: &Problem, found: &Found<'_>) -> Span {
    match problem.previous {
        Some((start, end)) if !found.is_token() => span(start, end),
        _ => found.span(),
    }
}

fn named(parent: SyntaxKind, previous: &str) -> &'static str {
    use SyntaxKind::*;
    match (previous, parent) {
        (".", _) | ("as", _) | (",", _) => "a name",
        ("use", _) => "a module",
        ("for", ScenarioItem) => "a playbook",
        ("touches", _) => "a parameter",
        ("provides", _) => "a role",
        ("each", _) => "a name for the element",
        _ => "a name",
    }
}

fn wanted(parent: SyntaxKind, previous: &str) -> &'static str {
    use SyntaxKind::*;
    match (parent, previous) {
        (OnHeader, _) => "a trigger",
        (StepStmt, "=") | (UndoClause, _) | (FailureClause, "run") => "a call",
        (TimeoutClause | EveryClause | ResolveHeader | ApproveWithin | TakingPart, _) => "a duration",
        (RepeatClause, "every" | "for") | (RetryClause, "every" | "backoff" | "to") => "a duration",
        (WhenClause | ApproveWhen | SuspectStmt | RuleOutStmt | WhenPart | IfStmt, _) => "a condition",
        (RepeatClause, "until") => "a condition",
        (AfterClause, _) => "a step or milestone",
        (ResolvedStmt, _) => "a step",
        (RetryClause, _) => "a number",
        (IrreversibleClause, _) => "a reason in quotes",
        (OwnerHeader, _) => "a team",
        (Pattern, _) => "a value",
        (ExpectStmt, _) => "an expectation",
        _ => "an expression",
    }
}

/// With what the idiom of another language at a place is in Quell.
fn advised(text: &str, problem: &Problem, found: &Found<'_>, error: Diagnostic) -> Diagnostic {
    match found.is_token().then(|| foreign::idiom(text, problem, found)).flatten() {
        Some(idiom) => idiom.advise(error),
        None => error,
    }
}

/// A title as a name: `"Restart it"` as `restart_it`.
fn as_name(title: &str) -> String {
    let letters = title.to_lowercase();
    let words = letters.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_");
    match name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => name,
        false => "NAME".to_owned(),
    }
}

fn unclosed(text: &str, problem: &Problem, open: &str, close: &str) -> Option<Diagnostic> {
    // Without an opening bracket that one's hole was told.
    let opener = problem.opener?;
    let end = problem.previous.map_or(problem.start, |(_, end)| end);
    if open == "{"
        && let Some((inner, closing)) = brackets::suspect(text, opener)
    {
        return Some(unclosed_bracket::suspicious(span(inner, inner + 1), span(closing, closing + 1)));
    }
    Some(unclosed_bracket::unclosed(span(opener, opener + 1), open, span(end, end), close))
}

/// The finding of a `${` with no expression behind it.
pub(super) fn interpolation(text: &str, problem: &Problem) -> Diagnostic {
    let own = &text[problem.start..problem.end];
    // Without a brace it ended with its text or line.
    let Some(inner) = own.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) else {
        return broken_interpolation::unclosed(span(problem.start, problem.start + 2));
    };
    let start = problem.start + 2;
    let stop = strict::read(Rule::strict_expr, inner);
    let at = stop.as_ref().map_or(0, |stop| stop.at);
    let expected = match &stop {
        Some(stop) if stop.expected.is_empty() => "`}`".to_owned(),
        Some(stop) => stop.expected(),
        None => "an expression".to_owned(),
    };
    let found = Found::at(text, start + at);
    broken_interpolation::broken(found.span(), &expected, &found.name())
}
