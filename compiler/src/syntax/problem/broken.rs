//! Words for text that the grammar doesn't know.

use quell_grammar::Rule;

use super::{found::Found, span, strict, words};
use crate::{
    diagnostic::Diagnostic,
    findings::{
        suggest::nearest,
        syntax::{
            malformed_number, misplaced_text, missing_effect, missing_name, unexpected_text, unknown_word,
            unmatched_bracket,
        },
    },
    syntax::{SyntaxKind, tree::Problem, trivia::skip_trivia},
};

/// The finding of a broken fragment.
pub(super) fn broken(text: &str, problem: &Problem) -> Diagnostic {
    use SyntaxKind::*;
    let first = Found::at(text, skip_trivia(text, problem.start));
    match problem.kind {
        StrayStmt => stray_statement(problem, &first),
        StrayClause => {
            let error = misplaced(&first);
            match problem.before {
                Some((LetStmt, _)) => error.help(NO_CLAUSES),
                _ => error,
            }
        }
        BadEffect => missing_effect::unknown(first.span(), first.text),
        BadItem | BadMember | BadStmt | BadEntry => line(text, problem, &first),
        BadClause => by_reading(text, problem, Rule::strict_clause)
            .unwrap_or_else(|| unexpected(&first, "a clause or the end of the line")),
        BadHead => unexpected(&first, "`{`"),
        BadTail => tail(text, problem, &first),
        BadArgs => between(text, problem, &first),
        BadField => between(text, problem, &first),
        _ => unexpected(&first, "something else"),
    }
}

fn unexpected(found: &Found<'_>, expected: &str) -> Diagnostic {
    let error = unexpected_text::unexpected(found.span(), expected, &found.name());
    match unexpected_text::foreign(found.text) {
        Some(advice) => error.help(advice),
        None => error,
    }
}

fn is_closing(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::RightBrace | SyntaxKind::RightParen | SyntaxKind::RightBracket)
}

/// Reads the fragment strictly and tells where that stops.
fn by_reading(text: &str, problem: &Problem, rule: Rule) -> Option<Diagnostic> {
    let fragment = text[problem.start..problem.end].trim_end();
    let stop = strict::read(rule, fragment)?;
    let found = Found::at(text, problem.start + stop.at);
    let expected = expected(&stop);
    if !found.is_token() {
        // At a line's end there is nothing to point at; the last token is.
        let end = problem.start + fragment.len();
        let last = text[..end].rfind([' ', '\t', '(', ',']).map_or(0, |at| at + 1);
        return Some(unexpected_text::unexpected(span(last, end), &expected, &found.name()));
    }
    let error = unexpected(&found, &expected);
    if fragment.starts_with("resolved") && expected == "`after`" {
        return Some(error.help("name the step that verifies the recovery: `resolved after STEP`"));
    }
    if let Some(help) = given_help(fragment, &found) {
        return Some(error.help(help));
    }
    Some(match nearest_expected(&found, &stop.expected) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error,
    })
}

fn expected(stop: &strict::Stop) -> String {
    if stop.expected.iter().any(|name| name == "`returns`") {
        return "`=`, `returns`, `fails`, `down`, `answer` or similar".to_owned();
    }
    stop.expected()
}

/// What to write in the place of a `given` that can't be read.
fn given_help(fragment: &str, found: &Found<'_>) -> Option<String> {
    let rest = fragment.strip_prefix("given ")?;
    let name = rest.split_whitespace().next().unwrap_or("STEP");
    Some(match found.text {
        "approved" => format!("write `given approval of {name} by PERSON`"),
        "refused" => format!("write `given approval of {name} refused by PERSON`"),
        "answered" | "answers" => format!("write `given PERSON answer {name} with VALUE`"),
        "failed" => format!("write `given {name} fails \"why\"`"),
        "takes" | "took" => format!("write `given {name} taking 5m`"),
        "==" => format!("write `given {name} = ...` for an input, `given {name} returns ...` for a step"),
        _ => return None,
    })
}

