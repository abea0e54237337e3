//! From a step graph to its published form.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::{
    ApprovalWire, CalleeWire, Document, DurationsWire, EachWire, EdgeWire, EndsWire, GuardWire, InputWire,
    Kind, NodeWire, OnFailureWire, PartWire, PhaseWire, RepeatWire, RetryWire, SCHEMA, SpanWire, StepWire,
    TimeWire, TimesWire, UndoWire, WhatWire, excerpt::one_line,
};
use crate::{
    graph::{
        Callee, DataUse, DurationSpan, Gate, Graphs, GuardId, GuardOrigin, Join, Meaning, Measure,
        ModuleMeaning, Node, NodeId, NodeKind, OnFailurePlan, Phase, Reason, RepeatBound, RetryWaitPlan,
        SaidBy, Schedule, Schedules, StepGraph, StepPlan, durations,
    },
    hir::{ExprId, ExprKind, ItemKind, Literal, PartBody, Playbook},
    names::{ItemId, Milestone},
    source::{FileId, Span},
    world::World,
};

/// The published form of a playbook or task; none if the item is neither.
pub fn document(world: &dyn World, meaning: &Meaning<'_>, graphs: &Graphs, item: ItemId) -> Option<Document> {
    let mut schedules = Schedules::new(graphs);
    let mut document = one(world, meaning, graphs, &mut schedules, item)?;
    let called = tasks(graphs, item).into_iter();
    let tasks = called.filter_map(|task| one(world, meaning, graphs, &mut schedules, task));
    document.tasks = tasks.collect();
    Some(document)
}

/// All tasks that an item calls, directly or not, each at its first call. With a stack of its own:
/// tasks may call each other in long chains.
fn tasks(graphs: &Graphs, item: ItemId) -> IndexSet<ItemId> {
    let (mut called, mut stack) = (IndexSet::new(), vec![item]);
    while let Some(item) = stack.pop() {
        if called.insert(item) {
            let tasks: Vec<_> = graphs.get(item).into_iter().flat_map(StepGraph::tasks).collect();
            stack.extend(tasks.into_iter().rev());
        }
    }
    called.shift_remove(&item);
    called
}

fn one(
    world: &dyn World,
    meaning: &Meaning<'_>,
    graphs: &Graphs,
    schedules: &mut Schedules<'_>,
    item: ItemId,
) -> Option<Document> {
    let graph = graphs.get(item)?;
    let module = meaning.module(item.file)?;
    let declared = meaning.item(item)?;
    let times = durations(schedules, graphs, item);
    let mut schedule = |measure| schedules.get(item, measure).cloned();
    let writer = Writer {
        world,
        meaning,
        module,
        graph,
        ids: ids(module, graph),
        schedules: [schedule(Measure::Worst), schedule(Measure::WithoutPeople), schedule(Measure::Expected)],
    };
    let playbook = match &declared.kind {
        ItemKind::Playbook(playbook) => Some(playbook),
        _ => None,
    };
    let text = |span| writer.text(span);
    Some(Document {
        schema: SCHEMA,
        module: world.module_path(item.file).to_owned(),
        file: world.source(item.file).name.clone(),
        name: declared.name.text.to_string(),
        kind: match playbook {
            Some(playbook) if playbook.triggers.is_empty() => Kind::Tool,
            Some(_) => Kind::Response,
            None => Kind::Task,
        },
        docs: declared.docs.clone(),
        triggers: playbook.iter().flat_map(|it| &it.triggers).map(|it| writer.expr(it.trigger)).collect(),
        inputs: playbook
            .iter()
            .flat_map(|it| &it.inputs)
            .map(|input| InputWire {
                name: input.name.text.to_string(),
                ty: text(input.ty.span),
                default: input.default.map(|expr| writer.expr(expr)),
            })
            .collect(),
        owner: playbook.and_then(|it| it.owner).map(|expr| writer.expr(expr)),
        resolve_within: graph.resolve_within,
        durations: DurationsWire {
            worst: ends(times.worst),
            without_people: ends(times.without_people),
            expected: ends(times.expected),
        },
        critical_path: writer.critical_path(),
        parts: playbook.map(|it| writer.parts(it)).unwrap_or_default(),
        nodes: graph.nodes().map(|(id, node)| writer.node(id, node)).collect(),
        edges: writer.edges(),
        tasks: Vec::new(),
    })
}

