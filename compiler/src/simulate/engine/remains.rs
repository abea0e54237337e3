//! What is left of a run that is over.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, ROOT, Recorder, View, frame::Data};
use crate::{
    graph::{Nanoseconds, NodeId, NodeKind},
    hir::LocalId,
    names::Milestone,
    simulate::{
        evaluate::Scope,
        prepare::StepOutcome,
        scenario::script::Script,
        trace::{End, Event, TraceNode},
        value::Value,
    },
    types::RunMember,
};

/// What is left of a run.
#[derive(Debug)]
pub struct Finished {
    /// What happened.
    pub recorder: Recorder,
    /// The values of the playbook's names at the end, for expectations.
    pub values: Values,
    /// How often each line of the scenario was used: outcomes, answers, approvals.
    pub used: Used,
}

/// How often each line of a scenario was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// Of [`Script::outcomes`].
    pub outcomes: Vec<u64>,
    /// Of [`Script::answers`].
    pub answers: Vec<u64>,
    /// Of [`Script::approvals`].
    pub approvals: Vec<u64>,
    /// Of [`Script::outages`].
    pub outages: Vec<u64>,
    /// Of [`Script::starter`].
    pub starter: u64,
}

/// What the names of a playbook stand for at the end of a run.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Steps, `let`s, causes, inputs.
    pub locals: BTreeMap<LocalId, Value>,
    /// Severity.
    pub severity: Option<Value>,
    /// Steps and `let`s that came to no value: failed, blocked, skipped or unanswered.
    pub absent: BTreeSet<LocalId>,
    /// Members of the run.
    pub run: Vec<(RunMember, Value)>,
}

impl Used {
    /// Nothing of a script was used yet.
    pub(super) fn reset(&mut self, script: &Script) {
        let clear = |counts: &mut Vec<u64>, lines: usize| {
            counts.clear();
            counts.resize(lines, 0);
        };
        clear(&mut self.outcomes, script.outcomes.len());
        clear(&mut self.answers, script.answers.len());
        clear(&mut self.approvals, script.approvals.len());
        clear(&mut self.outages, script.outages.len());
        self.starter = 0;
    }
}

impl Engine<'_> {
    /// All that the last run left.
    pub fn finished(self) -> Finished {
        let starter_read = self.starter_read.get();
        let mut values = Values::default();
        if let Some(root) = self.frames.first() {
            for (id, node) in root.graph.nodes() {
                let local = match &node.kind {
                    NodeKind::Step(plan) => plan.local,
                    NodeKind::Let(it) => it.local,
                    NodeKind::Cause(it) => it.local,
                    _ => continue,
                };
                // A step that came to nothing has no value; to an expectation that is `none`.
                let value = self.value(id).cloned().unwrap_or(Value::None);
                let went_well = matches!(root.node(id).end(), Some(End::Ok(_)));
                if value == Value::None && !went_well {
                    values.absent.insert(local);
                }
                values.locals.insert(local, value);
            }
            values.locals.extend(self.parameters.iter().cloned());
            values.severity = self.severity().cloned();
            let view = View { engine: &self, frame: ROOT, extra: &[] };
            values.run = RunMember::ALL
                .into_iter()
                .filter_map(|member| Some((member, Scope::run(&view, member)?)))
                .collect();
        }
        let mut used = self.used;
        used.starter += starter_read;
        Finished { recorder: self.recorder, values, used }
    }

    /// What a node of the playbook stands for.
    fn value(&self, node: NodeId) -> Option<&Value> {
        match &self.frames.first()?.node(node).data {
            Data::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Severity, as far as it is known.
    pub fn severity(&self) -> Option<&Value> {
        self.value(self.frames.first()?.graph.severity()?)
    }

    /// When a milestone was reached.
    pub fn milestone(&self, milestone: Milestone) -> Option<Nanoseconds> {
        let root = self.frames.first()?;
        root.node(root.graph.milestone(milestone)?).ended
    }

    /// What became of the steps of the playbook.
    pub fn step_outcomes(&self) -> impl Iterator<Item = StepOutcome<'_>> {
        self.frames.first().into_iter().flat_map(|root| {
            root.graph.steps().map(|(node, _)| {
                let state = root.node(node);
                StepOutcome { node, started: state.started, ended: state.ended, end: state.end() }
            })
        })
    }

    /// The events, and the places that they name.
    pub fn recorded(&self) -> (&[Event], &[TraceNode]) {
        (&self.recorder.events, &self.recorder.nodes)
    }
}
