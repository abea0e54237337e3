//! What all runs of a playbook share, compiled once: of each body what waits for what and what is looked
//! at first, of each call what it does and, where no run can change them, its arguments and what comes
//! of it.

use std::{collections::BTreeMap, sync::Arc};

use super::outcome::Behaviour;
use crate::{
    check::{Checked, CheckedModule},
    graph::{CallPlan, Callee, NodeId, NodeKind, OnFailurePlan, Reason, SaidBy, StepGraph, StepPlan},
    hir::{Action, Effect, ExprId, ItemKind, LocalId},
    names::{ItemId, Milestone},
    simulate::{
        evaluate::{Evaluator, Nowhere},
        random::KeyName,
        value::Value,
    },
    source::FileId,
    types::Callee as Meant,
};

/// How often an action may narrow another: one that narrows itself is another finding.
pub(super) const NARROWINGS: usize = 100;

/// A playbook and all tasks that its steps can come to.
#[derive(Debug, Clone)]
pub struct Program<'a> {
    bodies: BTreeMap<ItemId, Body<'a>>,
}

/// A playbook or task.
#[derive(Debug, Clone)]
pub(super) struct Body<'a> {
    pub item: ItemId,
    pub graph: &'a StepGraph,
    pub module: &'a CheckedModule,
    pub file: FileId,
    /// Its name, for draws.
    pub key: KeyName,
    /// The parameters of a task.
    pub parameters: Vec<LocalId>,
    /// By node.
    pub nodes: Vec<BodyNode>,
    /// How many of them are steps.
    pub steps: usize,
    /// By local name: the node that gives it its value.
    pub locals: Vec<Option<NodeId>>,
    /// What is looked at when a run begins.
    pub first: Vec<NodeId>,
    /// The node of `return`.
    pub result: Option<NodeId>,
}

/// A node of a body.
#[derive(Debug, Clone)]
pub(super) struct BodyNode {
    /// The name by which its playbook or task calls it.
    pub name: Arc<str>,
    /// The same, for draws.
    pub key: KeyName,
    /// Edges, other than those of guards, that have to be satisfied.
    pub waits_for: u32,
    /// It isn't a step or gate: it comes before those of the same instant.
    pub settles: bool,
    /// The calls of a step.
    pub calls: Option<StepCalls>,
}

/// The calls of a step.
#[derive(Debug, Clone)]
pub(super) struct StepCalls {
    pub own: CallSite,
    pub undo: Option<CallSite>,
    pub on_failure: Option<CallSite>,
}

/// A call as it stands in a program.
#[derive(Debug, Clone)]
pub(super) struct CallSite {
    /// The module of the call.
    pub file: FileId,
    pub call: ExprId,
    pub callee: Callee,
    /// What the callee does at most.
    pub effect: Effect,
    /// The values of its parameters, where no run can change them.
    pub arguments: Option<Vec<Value>>,
    /// What comes of it by its `simulate` block, where no run can change that.
    pub behaviour: Option<Behaviour>,
}

impl<'a> Program<'a> {
    /// Compiles a playbook; items without a graph are left out.
    pub fn compile(evaluator: &Evaluator<'a>, playbook: ItemId) -> Program<'a> {
        let mut bodies = BTreeMap::new();
        let mut left = vec![playbook];
        while let Some(item) = left.pop() {
            if bodies.contains_key(&item) {
                continue;
            }
            if let Some(body) = Body::compile(evaluator, item) {
                left.extend(body.graph.tasks());
                bodies.insert(item, body);
            }
        }
        Program { bodies }
    }

    /// A body.
    pub(super) fn body(&self, item: ItemId) -> Option<&Body<'a>> {
        self.bodies.get(&item)
    }
}