/// A text for each node, different from all others: the name, with `#2` behind it where it is taken.
fn ids(module: ModuleMeaning<'_>, graph: &StepGraph) -> Vec<String> {
    let name = |local| module.hir.locals[local].name.text.to_string();
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut ids: Vec<String> = Vec::with_capacity(graph.node_count());
    for (_, node) in graph.nodes() {
        let wish = match &node.kind {
            NodeKind::Step(plan) => name(plan.local),
            NodeKind::Let(node) => name(node.local),
            NodeKind::Cause(node) => name(node.local),
            NodeKind::Gate(gate) => match graph.step(gate.step) {
                Some(plan) => format!("{}.approval", name(plan.local)),
                None => "approval".to_owned(),
            },
            NodeKind::Severity(_) => "severity".to_owned(),
            NodeKind::Milestone(milestone) => format!("@{}", milestone.word()),
            NodeKind::Join(join) => format!("@{}", join_word(*join)),
            NodeKind::Return(_) => "@return".to_owned(),
        };
        let count = taken.entry(wish.clone()).or_default();
        *count += 1;
        ids.push(if *count == 1 { wish } else { format!("{wish}#{count}") });
    }
    ids
}

fn join_word(join: Join) -> &'static str {
    match join {
        Join::Looks => "looks",
        Join::Changes => "changes",
        Join::Values => "values",
        Join::Moment => "moment",
    }
}

fn ends(span: DurationSpan) -> EndsWire {
    EndsWire { resolved: span.resolved, over: span.over }
}

struct Writer<'a> {
    world: &'a dyn World,
    meaning: &'a Meaning<'a>,
    module: ModuleMeaning<'a>,
    graph: &'a StepGraph,
    ids: Vec<String>,
    /// Worst, without people, expected.
    schedules: [Option<Schedule>; 3],
}

