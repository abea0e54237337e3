//! Words and forms of the language that may stand at a place.

use super::{Completion, Kind, Scan};

/// Words with what they are for.
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
    ("use", "use $0", "The names of another module."),
    (
        "scenario",
        "scenario \"${1:title}\" for ${2:playbook} {\n  given $0\n  expect resolved\n}",
        "A test of a playbook.",
    ),
    (
        "task",
        "task ${1:name}(${2:parameter}: ${3:Text}) -> ${4:Text} {\n  $0\n  return ${5:value}\n}",
        "Steps under one name.",
    ),
    (
        "action",
        "action ${1:name}(${2:parameter}: ${3:Text}) -> ${4:Text} ${5:reads} {\n  $0\n}",
        "A typed call of something outside.",
    ),
    ("fn", "fn ${1:name}(${2:x}: ${3:Int}) -> ${4:Int} = $0", "A pure function."),
    ("record", "record ${1:Name} {\n  ${2:field}: ${3:Text}\n}", "A type with fields."),
    ("enum", "enum ${1:Name} { ${2:first}, ${3:second} }", "A type with a fixed set of values."),
    ("type", "type ${1:Name} = $0", "Another name for a type."),
    ("let", "let ${1:name}: ${2:Type} = $0", "A value of the module."),
    ("trigger", "trigger ${1:name}(${2:parameter}: ${3:Text}) -> ${4:Type}", "What starts a playbook."),
    ("private", "private $0", "Hides the item behind it from other modules."),
];

const HEADER: &[(&str, &str, &str)] = &[
    ("on", "on $0", "What starts it: with this it is a response, and has all four parts."),
    ("input", "input ${1:name}: ${2:Text}", "What the one who starts it says."),
    ("owner", "owner $0", "The team that is told when a run fails."),
    ("resolve within", "resolve within ${1:1h}", "The time until it must be resolved."),
];

const PARTS: &[(&str, &str, &str)] = &[
    ("enrich", "enrich {\n  $0\n}", "What is known: looks, and says how severe it is."),
    ("triage", "triage {\n  $0\n}", "Why it happens: causes with evidence. May look and ask."),
    ("communicate", "communicate {\n  $0\n}", "Who hears of it. May go up to notify."),
    ("remediate", "remediate {\n  $0\n}", "What is done about it. May do all."),
];

const CLAUSES: &[(&str, &str, &str)] = &[
    ("when", "when $0", "Only if this holds; the value may then be missing."),
    ("after", "after $0", "Order without data; it replaces the step's place."),
    ("each", "each ${1:x} in ${2:xs}", "Once for each element; the value is a list."),
    ("repeat", "repeat every ${1:10s} until ${2:it.ok}, at most ${3:10m}", "Polls until something holds."),
    ("every", "every ${1:10m}", "The call is made anew until the run is over."),
    ("approve", "approve by ${1:1} of ${2:team.on_call} within ${3:10m}", "People must agree first."),
    ("timeout", "timeout ${1:30s}", "How long each attempt may take."),
    ("retry", "retry ${1:3} times backoff ${2:2s} to ${3:20s}", "Further attempts."),
    ("undo", "undo $0", "What puts it back if the run fails later."),
    ("irreversible", "irreversible \"${1:why}\"", "Why it can't be put back."),
    ("on failure", "on failure ${1|continue,use,run|}$0", "What happens if the step fails."),
];

