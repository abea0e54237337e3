//! What the trace can't answer: questions that follow from what happened, for people to fill in.

use super::{facts::Facts, words};
use crate::markdown::{code, text};

/// Questions, and the table of what is to be done.
pub(super) fn questions(facts: &Facts<'_>) -> String {
    let mut asked: Vec<String> = Vec::new();
    for cause in &facts.causes {
        match cause.decision {
            "open" if cause.incomplete => {
                asked.push(format!("What evidence for {} was missing, and why?", code(cause.name)));
            }
            "open" => {
                asked.push(format!("Was it {}? What evidence would have settled it?", code(cause.name)))
            }
            _ => {}
        }
        if cause.contradictory {
            asked.push(format!("Why is the evidence for {} contradictory?", code(cause.name)));
        }
    }
    if !facts.causes.is_empty() && facts.causes.iter().all(|cause| cause.decision != "suspected") {
        asked.push("Which cause is missing from the playbook?".to_owned());
    }
    let mut failed: Vec<&str> = Vec::new();
    for call in facts.calls.iter().filter(|call| call.failure.is_some() && !call.is_task) {
        if !failed.contains(&call.node) {
            failed.push(call.node);
            asked.push(format!("Why did {} fail: {}?", code(call.node), code(&words::call(call.call))));
        }
    }
    for call in facts.carried_out() {
        if call.by_person() && !matches!(call.call.callee.as_str(), "ask" | "ask_many") {
            asked.push(format!("Could {} be automated?", code(call.node)));
        }
    }
    for question in facts.questions.iter().filter(|question| question.answer.is_none()) {
        asked.push(format!("Why wasn't {} answered?", code(question.node)));
    }
    for gate in
        facts.gates.iter().filter(|gate| matches!(gate.closed, Some((_, "late" | "refused" | "too_few"))))
    {
        asked.push(format!("Why wasn't {} approved?", code(gate.node)));
    }
    if facts.severity.iter().any(|(_, _, assumed)| assumed.is_some()) {
        asked.push("Severity was assumed. How can it be determined sooner?".to_owned());
    }
    if let Some(ending) = facts.ending {
        if ending.overdue {
            asked.push(match ending.outcome {
                "resolved" => "What took longer than promised?".to_owned(),
                _ => "Why wasn't it resolved within the promised time?".to_owned(),
            });
        }
        if ending.undo_incomplete {
            asked.push("Which changes are still in place, and who will undo them?".to_owned());
        }
    }
    for person in facts.mishaps.iter().filter_map(|(_, what)| what.strip_suffix(" couldn't be reached")) {
        let question = format!("How can {} be reached when that channel is down?", text(person));
        if !asked.contains(&question) {
            asked.push(question);
        }
    }
    asked.extend([
        "What went well?".to_owned(),
        "Where did we get lucky?".to_owned(),
        "How could we have detected it sooner?".to_owned(),
    ]);
    let mut out = "## Open questions\n\n".to_owned();
    for question in asked {
        out.push_str(&format!("* [ ] ✎ {question}\n"));
    }
    out.push_str("\n## Action items\n\n| action | owner | due |\n|---|---|---|\n| ✎ | ✎ | ✎ |\n");
    out
}
