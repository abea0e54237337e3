//! Recognises idioms of other languages in text that the grammar doesn't know.

use super::{found::Found, span, tails, words};
use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::foreign::{operators, signs::Sign},
    source::Span,
    syntax::{SyntaxKind, tree::Problem},
};

/// A recognised idiom, with what it can be replaced by.
pub(super) struct Idiom {
    sign: Sign,
    fix: Option<(Span, String)>,
}

impl Idiom {
    /// Adds the help and the fix.
    pub fn advise(self, finding: Diagnostic) -> Diagnostic {
        let finding = finding.help(self.sign.help());
        match self.fix {
            Some((span, text)) => {
                let title = match text.trim() {
                    "" => "remove it".to_owned(),
                    text => format!("replace with `{text}`"),
                };
                finding.fix(Fix::replace(Safety::Unsafe, title, span, text))
            }
            None => finding,
        }
    }
}

/// The text around a place.
pub(super) struct Around<'t> {
    /// The line up to the place.
    pub before: &'t str,
    /// The line behind what was found.
    pub rest: &'t str,
    /// The token before, on this line.
    pub previous: &'t str,
    pub parent: SyntaxKind,
}

impl<'t> Around<'t> {
    fn new(text: &'t str, problem: &Problem, found: &Found<'_>) -> Self {
        let line_start = text[..found.start].rfind('\n').map_or(0, |end| end + 1);
        let line_end = text[found.end..].find('\n').map_or(text.len(), |length| found.end + length);
        let before = &text[line_start..found.start];
        Around {
            before,
            rest: &text[found.end..line_end],
            previous: last_token(before),
            parent: problem.parent,
        }
    }
}

