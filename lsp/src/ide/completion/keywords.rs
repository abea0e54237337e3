//! Keywords and snippets that are valid at a place.

use super::{Completion, Kind, Scan};

/// Keywords with their docs.
pub fn words(all: &[(&str, &str)]) -> Vec<Completion> {
    let word = |(order, (word, docs)): (u32, &(&str, &str))| {
        Completion::new(*word, Kind::Keyword).docs(*docs).rank(20).order(order)
    };
    (0..).zip(all).map(word).collect()
}

fn forms(all: &[(&str, &str, &str)], rank: u8) -> Vec<Completion> {
    let form = |(label, insert, docs): &(&str, &str, &str)| {
        Completion::new(*label, Kind::Snippet).snippet(*insert).docs(*docs).rank(rank)
    };
    all.iter().map(form).collect()
}

/// The same, the likeliest first.
fn in_order(all: &[(&str, &str, &str)], rank: u8) -> Vec<Completion> {
    let mut all = forms(all, rank);
    all.iter_mut().zip(0..).for_each(|(it, number)| it.rank += number);
    all
}

const ITEMS: &[(&str, &str, &str)] = &[
    (
        "playbook",
        "playbook ${1:name} {\n  on ${2:alertmanager.alert(\"Name\") as alert}\n  owner ${3:team}\n\n  enrich {\n    severity = ${4:major}\n  }\n\n  triage none \"${5:why}\"\n\n  communicate {\n    $0\n  }\n\n  remediate none \"${6:why}\"\n}",
        "What to do when something breaks.",
    ),
    ("use", "use $0", "Imports names from another module."),
    (
        "scenario",
        "scenario \"${1:title}\" for ${2:playbook} {\n  given $0\n  expect resolved\n}",
        "A test of a playbook.",
    ),
    (
        "task",
        "task ${1:name}(${2:parameter}: ${3:Text}) -> ${4:Text} {\n  $0\n  return ${5:value}\n}",
        "Steps that several playbooks share.",
    ),
    (
        "action",
        "action ${1:name}(${2:parameter}: ${3:Text}) -> ${4:Text} ${5:reads} {\n  $0\n}",
        "A call to the outside world, with its effect and limits.",
    ),
    ("fn", "fn ${1:name}(${2:x}: ${3:Int}) -> ${4:Int} = $0", "A pure function."),
    ("record", "record ${1:Name} {\n  ${2:field}: ${3:Text}\n}", "A type with fields."),
    ("enum", "enum ${1:Name} { ${2:first}, ${3:second} }", "A type with a fixed set of values."),
    ("type", "type ${1:Name} = $0", "Another name for a type."),
    ("let", "let ${1:name}: ${2:Type} = $0", "A module-level value."),
    ("trigger", "trigger ${1:name}(${2:parameter}: ${3:Text}) -> ${4:Type}", "What starts a playbook."),
    ("private", "private $0", "Hides the item from other modules."),
];

const HEADER: &[(&str, &str, &str)] = &[
    ("on", "on $0", "The trigger. A playbook with a trigger is a response and needs all four parts."),
    ("input", "input ${1:name}: ${2:Text}", "A value supplied when the playbook is started."),
    ("owner", "owner $0", "The team that is notified when a run fails."),
    (
        "resolve within",
        "resolve within ${1:1h}",
        "The time limit for resolution. The compiler compares it with the worst case.",
    ),
];

const PARTS: &[(&str, &str, &str)] = &[
    ("enrich", "enrich {\n  $0\n}", "Collects context and sets the severity. Read-only."),
    (
        "triage",
        "triage {\n  $0\n}",
        "Finds the cause: possible causes with their evidence. May read and ask.",
    ),
    ("communicate", "communicate {\n  $0\n}", "Informs people. May read, ask and notify."),
    ("remediate", "remediate {\n  $0\n}", "Fixes the problem. May change production."),
];

const CLAUSES: &[(&str, &str, &str)] = &[
    ("when", "when $0", "Runs the step only if this holds; otherwise its value is `none`."),
    ("after", "after $0", "Runs the step after these, wherever it is written."),
    ("each", "each ${1:x} in ${2:xs}", "Runs the step once for each element; the value is a list."),
    (
        "repeat",
        "repeat every ${1:10s} until ${2:it.ok}, at most ${3:10m}",
        "Polls until the condition holds.",
    ),
    ("every", "every ${1:10m}", "Repeats the call until the run ends."),
    (
        "approve",
        "approve by ${1:1} of ${2:team.on_call} within ${3:10m}",
        "Waits for people to approve the step.",
    ),
    ("timeout", "timeout ${1:30s}", "The time limit for each attempt."),
    ("retry", "retry ${1:3} times backoff ${2:2s} to ${3:20s}", "Tries again after a failure."),
    ("undo", "undo $0", "The call that reverts the step if the run fails later."),
    ("irreversible", "irreversible \"${1:why}\"", "Why it can't be undone."),
    ("on failure", "on failure ${1|continue,use,run|}$0", "What happens if the step fails."),
];

