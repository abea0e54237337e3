//! The steps over time.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::scale::Scale;
use crate::{
    graph::Nanoseconds,
    hir::PartKind,
    simulate::{
        account::Account,
        timeline::{call_in_words, clock},
        trace::{AttemptOutcome, EventKind, GateOutcome, Purpose, TraceNodeId, TraceNodeKind},
        value::duration_for_people,
    },
};

/// So many bars of a step are drawn one by one; more become one.
const BARS: usize = 60;
/// Labels of the axis are at least so far from each other, in hundredths.
const APART: f64 = 7.0;

/// A stretch of time of a step.
#[derive(Clone)]
struct Bar {
    from: Nanoseconds,
    to: Nanoseconds,
    class: &'static str,
    title: String,
}

/// A step with its bars.
struct Row {
    node: TraceNodeId,
    name: String,
    title: Option<String>,
    depth: usize,
    part: Option<PartKind>,
    bars: Vec<Bar>,
}

/// The drawing.
pub(super) fn gantt(account: &Account<'_>, path: &BTreeSet<TraceNodeId>) -> Markup {
    let mut rows = rows(account);
    rows.sort_by_key(|row| (root_begin(account, row), row.node));
    let milestones: Vec<(Nanoseconds, &'static str)> = account
        .trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Milestone(milestone) => Some((event.at, milestone.word())),
            _ => None,
        })
        .collect();
    let times = rows.iter().flat_map(|row| row.bars.iter().flat_map(|bar| [bar.from, bar.to]));
    let scale = Scale::new(times.chain(milestones.iter().map(|(at, _)| *at)));
    let skipped = without_bars(account, &rows);
    html! {
        p.note {
            span.key.k-crit {} " on the critical path "
            span.key.k-gate {} " waits for people "
            span.key.k-wait {} " waits for a time "
            span.key.k-failed {} " failed. Long waits are drawn shorter than they are. "
            "A notch in a bar is a failed poll."
        }
        div.gantt {
            div.grow.axis {
                div.label {}
                div.track {
                    @for (at, word) in ticks(&scale, &milestones, &rows) {
                        span.tick style=(format!("left:{:.2}%", scale.place(at))) {
                            @if let Some(word) = word { b { (word) } }
                            (clock(at))
                        }
                    }
                }
            }
            @for row in &rows {
                div.grow.crit[path.contains(&row.node)] {
                    div.label.{ "d" (row.depth.min(3)) } title=(row.title.as_deref().unwrap_or(&row.name)) {
                        span.part.{ "p" (crate::simulate::timeline::letter(row.part)) } {
                            (crate::simulate::timeline::letter(row.part))
                        }
                        (breakable(&row.name))
                    }
                    div.track {
                        @for (at, word) in &milestones {
                            @if *word == "resolved" || *word == "failed" {
                                i.line.{ "m-" (word) } style=(format!("left:{:.2}%", scale.place(*at))) {}
                            }
                        }
                        @for bar in &row.bars {
                            @let left = scale.place(bar.from);
                            @let width = (scale.place(bar.to) - left).max(0.0);
                            span.bar.(bar.class).{ "p" (crate::simulate::timeline::letter(row.part)) }
                                title=(bar.title)
                                style=(format!("left:{left:.2}%;width:max({width:.2}%,4px)")) {}
                        }
                    }
                }
            }
        }
        @if !skipped.is_empty() {
            p.note { "Didn't run: " @for (index, name) in skipped.iter().enumerate() {
                @if index > 0 { ", " } code { (name) }
            } }
        }
    }
}

/// When the step of the playbook began that a row belongs to: what stands inside follows it.
/// A name that a narrow window breaks after `.` and `_`, and not inside of a word.
fn breakable(name: &str) -> Markup {
    html! {
        @for part in name.split_inclusive(['.', '_']) { (part) wbr; }
    }
}

fn root_begin(account: &Account<'_>, row: &Row) -> (Nanoseconds, TraceNodeId) {
    let mut node = row.node;
    while let Some(outer) = account.node(node).inside {
        node = outer;
    }
    let begun = account.events(node).next().map_or(0, |(_, event)| event.at);
    (begun, node)
}

fn rows(account: &Account<'_>) -> Vec<Row> {
    let steps = account.trace.nodes.iter().enumerate().filter(|(_, node)| node.kind == TraceNodeKind::Step);
    let rows = steps.filter_map(|(index, place)| {
        let node = TraceNodeId(index as u32);
        let bars = bars(account, node);
        let mut depth = 0;
        let mut outer = place.inside;
        while let Some(node) = outer {
            depth += 1;
            outer = account.node(node).inside;
        }
        let name = place.name.to_string();
        let title = place.title.as_deref().map(str::to_owned);
        (!bars.is_empty()).then_some(Row { node, name, title, depth, part: place.part, bars })
    });
    rows.collect()
}