/// The idiom that `found` is part of.
pub(super) fn idiom(text: &str, problem: &Problem, found: &Found<'_>) -> Option<Idiom> {
    let around = Around::new(text, problem, found);
    let plain = |sign| Some(Idiom { sign, fix: None });
    let replaced = |sign, text: &str| Some(Idiom { sign, fix: Some((found.span(), text.to_owned())) });
    if let Some(sign) = comment(around.before, found, around.rest) {
        return if found.text == "#" { replaced(sign, "//") } else { plain(sign) };
    }
    if let Some(help) = tails::advice(found, &around) {
        return plain(Sign::Write(help));
    }
    if let Some(ours) = operators::sign(found.text) {
        return replaced(Sign::Write(format!("write `{ours}`")), ours);
    }
    if found.text == ":" && around.before.trim_start().starts_with("- ") {
        return plain(Sign::YamlList);
    }
    match found.text {
        "=" => equals(text, found, &around),
        ":" => colon(&around),
        "is" | "IS" | "Is" => {
            let negated = around.rest.trim_start().starts_with("not ");
            plain(Sign::Is { negated })
        }
        "&" if matches!(around.previous, "(" | "," | ":" | "=" | "[") => {
            plain(Sign::Write("remove `&`: there are no references".to_owned()))
        }
        "&" if around.before.trim().is_empty() => None,
        "AND" | "And" | "&&" | "&" => replaced(Sign::And, "and"),
        "OR" | "Or" => replaced(Sign::Or, "or"),
        "NOT" | "Not" => replaced(Sign::Not, "not"),
        "||" => plain(Sign::Or),
        "!" if around.before.trim().is_empty() => None,
        "!" if around.rest.starts_with("in ") => plain(Sign::Write("write `not in`".to_owned())),
        "!" if ends_a_value(around.previous) => plain(Sign::Required),
        "!" => plain(Sign::Not),
        "if" if !around.previous.is_empty() && around.rest.contains(" else ") => plain(Sign::Choice),
        "for" if matches!(problem.parent, SyntaxKind::List | SyntaxKind::ArgList) => {
            plain(Sign::Comprehension)
        }
        "then" | "do" => plain(Sign::Block),
        "?" if around.rest.starts_with(':') => plain(Sign::Default),
        "?" if around.rest.contains(':') => plain(Sign::Choice),
        "?" => plain(Sign::Present),
        "->" if around.before.ends_with(|last: char| last.is_ascii_alphanumeric() || last == ')') => {
            replaced(Sign::Write("a member follows a `.`: `x.name`".to_owned()), ".")
        }
        "->" if is_name(around.previous)
            && matches!(problem.parent, SyntaxKind::ArgList | SyntaxKind::ArmList) =>
        {
            replaced(Sign::Lambda, "=>")
        }
        "|" if in_type(&around) => plain(Sign::OptionalType),
        "|" if around.before.trim_start().starts_with("type ") => plain(Sign::Write(
            "there are no types with alternatives: declare an `enum NAME { first, second }`, or a `record`"
                .to_owned(),
        )),
        "|" if ends_a_value(around.previous) && is_word(around.rest.trim_start_matches(['>', ' '])) => {
            let method = first_word(around.rest.trim_start_matches(['>', ' ']));
            plain(Sign::Write(format!(
                "there are no pipes: write a method as `x.{method}(...)`, and a condition with `or`"
            )))
        }
        "|" if around.previous.is_empty() || matches!(around.previous, "(" | ",") => plain(Sign::Lambda),
        "|" => plain(Sign::Or),
        "[" if in_type(&around) => plain(Sign::ListType),
        "'" | "`" => quote(text, found, found.end + around.rest.len()),
        "\u{201C}" | "\u{201D}" | "\u{2018}" | "\u{2019}" => plain(Sign::Quote),
        "\u{2013}" | "\u{2014}" => plain(Sign::Minus),
        "\u{A0}" | "\u{200B}" => plain(Sign::Space),
        "$" => variable(found, &around),
        ";" => {
            let last = around.rest.trim().is_empty();
            Some(Idiom { sign: Sign::Semicolon, fix: last.then(|| (found.span(), String::new())) })
        }
        "." if around.rest.starts_with("..") => plain(Sign::Spread),
        "." if around.previous.ends_with('"') => plain(Sign::Join),
        "," if problem.parent == SyntaxKind::Paren => plain(Sign::Tuple),
        "*" if around.before.ends_with('*') => plain(Sign::Power),
        "*" if matches!(around.previous, "(" | "[" | ",") => plain(Sign::Spread),
        "%" => percent(text, problem, found, &around),
        "-" if problem.parent == SyntaxKind::StepStmt && is_name(around.previous) => dash(found, &around),
        "-" if around.before.trim().is_empty() => plain(Sign::YamlList),
        "+" | "-" if around.rest.starts_with(['+', '-', '=']) && is_name(around.previous) => {
            plain(Sign::Assignment(around.previous.to_owned()))
        }
        "@" if ends_a_value(around.previous) && around.before.ends_with(around.previous) => {
            plain(Sign::Write("write texts in double quotes: `\"...\"`".to_owned()))
        }
        "@" => plain(Sign::At),
        _ if matches!(around.previous, "switch" | "case" | "select") => {
            plain(Sign::Write("to choose a value, write `match x { a => ..., else => ... }`".to_owned()))
        }
        _ if around.before.trim_end().ends_with("=> {") || around.before.contains("=> { ") => {
            plain(Sign::Write("write the value of a lambda without braces: `x => x.ok`".to_owned()))
        }
        "{" if problem.parent == SyntaxKind::StepStmt && is_named_step(around.before) => plain(Sign::Step),
        "{" if around.before.contains("function") || around.before.contains("func(") => plain(Sign::Lambda),
        "{" if is_name(around.previous) && around.before.trim_end().contains('.') => plain(Sign::Lambda),
        "(" if problem.parent == SyntaxKind::StepStmt => plain(Sign::Step),
        _ if found.text.starts_with('"') && is_prefix(&around, found) => plain(Sign::Prefix),
        _ if around.before.trim_end().ends_with("on failure") => plain(Sign::Failure),
        _ => match around.previous {
            "lambda" | "function" | "fn" | "func" | "fun" | "def" => plain(Sign::Lambda),
            "NOT" | "Not" => plain(Sign::Not),
            word @ ("mut" | "const" | "var" | "static") => plain(Sign::Needless(word.to_owned())),
            word @ ("await" | "new" | "async" | "call" | "run" | "do") => {
                plain(Sign::CallWord(word.to_owned()))
            }
            _ => other(found, &around),
        },
    }
}

