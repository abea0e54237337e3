//! Results of scenarios as JSON: the published form, described in `docs/formats/tests.md`.
//!
//! A wire type of its own, so that the compiler's types can change and this can't by accident.

use quell_compiler::{
    coverage,
    hir::RunOutcome,
    simulate::{Unmet, Verdict, timeline::timeline, trace::Ending},
    visible::visible_json,
    world::World,
};
use serde::Serialize;

use super::{Place, Report, Test, explanation};
use crate::render::json::{Finding, wire};

/// Goes up when a reader of the form before would misread this one.
pub const SCHEMA: &str = "quell.dev/tests/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    summary: Summary,
    errors: Vec<Finding<'a>>,
    obsolete_snapshots: Vec<ObsoleteEntry<'a>>,
    scenarios: Vec<ScenarioEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<coverage::wire::Document>,
}

#[derive(Serialize)]
struct Summary {
    scenarios: usize,
    passed: usize,
    failed: usize,
    broken: usize,
    left_out: usize,
    not_run: usize,
    snapshots_recorded: usize,
}

#[derive(Serialize)]
struct ObsoleteEntry<'a> {
    file: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ScenarioEntry<'a> {
    module: &'a str,
    playbook: &'a str,
    title: &'a str,
    place: PlaceEntry<'a>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ending: Option<EndingEntry>,
    problems: Vec<ProblemEntry>,
    unmet: Vec<UnmetEntry<'a>>,
    warnings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct PlaceEntry<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct EndingEntry {
    outcome: &'static str,
    decided: i64,
    over: i64,
    overdue: bool,
    undo_incomplete: bool,
}

#[derive(Serialize)]
struct ProblemEntry {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<OwnedPlace>,
}

#[derive(Serialize)]
struct OwnedPlace {
    file: String,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct UnmetEntry<'a> {
    place: OwnedPlace,
    expected: &'a str,
    actual: String,
    log: Vec<String>,
}

/// The document.
pub fn text<'a>(world: &'a dyn World, report: &'a Report) -> String {
    let document = Document {
        schema: SCHEMA,
        summary: Summary {
            scenarios: report.tests.len(),
            passed: report.count(Verdict::Passed),
            failed: report.count(Verdict::Failed),
            broken: report.count(Verdict::Broken),
            left_out: report.left_out,
            not_run: report.not_run,
            snapshots_recorded: report.recorded,
        },
        errors: report.errors.iter().map(|finding| wire(world, finding)).collect(),
        obsolete_snapshots: report.obsolete.iter().map(|(file, name)| ObsoleteEntry { file, name }).collect(),
        scenarios: report.tests.iter().map(|test| scenario(world, test)).collect(),
        coverage: report.coverage.as_ref().map(|coverage| coverage::wire::document(world, coverage)),
    };
    let text = serde_json::to_string_pretty(&document);
    // Nothing in it can't be said as JSON: its keys are texts and its numbers are whole.
    visible_json(text.unwrap_or_default()) + "\n"
}

fn scenario<'a>(world: &'a dyn World, test: &'a Test) -> ScenarioEntry<'a> {
    let run = &test.verified.run;
    let Place { path, line, column, .. } = &test.place;
    let verdict = test.verdict();
    ScenarioEntry {
        module: &test.name.module,
        playbook: &test.name.playbook,
        title: &test.name.title,
        place: PlaceEntry { file: path, line: *line, column: *column },
        verdict: match verdict {
            Verdict::Passed => "passed",
            Verdict::Failed => "failed",
            Verdict::Broken => "broken",
        },
        ending: run.ending.as_ref().filter(|_| verdict != Verdict::Broken).map(ending),
        problems: run
            .problems
            .iter()
            .map(|problem| ProblemEntry {
                message: problem.to_string(),
                help: problem.help(),
                place: problem.span.map(|span| owned(Place::of(world, span))),
            })
            .collect(),
        unmet: unmet(world, test),
        warnings: test.unused.iter().map(|finding| wire(world, finding)).collect(),
    }
}

fn unmet<'a>(world: &dyn World, test: &'a Test) -> Vec<UnmetEntry<'a>> {
    if test.verified.unmet.is_empty() && test.change.is_none() {
        return Vec::new();
    }
    let timeline = timeline(world, &test.verified.run.trace);
    let entry = |unmet: &'a Unmet| UnmetEntry {
        place: owned(Place::of(world, unmet.span)),
        expected: &unmet.expected,
        actual: unmet.actual.clone(),
        log: explanation(&timeline, unmet),
    };
    let change = test.change.as_ref().map(|change| UnmetEntry {
        place: owned(Place::of(world, change.span())),
        expected: "expect snapshot",
        actual: change.actual(),
        log: change.lines().into_iter().map(|(_, line)| line).collect(),
    });
    test.verified.unmet.iter().map(entry).chain(change).collect()
}

fn ending(ending: &Ending) -> EndingEntry {
    EndingEntry {
        outcome: match ending.outcome {
            RunOutcome::Resolved => "resolved",
            RunOutcome::Failed => "failed",
            RunOutcome::Completed => "completed",
        },
        decided: ending.decided,
        over: ending.over,
        overdue: ending.overdue,
        undo_incomplete: ending.undo_incomplete,
    }
}

fn owned(place: Place) -> OwnedPlace {
    OwnedPlace { file: place.path, line: place.line, column: place.column }
}
