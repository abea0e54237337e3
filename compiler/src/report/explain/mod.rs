//! Why a step ran, waited or was skipped: the chain of conditions with their values, through all that
//! it needed.
//!
//! The step graph shows what a step waits for, and the trace what happened. An explanation is a
//! tree; each place is explained once and only mentioned afterwards.

mod layout;
mod words;

pub use layout::explanation_rows;

use std::collections::BTreeSet;

use crate::{
    graph::{GuardId, Nanoseconds, NodeId, NodeKind, Reason},
    hir::ExprId,
    simulate::{
        account::{Account, Frame, is_named},
        timeline::{Tone, brief, clock, whole},
        trace::{End, EventKind, GuardOutcome, Skip, TraceNodeId, TraceNodeKind},
    },
    source::Span,
};
use words::{condition_word, delay_in_words, outcome_in_words, status, use_in_words};

/// Deeper chains are cut: they help no reader, and the stack stays small.
const DEPTH: usize = 12;

/// Why something happened, or didn't.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What it is about: a step, or a condition as written.
    pub about: String,
    /// How it relates to the one above it: `used in its call`.
    pub link: String,
    /// What came of it.
    pub text: String,
    /// What that is for the eye.
    pub tone: Tone,
    /// The place in the trace.
    pub node: Option<TraceNodeId>,
    /// When it was settled: since the start of the run.
    pub at: Option<Nanoseconds>,
    /// What led to it.
    pub because: Vec<Explanation>,
}

/// Explains a step, cause, `let`, severity or milestone by its name (`moved.promoted`). The error holds
/// the names that there are.
pub fn explain(account: &Account<'_>, name: &str) -> Result<Explanation, Vec<String>> {
    let nodes = || account.trace.nodes.iter().enumerate();
    let known =
        |node: &crate::simulate::trace::TraceNode| is_named(node) || node.kind == TraceNodeKind::Milestone;
    let found = nodes().find(|(_, node)| known(node) && *node.name == *name);
    let mut explainer = Explainer { account, seen: BTreeSet::new() };
    if let Some((index, _)) = found {
        return Ok(explainer.node(TraceNodeId(index as u32), String::new(), 0));
    }
    // A step of a task that was never called has no place of its own: the call says why.
    let around = name.rmatch_indices('.').find_map(|(end, _)| {
        nodes().find(|(_, node)| node.kind == TraceNodeKind::Step && *node.name == name[..end])
    });
    if let Some((index, outer)) =
        around.filter(|(index, _)| would_hold(account, TraceNodeId(*index as u32), name))
    {
        let text = format!("never started: it is a step of {}", outer.name);
        let because = vec![explainer.node(TraceNodeId(index as u32), "the step around it".to_owned(), 1)];
        let (about, link) = (name.to_owned(), String::new());
        return Ok(Explanation { about, link, text, tone: Tone::Skip, node: None, at: None, because });
    }
    Err(nodes().filter(|(_, node)| is_named(node)).map(|(_, node)| node.name.to_string()).collect())
}

/// Whether the task that a step calls has a step of this name, so that it isn't just misspelt.
fn would_hold(account: &Account<'_>, step: TraceNodeId, name: &str) -> bool {
    let Some((_, plan)) = account.plan(step) else { return false };
    let crate::graph::Callee::Task(task) = plan.callee else { return false };
    let last = name.rsplit('.').next().unwrap_or_default();
    let (Some(graph), Some(module)) = (account.checked.graphs.get(task), account.checked.module(task.file))
    else {
        return false;
    };
    // A frame that began has places for all of its steps.
    !account.is_task(step) && graph.steps().any(|(_, plan)| *module.hir.locals[plan.local].name.text == *last)
}

struct Explainer<'e, 'a> {
    account: &'e Account<'a>,
    seen: BTreeSet<TraceNodeId>,
}