fn bars(account: &Account<'_>, node: TraceNodeId) -> Vec<Bar> {
    let mut bars = Vec::new();
    waits(account, node, &mut bars);
    let repeats = account.plan(node).is_some_and(|(_, plan)| plan.repeat.is_some());
    let calls: Vec<_> = account.calls().into_iter().filter(|made| made.node == node).collect();
    let over = account.trace.events.last().map_or(0, |event| event.at);
    let mut own: Vec<Bar> = calls
        .iter()
        .map(|made| {
            let (to, outcome) = made.ended.map_or((over, None), |(at, outcome)| (at, Some(outcome)));
            let class = match (made.work.purpose, outcome) {
                (Purpose::Undo, _) => "undo",
                (_, Some(AttemptOutcome::Failed(_))) => "failed",
                (_, Some(AttemptOutcome::Unanswered)) => "gate",
                _ if made.call.item.is_none() => "gate",
                _ if account.is_task(node) => "task",
                _ => "work",
            };
            let failure = match outcome {
                Some(AttemptOutcome::Failed(failure)) => format!(": {}", failure.text),
                _ => String::new(),
            };
            let (begun, took) = (clock(made.begun), duration_for_people(to - made.begun));
            let title = format!("{begun}, {took}: {}{failure}", call_in_words(made.call));
            Bar { from: made.begun, to, class, title }
        })
        .collect();
    // A poll that failed is a mark of its own on the bar of its repeat.
    let failures: Vec<Bar> = match repeats {
        true => own.iter().filter(|bar| bar.class == "failed").take(BARS).cloned().collect(),
        false => Vec::new(),
    };
    if repeats || own.len() > BARS {
        // A repeat may give up between two polls: its bar reaches to where it ended.
        let ends = own.iter().map(|bar| bar.to).chain(account.end(node).map(|(_, at, _)| at)).max();
        let failed = matches!(account.end(node), Some((_, _, crate::simulate::trace::End::Failed(_))));
        if let (Some(first), Some(to)) = (own.first(), ends) {
            let count = own.len();
            let from = first.from;
            let word = if repeats { "poll" } else { "call" };
            let lost = match own.iter().filter(|bar| bar.class == "failed").count() {
                0 => String::new(),
                lost => format!(", {lost} failed"),
            };
            let plural = if count == 1 { "" } else { "s" };
            let lasted = duration_for_people(to - from);
            let title = format!("{}, {lasted}: {count} {word}{plural}{lost}", clock(from));
            own = vec![Bar { from, to, class: if failed { "failed" } else { "work" }, title }];
            // On a bar that failed as a whole they wouldn't be seen.
            own.extend(failures.into_iter().map(|bar| Bar { class: "miss", ..bar }));
        }
    }
    bars.extend(own);
    bars
}

/// Waiting for people at its gate, and for a time.
fn waits(account: &Account<'_>, node: TraceNodeId, bars: &mut Vec<Bar>) {
    let gate = account.plan(node).and_then(|(frame, plan)| Some(frame.place(plan.gate?)));
    let over = account.trace.events.last().map_or(0, |event| event.at);
    let mut opened = None;
    for (_, event) in account.events(node).chain(gate.into_iter().flat_map(|gate| account.events(gate))) {
        match &event.kind {
            EventKind::GateOpened { .. } => opened = Some(event.at),
            EventKind::GateClosed(outcome) => {
                if let Some(from) = opened.take() {
                    let word = match outcome {
                        GateOutcome::Approved => "approved",
                        GateOutcome::Refused(_) => "refused",
                        GateOutcome::Late => "not approved in time",
                        GateOutcome::TooFew { .. } => "too few people",
                        GateOutcome::NotNeeded | GateOutcome::Withdrawn => "not needed",
                    };
                    let title = format!("{word} after {}", duration_for_people(event.at - from));
                    bars.push(Bar { from, to: event.at, class: "gate", title });
                }
            }
            EventKind::Delayed { until } => {
                let ended = account.end(node).map_or(over, |(_, at, _)| at);
                let ran = account.events(node).any(|(_, event)| matches!(event.kind, EventKind::Attempt(_)));
                if ran {
                    let title = format!("waits until {}", clock(*until));
                    bars.push(Bar { from: event.at, to: (*until).min(ended), class: "wait", title });
                }
            }
            _ => {}
        }
    }
}

/// Labels of the axis: milestones first, then where bars begin, as far as there is room.
fn ticks(
    scale: &Scale,
    milestones: &[(Nanoseconds, &'static str)],
    rows: &[Row],
) -> Vec<(Nanoseconds, Option<&'static str>)> {
    let words = ["resolved", "failed"];
    let strong =
        milestones.iter().filter(|(_, word)| words.contains(word)).map(|(at, word)| (*at, Some(*word)));
    let last = rows.iter().flat_map(|row| row.bars.iter().map(|bar| bar.to)).max().unwrap_or(0);
    let bars = rows.iter().flat_map(|row| row.bars.iter().map(|bar| bar.from));
    let wanted = strong.chain([(0, None), (last, None)]).chain(bars.map(|at| (at, None)));
    let mut kept: Vec<(Nanoseconds, Option<&'static str>)> = Vec::new();
    for (at, word) in wanted {
        if kept.iter().all(|(other, _)| (scale.place(*other) - scale.place(at)).abs() >= APART) {
            kept.push((at, word));
        }
    }
    kept
}

fn without_bars(account: &Account<'_>, rows: &[Row]) -> Vec<String> {
    let shown: BTreeSet<TraceNodeId> = rows.iter().map(|row| row.node).collect();
    let steps = account.trace.nodes.iter().enumerate().filter(|(index, node)| {
        node.kind == TraceNodeKind::Step
            && node.inside.is_none()
            && !shown.contains(&TraceNodeId(*index as u32))
    });
    steps.map(|(_, node)| node.name.to_string()).collect()
}
