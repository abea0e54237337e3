//! Lines of a scenario that its run never came to.

use crate::{
    diagnostic::Diagnostic,
    findings::scenarios::unused_given,
    simulate::{
        Run,
        trace::{Event, EventKind},
    },
    source::Span,
};

/// A finding for each line that was never used, in source order. A run that couldn't begin uses none, and
/// none is said of it.
pub fn unused(run: &Run) -> Vec<Diagnostic> {
    if !run.problems.is_empty() {
        return Vec::new();
    }
    let (script, used) = (&run.script, &run.used);
    let mut found: Vec<(Option<Span>, &str)> = Vec::new();
    let outcomes = script.outcomes.iter().zip(&used.outcomes).filter(|(_, times)| **times == 0);
    found.extend(outcomes.map(|(line, _)| (line.span, "no call in this run uses it")));
    let answers = script.answers.iter().zip(&used.answers).filter(|(_, times)| **times == 0);
    found.extend(answers.map(|(line, _)| (line.span, "these people were never asked this")));
    let approvals = script.approvals.iter().zip(&used.approvals).filter(|(_, times)| **times == 0);
    found.extend(approvals.map(|(line, _)| (line.span, "this approval was never requested")));
    if used.starter == 0 {
        found.push((script.starter_given, "nothing in this run depends on who started it"));
    }
    let outages = script.outages.iter().zip(&used.outages).filter(|(_, times)| **times == 0);
    // Somebody may have been reached in another way because of it: that doesn't count as a use.
    let reaches = |event: &Event| {
        matches!(event.kind, EventKind::GateAsked(_) | EventKind::Asked { .. } | EventKind::Told { .. })
    };
    let outages = outages.filter(|(outage, _)| {
        let mut meanwhile =
            run.trace.events.iter().filter(|event| (outage.from..outage.to).contains(&event.at));
        !meanwhile.any(reaches)
    });
    found.extend(
        outages.map(|(line, _)| (line.span, "no action of the module was called during this outage")),
    );
    found.sort_by_key(|(span, _)| *span);
    found.into_iter().filter_map(|(span, why)| Some(unused_given::report(span?, why))).collect()
}