impl Writer<'_> {
    fn text(&self, span: Span) -> String {
        one_line(self.world.source(span.file).part(span))
    }

    fn expr(&self, expr: ExprId) -> String {
        self.text(self.module.span(expr))
    }

    /// An expression of another module.
    fn expr_of(&self, file: FileId, expr: ExprId) -> String {
        self.meaning.module(file).map(|module| self.text(module.span(expr))).unwrap_or_default()
    }

    /// What a literal text says; the source of anything else.
    fn literal(&self, module: ModuleMeaning<'_>, expr: ExprId) -> String {
        match &module.hir.exprs[expr].kind {
            ExprKind::Literal(Literal::Text(text)) => text.clone(),
            _ => self.text(module.span(expr)),
        }
    }

    fn exprs(&self, exprs: &[ExprId]) -> Vec<String> {
        exprs.iter().map(|expr| self.expr(*expr)).collect()
    }

    fn local(&self, local: crate::hir::LocalId) -> String {
        self.module.hir.locals[local].name.text.to_string()
    }

    fn id(&self, node: NodeId) -> String {
        self.ids[node.index()].clone()
    }

    fn span(&self, span: Span) -> SpanWire {
        let source = self.world.source(span.file);
        let (line, column) = source.line_column(span.start);
        let (end_line, end_column) = source.line_column(span.end);
        SpanWire { file: source.path().to_owned(), line, column, end_line, end_column }
    }

    /// By the worst case, to `resolved`, or where there is none to what ends last.
    fn critical_path(&self) -> Vec<String> {
        let Some(schedule) = &self.schedules[0] else { return Vec::new() };
        let end = self.graph.milestone(Milestone::Resolved).or_else(|| schedule.last(self.graph));
        let path = end.map(|end| schedule.critical_path(self.graph, end)).unwrap_or_default();
        path.into_iter().map(|(node, _)| self.id(node)).collect()
    }

    fn parts(&self, playbook: &Playbook) -> Vec<PartWire> {
        let part = |part: &crate::hir::Part| PartWire {
            name: part.kind.word(),
            none: match &part.body {
                PartBody::Block(_) => None,
                PartBody::None { reason } => Some(self.literal(self.module, *reason)),
            },
        };
        playbook.parts.iter().map(part).collect()
    }

    fn node(&self, id: NodeId, node: &Node) -> NodeWire {
        let [worst, without_people, expected] = self.schedules.each_ref().map(|schedule| {
            schedule.as_ref().map_or(TimeWire::default(), |schedule| {
                let time = schedule.node(id);
                TimeWire { start: time.start, end: time.end }
            })
        });
        NodeWire {
            id: self.id(id),
            what: self.what(node),
            part: node.part.map(|part| part.word()),
            cause: node.cause.map(|cause| self.id(cause)),
            phase: match node.phase {
                Phase::Response => PhaseWire::Response,
                Phase::AfterResolved => PhaseWire::AfterResolved,
                Phase::AfterFailed => PhaseWire::AfterFailed,
            },
            times: TimesWire { worst, without_people, expected },
            span: self.span(node.span),
        }
    }

    fn what(&self, node: &Node) -> WhatWire {
        match &node.kind {
            NodeKind::Step(plan) => WhatWire::Step(Box::new(self.step(plan))),
            NodeKind::Gate(gate) => WhatWire::Approval(self.approval(gate)),
            NodeKind::Let(node) => WhatWire::Let {
                name: self.local(node.local),
                value: self.expr(node.value),
                guards: self.guards(&node.guards),
            },
            NodeKind::Cause(node) => WhatWire::Cause {
                name: self.local(node.local),
                sentence: self.literal(self.module, node.sentence),
                suspect_when: self.exprs(&node.suspect),
                rule_out_when: self.exprs(&node.rule_out),
            },
            NodeKind::Severity(value) => WhatWire::Severity { value: self.expr(*value) },
            NodeKind::Milestone(milestone) => WhatWire::Milestone { name: milestone.word() },
            NodeKind::Join(join) => WhatWire::Join { joins: join_word(*join) },
            NodeKind::Return(value) => WhatWire::Return { value: self.expr(*value) },
        }
    }

    fn guards(&self, guards: &[GuardId]) -> Vec<GuardWire> {
        let guard = |guard: &GuardId| {
            let guard = self.graph.guard(*guard);
            GuardWire {
                condition: self.expr(guard.condition),
                wanted: guard.wanted,
                origin: match guard.origin {
                    GuardOrigin::Group => "group",
                    GuardOrigin::When => "when",
                },
            }
        };
        guards.iter().map(guard).collect()
    }

    fn approval(&self, gate: &Gate) -> ApprovalWire {
        ApprovalWire {
            step: self.id(gate.step),
            count: gate.count,
            groups: self.exprs(&gate.groups),
            when: gate.when.map(|when| self.expr(when)),
            within: gate.within,
            otherwise: if gate.else_skip { "skip" } else { "fail" },
        }
    }

    fn step(&self, plan: &StepPlan) -> StepWire {
        let step = &self.module.hir.steps[plan.step];
        StepWire {
            name: step.name.text.to_string(),
            docs: step.docs.clone(),
            call: self.expr(plan.call),
            callee: self.callee(plan),
            effect: plan.effect.word(),
            guards: self.guards(&plan.guards),
            approval: plan.gate.map(|gate| self.id(gate)),
            each: plan.each.as_ref().map(|each| EachWire {
                variable: self.local(each.variable),
                list: self.expr(each.list),
                at_a_time: each.at_a_time,
                at_most: each.at_most,
            }),
            repeat: plan.repeat.as_ref().map(|repeat| RepeatWire {
                every: repeat.every,
                until: repeat.until.map(|until| self.expr(until)),
                hold: repeat.hold,
                at_most: match repeat.bound {
                    Some(RepeatBound::Time(bound)) => Some(bound),
                    _ => None,
                },
                times: match repeat.bound {
                    Some(RepeatBound::Times(times)) => Some(times),
                    _ => None,
                },
            }),
            every: plan.every.and_then(|every| every.period),
            timeout: plan.timeout,
            usual: plan.usual,
            retry: plan.retry.map(|retry| {
                let (first_wait, longest_wait) = match retry.wait {
                    RetryWaitPlan::None => (Some(0), Some(0)),
                    RetryWaitPlan::Every(wait) => (Some(wait), Some(wait)),
                    RetryWaitPlan::Backoff(first, longest) => (Some(first), Some(longest)),
                    RetryWaitPlan::Unknown => (None, None),
                };
                RetryWire { times: retry.times, first_wait, longest_wait }
            }),
            undo: plan.undo.map(|undo| UndoWire {
                call: self.said(undo.said_by, undo.call.call),
                said_by: match undo.said_by {
                    SaidBy::Step => "step",
                    SaidBy::Action(_) => "action",
                },
                always: undo.always,
                timeout: undo.call.timeout,
            }),
            irreversible: plan.irreversible.map(|it| match it.said_by {
                SaidBy::Step => self.literal(self.module, it.why),
                SaidBy::Action(item) => self
                    .meaning
                    .module(item.file)
                    .map(|module| self.literal(module, it.why))
                    .unwrap_or_default(),
            }),
            on_failure: plan.on_failure.map(|it| match it {
                OnFailurePlan::Continue => OnFailureWire::Continue,
                OnFailurePlan::Use(value) => OnFailureWire::Use { value: self.expr(value) },
                OnFailurePlan::Run(call) => OnFailureWire::Run { call: self.expr(call.call) },
            }),
        }
    }

    fn said(&self, by: SaidBy, expr: ExprId) -> String {
        match by {
            SaidBy::Step => self.expr(expr),
            SaidBy::Action(item) => self.expr_of(item.file, expr),
        }
    }

    fn callee(&self, plan: &StepPlan) -> CalleeWire {
        let (kind, item) = match plan.callee {
            Callee::Action(item) => ("action", Some(item)),
            Callee::Task(item) => ("task", Some(item)),
            Callee::Ask => ("ask", None),
            Callee::AskMany => ("ask_many", None),
            Callee::Manual => ("manual", None),
            Callee::Unknown => ("unknown", None),
        };
        CalleeWire {
            kind,
            module: item.map(|item| self.world.module_path(item.file).to_owned()),
            name: item.and_then(|item| self.meaning.item(item)).map(|item| item.name.text.to_string()),
        }
    }

    /// By what waits, in source order.
    fn edges(&self) -> Vec<EdgeWire> {
        let ids = self.graph.nodes().flat_map(|(node, _)| self.graph.incoming(node));
        ids.map(|id| {
            let edge = self.graph.edge(*id);
            let (reason, clause) = match edge.reason {
                Reason::Data(at) => ("data", Some(data_word(at))),
                Reason::Condition(_) => ("condition", None),
                Reason::Place => ("place", None),
                Reason::After(_) => ("after", None),
                Reason::Approval => ("approval", None),
                Reason::Decides => ("decides", None),
                Reason::Milestone => ("milestone", None),
            };
            EdgeWire {
                from: self.id(edge.from),
                to: self.id(edge.to),
                reason,
                clause,
                condition: match edge.reason {
                    Reason::Condition(guard) => Some(self.expr(self.graph.guard(guard).condition)),
                    _ => None,
                },
                delay: match edge.reason {
                    Reason::After(delay) => delay.filter(|delay| *delay > 0),
                    _ => None,
                },
                span: self.span(edge.span),
            }
        })
        .collect()
    }
}

fn data_word(at: DataUse) -> &'static str {
    match at {
        DataUse::Value => "value",
        DataUse::Each => "each",
        DataUse::Until => "until",
        DataUse::Approval => "approval",
        DataUse::Undo => "undo",
        DataUse::OnFailure => "on_failure",
    }
}
