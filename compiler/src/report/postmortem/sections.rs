//! The sections of a post-mortem that the trace can fill.

use super::{
    facts::{Call, Cause, Facts},
    words,
};
use crate::{
    graph::Nanoseconds,
    markdown::{code, row, rule, text},
    simulate::value::duration_for_people,
};

fn lasted(time: Nanoseconds) -> String {
    duration_for_people(time)
}

/// A table; nothing without rows.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let lines = rows.iter().map(|cells| row(cells) + "\n");
    format!("{}\n{}\n{}", row(head), rule(head.len()), lines.collect::<String>())
}

/// What a step is for, in the words of its documentation: `Roll back the release: `.
fn titled(facts: &Facts<'_>, node: &str) -> String {
    let title = facts.node(node).and_then(|node| node.title.as_deref());
    title.map(|title| format!("{}: ", text(title.trim_end_matches('.')))).unwrap_or_default()
}

fn section(title: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("## {title}\n\n{body}") }
}

pub(super) fn title(facts: &Facts<'_>) -> String {
    let document = facts.document;
    let what = match &document.scenario {
        Some(scenario) => format!("the scenario “{}” of a dry run", text(scenario)),
        None => "a dry run".to_owned(),
    };
    format!(
        "# Post-mortem: {}\n\n> A draft, made from the trace of {what} that started at {}.\n> Fill in whatever is marked \
         with ✎.\n\n| | |\n|---|---|\n{}\n{}\n| **Author** | ✎ |\n| **Status** | draft |\n",
        text(&event_title(facts).unwrap_or_else(|| document.playbook.clone())),
        text(&document.start),
        row(["**Playbook**", &code(&format!("{}:{}", document.module, document.playbook))]),
        row(["**Date**", &text(facts.day())]),
    )
}

/// What the event that started the run says of itself.
fn event_title(facts: &Facts<'_>) -> Option<String> {
    let events = facts.document.inputs.iter().filter_map(|input| input.value.as_object());
    let mut titles = events.filter_map(|event| {
        let title = ["summary", "title", "name"].iter().find_map(|name| event.get(*name)?.as_str());
        title.filter(|title| !title.is_empty()).map(str::to_owned)
    });
    titles.next()
}

pub(super) fn summary(facts: &Facts<'_>) -> String {
    let document = facts.document;
    let mut said = Vec::new();
    if let Some(about) = &document.about {
        said.push(text(about));
    }
    let began = match event_title(facts) {
        Some(event) => format!("“{}” started {}", text(&event), code(&document.playbook)),
        None => format!("{} was started", code(&document.playbook)),
    };
    said.push(format!("{began} at {} UTC.", facts.time(0)));
    if let Some((_, severity, assumed)) = facts.severity.last() {
        let assumed = if assumed.is_some() { " (assumed)" } else { "" };
        said.push(format!("Severity was **{}**{assumed}.", text(severity)));
    }
    let suspected: Vec<&Cause<'_>> =
        facts.causes.iter().filter(|cause| cause.decision == "suspected").collect();
    match suspected.as_slice() {
        [] if facts.causes.is_empty() => {}
        [] => said.push("None of the known causes was suspected.".to_owned()),
        [one] => said.push(format!("The cause that was suspected: {}.", text(one.sentence))),
        several => {
            let all: Vec<String> = several.iter().map(|cause| text(cause.sentence)).collect();
            said.push(format!("Causes that were suspected: {}.", all.join("; ")));
        }
    }
    let undone = facts.changes().filter(|call| call.event.purpose.as_deref() == Some("undo")).count();
    match facts.changes().count() - undone {
        0 => said.push("Nothing that serves users was changed.".to_owned()),
        1 => said.push("One change was made.".to_owned()),
        count => said.push(format!("{count} changes were made.")),
    }
    match undone {
        0 => {}
        1 => said.push("One call put things back.".to_owned()),
        count => said.push(format!("{count} calls put things back.")),
    }
    if let Some(ending) = facts.ending {
        let promised = document.resolve_within.map(|within| {
            let within = lasted(within);
            match (ending.overdue, ending.outcome) {
                (false, _) => format!(" (within the promised {within})"),
                (true, "resolved") => format!(" (promised within {within}: broken)"),
                (true, _) => format!(" (not resolved; promised within {within}: broken)"),
            }
        });
        let promised = promised.unwrap_or_default();
        let after = lasted(ending.decided);
        said.push(match ending.outcome {
            "resolved" => format!("It was **resolved after {after}**{promised}."),
            "failed" => format!("The run **failed after {after}**{promised}."),
            _ => format!("The run was over after {after}."),
        });
        if ending.undo_incomplete {
            said.push("Some changes couldn't be undone.".to_owned());
        }
    }
    section("Summary", &format!("{}\n", said.join(" ")))
}