/// What may start a line: statements of the block, and clauses of the step above.
pub fn at_line_start(scan: &Scan) -> Vec<Completion> {
    let head = scan.heads().next().unwrap_or_default();
    let first = head.trim_start_matches("private ").split_whitespace().next().unwrap_or_default();
    let missing = |all: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
        let said = |word: &str| scan.above.iter().any(|line| line.starts_with(word));
        let all = all.iter().filter(|(label, ..)| *label == "on" || *label == "input" || !said(label));
        all.map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    };
    let as_items = |all: Vec<(String, String, String)>, rank: u8| {
        all.into_iter().enumerate().map(move |(number, (label, insert, docs))| {
            Completion::new(label, Kind::Snippet).snippet(insert).docs(docs).rank(rank + number as u8)
        })
    };
    match first {
        "" => in_order(ITEMS, 10),
        "playbook" => {
            let parts: Vec<&str> = PARTS.iter().map(|(part, ..)| *part).collect();
            let begun = scan.above.iter().any(|line| parts.iter().any(|part| line.starts_with(part)));
            let header = if begun { Vec::new() } else { missing(HEADER) };
            as_items(header, 10).chain(as_items(missing(PARTS), 20)).collect()
        }
        "enrich" | "triage" | "communicate" | "remediate" | "task" | "cause" | "if" | "else" | "}" => {
            // The indentation shows whether the line belongs to the step above.
            let (of_step, others) = if scan.in_step { (10, 40) } else { (40, 10) };
            let mut all: Vec<Completion> = as_items(clauses(scan), of_step).collect();
            all.extend(statements(scan, first, others));
            all
        }
        "action" => forms(
            &[
                (
                    "http",
                    "http ${1|GET,POST,PUT,PATCH,DELETE|} \"${2:https://}\" {\n  $0\n}",
                    "Sends an HTTP request.",
                ),
                ("command", "command [\"${1:program}\"] {\n  $0\n}", "Runs a program."),
                ("container", "container \"${1:image}\" {\n  $0\n}", "Runs a container."),
                (
                    "simulate",
                    "simulate {\n  return $0\n  takes ${1:1s}\n}",
                    "What a dry run returns instead of making the call.",
                ),
                ("timeout", "timeout ${1:30s}", "The time limit for each attempt."),
                ("idempotent", "idempotent", "Running it twice does no harm."),
                ("undo", "undo $0", "The call that reverts it."),
                ("irreversible", "irreversible \"${1:why}\"", "Why it can't be undone."),
                ("deprecated", "deprecated \"use ${1:other}\"", "What to use instead."),
                ("touches", "touches $0", "The parameter that names what it changes."),
                (
                    "provides",
                    "provides ${1|page,war_room,incident_record,status_update,evidence,verification,postmortem|}",
                    "Its role in an incident.",
                ),
            ],
            20,
        ),
        "http" => words(&[
            ("auth", "bearer, basic or header"),
            ("headers", ""),
            ("query", ""),
            ("json", "the body as JSON"),
            ("form", ""),
            ("body", "the body as text"),
            ("expect", "the attempt fails unless this holds"),
            ("let", ""),
            ("return", "the result of the action"),
        ]),
        "command" | "container" => words(&[
            ("args", ""),
            ("env", ""),
            ("stdin", ""),
            ("output", "text or json"),
            ("expect", "the attempt fails unless this holds"),
            ("let", ""),
            ("return", "the result of the action"),
        ]),
        "simulate" => words(&[
            ("return", "the simulated result"),
            ("takes", "how long it takes"),
            ("fails", "how often it fails"),
            ("let", ""),
        ]),
        _ => Vec::new(),
    }
}

