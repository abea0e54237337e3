//! The published form of statistics: `docs/formats/simulation.md` describes it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{PERCENTILES, Tally, percentile};
use crate::{graph::Nanoseconds, visible::visible_json};

/// Goes up when a reader of the form before would misread this one.
pub const SCHEMA: &str = "quell.dev/simulation/1";

#[derive(Serialize)]
struct Document<'t> {
    schema: &'static str,
    playbook: &'t str,
    scenario: Option<&'t str>,
    seed: u64,
    runs: u64,
    outcomes: BTreeMap<&'static str, u64>,
    overdue: u64,
    undo_incomplete: u64,
    severity: &'t BTreeMap<String, u64>,
    times: BTreeMap<&'static str, Times>,
    automation_rate: Option<f64>,
    slowest: Option<Slowest>,
    first_failed: Option<u64>,
    steps: Vec<Step<'t>>,
}

#[derive(Serialize)]
struct Times {
    reached: u64,
    mean: Option<Nanoseconds>,
    percentiles: BTreeMap<String, Nanoseconds>,
}

#[derive(Serialize)]
struct Slowest {
    seed: u64,
    decided: Nanoseconds,
}

#[derive(Serialize)]
struct Step<'t> {
    name: &'t str,
    by_person: bool,
    ran: u64,
    failed: u64,
    critical: u64,
    mean: Option<Nanoseconds>,
}

/// The document as text, with a line break at its end.
pub fn statistics_json(tally: &Tally<'_>, playbook: &str, scenario: Option<&str>, seed: u64) -> String {
    let milestones = tally.milestones.iter().map(|(name, all)| (*name, times(all)));
    let document = Document {
        schema: SCHEMA,
        playbook,
        scenario,
        seed,
        runs: tally.runs,
        outcomes: tally.outcomes.iter().map(|(word, count)| (word.word(), *count)).collect(),
        overdue: tally.overdue,
        undo_incomplete: tally.undo_incomplete,
        severity: &tally.severity,
        times: milestones.chain([("over", times(&tally.over))]).collect(),
        automation_rate: tally.automation_rate(),
        slowest: tally.slowest.map(|(decided, seed)| Slowest { seed, decided }),
        first_failed: tally.first_failed,
        steps: tally
            .steps
            .iter()
            .map(|step| Step {
                name: &step.name,
                by_person: step.by_person,
                ran: step.ran,
                failed: step.failed,
                critical: step.critical,
                mean: i64::try_from(step.ran).ok().filter(|ran| *ran > 0).map(|ran| step.took / ran),
            })
            .collect(),
    };
    // Texts and numbers in structs: nothing that JSON can't say.
    let mut text = visible_json(serde_json::to_string_pretty(&document).unwrap_or_default());
    text.push('\n');
    text
}

fn times(times: &[Nanoseconds]) -> Times {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let sum: i128 = sorted.iter().map(|time| i128::from(*time)).sum();
    let mean = (!sorted.is_empty()).then(|| sum / sorted.len() as i128);
    let percentiles =
        PERCENTILES.iter().filter_map(|it| Some((format!("p{it:02}"), percentile(&sorted, *it)?)));
    Times {
        reached: sorted.len() as u64,
        mean: mean.and_then(|mean| i64::try_from(mean).ok()),
        percentiles: percentiles.collect(),
    }
}
