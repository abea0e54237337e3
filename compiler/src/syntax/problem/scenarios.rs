//! What to write in the place of a `given` or `expect` that can't be read.

use super::found::Found;

/// What to write in the place of a `given`, of which `fragment` is the text up to the end.
pub(super) fn given(fragment: &str, found: &Found<'_>) -> Option<String> {
    let rest = fragment.strip_prefix("given")?.trim_start_matches([' ', ':', '(']);
    let mut words: Vec<&str> = rest.split_whitespace().collect();
    while let [filler @ ("that" | "step" | "a" | "an" | "the" | "no" | "cause"), _, ..] = words.as_slice() {
        if matches!(*filler, "a" | "an" | "the") && words.len() > 2 {
            break;
        }
        words.remove(0);
    }
    let subject = words.first().copied().unwrap_or("STEP").split(['(', ':']).next().unwrap_or("STEP");
    let value = |from: usize| match words.get(from..).unwrap_or_default().join(" ") {
        value if value.is_empty() => "VALUE".to_owned(),
        value => value.trim_start_matches([':', '=']).trim().to_owned(),
    };
    let start = || "write `given start at time(\"2026-01-02T03:04:05Z\")`".to_owned();
    match words.as_slice() {
        ["severity", ..] => {
            return Some(
                "the severity follows from other values: set these, such as `given STEP returns VALUE`"
                    .to_owned(),
            );
        }
        ["run.starter" | "starter", "=" | "==" | "is" | "by", ..] => {
            return Some(format!("write `given starter = {}`", value(2)));
        }
        ["run.now" | "now" | "time" | "clock" | "started" | "date" | "today" | "start", ..] => {
            return Some(start());
        }
        ["alert" | "event", "fires" | "fired" | "firing", ..] | ["alert" | "event"] => {
            return Some("a scenario starts with its event; set it with `given alert = { ... }`".to_owned());
        }
        [name, "=", ..] if name.contains('.') => {
            return Some(format!("write `given {name} returns {}`", value(2)));
        }
        [_, "=", ..] => return None,
        [name, "==" | "is", ..] if !matches!(words.get(2), Some(&("approved" | "down" | "refused"))) => {
            return Some(format!(
                "write `given {name} = {0}` for an input, or `given {name} returns {0}` for a step",
                value(2)
            ));
        }
        _ => {}
    }
    Some(match words.iter().skip(1).find_map(|word| meant(word)).or_else(|| meant(found.text))? {
        Given::Returns => format!("write `given {subject} returns VALUE`"),
        Given::Fails => format!("write `given {subject} fails \"why\"`"),
        Given::Down => format!("write `given {subject} down`"),
        Given::Taking => format!("write `given {subject} taking 5m`"),
        Given::Approved => format!("write `given approval of {} by PERSON`", step(&words)),
        Given::Refused => format!("write `given approval of {} refused by PERSON`", step(&words)),
        Given::Answer => format!("write `given PERSON answer {} with VALUE`", step(&words)),
        Given::Follows => format!(
            "what happens to `{subject}` follows from what is given: write `given {subject} returns VALUE` or `given {subject} fails \"why\"`"
        ),
    })
}

/// The kinds of `given` that other words mean.
enum Given {
    Returns,
    Fails,
    Down,
    Taking,
    Approved,
    Refused,
    Answer,
    Follows,
}

fn meant(word: &str) -> Option<Given> {
    Some(match word.trim_matches([',', ':', '(', ')', ';']) {
        "approved" | "approves" | "approve" | "granted" | "accepts" | "accepted" | "confirms"
        | "approval" => Given::Approved,
        "refused" | "refuses" | "rejects" | "rejected" | "denies" | "denied" | "declines" | "declined" => {
            Given::Refused
        }
        "answered" | "answers" | "says" | "replies" | "responds" | "chooses" => Given::Answer,
        "failed" | "errors" | "error" | "failing" | "throws" | "raises" | "fail" | "crashes" => Given::Fails,
        "takes" | "took" | "slow" | "lasts" | "times" | "timeout" | "timing" | "after" => Given::Taking,
        "return" | "returned" | "yields" | "gives" | "->" | "=>" | "will" | "returning" | "equals" | "of"
        | "as" | "be" => Given::Returns,
        "unavailable" | "offline" | "outage" | "goes" | "unreachable" | "broken" | "is" => Given::Down,
        "skipped" | "succeeds" | "succeeded" | "ok" | "ran" | "runs" | "done" | "completed" | "passes"
        | "works" => Given::Follows,
        _ => return None,
    })
}

/// The step that an approval or answer is about: the word behind the verb, or the first one.
fn step<'w>(words: &[&'w str]) -> &'w str {
    let verb = words.iter().position(|word| meant(word).is_some());
    let behind =
        verb.and_then(|verb| words.get(verb + 1)).filter(|word| is_name(word) && meant(word).is_none());
    match (words, behind) {
        (["approval", "of", step, ..], _) => step,
        (["approval", step, ..], _) => step,
        (_, Some(step)) if verb == Some(1) && !matches!(*step, "by" | "after" | "with") => step,
        ([first, ..], _) if verb == Some(1) && words.get(2) == Some(&"by") || words.len() == 2 => first,
        _ => "STEP",
    }
}

