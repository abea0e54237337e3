//! Words and signs between values in other languages.

use super::{Row, find};

const SUCCEEDED: &str = "a step that failed or was skipped has no value: write `STEP != none`; to handle a failure, write `on failure ...` below the step";
const PROMQL: &str = "PromQL goes into a text, in the call of an action: `prometheus.ratio(\"...\")`";
const RANGE: &str =
    "there are no ranges; write `x >= 1 and x <= 5` to compare, or the elements as `[1, 2, 3]`";

/// Words that follow a value.
const WORDS: &[Row] = &[
    (&["eq", "equals", "equal", "EQ"], "to compare, write `==`"),
    (&["ne", "neq", "differs", "NE"], "to compare, write `!=`"),
    (
        &["gt", "greater", "exceeds", "above", "over", "more", "larger", "higher", "GT"],
        "to compare, write `>`",
    ),
    (&["ge", "gte", "GE"], "to compare, write `>=`"),
    (&["lt", "less", "below", "under", "lower", "smaller", "fewer", "LT"], "to compare, write `<`"),
    (&["le", "lte", "LE"], "to compare, write `<=`"),
    (
        &["contains", "has", "includes", "include", "contain", "CONTAINS"],
        "write `x.contains(y)`, or `y in x`",
    ),
    (
        &["like", "matches", "match", "regex", "rlike", "LIKE", "MATCHES"],
        "there are no regular expressions; use `.contains(...)`, `.starts_with(...)` or `.ends_with(...)`",
    ),
    (&["startswith", "starts", "starts_with", "startsWith", "begins"], "write `x.starts_with(\"...\")`"),
    (&["endswith", "ends", "ends_with", "endsWith"], "write `x.ends_with(\"...\")`"),
    (&["between", "BETWEEN"], "write `x >= LOW and x <= HIGH`"),
    (&["xor", "XOR"], "write `a != b`: one of the two conditions holds, and not both"),
    (
        &["mod", "rem", "MOD"],
        "there is no remainder operator; `%` is only used for percentages, such as `5%`",
    ),
    (&["div", "DIV"], "to divide, write `/`"),
    (&["plus"], "write `+`"),
    (&["minus"], "write `-`"),
    (&["percent", "pct", "per"], "write a percentage with `%`, without a space: `5%`"),
    (&["offset", "without", "by", "group_left"], PROMQL),
    (&["succeeded", "succeeds", "completed", "completes", "finished", "done", "passed"], SUCCEEDED),
    (&["unless"], "write `and not`, or the clause `when not CONDITION` below the step"),
    (&["otherwise"], "write `else`"),
    (&["else"], "write a choice as `if CONDITION then A else B`"),
];

/// Signs, and what to write in their place.
const SIGNS: &[(&str, &str)] =
    &[("≥", ">="), ("≤", "<="), ("≠", "!="), ("×", "*"), ("÷", "/"), ("→", "->"), ("⇒", "=>"), ("−", "-")];

/// Advice on a word that follows a value.
pub fn word(word: &str) -> Option<&'static str> {
    find(WORDS, word)
}

/// The sign of Quell for a sign.
pub fn sign(sign: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(theirs, _)| *theirs == sign).map(|(_, ours)| *ours)
}

/// `-gt`, `-eq` of a shell: the line up to what follows it.
pub fn shell_operator(before: &str) -> Option<&'static str> {
    let (_, operator) = before.trim_end().rsplit_once('-')?;
    matches!(operator, "eq" | "ne" | "gt" | "ge" | "lt" | "le").then(|| word(operator)).flatten()
}

/// Advice on a sign, from the text right before and after it.
pub fn advice(sign: &str, before: &str, rest: &str) -> Option<String> {
    let plain = |help: &str| Some(help.to_owned());
    let ends_number = before.ends_with(|last: char| last.is_ascii_digit());
    match sign {
        "." if before.ends_with('.') || rest.starts_with('.') => plain(RANGE),
        "." if rest.starts_with(|next: char| next.is_ascii_digit()) => {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            Some(format!("write the number with a zero in front: `0.{digits}`"))
        }
        ":" if rest.starts_with(':') || before.ends_with(':') => {
            plain("write `.` between a module and its item: `MODULE.NAME`")
        }
        ":" if ends_number && rest.starts_with(|next: char| next.is_ascii_digit()) => plain(
            "write a duration with units: `5m`, `1h30m`; a point in time is `time(\"2026-01-02T03:04:05Z\")`",
        ),
        ":" if rest.starts_with('/') => plain("write texts in double quotes: `\"...\"`"),
        "," if ends_number && rest.starts_with(|next: char| next.is_ascii_digit()) => {
            plain("write a large number without commas: `1_000`; a decimal point is `.`: `5.5`")
        }
        "<" if rest.starts_with('-') => plain("write `=` to give a name a value"),
        "<" if rest.starts_with("!--") => plain("comments start with `//`"),
        "^" => plain("there is no power operator; multiply instead"),
        "~" if before.trim_end().ends_with(|last: char| last.is_alphanumeric() || "\")]%".contains(last)) => {
            word("matches").map(str::to_owned)
        }
        "~" => plain("write `not`"),
        "\\" if rest.trim().is_empty() => {
            plain("remove the backslash: arguments may continue on the next line")
        }
        "\\" => plain("write a lambda as `x => ...`; write texts in double quotes: `\"...\"`"),
        "/" => plain("write texts in double quotes: `\"...\"`; there are no regular expressions"),
        "«" | "»" => plain("write texts in double quotes: `\"...\"`"),
        "{" if before.ends_with('{') => plain("write the name alone: `NAME`; only texts contain `${...}`"),
        "%" if ends_number || before.ends_with('.') => plain("write a percentage as `5%` or `5.5%`"),
        _ => None,
    }
}