impl<'a> Body<'a> {
    fn compile(evaluator: &Evaluator<'a>, item: ItemId) -> Option<Body<'a>> {
        let checked = evaluator.checked;
        let (graph, module) = (checked.graphs.get(item)?, checked.module(item.file)?);
        let parameters = match &checked.item(item)?.kind {
            ItemKind::Task(task) => task.parameters.iter().map(|parameter| parameter.local).collect(),
            _ => Vec::new(),
        };
        let nodes = graph.nodes().map(|(id, node)| {
            let name = name(graph, module, id);
            BodyNode {
                key: KeyName::new(&name),
                name,
                waits_for: waits_for(graph, id),
                settles: !matches!(node.kind, NodeKind::Step(_) | NodeKind::Gate(_)),
                calls: match &node.kind {
                    NodeKind::Step(plan) => Some(StepCalls::compile(evaluator, item.file, plan)),
                    _ => None,
                },
            }
        });
        let nodes: Vec<BodyNode> = nodes.collect();
        let locals = module.hir.locals.iter().map(|(local, _)| graph.node_of_local(local)).collect();
        // A guard that names nothing is looked at even where other things are waited for.
        let guarded = |id: NodeId| match &graph.node(id).kind {
            NodeKind::Step(plan) => !plan.guards.is_empty(),
            NodeKind::Gate(_) => true,
            NodeKind::Let(it) => !it.guards.is_empty(),
            _ => false,
        };
        let first = graph.nodes().map(|(id, _)| id);
        let first = first.filter(|id| nodes[id.index()].waits_for == 0 || guarded(*id)).collect();
        Some(Body {
            item,
            steps: graph.steps().count(),
            graph,
            module,
            file: item.file,
            key: KeyName::new(&checked.item(item)?.name.text),
            parameters,
            nodes,
            locals,
            first,
            result: graph.result(),
        })
    }

    /// A node.
    pub(super) fn node(&self, node: NodeId) -> &BodyNode {
        &self.nodes[node.index()]
    }

    /// The node that gives a local name its value.
    pub(super) fn node_of_local(&self, local: LocalId) -> Option<NodeId> {
        *self.locals.get(local.index())?
    }
}

impl StepCalls {
    fn compile(evaluator: &Evaluator<'_>, file: FileId, plan: &StepPlan) -> StepCalls {
        let site =
            |file, call: CallPlan, most| CallSite::compile(evaluator, file, call.call, call.callee, most);
        StepCalls {
            own: CallSite::compile(evaluator, file, plan.call, plan.callee, plan.effect),
            undo: plan.undo.map(|undo| match undo.said_by {
                SaidBy::Step => site(file, undo.call, Effect::Changes),
                SaidBy::Action(item) => site(item.file, undo.call, Effect::Changes),
            }),
            on_failure: match plan.on_failure {
                Some(OnFailurePlan::Run(run)) => Some(site(file, run, Effect::Notifies)),
                _ => None,
            },
        }
    }
}

impl CallSite {
    fn compile(
        evaluator: &Evaluator<'_>,
        file: FileId,
        call: ExprId,
        callee: Callee,
        most: Effect,
    ) -> CallSite {
        // What can be evaluated where nothing can be read is the same in every run.
        let arguments = evaluator.arguments(file, call, &[], &Nowhere).ok();
        let arguments = arguments.filter(|values| values.iter().all(|value| evaluator.keeps(value)));
        let behaviour = match (callee, &arguments) {
            (Callee::Action(item), Some(values)) => {
                Behaviour::of(evaluator, item, values, &Nowhere).ok().filter(|behaviour| behaviour.complete)
            }
            _ => None,
        };
        CallSite {
            file,
            call,
            callee,
            effect: effect_of(evaluator.checked, callee, most),
            arguments,
            behaviour,
        }
    }
}

fn effect_of(checked: &Checked, callee: Callee, most: Effect) -> Effect {
    match callee {
        Callee::Action(item) => {
            action(checked, item).and_then(|action| action.effect).map_or(most, |(effect, _)| effect)
        }
        Callee::Task(item) => checked.graphs.get(item).map_or(most, |graph| graph.effect()),
        Callee::Ask | Callee::AskMany => Effect::Asks,
        Callee::Manual => Effect::Changes,
        Callee::Unknown => most,
    }
}

/// An action.
pub(super) fn action(checked: &Checked, item: ItemId) -> Option<&Action> {
    match &checked.item(item)?.kind {
        ItemKind::Action(action) => Some(action),
        _ => None,
    }
}

/// The action that another narrows, and the call that does it.
pub(super) fn narrowed(checked: &Checked, item: ItemId) -> Option<(ExprId, ItemId)> {
    let call = action(checked, item)?.narrows?;
    match checked.module(item.file)?.types.calls.get(call)?.callee {
        Meant::Action(inner) => Some((call, inner)),
        _ => None,
    }
}

fn waits_for(graph: &StepGraph, node: NodeId) -> u32 {
    // What fails the run is looked at when a step ends.
    if matches!(graph.node(node).kind, NodeKind::Milestone(Milestone::Failed)) {
        return 0;
    }
    let edges = graph.incoming(node).iter();
    let edges =
        edges.filter(|edge| !matches!(graph.edge(**edge).reason, Reason::Condition(_) | Reason::Approval));
    edges.count() as u32
}

fn name(graph: &StepGraph, module: &CheckedModule, node: NodeId) -> Arc<str> {
    let local = match &graph.node(node).kind {
        NodeKind::Step(plan) => plan.local,
        NodeKind::Let(it) => it.local,
        NodeKind::Cause(it) => it.local,
        NodeKind::Gate(gate) => return name(graph, module, gate.step),
        NodeKind::Severity(_) => return "severity".into(),
        NodeKind::Milestone(milestone) => return milestone.word().into(),
        NodeKind::Join(_) => return "place".into(),
        NodeKind::Return(_) => return "return".into(),
    };
    module.hir.locals[local].name.text.clone()
}