/// What may stand at the beginning of a line: statements of the block, and clauses of the step above.
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
            // Where the line begins says whether it goes on with the step above.
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
                    "Carried out over HTTP.",
                ),
                ("command", "command [\"${1:program}\"] {\n  $0\n}", "Carried out by a program."),
                ("container", "container \"${1:image}\" {\n  $0\n}", "Carried out in a container."),
                (
                    "simulate",
                    "simulate {\n  return $0\n  takes ${1:1s}\n}",
                    "What a dry run does in its place.",
                ),
                ("timeout", "timeout ${1:30s}", "How long an attempt may take."),
                ("idempotent", "idempotent", "Doing it twice does no harm."),
                ("undo", "undo $0", "What puts it back."),
                ("irreversible", "irreversible \"${1:why}\"", "Why it can't be put back."),
                ("deprecated", "deprecated \"use ${1:other}\"", "What to use instead."),
                ("touches", "touches $0", "The parameter that names what it changes."),
                (
                    "provides",
                    "provides ${1|page,war_room,incident_record,status_update,evidence,verification,postmortem|}",
                    "The role that it has in an incident.",
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
            ("expect", "else the attempt fails"),
            ("let", ""),
            ("return", "the action's value"),
        ]),
        "command" | "container" => words(&[
            ("args", ""),
            ("env", ""),
            ("stdin", ""),
            ("output", "text or json"),
            ("expect", "else the attempt fails"),
            ("let", ""),
            ("return", "the action's value"),
        ]),
        "simulate" => words(&[
            ("return", "the value"),
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
    let step = ("step", "step ${1:name} = $0", "One call, with clauses.");
    let mut all = Vec::new();
    let usual = [
        ("let", "let ${1:name} = $0", "Names a pure value."),
        ("if", "if ${1:condition} {\n  $0\n}", "A group of steps."),
    ];
    let decided = |word: &str| scan.above.iter().any(|line| line.starts_with(word));
    let part = scan.heads().find_map(|head| {
        let word = head.split_whitespace().next().unwrap_or_default();
        ["enrich", "triage", "communicate", "remediate", "task"].into_iter().find(|it| *it == word)
    });
    match part {
        Some("enrich") if !decided("severity") => {
            all.push(("severity", "severity = $0", "How severe it is."))
        }
        Some("triage") if first == "triage" => {
            all.push((
                "cause",
                "cause ${1:name} \"${2:sentence}\" {\n  $0\n  suspect when ${3:condition}\n}",
                "Why it may happen.",
            ));
        }
        Some("triage") => {
            all.push(("suspect when", "suspect when $0", "The cause is suspected if this holds."));
            all.push(("rule out when", "rule out when $0", "The cause is ruled out if this holds."));
        }
        Some("remediate") => {
            all.push(("resolved after", "resolved after $0", "The steps that show that it is resolved."))
        }
        Some("task") => all.push(("return", "return $0", "The task's value.")),
        _ => {}
    }
    // What this block is for comes behind the steps that it takes, and before them once they are there.
    let at = if scan.above.iter().any(|line| line.starts_with("step ")) { all.len() } else { 0 };
    all.insert(at, step);
    all.extend(usual);
    in_order(&all, rank)
}

/// What may follow `on failure`.
pub fn on_failure() -> Vec<Completion> {
    words(&[
        ("continue", "the value is `none`, and all goes on"),
        ("use", "this value instead"),
        ("run", "this call, then the default"),
    ])
}

/// What may follow in an approval.
pub fn approve(last: &str) -> Vec<Completion> {
    match last {
        "approve" => words(&[("by", "how many, of whom")]),
        "else" => words(&[("skip", "the step is skipped instead of failing")]),
        _ => words(&[
            ("of", "whom"),
            ("when", "only if"),
            ("within", "how long each group has"),
            ("else skip", "instead of failing"),
        ]),
    }
}

/// What may follow in the clauses that have words of their own.
pub fn within_clause(clause: &str, last: &str) -> Option<Vec<Completion>> {
    let number = last.starts_with(|letter: char| letter.is_ascii_digit());
    Some(match (clause, last) {
        ("repeat", "repeat") => words(&[("every", "from one poll to the next")]),
        ("repeat", _) if number => {
            words(&[("until", "over `it`, the latest value"), ("at most", "the bound")])
        }
        ("retry", "times") => {
            words(&[("every", "the wait between attempts"), ("backoff", "a wait that doubles")])
        }
        ("retry", _) if number => words(&[("times", ""), ("to", "")]),
        ("each", _) if last != "in" && last != "each" && !last.ends_with(',') => words(&[("in", "the list")]),
        _ => return None,
    })
}

/// What begins a line of a scenario.
pub fn scenario() -> Vec<Completion> {
    forms(
        &[
            ("given", "given $0", "What is so in this scenario."),
            ("expect", "expect $0", "What must come of it."),
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
                ("starter =", "who started the run by hand"),
            ]);
            all.into_iter().map(|it| it.rank(30)).collect()
        }
        ("expect", "expect") => words(&[
            ("resolved", "the service is back; `within` says how soon"),
            ("failed", "it couldn't be repaired"),
            ("severity", "what it was in the end"),
            ("completed", "it ended without either"),
            ("not", "the opposite of what follows"),
            ("snapshot", "the recorded timeline"),
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
