//! Words for text that the grammar doesn't know.

use quell_grammar::Rule;

use super::{foreign, found::Found, scenarios, span, strict, words};
use crate::{
    diagnostic::Diagnostic,
    findings::{
        self,
        foreign::signs::Sign,
        suggest::nearest,
        syntax::{
            malformed_number, misplaced_text, missing_effect, missing_name, unexpected_text, unknown_word,
            unmatched_bracket,
        },
        words::with_article,
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
            .unwrap_or_else(|| unexpected(text, problem, &first, "a clause or the end of the line")),
        BadHead => unexpected(text, problem, &first, "`{`"),
        BadTail => tail(text, problem, &first),
        BadArgs => between(text, problem, &first),
        BadField => between(text, problem, &first),
        _ => unexpected(text, problem, &first, "something else"),
    }
}

fn unexpected(text: &str, problem: &Problem, found: &Found<'_>, expected: &str) -> Diagnostic {
    let error = unexpected_text::unexpected(found.span(), expected, &found.name());
    match foreign::idiom(text, problem, found) {
        Some(idiom) => idiom.advise(error),
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
    if let Some(help) = scenarios::given(fragment, &found) {
        // What is at the place can't tell more than the whole line does.
        let found_at =
            if found.is_token() { found.span() } else { span(problem.start, problem.start + fragment.len()) };
        return Some(unexpected_text::unexpected(found_at, &expected, &found.name()).help(help));
    }
    if !found.is_token() {
        // At a line's end there is nothing to point at; the last token is.
        let end = problem.start + fragment.len();
        let last = text[..end].rfind([' ', '\t', '(', ',']).map_or(0, |at| at + 1);
        return Some(unexpected_text::unexpected(span(last, end), &expected, &found.name()));
    }
    let error = unexpected(text, problem, &found, &expected);
    if fragment.starts_with("resolved") && expected == "`after`" {
        return Some(error.help("name the step that verifies the recovery: `resolved after STEP`"));
    }
    if let Some(meant) = nearest_expected(&found, &stop.expected) {
        return Some(error.help(format!("did you mean `{meant}`?")));
    }
    let first = fragment.split_whitespace().next().unwrap_or_default();
    Some(match words::form(first).filter(|_| error.help.is_empty() && rule == Rule::strict_clause) {
        Some(form) => error.help(format!("the syntax is `{form}`")),
        None => error,
    })
}

fn expected(stop: &strict::Stop) -> String {
    if stop.expected.iter().any(|name| name == "`returns`") {
        return "`=`, `returns`, `fails`, `down`, `answer` or similar".to_owned();
    }
    stop.expected()
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
    let wanted = with_article(place.what);
    if first.kind != SyntaxKind::Name {
        return unexpected(text, problem, first, &wanted);
    }
    if let Some(finding) = foreign_line(text, problem.parent, place, first) {
        return finding;
    }
    if words::begins_one(place.known, first.text) {
        return by_reading(text, problem, rule(problem))
            .unwrap_or_else(|| unexpected(text, problem, first, &wanted));
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

/// A line that other languages have, if it is one.
fn foreign_line(
    text: &str,
    parent: SyntaxKind,
    place: words::Place,
    first: &Found<'_>,
) -> Option<Diagnostic> {
    let what = place.what;
    let next = Found::at(text, first.end);
    let rest_of = |at: usize| text[at..].lines().next().unwrap_or_default();
    let is_given_a_value = next.text == "=" && !rest_of(next.end).starts_with('=');
    if next.text == ":" && rest_of(next.end).starts_with('=') {
        let value = &rest_of(next.end)[1..];
        return Some(unknown_word::assigned(first.span(), first.text, value, what));
    }
    if matches!(next.text, ":" | "=")
        && let Some(help) = findings::foreign::keyword_with_sign(first.text, next.text, rest_of(next.end))
    {
        return Some(unexpected_text::sign(next.span(), first.text, next.text).help(help));
    }
    let of_failure = matches!(next.text, "error" | "fail" | "failed" | "exception" | "timeout");
    if first.text == "on" && takes_steps(parent) && of_failure {
        let error = unexpected_text::unexpected(next.span(), "`failure`", &next.name());
        return Some(error.help(Sign::Failure.help()));
    }
    // `time.sleep(5)`: the last word tells.
    let last = match next.text {
        "." => Found::at(text, next.end),
        _ => *first,
    };
    // A clause is neither called nor the start of a block.
    let opens_block =
        rest_of(first.start).trim_end().ends_with(['{', ':', '}']) || matches!(next.text, "(" | ".");
    if let Some(finding) = needless_word(text, place, first, &next) {
        return Some(finding);
    }
    if !is_given_a_value
        && !words::begins_one(place.known, first.text)
        && let Some(advice) =
            [first.text, last.text].iter().find_map(|word| findings::foreign::line(word, what, opens_block))
    {
        return Some(unknown_word::foreign(first.span(), first.text, what, &advice));
    }
    let after = Found::at(text, next.end);
    match next.text {
        ":" if takes_steps(parent) && words::belongs(first.text).is_none() => {
            Some(unknown_word::assigned(first.span(), first.text, rest_of(next.end), what))
        }
        "+" | "-" | "*" if matches!(after.text, "=" | "+" | "-") && after.start == next.end => {
            Some(unknown_word::changed(first.span(), first.text, what))
        }
        // `Text x = 5`: a type in front of a name.
        _ if next.kind == SyntaxKind::Name
            && after.text == "="
            && first.text.starts_with(char::is_uppercase)
            && !words::begins_one(place.known, &first.text.to_lowercase()) =>
        {
            Some(unknown_word::assigned(first.span(), next.text, rest_of(after.end), what))
        }
        _ => None,
    }
}

/// A word in front of one that starts a line: `critical step x = ...`.
fn needless_word(text: &str, place: words::Place, first: &Found<'_>, next: &Found<'_>) -> Option<Diagnostic> {
    let starts = matches!(next.text, "step" | "cause" | "playbook" | "scenario" | "record" | "enum");
    let after = Found::at(text, next.end);
    let is_named = after.kind == SyntaxKind::Name || after.text.starts_with('"');
    if !starts || !is_named || words::begins_one(place.known, first.text) {
        return None;
    }
    let advice = findings::foreign::line(first.text, place.what, true).map(|advice| advice.help);
    let help = format!("remove `{}`: start the line with `{}`", first.text, next.text);
    let finding = unknown_word::unknown(first.span(), first.text, place.what, &[]);
    Some(match advice {
        Some(advice) if next.text == "step" => finding.help(advice).help(help),
        _ => finding.help(help),
    })
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
    let expected = end_of_line(problem.parent == SyntaxKind::StepStmt);
    if matches!(problem.before, Some((SyntaxKind::ExpectStmt, _)))
        && let Some(help) = expectation_help(text, problem, first).or_else(|| {
            let start = text[..first.start].rfind('\n').map_or(0, |end| end + 1);
            scenarios::expectation(text[start..].lines().next().unwrap_or_default())
        })
    {
        return unexpected_text::unexpected(first.span(), expected, &first.name()).help(help);
    }
    let error = unexpected(text, problem, first, expected);
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
    if !error.help.is_empty() {
        return error;
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
        "succeeded" | "succeeds" | "success" | "successful" | "done" | "ok" | "passed" | "passes"
        | "completed" | "finished" | "worked" | "works" | "true" | "executed" => {
            format!("to expect that a step succeeded, write `expect {said} ran`")
        }
        "started" | "began" | "begun" | "tried" | "run" | "runs" => {
            format!("to expect that a step started, write `expect {said} attempted`")
        }
        "fails" | "errored" | "error" => format!("write `expect {said} failed`"),
        "suspected" | "open" | "ruled_out" => format!("write `expect {said}.{}`", first.text),
        "is" | "was" | "has" | "should" | "be" => match rest.rsplit(' ').next() {
            Some("ok" | "done" | "true" | "successful" | "run" | "completed" | "passed") => {
                format!("to expect that a step succeeded, write `expect {said} ran`")
            }
            Some("failed" | "skipped" | "called" | "cancelled" | "blocked") => {
                format!("write `expect {said} {}`", rest.rsplit(' ').next().unwrap_or_default())
            }
            _ => format!("compare the value: `expect {said} == VALUE`"),
        },
        "returned" | "returns" | "equals" | "=" | "yields" => {
            format!("compare the value: `expect {said} == VALUE`")
        }
        "timed" | "timeout" => format!("a step that times out has failed: write `expect {said} failed`"),
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
        return unexpected(text, problem, first, close);
    };
    if text[end..first.start].contains('\n') && first.kind != ErrorText {
        return unexpected_text::missing_comma(span(start, end), close);
    }
    unexpected(text, problem, first, &format!("`,` or {close}"))
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
        VariantList | UseList => return unexpected(text, problem, first, "a name"),
        List | Index => Rule::strict_expr,
        _ => Rule::strict_arg,
    };
    by_reading(text, problem, rule).unwrap_or_else(|| unexpected(text, problem, first, "something else"))
}
