//! Help for what no idiom explains: how the line is written that the problem is part of.

use super::{foreign, found::Found, scenarios, words};
use crate::{
    diagnostic::Diagnostic,
    findings::foreign::{forms, keyword_with_sign},
    syntax::{SyntaxKind, tree::Problem},
};

/// Lines above that are searched for the start of a statement.
const LINES: usize = 12;

/// The finding, with help if it has none.
pub(super) fn with_form(text: &str, problem: &Problem, finding: Diagnostic) -> Diagnostic {
    if !finding.help.is_empty() || !finding.fixes.is_empty() {
        return finding;
    }
    let at = finding.span().start as usize;
    if let Some(help) = foreign::remark(text, problem, &Found::at(text, at)) {
        return finding.help(help);
    }
    match element(problem).map(str::to_owned).or_else(|| line(text, problem, at)) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// How the elements of a list are written.
fn element(problem: &Problem) -> Option<&'static str> {
    use SyntaxKind::*;
    if !matches!(problem.kind, BadArgs | BadField | MissingType | MissingExpr | MissingName) {
        return None;
    }
    Some(match problem.parent {
        ArgList => "separate arguments with `,`, and write one with a name as `NAME: VALUE`",
        List => "separate elements with `,`: `[a, b]`",
        Map => "write a map as `{ key: VALUE, other: VALUE }`",
        ParamList | Param => "write a parameter as `name: TYPE`, and separate parameters with `,`",
        FieldList | FieldDef => "write a field as `name: TYPE`, and separate fields with `,`",
        VariantList => "write the variants as names, separated with `,`: `{ first, second }`",
        UseList => "write names in parentheses, separated with `,`: `(first, second)`",
        ArmList => "write an arm as `PATTERN => VALUE`, and separate arms with `,`",
        _ => return None,
    })
}

/// How the line is written that is at `at`, or that started above and goes on there.
fn line(text: &str, problem: &Problem, at: usize) -> Option<String> {
    use SyntaxKind::*;
    let mut start = line_start(text, at);
    let mut indentation = usize::MAX;
    let is_line = matches!(problem.kind, BadItem | BadMember | BadStmt | BadEntry);
    for round in 0..LINES {
        let line = text[start..].lines().next().unwrap_or_default();
        let body = line.trim_start();
        let own = line.len() - body.len();
        if !body.is_empty() && own < indentation {
            let before = if round == 0 { text[start..at].trim_start() } else { body };
            if let Some(help) = syntax(body, before, problem, round == 0) {
                return Some(help);
            }
            indentation = own;
        }
        if is_line || start == 0 {
            break;
        }
        start = line_start(text, start - 1);
    }
    let place = words::place(problem.parent, problem.before.map(|(kind, _)| kind));
    is_line.then(|| forms::place(place.what).map(str::to_owned)).flatten()
}

/// The syntax of the clause or line in `body`, of which `before` is in front of the place.
fn syntax(body: &str, before: &str, problem: &Problem, on_line: bool) -> Option<String> {
    let body = body.strip_prefix("private ").unwrap_or(body);
    let mut words = body
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next().unwrap_or_default());
    if !body.starts_with(first) {
        return None;
    }
    let rest = body[first.len()..].trim_start();
    if on_line
        && let Some(sign) =
            [":", "="].into_iter().find(|sign| rest.starts_with(sign) && !rest.starts_with("=="))
        && let Some(help) = keyword_with_sign(first, sign, &rest[sign.len()..])
    {
        return Some(help);
    }
    // A clause may follow the step on its line.
    if first == "step" || words::is_clause(first) {
        let mut clause = before.split_whitespace().rev().find(|word| words::is_clause(word));
        // `every` goes on with `repeat` and `retry`, `when` with `approve`.
        if matches!(clause, Some("every" | "when")) {
            let whole = |word: &&str| matches!(*word, "repeat" | "retry" | "approve");
            clause = before.split_whitespace().rev().find(whole).or(clause);
        }
        if let Some(help) = clause.and_then(|clause| forms::syntax(clause, "")) {
            return Some(help);
        }
    }
    if first == "expect" && problem.parent == SyntaxKind::BindingBody {
        return Some("the syntax is `expect status == 200` or `expect CONDITION else \"why\"`".to_owned());
    }
    if first == "expect"
        && let Some(help) = scenarios::expectation(body)
    {
        return Some(help);
    }
    forms::syntax(first, second)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