/// What to write in the place of an expectation; `line` is the text up to its end.
pub(super) fn expectation(line: &str) -> Option<String> {
    let rest = line.trim().strip_prefix("expect")?.trim_start_matches([' ', ':', '(']);
    let words: Vec<&str> = rest
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | ',' | ';' | '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let negated = words.iter().any(|word| {
        matches!(
            *word,
            "not" | "no" | "never" | "nothing" | "didn" | "wasn" | "isn" | "doesn" | "hasn" | "unresolved"
        )
    });
    let not = if negated { " not" } else { "" };
    let subject = words.iter().copied().find(|word| !is_filler(word) && outcome(word).is_none());
    let found = words.iter().enumerate().find_map(|(at, word)| Some((at, outcome(word)?)));
    if let Some((_, ending @ ("resolved" | "completed"))) = found
        && subject.is_none_or(|subject| {
            matches!(subject, "run" | "playbook" | "incident" | "within" | "in" | "after")
        })
    {
        let negated = if negated { "not " } else { "" };
        let limit = words.iter().any(|word| matches!(*word, "in" | "within")).then_some(" within 30m");
        return Some(format!("write `expect {negated}{ending}{}`", limit.unwrap_or_default()));
    }
    if words.contains(&"and") || rest.contains(", ") {
        return Some("write a separate `expect` line for each condition".to_owned());
    }
    if words.contains(&"or") {
        return Some("write a separate scenario for each case".to_owned());
    }
    if let Some(at) = words.iter().position(|word| matches!(*word, "before" | "after" | "then")) {
        let (first, second) = (words.first()?, words.get(at + 1).copied().unwrap_or("OTHER"));
        let is_time = second.starts_with(|letter: char| letter.is_ascii_digit());
        return Some(match words[at] {
            _ if is_time => format!("write `expect {first} ran within {second}`"),
            "after" => format!("write `expect {second} ran before {first}`"),
            _ => format!("write `expect {first} ran before {second}`"),
        });
    }
    let subject = subject.unwrap_or("STEP");
    Some(match found.map(|(_, outcome)| outcome) {
        Some("times") => format!("write `expect {subject} ran 2 times`"),
        Some("failed") if subject == "STEP" => {
            "write `expect failed` for the run, or `expect STEP failed`".to_owned()
        }
        Some(called @ "called") => {
            match words.iter().find(|word| matches!(**word, "once" | "twice" | "time")) {
                Some(&"twice") => format!("write `expect {subject} called 2 times`"),
                Some(_) => format!("write `expect {subject} called 1 times`"),
                None if words.contains(&"with") => {
                    format!("name the parameter: `expect {subject} called with NAME containing \"...\"`")
                }
                None => format!("write `expect {subject}{not} {called}`"),
            }
        }
        Some("ran") if words.iter().any(|word| matches!(*word, "once" | "twice")) => {
            let times = if words.contains(&"once") { 1 } else { 2 };
            format!("write `expect {subject} ran {times} times`")
        }
        Some(outcome @ ("ran" | "failed")) if words.iter().any(|word| matches!(*word, "in" | "within")) => {
            format!("write `expect {subject}{not} {outcome} within 5m`")
        }
        Some(outcome) => format!("write `expect {subject}{not} {outcome}`"),
        None if words.iter().any(|word| *word == "contains" || *word == "containing") => {
            format!("write `expect {subject}.contains(\"...\")`")
        }
        None if negated && subject != "STEP" => {
            format!("write `expect {subject} not ran`, or `expect {subject} not called` for an action")
        }
        None if words.len() > 1 => format!("compare the value: `expect {subject} == VALUE`"),
        None => return None,
    })
}

/// Words without a meaning of their own.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "step"
            | "the"
            | "to"
            | "is"
            | "be"
            | "was"
            | "has"
            | "have"
            | "did"
            | "does"
            | "should"
            | "will"
            | "not"
            | "no"
            | "never"
            | "nothing"
            | "didn"
            | "wasn"
            | "isn"
            | "doesn"
            | "hasn"
            | "t"
            | "been"
            | "cause"
            | "call"
            | "snapshot"
    )
}

/// The outcome that a word means.
fn outcome(word: &str) -> Option<&'static str> {
    Some(match word {
        "ran" | "run" | "runs" | "running" | "succeeded" | "succeeds" | "success" | "passes" | "passed"
        | "done" | "ok" | "executed" | "finished" | "finishes" | "worked" => "ran",
        "resolve" | "resolves" | "resolved" | "recovered" | "fixed" | "unresolved" => "resolved",
        "complete" | "completes" | "completed" => "completed",
        "fail" | "fails" | "failed" | "failure" | "error" | "errors" | "timed" | "timeout" | "throws" => {
            "failed"
        }
        "skip" | "skips" | "skipped" | "ignored" => "skipped",
        "called" | "invoked" | "triggered" => "called",
        "notified" | "paged" | "messaged" | "told" | "informed" | "alerted" | "notify" => "told",
        "cancelled" | "canceled" | "aborted" => "cancelled",
        "blocked" => "blocked",
        "handled" | "caught" => "handled",
        "unanswered" => "unanswered",
        "attempted" | "tried" => "attempted",
        _ => return None,
    })
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
}