/// The word among the expected ones that the found one comes near.
fn nearest_expected<'e>(found: &Found<'_>, expected: &'e [String]) -> Option<&'e str> {
    if found.kind != SyntaxKind::Name {
        return None;
    }
    nearest(found.text, expected.iter().map(|name| name.trim_matches('`')))
}

/// A line that begins nothing that may stand there.
fn line(text: &str, problem: &Problem, first: &Found<'_>) -> Diagnostic {
    let place = words::place(problem.parent, problem.before.map(|(kind, _)| kind));
    if is_closing(first.kind) {
        let error = unmatched_bracket::unmatched(first.span(), first.text);
        return match block_end(problem) {
            Some(close) => unmatched_bracket::closed_before(error, span(close, close + 1)),
            None => error,
        };
    }
    let wanted = format!("{} {}", words::article(place.what), place.what);
    if first.kind != SyntaxKind::Name {
        return unexpected(first, &wanted);
    }
    if words::begins_one(place.known, first.text) {
        return by_reading(text, problem, rule(problem)).unwrap_or_else(|| unexpected(first, &wanted));
    }
    let next = Found::at(text, first.end);
    let is_used = matches!(next.text, "=" | "." | "(" | ":") && !strict::is_reserved(first.text);
    if words::belongs(first.text).is_some() && !is_used {
        let error = misplaced(first);
        return match block_end(problem) {
            Some(close) => misplaced_text::closed_before(error, span(close, close + 1)),
            None => error,
        };
    }
    match next.text {
        "=" if takes_steps(problem.parent) => unknown_word::assignment(first.span(), first.text, place.what),
        "(" | "." if takes_steps(problem.parent) => unknown_word::bare_call(first.span(), place.what),
        _ => unknown_word::unknown(first.span(), first.text, place.what, place.known),
    }
}

fn takes_steps(parent: SyntaxKind) -> bool {
    matches!(parent, SyntaxKind::Block | SyntaxKind::SourceFile)
}

/// Where the block ends that stands right before: its end may be what is wrong.
fn block_end(problem: &Problem) -> Option<usize> {
    use SyntaxKind::*;
    let (kind, last_token) = problem.before?;
    matches!(kind, PlaybookItem | TaskItem | ActionItem | ScenarioItem | RecordItem | EnumItem | Section)
        .then_some(last_token)
}

fn rule(problem: &Problem) -> Rule {
    use SyntaxKind::*;
    match (problem.kind, problem.parent) {
        (BadMember, _) => Rule::strict_member,
        (BadStmt, ScenarioBody) => Rule::strict_scenario,
        (BadStmt, _) => Rule::strict_stmt,
        (BadEntry, BindingBody) => Rule::strict_binding,
        (BadEntry, SimulateBlock) => Rule::strict_simulate,
        (BadEntry, _) => Rule::strict_entry,
        _ => Rule::strict_item,
    }
}

fn misplaced(first: &Found<'_>) -> Diagnostic {
    let belongs = words::belongs(first.text).unwrap_or("belongs elsewhere");
    misplaced_text::misplaced(first.span(), first.text, belongs)
}

fn stray_statement(problem: &Problem, first: &Found<'_>) -> Diagnostic {
    let error = misplaced(first);
    match block_end(problem) {
        Some(close) => misplaced_text::closed_before(error, span(close, close + 1)),
        None => error,
    }
}

/// What stands behind the end of a line's meaning.
fn tail(text: &str, problem: &Problem, first: &Found<'_>) -> Diagnostic {
    if is_closing(first.kind) {
        return unmatched_bracket::unmatched(first.span(), first.text);
    }
    let error = unexpected(first, end_of_line(problem.parent == SyntaxKind::StepStmt));
    if first.kind != SyntaxKind::Name {
        return error;
    }
    let previous = problem.previous.map_or("", |(start, end)| &text[start..end]);
    if let Some((start, _)) = problem.previous
        && previous.bytes().all(|byte| byte.is_ascii_digit())
        && let Some(unit) = malformed_number::unit(first.text)
    {
        return unexpected_text::loose_unit(error, span(start, first.end), &format!("{previous}{unit}"));
    }
    if matches!(problem.before, Some((SyntaxKind::ExpectStmt, _)))
        && let Some(help) = expectation_help(text, problem, first)
    {
        return error.help(help);
    }
    if matches!(problem.before, Some((SyntaxKind::LetStmt, _))) && words::is_clause(first.text) {
        return error.help(NO_CLAUSES);
    }
    match nearest(first.text, words::CONTINUATIONS.iter().copied()) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error,
    }
}

