//! What a run tried, read off its trace.

use std::collections::BTreeSet;

use super::{Coverage, Outcome, Spot, choices};
use crate::{
    check::Checked,
    graph::{NodeKind, SaidBy},
    hir::ExprId,
    simulate::{
        account::Account,
        trace::{AttemptOutcome, End, EventKind, GateOutcome, GuardOutcome, Purpose, Trace, TraceNodeId},
        value::{Decision, Value},
    },
    source::Span,
    world::World,
};

impl Coverage {
    /// Counts what a run did.
    pub fn add(&mut self, world: &dyn World, checked: &Checked, trace: &Trace) {
        let account = Account::new(world, checked, trace);
        let mut ran = vec![trace.header.playbook];
        for (index, event) in trace.events.iter().enumerate() {
            let node = event.node.map(|node| (node, trace.node(node)));
            let span = node.map(|(_, node)| node.span);
            let count = |coverage: &mut Self, spot, outcome| {
                span.into_iter().for_each(|span| coverage.count(spot, span, outcome));
            };
            match &event.kind {
                EventKind::Guard { span, wanted, outcome, .. } => {
                    let value = match outcome {
                        GuardOutcome::Held => *wanted,
                        GuardOutcome::Failed => !*wanted,
                        _ => continue,
                    };
                    self.count(Spot::Guard, *span, of(value));
                }
                EventKind::Attempt(call) => {
                    ran.extend(call.item);
                    match event.work.purpose {
                        Purpose::Work => count(self, Spot::Step, Outcome::Ran),
                        Purpose::Handling => self.handled(&account, event.node),
                        Purpose::Undo => self.undone(&account, event.node),
                    }
                }
                EventKind::GateOpened { .. } => self.gate_needed(&account, event.node, true),
                EventKind::GateClosed(outcome) => match outcome {
                    GateOutcome::Approved => count(self, Spot::Gate, Outcome::Approved),
                    GateOutcome::Refused(_) | GateOutcome::TooFew { .. } => {
                        count(self, Spot::Gate, Outcome::Refused);
                    }
                    GateOutcome::Late => count(self, Spot::Gate, Outcome::Late),
                    GateOutcome::NotNeeded => self.gate_needed(&account, event.node, false),
                    GateOutcome::Withdrawn => {}
                },
                EventKind::Ended(End::Handled(_)) => self.handled(&account, event.node),
                EventKind::Ended(End::Ok(_)) if failed_in_part(&account, event.node) => {
                    self.handled(&account, event.node);
                }
                EventKind::Cause { decision, .. } => {
                    match decision {
                        Decision::Suspected => count(self, Spot::Cause, Outcome::Suspected),
                        Decision::RuledOut => count(self, Spot::Cause, Outcome::RuledOut),
                        Decision::Open => {}
                    }
                    self.lines(&account, event.node, index);
                }
                EventKind::Severity { assumed: None, .. } => self.choice(&account, event.node, index),
                _ => {}
            }
        }
        for body in &mut self.bodies {
            body.runs += ran.iter().filter(|item| **item == body.item).count() as u64;
        }
    }

    /// A step failed, and what it says for that case was done.
    fn handled(&mut self, account: &Account<'_>, node: Option<TraceNodeId>) {
        let Some(span) = node.and_then(|node| step_clause(account, node, Clause::OnFailure)) else { return };
        self.count(Spot::Handling, span, Outcome::Handled);
    }

    fn undone(&mut self, account: &Account<'_>, node: Option<TraceNodeId>) {
        let Some(span) = node.and_then(|node| step_clause(account, node, Clause::Undo)) else { return };
        self.count(Spot::Undo, span, Outcome::Undone);
    }

    /// Whether an approval was needed this time.
    fn gate_needed(&mut self, account: &Account<'_>, node: Option<TraceNodeId>, needed: bool) {
        let Some((frame, node)) = node.and_then(|node| account.find(node)) else { return };
        if let NodeKind::Gate(gate) = &frame.graph.node(node).kind
            && let Some(when) = gate.when
        {
            self.count(Spot::GateWhen, frame.module.hir.exprs[when].span, of(needed));
        }
    }

    /// The lines of a cause, as they were when it was decided.
    fn lines(&mut self, account: &Account<'_>, node: Option<TraceNodeId>, before: usize) {
        let Some((frame, node)) = node.and_then(|node| account.find(node)) else { return };
        let NodeKind::Cause(cause) = &frame.graph.node(node).kind else { return };
        let lines: Vec<ExprId> = cause.suspect.iter().chain(&cause.rule_out).copied().collect();
        for line in lines {
            if let Some(Value::Bool(value)) = account.evaluate(frame, before, line) {
                self.count(Spot::Line, frame.module.hir.exprs[line].span, of(value));
            }
        }
    }

    /// Which choice gave severity its value.
    fn choice(&mut self, account: &Account<'_>, node: Option<TraceNodeId>, before: usize) {
        let Some((frame, node)) = node.and_then(|node| account.find(node)) else { return };
        let NodeKind::Severity(expr) = &frame.graph.node(node).kind else { return };
        if let Some(span) = choices::taken(account, frame, before, *expr) {
            self.count(Spot::Choice, span, Outcome::Taken);
        }
    }
}

fn of(value: bool) -> Outcome {
    if value { Outcome::True } else { Outcome::False }
}

#[derive(Clone, Copy)]
enum Clause {
    OnFailure,
    Undo,
}

/// Where a step says what is done when it failed, or how it is undone.
fn step_clause(account: &Account<'_>, node: TraceNodeId, clause: Clause) -> Option<Span> {
    let (frame, plan) = account.plan(node)?;
    match clause {
        Clause::OnFailure => {
            plan.on_failure?;
            Some(frame.module.hir.steps[plan.step].clauses.on_failure.as_ref()?.span)
        }
        Clause::Undo => Some(match plan.undo?.said_by {
            SaidBy::Step => plan.undo?.span,
            SaidBy::Action(_) => account.node(node).span,
        }),
    }
}

/// Whether some elements of an `each` that ended well have failed all the same: `on failure continue`
/// and `use` are for each of them.
fn failed_in_part(account: &Account<'_>, node: Option<TraceNodeId>) -> bool {
    let Some(node) = node.filter(|node| account.plan(*node).is_some_and(|(_, plan)| plan.each.is_some()))
    else {
        return false;
    };
    let mut failed = BTreeSet::new();
    for (_, event) in account.events(node).filter(|(_, event)| event.work.purpose == Purpose::Work) {
        match &event.kind {
            EventKind::AttemptEnded(AttemptOutcome::Failed(_)) => drop(failed.insert(event.work.element)),
            EventKind::AttemptEnded(_) | EventKind::Attempt(_) => drop(failed.remove(&event.work.element)),
            _ => {}
        }
    }
    !failed.is_empty()
}
