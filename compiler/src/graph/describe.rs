//! Nodes in the words of messages.

use super::{ModuleMeaning, NodeId, NodeKind, StepGraph};

/// A node as sentences call it: `` `moved` ``, `` cause `region_down` ``.
pub fn describe(module: ModuleMeaning<'_>, graph: &StepGraph, node: NodeId) -> String {
    let local = |local| &module.hir.locals[local].name.text;
    match &graph.node(node).kind {
        NodeKind::Step(plan) => format!("`{}`", local(plan.local)),
        NodeKind::Gate(gate) => format!("the approval of {}", describe(module, graph, gate.step)),
        NodeKind::Let(node) => format!("`{}`", local(node.local)),
        NodeKind::Cause(node) => format!("cause `{}`", local(node.local)),
        NodeKind::Severity(_) => "`severity`".to_owned(),
        NodeKind::Milestone(milestone) => format!("milestone `{}`", milestone.word()),
        NodeKind::Join(_) => "what stands above".to_owned(),
        NodeKind::Return(_) => "`return`".to_owned(),
    }
}