/// What the text at a place tells, apart from signs that mean something else where nothing is compared.
pub(super) fn remark(text: &str, problem: &Problem, found: &Found<'_>) -> Option<String> {
    if !found.is_token() {
        return None;
    }
    let around = Around::new(text, problem, found);
    if let Some(ours) = operators::sign(found.text) {
        return Some(format!("write `{ours}`"));
    }
    tails::advice(found, &around).or_else(|| Some(other(found, &around)?.sign.help()))
}

fn first_word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().unwrap_or_default()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// What operators and signs tell that no case of [`idiom`] knows.
fn other(found: &Found<'_>, around: &Around<'_>) -> Option<Idiom> {
    let after_value = ends_a_value(around.previous) || around.previous == "%" || is_number(around.previous);
    let of_word =
        || (found.kind != SyntaxKind::ErrorText && after_value).then(|| operators::word(found.text));
    let help = operators::shell_operator(around.before)
        .map(str::to_owned)
        .or_else(|| of_word().flatten().map(str::to_owned))
        .or_else(|| operators::advice(found.text, around.before, around.rest))?;
    Some(Idiom { sign: Sign::Write(help), fix: None })
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// The last token of a line; of a text only its closing quote.
fn last_token(line: &str) -> &str {
    let line = line.trim_end();
    let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let start = line.trim_end_matches(word).len();
    match line[start..].is_empty() {
        true => line.char_indices().next_back().map_or("", |(at, _)| &line[at..]),
        false => &line[start..],
    }
}

/// A line that is a comment elsewhere.
fn comment(before: &str, found: &Found<'_>, rest: &str) -> Option<Sign> {
    let line = before.trim_start();
    let starts = line.starts_with("--") || line.starts_with("/*") || line == "/" && found.text == "*";
    let rules = before.trim_matches(['-', ' ']).is_empty() && found.text == "-" && rest.starts_with('-');
    (starts || rules || found.text == "#").then_some(Sign::Comment)
}

fn equals(text: &str, found: &Found<'_>, around: &Around<'_>) -> Option<Idiom> {
    if around.rest.starts_with('~') {
        return Some(Idiom { sign: Sign::Pattern, fix: None });
    }
    for (operator, sign) in [("==", Sign::Equal), ("!=", Sign::Unequal)] {
        if around.before.ends_with(operator) {
            return Some(Idiom { sign, fix: Some((found.span(), String::new())) });
        }
    }
    if around.parent == SyntaxKind::ArgList && is_name(around.previous) {
        let start = text[..found.start].trim_end().len();
        let blanks = around.rest.len() - around.rest.trim_start().len();
        let fix = Some((span(start, found.end + blanks), ": ".to_owned()));
        return Some(Idiom { sign: Sign::Argument(around.previous.to_owned()), fix });
    }
    // `timeout = 5m` compares nothing, nor does `each x = xs`.
    let clause = first_word(around.before.trim_start());
    if matches!(
        clause,
        "each" | "after" | "retry" | "approve" | "enrich" | "triage" | "communicate" | "remediate"
    ) {
        return None;
    }
    if clause == "on" && around.previous == "failure" {
        return Some(Idiom { sign: Sign::Failure, fix: None });
    }
    if words::is_clause(around.previous)
        || matches!(around.previous, "" | "timeout" | "undo" | "irreversible")
    {
        return None;
    }
    Some(Idiom { sign: Sign::Equal, fix: Some((found.span(), "==".to_owned())) })
}

fn colon(around: &Around<'_>) -> Option<Idiom> {
    let sign = match around.parent {
        SyntaxKind::Index => Sign::Slice,
        SyntaxKind::IfStmt => Sign::Block,
        _ if around.previous == "failure" => Sign::Failure,
        _ if around.rest.starts_with('=') => Sign::Define,
        _ => return None,
    };
    Some(Idiom { sign, fix: None })
}

fn quote(text: &str, found: &Found<'_>, line_end: usize) -> Option<Idiom> {
    let inner = &text[found.end..line_end];
    let fix = inner.find(found.text).and_then(|length| {
        let inner = &inner[..length];
        let plain = !inner.contains(['"', '\\', '$']);
        plain.then(|| (span(found.start, found.end + length + 1), format!("\"{inner}\"")))
    });
    Some(Idiom { sign: Sign::Quote, fix })
}

fn variable(found: &Found<'_>, around: &Around<'_>) -> Option<Idiom> {
    let braced = around.rest.strip_prefix('{');
    let name: String = braced
        .unwrap_or(around.rest)
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.'))
        .collect();
    if name.is_empty() {
        return Some(Idiom { sign: Sign::Variable("NAME".to_owned()), fix: None });
    }
    let length = name.len() + if braced.is_some() { 2 } else { 0 };
    let whole = braced.is_none_or(|rest| rest[name.len()..].starts_with('}'));
    let fix = whole.then(|| (span(found.start, found.end + length), name.clone()));
    Some(Idiom { sign: Sign::Variable(name), fix })
}

fn percent(text: &str, problem: &Problem, found: &Found<'_>, around: &Around<'_>) -> Option<Idiom> {
    let number = around.previous.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'));
    let goes_on = around.rest.trim_start().starts_with(|next: char| next.is_ascii_alphanumeric());
    let follows =
        ["and ", "or ", "then ", "else "].iter().any(|word| around.rest.trim_start().starts_with(word));
    match problem.previous {
        Some((start, end)) if number && !around.previous.is_empty() && (!goes_on || follows) => {
            let joined = format!("{}%", &text[start..end]);
            Some(Idiom { sign: Sign::Percent(joined.clone()), fix: Some((span(start, found.end), joined)) })
        }
        _ => Some(Idiom { sign: Sign::Remainder, fix: None }),
    }
}

fn dash(_: &Found<'_>, around: &Around<'_>) -> Option<Idiom> {
    let rest: String = around
        .rest
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
        .collect();
    let name = format!("{}_{}", around.previous, rest.replace('-', "_"));
    Some(Idiom { sign: Sign::Dash(name), fix: None })
}

pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && !words::is_clause(text)
}

/// Whether a value could end with this token.
fn ends_a_value(text: &str) -> bool {
    is_name(text) && !matches!(text, "when" | "until" | "if" | "and" | "or" | "not" | "then" | "else")
        || text.ends_with([')', ']', '"'])
}

fn in_type(around: &Around<'_>) -> bool {
    matches!(
        around.parent,
        SyntaxKind::ParamList | SyntaxKind::FieldList | SyntaxKind::Param | SyntaxKind::FieldDef
    ) && (around.previous == ":" || is_name(around.previous))
}

fn is_named_step(before: &str) -> bool {
    before.trim_start().starts_with("step ") && !before.contains('=')
}

/// Whether a text follows a letter at once: `f"..."`.
fn is_prefix(around: &Around<'_>, found: &Found<'_>) -> bool {
    let letter = matches!(around.previous, "f" | "r" | "b" | "u" | "F" | "R" | "B" | "s" | "raw");
    letter && around.before.ends_with(around.previous) && found.start > 0
}