pub(super) fn impact(facts: &Facts<'_>) -> String {
    let mut out = String::new();
    let found: Vec<Vec<String>> = facts
        .carried_out()
        .into_iter()
        .filter(|call| facts.node(call.node).is_some_and(|node| node.part.as_deref() == Some("enrich")))
        .filter_map(|call| {
            let value = call.value?;
            Some(vec![code(call.node), text(&words::brief(value)), facts.time(call.ended?)])
        })
        .collect();
    if !found.is_empty() {
        out.push_str("What was measured at the time:\n\n");
        out.push_str(&table(&["what", "value", "UTC"], &found));
        out.push('\n');
    }
    let public: Vec<String> = facts
        .messages()
        .filter(|call| call.provides("status_update") && call.outcome == Some("gave"))
        .filter_map(|call| {
            let said = words::message(call.call)?;
            let (time, by) = (facts.time(call.event.at), code(&call.call.callee));
            Some(format!("* {time} UTC, {by}: “{}”\n", text(&words::cut(&said, 300))))
        })
        .collect();
    if !public.is_empty() {
        out.push_str("Status updates:\n\n");
        out.push_str(&public.concat());
        out.push('\n');
    }
    out.push_str(
        "* ✎ Who noticed it, and how?\n* ✎ How many users or requests were affected, from when to when?\n\
         * ✎ What did it cost: money, data, trust?\n",
    );
    section("Impact", &out)
}

pub(super) fn severity(facts: &Facts<'_>) -> String {
    let rows: Vec<Vec<String>> = facts
        .severity
        .iter()
        .map(|(at, value, assumed)| {
            let why = assumed.map_or_else(|| "assessed".to_owned(), |why| format!("assumed: {}", text(why)));
            vec![facts.time(*at), lasted(*at), format!("**{}**", text(value)), why]
        })
        .collect();
    section("Severity", &table(&["UTC", "after", "severity", "source"], &rows))
}

pub(super) fn milestones(facts: &Facts<'_>) -> String {
    let mut rows: Vec<(Nanoseconds, String)> =
        facts.milestones.iter().map(|(name, at, _)| (*at, (*name).to_owned())).collect();
    let first = |name: &str, at: Option<Nanoseconds>| at.map(|at| (at, name.to_owned()));
    let answered = facts.questions.iter().filter_map(|question| Some(question.answer?.0));
    let granted = facts.gates.iter().filter_map(|gate| Some(gate.closed?.0));
    rows.extend(first("first message", facts.messages().map(|call| call.event.at).min()));
    rows.extend(first("first human response", answered.chain(granted).min()));
    rows.extend(first("first change", facts.changes().map(|call| call.event.at).min()));
    rows.extend(facts.ending.map(|ending| (ending.over, "all work finished".to_owned())));
    rows.sort_by_key(|(at, _)| *at);
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(at, name)| vec![text(&name), lasted(at), facts.time(at)]).collect();
    section("Time to each milestone", &table(&["milestone", "after", "UTC"], &rows))
}