impl<'a> Explainer<'_, 'a> {
    fn node(&mut self, place: TraceNodeId, link: String, depth: usize) -> Explanation {
        let node = self.account.node(place);
        let (text, tone, at) = status(self.account, place, if depth == 0 { whole } else { brief });
        let about = match node.kind {
            TraceNodeKind::Gate => format!("the approval of {}", node.name),
            _ => node.name.to_string(),
        };
        let mut explanation =
            Explanation { about, link, text, tone, node: Some(place), at, because: Vec::new() };
        if !self.seen.insert(place) {
            (explanation.text, explanation.tone) = ("explained above".to_owned(), Tone::Skip);
        } else if depth < DEPTH {
            explanation.because = self.because(place, depth);
        }
        explanation
    }

    fn because(&mut self, place: TraceNodeId, depth: usize) -> Vec<Explanation> {
        let Some((frame, node)) = self.account.find(place) else { return Vec::new() };
        let graph = frame.graph;
        let mut because = Vec::new();
        let mut waited = Vec::new();
        if depth == 0
            && let Some(outer) = self.account.node(place).inside
        {
            because.push(self.node(outer, "the step around it".to_owned(), DEPTH));
        }
        let entry = graph.entry(node);
        // What a condition decided needed nothing else.
        let decided = matches!(self.account.end(place), Some((_, _, End::Skipped(Skip::Guard { .. }))));
        match &graph.node(node).kind {
            NodeKind::Step(plan) => self.conditions(frame, entry, place, &plan.guards, depth, &mut because),
            NodeKind::Let(it) => self.conditions(frame, entry, place, &it.guards, depth, &mut because),
            NodeKind::Cause(it) => {
                self.lines(frame, place, "suspect when", &it.suspect, &mut because);
                self.lines(frame, place, "rule out when", &it.rule_out, &mut because);
            }
            NodeKind::Severity(expr) => because.extend(self.looked_at(frame, place, *expr)),
            _ => {}
        }
        if !decided {
            self.needs(frame, entry, place, depth, &mut waited);
        }
        mark_last(self.account, place, &mut waited);
        because.extend(waited);
        if entry != node && !decided {
            let text = words::approval(self.account, frame.place(entry));
            let (about, link) = ("its approval".to_owned(), String::new());
            let (node, at) = (Some(frame.place(entry)), None);
            because.push(Explanation {
                about,
                link,
                text,
                tone: Tone::People,
                node,
                at,
                because: Vec::new(),
            });
        }
        if depth == 0 {
            because.extend(words::calls(self.account, place));
        }
        because
    }

    /// The conditions of a step, in the order in which they are looked at, each with what it names.
    fn conditions(
        &mut self,
        frame: Frame<'a>,
        entry: NodeId,
        place: TraceNodeId,
        guards: &[GuardId],
        depth: usize,
        because: &mut Vec<Explanation>,
    ) {
        for guard in guards {
            let declared = frame.graph.guard(*guard);
            let span = frame.module.hir.exprs[declared.condition].span;
            let looked = self.looked(place, span);
            // The ones behind a condition that decided are never looked at.
            if looked.is_none() && !because.is_empty() {
                break;
            }
            let (text, tone, at) = match looked {
                Some((at, outcome, reads)) => (
                    outcome_in_words(outcome, reads),
                    if *outcome == GuardOutcome::Held { Tone::Plain } else { Tone::Skip },
                    Some(at),
                ),
                None => ("never evaluated".to_owned(), Tone::Skip, None),
            };
            let named = if looked.is_some() { self.named(frame, entry, *guard, depth) } else { Vec::new() };
            because.push(Explanation {
                about: format!("{} {}", condition_word(declared), self.account.written(span)),
                link: String::new(),
                text,
                tone,
                node: None,
                at,
                because: named,
            });
        }
    }

    /// What came of a condition. Steps of a group share it, so that it may have been looked at for
    /// another one.
    fn looked(
        &self,
        place: TraceNodeId,
        span: Span,
    ) -> Option<(Nanoseconds, &'a GuardOutcome, &'a [crate::simulate::evaluate::Read])> {
        let inside = self.account.node(place).inside;
        self.account.trace.events.iter().find_map(|event| match &event.kind {
            EventKind::Guard { span: own, outcome, reads, .. } if *own == span => {
                let frame = event.node.map(|node| self.account.node(node).inside);
                (frame == Some(inside)).then_some((event.at, outcome, reads.as_slice()))
            }
            _ => None,
        })
    }

    fn named(&mut self, frame: Frame<'a>, entry: NodeId, guard: GuardId, depth: usize) -> Vec<Explanation> {
        let mut found = Vec::new();
        for edge in frame.graph.incoming(entry) {
            let edge = frame.graph.edge(*edge);
            if edge.reason != Reason::Condition(guard) {
                continue;
            }
            for from in self.behind_joins(frame, edge.from) {
                found.push(self.node(frame.place(from), String::new(), depth + 1));
            }
        }
        found
    }

    /// A node, or what comes together in it.
    fn behind_joins(&self, frame: Frame<'a>, node: NodeId) -> Vec<NodeId> {
        let (mut found, mut stack, mut seen) = (Vec::new(), vec![node], BTreeSet::new());
        while let Some(node) = stack.pop() {
            if !seen.insert(node) {
                continue;
            }
            match frame.graph.node(node).kind {
                NodeKind::Join(_) => {
                    stack.extend(frame.graph.incoming(node).iter().map(|edge| frame.graph.edge(*edge).from));
                }
                _ => found.push(node),
            }
        }
        found.sort();
        found
    }

    /// What it waited for besides its conditions.
    fn needs(
        &mut self,
        frame: Frame<'a>,
        entry: NodeId,
        place: TraceNodeId,
        depth: usize,
        because: &mut Vec<Explanation>,
    ) {
        let mut known = BTreeSet::new();
        let mut above: Vec<NodeId> = Vec::new();
        for edge in frame.graph.incoming(entry) {
            let edge = frame.graph.edge(*edge);
            let link = match edge.reason {
                Reason::Data(role) => use_in_words(role).to_owned(),
                Reason::After(delay) => delay_in_words(delay),
                Reason::Decides => "evidence".to_owned(),
                Reason::Milestone => "part of it".to_owned(),
                Reason::Place => {
                    above.extend(self.behind_joins(frame, edge.from));
                    continue;
                }
                Reason::Condition(_) | Reason::Approval => continue,
            };
            if known.insert(edge.from) {
                because.push(self.node(frame.place(edge.from), link, depth + 1));
            }
        }
        above.sort();
        above.dedup();
        above.retain(|node| !known.contains(node));
        because.extend(self.place(frame, place, &above, depth));
    }

    /// What stands above a change: only what came last, or what keeps it from happening, is told.
    fn place(
        &mut self,
        frame: Frame<'a>,
        place: TraceNodeId,
        above: &[NodeId],
        depth: usize,
    ) -> Option<Explanation> {
        let ended = |node: &NodeId| self.account.end(frame.place(*node)).map(|(_, at, _)| at);
        let last = above.iter().copied().max_by_key(|node| ended(node).unwrap_or(Nanoseconds::MAX))?;
        let blocked =
            matches!(self.account.end(place), Some((_, _, End::Blocked { .. } | End::Cancelled { .. })));
        let failed = |node: &NodeId| {
            let end = self.account.end(frame.place(*node)).map(|(_, _, end)| end);
            matches!(end, Some(End::Failed(_) | End::Blocked { .. } | End::Cancelled { .. }))
        };
        let told = if blocked { above.iter().copied().find(failed).unwrap_or(last) } else { last };
        let names: Vec<&str> =
            above.iter().map(|node| &*self.account.node(frame.place(*node)).name).collect();
        let (names, at) = (words::listed(&names), ended(&last));
        let text = match at {
            Some(at) => format!("all steps above it had finished at {}: {names}", clock(at)),
            None => format!("the steps above it never finished: {names}"),
        };
        // In the middle of a chain the place is mentioned only.
        let because = match depth {
            0 => vec![self.node(frame.place(told), "the last of them".to_owned(), depth + 1)],
            _ => Vec::new(),
        };
        let (about, link) = ("its place".to_owned(), String::new());
        Some(Explanation { about, link, text, tone: Tone::Plain, node: None, at, because })
    }

    /// The lines of one side of a cause, with what they looked at when it was decided.
    fn lines(
        &self,
        frame: Frame<'a>,
        place: TraceNodeId,
        word: &str,
        lines: &[ExprId],
        because: &mut Vec<Explanation>,
    ) {
        let decided =
            self.account.events(place).find(|(_, event)| matches!(event.kind, EventKind::Cause { .. }));
        let Some((before, event)) = decided else { return };
        for line in lines {
            let held = self.account.evaluate(frame, before, *line).and_then(|value| value.as_bool());
            let reads = self.account.reads(frame, before, *line);
            let (said, tone) = match held {
                Some(true) => ("true", Tone::Judgement),
                Some(false) => ("false", Tone::Skip),
                None => ("unknown", Tone::Skip),
            };
            because.push(Explanation {
                about: format!("{word} {}", self.account.written(frame.module.hir.exprs[*line].span)),
                link: String::new(),
                text: words::with_reads(said, &reads),
                tone,
                node: None,
                at: Some(event.at),
                because: Vec::new(),
            });
        }
    }

    fn looked_at(&self, frame: Frame<'a>, place: TraceNodeId, expr: ExprId) -> Option<Explanation> {
        let known =
            self.account.events(place).find(|(_, event)| matches!(event.kind, EventKind::Severity { .. }))?;
        let reads = self.account.reads(frame, known.0, expr);
        Some(Explanation {
            about: "severity =".to_owned(),
            link: String::new(),
            text: words::reads(&reads),
            tone: Tone::Plain,
            node: None,
            at: Some(known.1.at),
            because: Vec::new(),
        })
        .filter(|explanation| !explanation.text.is_empty())
    }
}

/// Of several things that were waited for, the last one is what it began with.
fn mark_last(account: &Account<'_>, place: TraceNodeId, waited: &mut [Explanation]) {
    let began = account.events(place).any(|(_, event)| matches!(event.kind, EventKind::Started));
    if !began || waited.len() < 2 {
        return;
    }
    let last = waited.iter().filter_map(|one| one.at).max();
    let mut latest = waited.iter_mut().filter(|one| one.at == last);
    if let (Some(only), None) = (latest.next(), latest.next()) {
        only.text.push_str("; the last one it waited for");
    }
}
