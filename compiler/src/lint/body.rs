//! A playbook or task as rules walk through it: its steps, and what waits for what.

use std::collections::BTreeSet;

use crate::{
    graph::{DataUse, ModuleMeaning, NodeId, NodeKind, Reason, StepGraph, StepPlan},
    hir::{Item, PartKind, Playbook, Step},
    names::ItemId,
};

/// A playbook or task with its graph.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    /// The item.
    pub id: ItemId,
    /// The item as written.
    pub item: &'a Item,
    /// The playbook, if it is one.
    pub playbook: Option<&'a Playbook>,
    /// Its graph.
    pub graph: &'a StepGraph,
    pub(super) module: ModuleMeaning<'a>,
}

/// A step, as written and as it is carried out.
#[derive(Clone, Copy)]
pub struct StepFact<'a> {
    /// Its node.
    pub node: NodeId,
    /// How it is carried out.
    pub plan: &'a StepPlan,
    /// As written.
    pub step: &'a Step,
    /// Where it stands.
    pub part: Option<PartKind>,
}

impl StepFact<'_> {
    /// Its name, as messages say it.
    pub fn name(&self) -> &str {
        &self.step.name.text
    }
}

impl<'a> Body<'a> {
    /// The steps, in source order.
    pub fn steps(&self) -> Vec<StepFact<'a>> {
        let fact = |(node, plan): (NodeId, &'a StepPlan)| StepFact {
            node,
            plan,
            step: &self.module.hir.steps[plan.step],
            part: self.graph.node(node).part,
        };
        self.graph.steps().map(fact).collect()
    }

    /// The steps of a part.
    pub fn steps_in(&self, part: PartKind) -> Vec<StepFact<'a>> {
        self.steps().into_iter().filter(|step| step.part == Some(part)).collect()
    }

    /// Whether `to` waits for `from`, directly or not.
    pub fn comes_before(&self, from: NodeId, to: NodeId) -> bool {
        self.graph.comes_before(from, to)
    }

    /// All that a node waits for, directly or not. What a step waits for its gate waits for.
    pub fn waits_for(&self, node: NodeId) -> BTreeSet<NodeId> {
        self.waits_for_by(node, &|_| true)
    }

    /// The same over edges of some reasons only.
    pub fn waits_for_by(&self, node: NodeId, counts: &dyn Fn(Reason) -> bool) -> BTreeSet<NodeId> {
        let mut found = BTreeSet::new();
        let mut work = vec![node];
        while let Some(at) = work.pop() {
            for edge in self.graph.incoming(at) {
                let edge = self.graph.edge(*edge);
                if (counts(edge.reason) || edge.reason == Reason::Approval) && found.insert(edge.from) {
                    work.push(edge.from);
                }
            }
        }
        found
    }

    /// The causes that a step's conditions speak of, through `let`s as well.
    pub fn causes_of(&self, step: NodeId) -> BTreeSet<NodeId> {
        let is_condition = |reason| matches!(reason, Reason::Condition(_));
        let values = |reason| matches!(reason, Reason::Condition(_) | Reason::Data(DataUse::Value));
        let entry = self.graph.entry(step);
        let mut found = BTreeSet::new();
        for edge in self.graph.incoming(entry).iter().map(|edge| self.graph.edge(*edge)) {
            if !is_condition(edge.reason) {
                continue;
            }
            let below = self.waits_for_by(edge.from, &values);
            found.extend(below.into_iter().chain([edge.from]));
        }
        found.retain(|node| matches!(self.graph.node(*node).kind, NodeKind::Cause(_)));
        found
    }
}
