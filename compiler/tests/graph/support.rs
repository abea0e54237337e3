//! Sources in memory, checked, and questions about their graphs.

use quell_compiler::{
    check::Checked,
    diagnostic::Diagnostic,
    emit,
    findings::graph::ALL,
    graph::{Graphs, NodeId, SECOND, StepGraph, describe},
    names::ItemId,
    source::{SourceFile, Span},
    world::{MemoryWorld, World},
};

use crate::library::check_files;

const HEAD: &str = r#"
use std.alertmanager
use std.kubernetes
use std.kubernetes (Workload)
use std.slack
use std.slack (Channel)

let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
let team: Team = Team(name: "ops", lead: kim, on_call: [kim])
let ops: Channel = Channel(id: "C0OPS", name: "ops")
let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
"#;

/// A module with a tool of these parts.
pub fn playbook(parts: &str) -> String {
    format!("{HEAD}\nplaybook sample {{\n  owner team\n{parts}\n}}\n")
}

/// A module with a task of these statements.
pub fn task(statements: &str) -> String {
    format!("{HEAD}\ntask sample() -> Text {{\n{statements}\n}}\n")
}

/// The example playbooks.
pub fn examples() -> Lab {
    Lab::of(&[
        ("catalog", include_str!("../../../examples/catalog.quell")),
        ("ops.credentials", include_str!("../../../examples/ops/credentials.quell")),
        ("ops.databases", include_str!("../../../examples/ops/databases.quell")),
        ("ops.incidents", include_str!("../../../examples/ops/incidents.quell")),
        ("ops.providers", include_str!("../../../examples/ops/providers.quell")),
        ("ops.tracker", include_str!("../../../examples/ops/tracker.quell")),
        ("checkout_latency", include_str!("../../../examples/checkout_latency.quell")),
        ("deployment_rollback", include_str!("../../../examples/deployment_rollback.quell")),
        ("regional_failover", include_str!("../../../examples/regional_failover.quell")),
        ("war_room", include_str!("../../../examples/war_room.quell")),
    ])
}

/// Checked sources.
pub struct Lab {
    world: MemoryWorld,
    checked: Checked,
    /// Findings about graphs; those of other stages are the business of other tests.
    pub findings: Vec<Diagnostic>,
}

impl Lab {
    /// A module `sample` beside the standard library.
    pub fn new(text: &str) -> Self {
        Self::of(&[("sample", text)])
    }

    /// Modules beside the standard library.
    pub fn of(modules: &[(&str, &str)]) -> Self {
        Self::make(MemoryWorld::with_modules(quell_stdlib::modules()), modules)
    }

    /// A module `sample` alone.
    pub fn bare(text: &str) -> Self {
        Self::make(MemoryWorld::default(), &[("sample", text)])
    }

    fn make(mut world: MemoryWorld, modules: &[(&str, &str)]) -> Self {
        let add = |(path, text): &(&str, &str)| {
            world.add(path, SourceFile::new(format!("{}.quell", path.replace('.', "/")), *text))
        };
        let files: Vec<_> = modules.iter().map(add).collect();
        let checked = check_files(&world, &files);
        let ours = |finding: &&Diagnostic| ALL.iter().any(|known| known.code == finding.code);
        let findings = checked.diagnostics.iter().filter(ours).cloned().collect();
        Self { world, checked, findings }
    }

    /// The playbook or task of this name.
    pub fn item(&self, name: &str) -> ItemId {
        let found = self
            .graphs()
            .bodies
            .keys()
            .find(|item| self.checked.item(**item).is_some_and(|item| &*item.name.text == name));
        *found.unwrap_or_else(|| panic!("no playbook or task `{name}`"))
    }

    /// Its graph.
    pub fn graph(&self, name: &str) -> &StepGraph {
        &self.graphs().bodies[&self.item(name)]
    }

    /// All graphs.
    pub fn graphs(&self) -> &Graphs {
        &self.checked.graphs
    }

    /// Its graph, as published.
    pub fn document(&self, name: &str) -> emit::Document {
        emit::document(&self.world, &self.checked.meaning(), self.graphs(), self.item(name)).expect("a graph")
    }

    /// What stands there.
    pub fn text(&self, span: Span) -> &str {
        &self.world.source(span.file).text[span.start as usize..span.end as usize]
    }

    /// The codes of all findings, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code).collect()
    }

    /// What waits for what, a line each: `scaled <- look: place`.
    pub fn edges(&self, name: &str) -> String {
        let line = |edge: &emit::EdgeWire| {
            let clause = edge.clause.map(|clause| format!(" in {clause}")).unwrap_or_default();
            let condition = edge.condition.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
            let delay = edge.delay.map(|delay| format!(" + {}s", delay / SECOND)).unwrap_or_default();
            format!("{} <- {}: {}{clause}{condition}{delay}\n", edge.to, edge.from, edge.reason)
        };
        self.document(name).edges.iter().map(line).collect()
    }

    /// The ids of the nodes, in order.
    pub fn ids(&self, name: &str) -> Vec<String> {
        self.document(name).nodes.into_iter().map(|node| node.id).collect()
    }

    /// What a node waits for itself.
    pub fn waits_for(&self, name: &str, node: &str) -> Vec<String> {
        let edges = self.document(name).edges.into_iter();
        edges.filter(|edge| edge.to == node).map(|edge| edge.from).collect()
    }

    /// The guards of a step, `not` before those that must not hold.
    pub fn guards(&self, name: &str, step: &str) -> Vec<String> {
        let node = self.node(name, step);
        let emit::WhatWire::Step(step) = node.what else { panic!("`{}` is no step", node.id) };
        let text = |guard: emit::GuardWire| match guard.wanted {
            true => guard.condition,
            false => format!("not {}", guard.condition),
        };
        step.guards.into_iter().map(text).collect()
    }

    /// The phase of a node, as published.
    pub fn phase(&self, name: &str, node: &str) -> String {
        let phase = serde_json::to_value(self.node(name, node).phase).expect("a word");
        phase.as_str().expect("a word").to_owned()
    }

    /// The node of a step.
    pub fn node_of(&self, name: &str, step: &str) -> NodeId {
        let graph = self.graph(name);
        let found = graph.steps().find(|(node, _)| self.name(name, *node) == step);
        found.unwrap_or_else(|| panic!("no step `{step}`")).0
    }

    /// A node as messages call it, without quotation marks.
    pub fn name(&self, name: &str, node: NodeId) -> String {
        let graph = self.graph(name);
        describe(self.checked.meaning().module(graph.item.file).expect("its module"), graph, node)
            .replace('`', "")
    }

    fn node(&self, name: &str, id: &str) -> emit::NodeWire {
        let found = self.document(name).nodes.into_iter().find(|node| node.id == id);
        found.unwrap_or_else(|| panic!("no node `{id}`"))
    }
}
