//! Statistics in rows.

use super::{PERCENTILES, RunOutcomeWord, Tally, percentile};
use crate::{
    graph::Nanoseconds,
    report::rows::{WIDTH, heading, piece, plain, quiet, shortened},
    simulate::{
        grouped,
        timeline::{Role, Row, Tone, wrapped},
        value::duration_for_people,
    },
};

/// The widest column of names.
const NAMES: usize = 26;
/// Columns of the distribution.
const COLUMNS: usize = 40;

/// The statistics in rows of at most 80 characters.
pub fn statistics_rows(tally: &Tally<'_>, playbook: &str, seed: u64) -> Vec<Row> {
    let mut rows =
        vec![heading(format!("{playbook}: {} runs, seed {seed}", grouped(tally.runs))), Row::new()];
    for (word, count) in &tally.outcomes {
        let tone = if *word == RunOutcomeWord::Failed { Tone::Failure } else { Tone::Success };
        rows.push(share(word.word(), *count, tally.runs, tone));
    }
    if tally.overdue > 0 {
        rows.push(share("promise broken", tally.overdue, tally.runs, Tone::Failure));
    }
    if tally.undo_incomplete > 0 {
        rows.push(share("undo incomplete", tally.undo_incomplete, tally.runs, Tone::Failure));
    }
    for (word, count) in &tally.severity {
        rows.push(share(&format!("severity {word}"), *count, tally.runs, Tone::Judgement));
    }
    rows.push(Row::new());
    let mut head = format!("  {:<16}", "time to");
    PERCENTILES.iter().for_each(|it| head.push_str(&format!("{:>9}", format!("p{it}"))));
    rows.push(vec![quiet(format!("{head}{:>8}", "runs"))]);
    let order = ["assessed", "triaged", "resolved", "failed"];
    for name in order {
        if let Some(times) = tally.milestones.get(name) {
            rows.push(percentiles(name, times, tally.runs));
        }
    }
    rows.push(percentiles("run over", &tally.over, tally.runs));
    if let Some(times) = tally.milestones.get("resolved").filter(|times| times.len() >= 20) {
        rows.push(Row::new());
        rows.extend(distribution(times));
    }
    rows.push(Row::new());
    rows.push(vec![quiet(format!(
        "  {:<NAMES$}{:>9}{:>9}{:>15}{:>11}",
        "step", "ran", "failed", "critical path", "took"
    ))]);
    for step in &tally.steps {
        let took = if step.ran > 0 {
            duration_for_people(step.took / i64::try_from(step.ran).unwrap_or(1))
        } else {
            "-".to_owned()
        };
        let text = format!("{:>9}", percent(step.ran, tally.runs));
        let failed = format!("{:>9}", percent(step.failed, tally.runs));
        let critical = format!("{:>15}{took:>11}", percent(step.critical, tally.runs));
        rows.push(vec![
            piece(format!("  {:<NAMES$}", shortened(&step.name, NAMES)), Role::Name),
            plain(text),
            piece(failed, Role::Text(if step.failed > 0 { Tone::Failure } else { Tone::Skip })),
            plain(critical),
        ]);
    }
    rows.push(Row::new());
    let mut said = Vec::new();
    if let Some(rate) = tally.automation_rate() {
        said.push(format!(
            "Automation rate: {:.0}% of the steps that ran needed no one to act.",
            rate * 100.0
        ));
    }
    if let Some((time, seed)) = tally.slowest {
        said.push(format!("The slowest run took {}: `--seed {seed}`.", duration_for_people(time)));
    }
    if let Some(seed) = tally.first_failed {
        said.push(format!("The first failed run: `--seed {seed}`."));
    }
    said.push("`quell dry-run --seed N` shows the log of a run.".to_owned());
    rows.extend(wrapped(&said.join(" "), WIDTH).into_iter().map(|row| vec![plain(row)]));
    let (simulated, actions) = (tally.simulated, tally.actions);
    let what = if actions == 1 { "action has" } else { "actions have" };
    let basis = format!(
        "These figures rest on simulated results and durations, not on production: {simulated} of {actions} \
         {what} a `simulate` block."
    );
    rows.extend(wrapped(&basis, WIDTH).into_iter().map(|row| vec![quiet(row)]));
    rows
}

fn share(what: &str, count: u64, all: u64, tone: Tone) -> Row {
    let text = format!("{:>8}  {:>10}", percent(count, all), grouped(count));
    vec![plain(format!("  {what:<22}")), piece(text, Role::Text(tone))]
}

fn percentiles(name: &str, times: &[Nanoseconds], all: u64) -> Row {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let mut text = String::new();
    for it in PERCENTILES {
        let time = percentile(&sorted, it).map(duration_for_people);
        text.push_str(&format!("{:>9}", time.unwrap_or_else(|| "-".to_owned())));
    }
    text.push_str(&format!("{:>8}", percent(times.len() as u64, all)));
    vec![piece(format!("  {name:<16}"), Role::Name), plain(text)]
}

/// How the times to `resolved` are spread, from the fastest to the 99th percentile.
fn distribution(times: &[Nanoseconds]) -> Vec<Row> {
    const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let (Some(first), Some(last)) = (sorted.first().copied(), percentile(&sorted, 99)) else {
        return Vec::new();
    };
    let width = ((last - first) / COLUMNS as i64).max(1);
    let mut counts = [0_u64; COLUMNS];
    for time in sorted.iter().filter(|time| **time <= last) {
        counts[usize::try_from((time - first) / width).unwrap_or(0).min(COLUMNS - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    // What is there at all is seen.
    let level = |count: u64| match count {
        0 => LEVELS[0],
        count => LEVELS[(count * 8 / most).max(1) as usize],
    };
    let bars: String = counts.iter().map(|count| level(*count)).collect();
    let (from, to) = (duration_for_people(first), duration_for_people(last));
    vec![vec![
        plain(format!("  {:<16}", "")),
        quiet(format!("{from} ")),
        piece(bars, Role::Text(Tone::Success)),
        quiet(format!(" {to}")),
    ]]
}

/// `97.3%`; what is rare isn't nothing.
fn percent(count: u64, all: u64) -> String {
    if count == 0 || all == 0 {
        return "-".to_owned();
    }
    let share = 100.0 * count as f64 / all as f64;
    match share {
        share if share < 0.1 => "<0.1%".to_owned(),
        share if share > 99.9 && count < all => ">99.9%".to_owned(),
        share if share >= 99.95 => "100%".to_owned(),
        share => format!("{share:.1}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rare_is_not_nothing() {
        assert_eq!(percent(0, 10), "-");
        assert_eq!(percent(1, 100_000), "<0.1%");
        assert_eq!(percent(99_999, 100_000), ">99.9%");
        assert_eq!(percent(10, 10), "100%");
        assert_eq!(percent(1, 3), "33.3%");
    }
}
