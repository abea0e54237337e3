//! Nodes in messages.

use super::{ModuleMeaning, NodeId, NodeKind, Reason, StepGraph};

/// A node as a sentence names it: `` `moved` ``, `` cause `region_down` ``.
pub fn describe(module: ModuleMeaning<'_>, graph: &StepGraph, node: NodeId) -> String {
    let local = |local| &module.hir.locals[local].name.text;
    match &graph.node(node).kind {
        NodeKind::Step(plan) => format!("`{}`", local(plan.local)),
        NodeKind::Gate(gate) => format!("the approval of {}", describe(module, graph, gate.step)),
        NodeKind::Let(node) => format!("`{}`", local(node.local)),
        NodeKind::Cause(node) => format!("cause `{}`", local(node.local)),
        NodeKind::Severity(_) => "`severity`".to_owned(),
        NodeKind::Milestone(milestone) => format!("milestone `{}`", milestone.word()),
        NodeKind::Join(_) => "the steps above".to_owned(),
        NodeKind::Return(_) => "`return`".to_owned(),
    }
}

/// What a node waits for, and why: `` `room` (uses its value) ``. As written, each once.
pub fn waits(module: ModuleMeaning<'_>, graph: &StepGraph, node: NodeId) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for edge in graph.incoming(graph.entry(node)).iter().map(|edge| graph.edge(*edge)) {
        let why = match edge.reason {
            Reason::Place => "written above",
            Reason::Data(_) => "uses its value",
            Reason::Condition(_) => "used in a condition",
            Reason::Approval => "approval",
            _ => "order",
        };
        let line = format!("{} ({why})", describe(module, graph, edge.from));
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all
}