/// The clauses that the step above doesn't have yet.
fn clauses(scan: &Scan) -> Vec<(String, String, String)> {
    let Some(step) = scan.above.iter().rposition(|line| line.starts_with("step ")) else { return Vec::new() };
    let lines = &scan.above[step..];
    let of_step = |line: &String| CLAUSES.iter().any(|(clause, ..)| line.starts_with(clause));
    if !lines[1..].iter().all(of_step) {
        return Vec::new();
    }
    let free = CLAUSES.iter().filter(|(clause, ..)| {
        let taken = |line: &String| line.split_whitespace().next() == clause.split_whitespace().next();
        !lines[1..].iter().any(taken)
    });
    free.map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

fn statements(scan: &Scan, first: &str, rank: u8) -> Vec<Completion> {
    let step = ("step", "step ${1:name} = $0", "A call, with its clauses.");
    let mut all = Vec::new();
    let usual = [
        ("let", "let ${1:name} = $0", "Names a computed value."),
        ("if", "if ${1:condition} {\n  $0\n}", "Steps that run only if a condition holds."),
    ];
    let decided = |word: &str| scan.above.iter().any(|line| line.starts_with(word));
    let part = scan.heads().find_map(|head| {
        let word = head.split_whitespace().next().unwrap_or_default();
        ["enrich", "triage", "communicate", "remediate", "task"].into_iter().find(|it| *it == word)
    });
    match part {
        Some("enrich") if !decided("severity") => {
            all.push(("severity", "severity = $0", "The severity of the incident."))
        }
        Some("triage") if first == "triage" => {
            all.push((
                "cause",
                "cause ${1:name} \"${2:sentence}\" {\n  $0\n  suspect when ${3:condition}\n}",
                "A possible root cause.",
            ));
        }
        Some("triage") => {
            all.push(("suspect when", "suspect when $0", "The cause is suspected if this holds."));
            all.push(("rule out when", "rule out when $0", "The cause is ruled out if this holds."));
        }
        Some("remediate") => {
            all.push(("resolved after", "resolved after $0", "The steps that verify the resolution."))
        }
        Some("task") => all.push(("return", "return $0", "The result of the task.")),
        _ => {}
    }
    // The statement that a block exists for is offered after `step`, or first once there are steps.
    let at = if scan.above.iter().any(|line| line.starts_with("step ")) { all.len() } else { 0 };
    all.insert(at, step);
    all.extend(usual);
    in_order(&all, rank)
}

/// What may follow `on failure`.
pub fn on_failure() -> Vec<Completion> {
    words(&[
        ("continue", "ignore the failure; the value is `none`"),
        ("use", "use this value as the result"),
        ("run", "make this call, then apply the default"),
    ])
}

/// What may follow in an approval.
pub fn approve(last: &str) -> Vec<Completion> {
    match last {
        "approve" => words(&[("by", "how many approvals are needed, and from whom")]),
        "else" => words(&[("skip", "the step is skipped instead of failing")]),
        _ => words(&[
            ("of", "the people who can approve"),
            ("when", "ask for approval only if this holds"),
            ("within", "the time limit for each group"),
            ("else skip", "skip the step instead of failing"),
        ]),
    }
}

/// What may follow in the clauses that have words of their own.
pub fn within_clause(clause: &str, last: &str) -> Option<Vec<Completion>> {
    let number = last.starts_with(|letter: char| letter.is_ascii_digit());
    Some(match (clause, last) {
        ("repeat", "repeat") => words(&[("every", "the wait between polls")]),
        ("repeat", _) if number => words(&[
            ("until", "the condition, where `it` is the latest result"),
            ("at most", "the limit on polling"),
        ]),
        ("retry", "times") => words(&[
            ("every", "the wait between attempts"),
            ("backoff", "a wait that doubles after each attempt"),
        ]),
        ("retry", _) if number => words(&[("times", ""), ("to", "")]),
        ("each", _) if last != "in" && last != "each" && !last.ends_with(',') => words(&[("in", "the list")]),
        _ => return None,
    })
}

/// What begins a line of a scenario.
pub fn scenario() -> Vec<Completion> {
    forms(
        &[
            ("given", "given $0", "What the scenario replaces: results, answers, approvals, outages."),
            ("expect", "expect $0", "What must happen in the run."),
            ("let", "let ${1:name} = $0", "Names a value."),
        ],
        10,
    )
}

/// Words within a line of a scenario.
pub fn in_scenario(first: &str, last: &str) -> Vec<Completion> {
    match (first, last) {
        ("given", "given") => {
            let all = words(&[
                ("approval of", "who approves a step"),
                ("start at", "when the run starts"),
                ("starter =", "the person who started the run"),
            ]);
            all.into_iter().map(|it| it.rank(30)).collect()
        }
        ("expect", "expect") => words(&[
            ("resolved", "the incident is resolved; `within` sets a time limit"),
            ("failed", "the run failed to resolve the incident"),
            ("severity", "the severity that the run assigned"),
            ("completed", "the run ended neither resolved nor failed"),
            ("not", "negates what follows"),
            ("snapshot", "the timeline matches the recorded one"),
        ]),
        ("given", _) => words(&[
            ("returns", ""),
            ("fails", ""),
            ("down", ""),
            ("taking", ""),
            ("answer", ""),
            ("by", ""),
            ("after", ""),
            ("with", ""),
            ("from", ""),
            ("then", ""),
            ("when", ""),
        ]),
        _ => words(&[
            ("ran", ""),
            ("attempted", ""),
            ("skipped", ""),
            ("failed", ""),
            ("handled", ""),
            ("blocked", ""),
            ("cancelled", ""),
            ("unanswered", ""),
            ("called", ""),
            ("told", ""),
            ("within", ""),
            ("before", ""),
            ("times", ""),
            ("with", ""),
            ("containing", ""),
        ]),
    }
}