/// What to write in the place of an expectation that goes on.
fn expectation_help(text: &str, problem: &Problem, first: &Found<'_>) -> Option<String> {
    let line = text[..problem.start].rsplit('\n').next().unwrap_or_default().trim();
    let said = line.strip_prefix("expect").unwrap_or(line).trim();
    let rest = text[first.start..].lines().next().unwrap_or_default().trim();
    Some(match first.text {
        "and" => "write a separate `expect` line for each condition".to_owned(),
        "or" => "write a separate scenario for each case".to_owned(),
        "ran" | "attempted" | "skipped" | "failed" | "handled" | "blocked" | "cancelled" | "unanswered"
        | "called" | "told" => {
            let name = said.strip_prefix("not ")?;
            format!("write `not` after the name: `expect {} not {rest}`", name.trim())
        }
        "succeeded" | "succeeds" | "done" | "ok" | "passed" | "completed" | "finished" | "worked" => {
            format!("to expect that a step succeeded, write `expect {said} ran`")
        }
        "started" | "began" | "begun" | "tried" | "run" | "runs" => {
            format!("to expect that a step started, write `expect {said} attempted`")
        }
        "fails" | "errored" | "error" => format!("write `expect {said} failed`"),
        "suspected" | "open" | "ruled_out" => format!("write `expect {said}.{}`", first.text),
        "answered" => format!("compare the answer: `expect {said} == VALUE`"),
        "with" => format!("name the parameter: `expect {said} with NAME containing \"...\"`"),
        _ => return None,
    })
}

const NO_CLAUSES: &str = "only steps have clauses; a `let` has none";

fn end_of_line(is_step: bool) -> &'static str {
    if is_step { "a clause or the end of the line" } else { "the end of the line" }
}

/// What stands between the elements of a list, or instead of one.
fn between(text: &str, problem: &Problem, first: &Found<'_>) -> Diagnostic {
    use SyntaxKind::*;
    let close = match problem.parent {
        List | Index => "`]`",
        FieldList | VariantList | Map | ArmList => "`}`",
        _ => "`)`",
    };
    let previous = problem.previous.map_or("", |(start, end)| &text[start..end]);
    let is_list = !matches!(problem.parent, Paren | Index);
    let begins = matches!(previous, "(" | "[" | "{" | ",") && is_list;
    if begins {
        return element(text, problem, first);
    }
    let Some((start, end)) = problem.previous.filter(|_| is_list) else {
        return unexpected(first, close);
    };
    if text[end..first.start].contains('\n') && first.kind != ErrorText {
        return unexpected_text::missing_comma(span(start, end), close);
    }
    unexpected(first, &format!("`,` or {close}"))
}

fn element(text: &str, problem: &Problem, first: &Found<'_>) -> Diagnostic {
    use SyntaxKind::*;
    let rule = match problem.parent {
        FieldList => Rule::strict_field,
        ArmList => Rule::strict_arm,
        Map => Rule::strict_map,
        ParamList => Rule::strict_param,
        VariantList | UseList if strict::is_reserved(first.text) => {
            return missing_name::reserved(first.span(), "a name", first.text);
        }
        VariantList | UseList => return unexpected(first, "a name"),
        List | Index => Rule::strict_expr,
        _ => Rule::strict_arg,
    };
    by_reading(text, problem, rule).unwrap_or_else(|| unexpected(first, "something else"))
}
