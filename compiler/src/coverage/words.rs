//! What hasn't been tried, as sentences.

use super::{Coverage, Outcome, Point, PointKind};
use crate::source::Span;

/// All that hasn't been tried: where, and what, in the order of files and text.
pub fn missing(coverage: &Coverage) -> Vec<(Span, String)> {
    let mut missing = Vec::new();
    for body in &coverage.bodies {
        if body.runs == 0 {
            missing.push((body.span, format!("the {} `{}` is never run", body.kind.word(), body.name)));
            continue;
        }
        let idle = |name: &str| {
            let mut steps = body.points.iter().filter(|point| point.kind == PointKind::Step);
            steps.any(|step| *step.about == *name && step.outcomes.iter().all(|(_, count)| *count == 0))
        };
        for point in &body.points {
            // A step that never ran neither failed nor was undone: that needs no saying.
            if point.kind != PointKind::Failure || !idle(&point.about) {
                missing.extend(sentences(point).into_iter().map(|sentence| (point.span, sentence)));
            }
        }
    }
    missing
}

fn sentences(point: &Point) -> Vec<String> {
    let about = &point.about;
    let untried = point.outcomes.iter().filter(|(_, count)| *count == 0);
    let untried: Vec<Outcome> = untried.map(|(outcome, _)| *outcome).collect();
    if untried.len() > 1 && untried.len() == point.outcomes.len() {
        return vec![match point.kind {
            PointKind::Cause => format!("`{about}` is neither suspected nor ruled out"),
            PointKind::Approval => format!("nobody is asked to approve `{about}`"),
            PointKind::Step | PointKind::Condition | PointKind::Failure => {
                format!("`{about}` is never looked at")
            }
        }];
    }
    let sentence = |outcome: Outcome| match outcome {
        Outcome::Ran => format!("`{about}` never runs"),
        Outcome::True => format!("`{about}` never holds"),
        Outcome::False => format!("`{about}` always holds"),
        Outcome::Taken => format!("severity never gets its value from `{about}`"),
        Outcome::Suspected => format!("`{about}` is never suspected"),
        Outcome::RuledOut => format!("`{about}` is never ruled out"),
        Outcome::Handled => format!("`{about}` never fails"),
        Outcome::Undone => format!("`{about}` is never undone"),
        Outcome::Approved => format!("`{about}` is never approved"),
        Outcome::Refused => format!("`{about}` is never refused"),
        Outcome::Late => format!("the approval of `{about}` is never late"),
    };
    untried.into_iter().map(sentence).collect()
}

impl Outcome {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Ran => "ran",
            Outcome::True => "true",
            Outcome::False => "false",
            Outcome::Taken => "taken",
            Outcome::Suspected => "suspected",
            Outcome::RuledOut => "ruled_out",
            Outcome::Handled => "handled",
            Outcome::Undone => "undone",
            Outcome::Approved => "approved",
            Outcome::Refused => "refused",
            Outcome::Late => "late",
        }
    }
}
