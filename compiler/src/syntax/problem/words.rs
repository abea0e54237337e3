//! The words that begin something, and where they belong.

use crate::syntax::{SyntaxKind, tree::Problem};

/// A place where lines begin with words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// What stands there.
    pub what: &'static str,
    /// The words that begin it.
    pub known: &'static [&'static str],
}

/// Words that go on with a clause or statement.
pub(super) const CONTINUATIONS: &[&str] = &[
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
    "within",
    "always",
    "times",
    "until",
    "backoff",
    "else",
    "and",
    "or",
    "ran",
    "attempted",
    "skipped",
    "failed",
    "handled",
    "blocked",
    "cancelled",
    "unanswered",
    "called",
    "told",
    "before",
    "taking",
    "returns",
    "fails",
];

const ITEMS: &[&str] = &[
    "use", "record", "enum", "type", "let", "fn", "trigger", "action", "task", "playbook", "scenario",
    "private", "ordered",
];
const MEMBERS: &[&str] =
    &["on", "input", "owner", "resolve within", "enrich", "triage", "communicate", "remediate"];
const STATEMENTS: &[&str] =
    &["step", "let", "if", "cause", "severity", "suspect", "rule out", "resolved", "return"];
const STATEMENTS_AND_CLAUSES: &[&str] = &[
    "step",
    "let",
    "if",
    "cause",
    "severity",
    "suspect",
    "rule out",
    "resolved",
    "return",
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
    "on failure",
];
const SCENARIO: &[&str] = &["given", "expect", "let"];
const ACTION: &[&str] = &[
    "timeout",
    "idempotent",
    "undo",
    "irreversible",
    "deprecated",
    "touches",
    "provides",
    "http",
    "command",
    "container",
    "simulate",
];
const BINDING: &[&str] = &[
    "auth", "headers", "query", "json", "form", "body", "stdin", "env", "args", "output", "expect", "return",
];
const SIMULATE: &[&str] = &["return", "let", "takes", "fails"];

/// What stands in nodes of this kind, behind a sibling of the kind `before`.
pub(super) fn place(parent: SyntaxKind, before: Option<SyntaxKind>) -> Place {
    match parent {
        SyntaxKind::PlaybookItem => Place { what: "header or part", known: MEMBERS },
        SyntaxKind::Block => {
            let clauses = matches!(before, Some(SyntaxKind::StepStmt | SyntaxKind::StrayClause));
            match clauses {
                true => Place { what: "statement or clause", known: STATEMENTS_AND_CLAUSES },
                false => Place { what: "statement", known: STATEMENTS },
            }
        }
        SyntaxKind::ScenarioBody => Place { what: "line of a scenario", known: SCENARIO },
        SyntaxKind::ActionBody => Place { what: "line of an action", known: ACTION },
        SyntaxKind::BindingBody => Place { what: "line of a binding", known: BINDING },
        SyntaxKind::SimulateBlock => Place { what: "line of `simulate`", known: SIMULATE },
        _ => Place { what: "item", known: ITEMS },
    }
}

/// Where a word belongs that begins something elsewhere.
pub(super) fn belongs(word: &str) -> Option<&'static str> {
    Some(match word {
        "step" | "cause" | "if" => "belongs in a part of a playbook or in a task",
        "severity" => "belongs in a part of a playbook",
        "suspect" | "rule" => "belongs in a `cause`",
        "resolved" => "belongs in the part `remediate`",
        "return" => "belongs in a task, a binding or `simulate`",
        "on" | "input" | "owner" | "resolve" => "belongs in a playbook, above its parts",
        "enrich" | "triage" | "communicate" | "remediate" => "is a part of a playbook",
        "when" | "after" | "each" | "repeat" | "every" | "approve" | "retry" => "belongs below a step",
        "timeout" | "undo" | "irreversible" => "belongs below a step or in an action",
        "idempotent" | "deprecated" | "touches" | "provides" | "http" | "command" | "container"
        | "simulate" => "belongs in an action",
        "auth" | "headers" | "query" | "json" | "form" | "stdin" | "env" | "args" | "output" => {
            "belongs in a binding: `http`, `command` or `container`"
        }
        "takes" | "fails" => "belongs in `simulate`",
        "given" | "expect" => "belongs in a scenario",
        "let" => "belongs at the top level, in a part, a task or a scenario",
        "use" | "record" | "enum" | "type" | "fn" | "trigger" | "action" | "task" | "playbook"
        | "scenario" | "private" => "belongs at the top level of the file",
        _ => return None,
    })
}

/// Whether one of `known` begins with this word: `on failure` with `on`.
pub(super) fn begins_one(known: &[&str], word: &str) -> bool {
    known.iter().any(|phrase| phrase.split(' ').next() == Some(word))
}

/// Whether broken text between items is the rest of an item that ended too early: that has its reason in
/// what was reported before.
pub(super) fn is_torn_off(text: &str, problem: &Problem) -> bool {
    let own = &text[problem.start..problem.end];
    let word_end = own.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(own.len());
    let inner = belongs(&own[..word_end]).is_some_and(|place| !place.starts_with("belongs at the top level"));
    problem.kind == SyntaxKind::BadItem && problem.before.is_some() && (own.starts_with('}') || inner)
}

/// How the clause that starts with this word is written.
pub(super) fn form(word: &str) -> Option<&'static str> {
    Some(match word {
        "when" => "when CONDITION",
        "after" => "after STEP + 5m",
        "each" => "each x in xs, 5 at a time, at most 100",
        "repeat" => "repeat every 10s until CONDITION for 1m, at most 10m",
        "every" => "every 10m",
        "approve" => "approve by 1 of PEOPLE when CONDITION within 10m",
        "timeout" => "timeout 5m",
        "retry" => "retry 3 times every 10s",
        "undo" => "undo CALL always",
        "irreversible" => "irreversible \"why\"",
        _ => return None,
    })
}

/// Whether a clause begins with this word.
pub(super) fn is_clause(word: &str) -> bool {
    belongs(word).is_some_and(|place| place.starts_with("belongs below a step"))
}
