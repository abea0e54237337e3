//! Syntax errors as messages: from the error nodes and holes of the tree to findings.
//!
//! One mistake gives one message: errors that follow a reported one with nothing valid in between aren't
//! reported.

mod brackets;
mod broken;
mod foreign;
mod forms;
mod found;
mod holes;
mod scenarios;
mod strict;
mod tails;
mod words;

use super::{
    SyntaxKind,
    tree::Problem,
    trivia::{loose_token, skip_trivia},
};
use crate::{
    diagnostic::Diagnostic,
    findings,
    findings::syntax::{
        chained_comparison, malformed_number, missing_name, nesting_too_deep, unexpected_text, unknown_escape,
    },
    source::{FileId, Span, part},
};

/// The findings of a chunk; their places are offsets in it.
pub(crate) fn diagnose(text: &str, problems: &[Problem]) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut last: Option<&Problem> = None;
    let mut foreign: Option<u32> = None;
    let mut explained: Option<u32> = None;
    // A block without its `{` takes the `}` of the one around it.
    let mut borrowed = 0;
    let mut without_commas: Vec<(usize, Option<usize>)> = Vec::new();
    for problem in problems {
        if problem.kind == SyntaxKind::MissingComma {
            // Whoever separates by lines alone is told once for each list, and the fix is for all of it.
            let known = without_commas.iter().find(|(list, _)| *list == problem.parent_start);
            if let Some((_, first)) = known {
                let more = diagnostic(text, problem).into_iter().flat_map(|more| more.fixes);
                if let Some(first) = first.and_then(|first| diagnostics.get_mut(first)) {
                    unexpected_text::more_commas(first, more.flat_map(|fix| fix.edits));
                }
                continue;
            }
            let said = last.is_none_or(|last| !follows(text, problem, last));
            without_commas.push((problem.parent_start, said.then_some(diagnostics.len())));
        }
        if last.is_some() && words::is_torn_off(text, problem) {
            continue;
        }
        if last.is_none_or(|last| !follows(text, problem, last))
            && !is_on_line(text, problem, explained)
            && !is_part_of(text, problem, foreign)
        {
            if problem.kind == SyntaxKind::MissingRbrace && borrowed > 0 {
                borrowed -= 1;
                continue;
            }
            if problem.kind == SyntaxKind::MissingLbrace {
                borrowed += 1;
            }
            let found = diagnostic(text, problem);
            let known = |found: &Diagnostic| diagnostics.iter().any(|told| told.span() == found.span());
            if problem.kind == SyntaxKind::MissingRbrace && found.as_ref().is_some_and(known) {
                continue;
            }
            // Where a line is written as in another language, what follows on it is a part of that.
            if let Some(found) = found.as_ref().filter(|found| !found.help.is_empty()) {
                foreign = Some(found.span().end);
            }
            let found = found.map(|found| forms::with_form(text, problem, found));
            if let Some(found) = found.as_ref().filter(|found| !found.help.is_empty()) {
                explained = Some(found.span().end);
            }
            diagnostics.extend(found);
        }
        if last.is_none_or(|last| problem.end >= last.end) {
            last = Some(problem);
        }
    }
    diagnostics
}

/// Whether `problem` is only what `last` brought about.
fn follows(text: &str, problem: &Problem, last: &Problem) -> bool {
    use SyntaxKind::*;
    match (problem.kind, problem.before) {
        (StrayClause, Some((BadStmt | StrayClause, _))) => return true,
        (StrayStmt, Some((BadMember | StrayStmt, _))) => return true,
        _ => {}
    }
    if problem.start > skip_trivia(text, last.end) {
        return false;
    }
    let gap = part(text, last.end, problem.start);
    let Some((_, indentation)) = gap.rsplit_once('\n') else { return true };
    let opens_or_closes = last.kind.is_missing() && last.kind >= MissingQuote;
    let goes_on = last.kind.is_missing() && problem.kind == BadItem && !indentation.is_empty();
    opens_or_closes || goes_on || last.kind == BadEntry && problem.kind == BadEntry
}

/// Whether a problem is on the line of one that was explained, further right: once that is repaired, the line
/// may be read differently.
fn is_on_line(text: &str, problem: &Problem, explained: Option<u32>) -> bool {
    let Some(explained) = explained.map(|end| end as usize) else { return false };
    let start = if problem.kind.is_missing() { problem.start } else { skip_trivia(text, problem.start) };
    problem.kind != SyntaxKind::MissingRbrace
        && start >= explained
        && !part(text, explained, start).contains('\n')
}

/// Whether a problem is the rest of a construct whose start was explained, at `foreign`: on the same line,
/// or a line that goes on with it (`except`, `fi`).
fn is_part_of(text: &str, problem: &Problem, foreign: Option<u32>) -> bool {
    let Some(explained) = foreign.map(|end| end as usize) else { return false };
    let start = skip_trivia(text, problem.start);
    if start >= explained && !part(text, explained, start).contains('\n') {
        return true;
    }
    let word = loose_token(text, start, text.len());
    // The next line of a YAML document.
    let next_line = start >= explained && part(text, explained, start).matches('\n').count() == 1;
    if next_line && word.kind == SyntaxKind::Name && text[word.end..].starts_with(": ") {
        return true;
    }
    findings::foreign::continues_foreign(&text[word.start..word.end])
}

fn diagnostic(text: &str, problem: &Problem) -> Option<Diagnostic> {
    use SyntaxKind::*;
    let span = span(problem.start, problem.end);
    let own = &text[problem.start..problem.end];
    match problem.kind {
        kind if kind.is_missing() => holes::hole(text, problem),
        BadNumber => Some(malformed_number::malformed(span, own)),
        BadName => Some(missing_name::reserved(span, "a name", own)),
        BadEscape => Some(unknown_escape::unknown(span, own)),
        BadInterpolation => Some(holes::interpolation(text, problem)),
        Binary if own == ">" && text[..problem.start].ends_with('<') => {
            Some(chained_comparison::unequal(self::span(problem.start - 1, problem.end)))
        }
        Binary => Some(chained_comparison::chained(span)),
        TooDeep => {
            let first = loose_token(text, problem.start, text.len());
            Some(nesting_too_deep::too_deep(self::span(first.start, first.end)))
        }
        _ => Some(broken::broken(text, problem)),
    }
}

/// A place in the chunk.
fn span(start: usize, end: usize) -> Span {
    Span::new(FileId(0), start as u32, end as u32)
}
