//! Names in the manner of Quell for whatever things are called elsewhere.

use std::collections::BTreeSet;

use crate::visible::visible_literal;

/// Words that mean something already: keywords, what every module sees, and what is seen in a playbook.
const TAKEN: &[&str] = &[
    "use",
    "private",
    "record",
    "enum",
    "type",
    "let",
    "fn",
    "task",
    "action",
    "trigger",
    "playbook",
    "scenario",
    "step",
    "cause",
    "if",
    "then",
    "else",
    "match",
    "and",
    "or",
    "not",
    "in",
    "as",
    "true",
    "false",
    "none",
    "when",
    "after",
    "each",
    "repeat",
    "every",
    "approve",
    "timeout",
    "retry",
    "undo",
    "irreversible",
    "return",
    "run",
    "severity",
    "it",
    "error",
    "started",
    "assessed",
    "triaged",
    "resolved",
    "failed",
    "need",
    "secret",
    "time",
    "table",
    "ask",
    "ask_many",
    "manual",
    "info",
    "minor",
    "major",
    "critical",
    "slack",
    "markdown",
    "row",
    "channel",
    "person",
    "owner",
    "responders",
    "input",
    "event",
    "start",
    "approval",
    "on",
    "resolve",
    "snapshot",
    "given",
    "expect",
    "text",
    "slack_channel",
    "find_person",
    "experimental",
    "supporting",
    "important",
    "vital",
];

/// Names that are given away once each.
#[derive(Debug, Clone, Default)]
pub struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// A free name made from `words`.
    pub fn give(&mut self, words: &str) -> String {
        let base = snake(words);
        let first = if TAKEN.contains(&base.as_str()) || super::known::modules().contains(base.as_str()) {
            format!("{base}_")
        } else {
            base.clone()
        };
        let numbered = (2..).map(|number: u32| format!("{}_{number}", base.trim_end_matches('_')));
        let taken = |name: &str| TAKEN.contains(&name) || super::known::modules().contains(name);
        let free = |name: &String| !taken(name) && !self.given.contains(name);
        // There are more numbers than names.
        let name = std::iter::once(first).chain(numbered).find(free).unwrap_or(base.clone());
        self.given.insert(name.clone());
        name
    }
}

/// `slackRecipient`, `slack-recipient` and `SLACK_RECIPIENT` as `slack_recipient`.
pub fn snake(words: &str) -> String {
    let mut name = String::new();
    let letters: Vec<char> = words.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let begins = c.is_ascii_uppercase()
            && at > 0
            && (letters[at - 1].is_ascii_lowercase()
                || letters[at - 1].is_ascii_digit()
                || (letters[at - 1].is_ascii_uppercase()
                    && letters.get(at + 1).is_some_and(char::is_ascii_lowercase)));
        let separates = !c.is_ascii_alphanumeric();
        if (begins || separates) && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        if !separates {
            name.push(c.to_ascii_lowercase());
        }
    }
    let name = name.trim_end_matches('_');
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name.to_owned(),
    }
}

/// A text as a literal on one line.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text as it stands between quotes. Only `${` would mean something there.
pub fn escaped(text: &str) -> String {
    let mut literal = String::new();
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '"' => literal.push_str("\\\""),
            '$' if letters.peek() == Some(&'{') => literal.push_str("\\$"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\r' => literal.push_str("\\r"),
            c => literal.push(c),
        }
    }
    visible_literal(&literal).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_out_once() {
        assert_eq!(snake("slackRecipient"), "slack_recipient");
        assert_eq!(snake("redis-info"), "redis_info");
        assert_eq!(snake("AWSKeyID"), "aws_key_id");
        assert_eq!(snake("SLACK_ID"), "slack_id");
        assert_eq!(snake("2nd"), "n2nd");
        assert_eq!(snake("größe!"), "gr_e");
        assert_eq!(snake(""), "unnamed");
        let mut names = Names::default();
        assert_eq!(names.give("run"), "run_");
        assert_eq!(names.give("run"), "run_2");
        assert_eq!(names.give("a"), "a");
        assert_eq!(names.give("a"), "a_2");
        assert_eq!(names.give("a"), "a_3");
    }

    #[test]
    fn literals_say_what_was_said() {
        assert_eq!(quoted("a \"b\"\n"), r#""a \"b\"\n""#);
        assert_eq!(quoted("$5 ${x} \\${y}"), r#""$5 \${x} \\\${y}""#);
        assert_eq!(quoted("\\$x"), r#""\\$x""#);
    }
}