pub(super) fn causes(facts: &Facts<'_>) -> String {
    let mut out = String::new();
    for (decision, title) in [("suspected", "Suspected"), ("open", "Left open"), ("ruled_out", "Ruled out")] {
        let own: Vec<&Cause<'_>> = facts.causes.iter().filter(|cause| cause.decision == decision).collect();
        if own.is_empty() {
            continue;
        }
        out.push_str(&format!("{}### {title}\n\n", if out.is_empty() { "" } else { "\n" }));
        for cause in own {
            out.push_str(&format!(
                "* **{}** ({}), at {} UTC\n",
                text(cause.sentence),
                code(cause.name),
                facts.time(cause.at)
            ));
            for line in cause.evidence {
                let word = if line.side == "suspect" { "suspect when" } else { "rule out when" };
                let held = match line.held {
                    Some(true) => "true",
                    Some(false) => "false",
                    None => "unknown",
                };
                let reads = words::reads(&line.reads);
                let reads = if reads.is_empty() { reads } else { format!(": {}", text(&reads)) };
                out.push_str(&format!("  * {} {held}{reads}\n", code(&format!("{word} {}", line.condition))));
            }
        }
    }
    if !facts.causes.is_empty() {
        out.push_str("\n✎ What was the root cause, and why wasn't it caught earlier?\n");
    }
    section("Causes considered", &out)
}

pub(super) fn actions(facts: &Facts<'_>) -> String {
    let outcome = |call: &Call<'_>| match (call.outcome, call.failure) {
        (Some("gave"), _) => "done".to_owned(),
        (_, Some(failure)) => format!("failed: {}; may have taken effect", text(&failure.text)),
        (Some("stopped"), _) => "stopped".to_owned(),
        (Some(other), _) => text(other),
        (None, _) => "never finished".to_owned(),
    };
    let rows: Vec<Vec<String>> = facts
        .changes()
        .map(|call| {
            let what = match call.event.purpose.as_deref() {
                Some("undo") => "undo: ",
                Some(_) => "on failure: ",
                None => "",
            };
            let who = if call.by_person() { "a person" } else { "automatic" };
            let what = format!("{}{what}{}", titled(facts, call.node), code(&words::call(call.call)));
            vec![facts.time(call.event.at), what, text(&call.call.effect), who.to_owned(), outcome(call)]
        })
        .collect();
    let table = table(&["UTC", "what", "effect", "by", "outcome"], &rows);
    let table = if table.is_empty() { "No changes to production.\n".to_owned() } else { table };
    section("Actions taken", &table)
}

pub(super) fn people(facts: &Facts<'_>) -> String {
    let mut out = String::new();
    let all = facts.carried_out();
    let manual = all.iter().filter(|call| call.by_person()).count();
    if !all.is_empty() {
        let rate = 100.0 * (all.len() - manual) as f64 / all.len() as f64;
        out.push_str(&format!(
            "{} of {} steps that ran were automatic: an automation rate of **{rate:.0}%**.\n",
            all.len() - manual,
            all.len()
        ));
    }
    let mut rows = Vec::new();
    let mut waited = 0;
    for question in &facts.questions {
        let answer = match question.answer {
            Some((at, who, value, assumed)) => {
                waited += at - question.at;
                let who = who.unwrap_or("someone");
                let assumed = if assumed { " (assumed)" } else { "" };
                let said = words::brief(value);
                let said = if value.is_null() || said == "done" { "done".to_owned() } else { text(&said) };
                format!("{}: {said}{assumed}, after {}", text(who), lasted(at - question.at))
            }
            None => "not answered".to_owned(),
        };
        let asked = format!(
            "{}{}: {}",
            titled(facts, question.node),
            code(question.node),
            text(&words::cut(question.question, 120))
        );
        rows.push(vec![facts.time(question.at), asked, text(&words::reached(question.people)), answer]);
    }
    for gate in &facts.gates {
        let granted: Vec<String> = gate
            .granted
            .iter()
            .map(|(name, assumed)| if *assumed { format!("{name} (assumed)") } else { (*name).to_owned() })
            .collect();
        let answer = match gate.closed {
            Some((at, outcome)) => {
                waited += at - gate.at;
                let by = if granted.is_empty() {
                    String::new()
                } else {
                    format!("by {}", words::listed(&granted))
                };
                format!(
                    "{}, after {}",
                    text(&format!("{} {by}", outcome.replace('_', " "))),
                    lasted(at - gate.at)
                )
            }
            None => "never closed".to_owned(),
        };
        let asked: Vec<String> = gate.asked.iter().map(|name| (*name).to_owned()).collect();
        let what = format!(
            "{} of {}: {}",
            if gate.count == 1 { "1 approval".to_owned() } else { format!("{} approvals", gate.count) },
            code(gate.node),
            code(&words::call(gate.call))
        );
        rows.push(vec![facts.time(gate.at), what, text(&words::listed(&asked)), answer]);
    }
    rows.sort();
    let table = table(&["UTC", "what", "asked", "answer"], &rows);
    if !table.is_empty() {
        out.push_str(&format!("The run waited for people for {} in total.\n\n{table}", lasted(waited)));
    }
    section("Human involvement", &out)
}

pub(super) fn mishaps(facts: &Facts<'_>) -> String {
    let mut lines: Vec<String> = facts
        .mishaps
        .iter()
        .map(|(at, what)| format!("* {} UTC: {}\n", facts.time(*at), text(what)))
        .collect();
    lines.dedup();
    if let Some(ending) = facts.ending.filter(|ending| ending.overdue) {
        lines.push(match ending.outcome {
            "resolved" => format!("* Resolution took {}, longer than promised.\n", lasted(ending.decided)),
            _ => "* It was never resolved, which breaks the playbook's promise.\n".to_owned(),
        });
    }
    section("What went wrong", &lines.concat())
}

pub(super) fn timeline(facts: &Facts<'_>) -> String {
    let mut rows: Vec<(Nanoseconds, i64, String)> = Vec::new();
    let mut ticks = std::collections::BTreeSet::new();
    for call in facts.calls.iter().filter(|call| !call.is_task) {
        let at = call.event.at;
        let said = words::call(call.call);
        let failed = call.failure.map(|failure| format!(" — failed: {}", text(&failure.text)));
        let what = match (call.call.effect.as_str(), call.event.purpose.as_deref()) {
            (_, Some("undo")) => format!("Undone: {}", code(&said)),
            ("changes" | "destroys", _) => {
                format!("**Change:** {}{}", titled(facts, call.node), code(&said))
            }
            // What is said again and again is told once.
            ("notifies", _) if ticks.insert((call.node, call.event.element)) => {
                format!("Notified: {}", code(&said))
            }
            _ => continue,
        };
        rows.push((at, i64::from(call.event.sequence), format!("{what}{}", failed.unwrap_or_default())));
    }
    for (name, at, sequence) in &facts.milestones {
        if matches!(*name, "started" | "resolved" | "failed") {
            let order = if *name == "started" { -1 } else { i64::from(*sequence) };
            rows.push((*at, order, format!("**{}**", name.to_uppercase())));
        }
    }
    for (at, severity, _) in &facts.severity {
        rows.push((*at, 0, format!("Severity is **{}**", text(severity))));
    }
    for cause in &facts.causes {
        let decision = cause.decision.replace('_', " ");
        rows.push((cause.at, 0, format!("Cause {}: **{}**", text(cause.sentence), text(&decision))));
    }
    for question in &facts.questions {
        let who = words::reached(question.people);
        rows.push((
            question.at,
            1,
            format!("Asked {}: {}", text(&who), text(&words::cut(question.question, 120))),
        ));
        if let Some((at, who, value, _)) = question.answer {
            rows.push((
                at,
                0,
                format!("{} answered: {}", text(who.unwrap_or("Someone")), text(&words::brief(value))),
            ));
        }
    }
    for gate in &facts.gates {
        rows.push((gate.at, 1, format!("Approval requested: {}", code(&words::call(gate.call)))));
        if let Some((at, outcome)) = gate.closed {
            rows.push((
                at,
                0,
                format!("Approval of {}: {}", code(gate.node), text(&outcome.replace('_', " "))),
            ));
        }
    }
    rows.sort_by_key(|(at, order, _)| (*at, *order));
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(at, _, what)| vec![facts.time(at), lasted(at), what]).collect();
    section("Timeline", &table(&["UTC", "after", "what"], &rows))
}
