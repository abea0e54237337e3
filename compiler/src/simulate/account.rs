//! A finished run beside the playbook that it is a run of.
//!
//! The trace says what happened, the graph why things wait for each other; here one is found from the
//! other. An [`Account`] can also evaluate an expression with the values of a moment, so that a report
//! shows the arguments of a call that never had to be made, such as an undo.

use std::sync::Arc;

use super::{
    evaluate::{Bindings, Evaluator, Read, Scope, reads},
    invocation::Invocation,
    trace::{
        ArgumentShown, AttemptOutcome, CallShown, End, Event, EventKind, Purpose, Skip, Trace, TraceNode,
        TraceNodeId, TraceNodeKind, Work,
    },
    value::Value,
};
use crate::{
    check::{Checked, CheckedModule},
    graph::{Callee, Nanoseconds, NodeId, NodeKind, OnFailurePlan, StepGraph, StepPlan},
    hir::{BindingKind, Effect, ExprId, ItemKind},
    names::{Builtin, Def, ItemId},
    source::{FileId, Span},
    types::RunMember,
    world::World,
};

/// More actions than this don't narrow each other.
const NARROWED: usize = 64;

/// A run, its playbook, and the way between them.
pub struct Account<'a> {
    /// The texts.
    pub world: &'a dyn World,
    /// The playbook's meaning.
    pub checked: &'a Checked,
    /// The run.
    pub trace: &'a Trace,
    /// Evaluates what the modules say.
    pub evaluator: Evaluator<'a>,
    /// The events of each place, in order.
    events: Vec<Vec<usize>>,
}

/// A playbook's or task's graph with the places of the trace that are its nodes.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The graph.
    pub graph: &'a StepGraph,
    /// The module that its expressions stand in.
    pub module: &'a CheckedModule,
    /// That module's file.
    pub file: FileId,
    /// The place of its first node; the others follow.
    first: u32,
    /// The step whose task it is; none for the playbook.
    step: Option<TraceNodeId>,
}

impl Frame<'_> {
    /// The place of a node.
    pub fn place(&self, node: NodeId) -> TraceNodeId {
        TraceNodeId(self.first + node.0)
    }
}

/// A call that was made.
#[derive(Debug, Clone)]
pub struct Made<'t> {
    /// The step.
    pub node: TraceNodeId,
    /// Which part of its work.
    pub work: Work,
    /// The call.
    pub call: &'t CallShown,
    /// When it began.
    pub begun: Nanoseconds,
    /// When it ended, and how; none if the run ended before.
    pub ended: Option<(Nanoseconds, &'t AttemptOutcome)>,
    /// The event with which it began.
    pub event: usize,
}

impl<'a> Account<'a> {
    /// For a run of a playbook.
    pub fn new(world: &'a dyn World, checked: &'a Checked, trace: &'a Trace) -> Self {
        let mut events = vec![Vec::new(); trace.nodes.len()];
        for (index, event) in trace.events.iter().enumerate() {
            if let Some(node) = event.node {
                events[node.0 as usize].push(index);
            }
        }
        Account { world, checked, trace, evaluator: Evaluator::new(checked), events }
    }

    /// The events of a place, with their numbers.
    pub fn events(&self, node: TraceNodeId) -> impl DoubleEndedIterator<Item = (usize, &'a Event)> {
        self.events[node.0 as usize].iter().map(|index| (*index, &self.trace.events[*index]))
    }

    /// A place.
    pub fn node(&self, node: TraceNodeId) -> &'a TraceNode {
        self.trace.node(node)
    }

    /// How a step ended, and when.
    pub fn end(&self, node: TraceNodeId) -> Option<(usize, Nanoseconds, &'a End)> {
        self.events(node).rev().find_map(|(index, event)| match &event.kind {
            EventKind::Ended(end) => Some((index, event.at, end)),
            _ => None,
        })
    }

    /// Whether steps of its own stand inside of a step.
    pub fn is_task(&self, node: TraceNodeId) -> bool {
        self.trace.nodes.iter().any(|other| other.inside == Some(node))
    }

    /// The text of a place in the source, on one line. What is inside of quotes stays as it is.
    pub fn written(&self, span: Span) -> String {
        on_one_line(self.world.source(span.file).part(span))
    }

    /// The graph that a place belongs to, and its node there; none inside of an undo.
    pub fn find(&self, node: TraceNodeId) -> Option<(Frame<'a>, NodeId)> {
        let frame = self.frame(self.node(node).inside)?;
        let own = node.0.checked_sub(frame.first).filter(|own| (*own as usize) < frame.graph.node_count())?;
        Some((frame, NodeId(own)))
    }

    /// The graph of the playbook, or of the task that a step calls.
    pub fn frame(&self, step: Option<TraceNodeId>) -> Option<Frame<'a>> {
        // The steps around, from the inside: none is around itself, so this ends.
        let mut around = Vec::new();
        let mut inner = step;
        while let Some(node) = inner {
            around.push(node);
            inner = self.node(node).inside;
        }
        let mut frame = self.frame_of(self.trace.header.playbook, 0, None)?;
        for step in around.into_iter().rev() {
            let own =
                step.0.checked_sub(frame.first).filter(|own| (*own as usize) < frame.graph.node_count())?;
            let Callee::Task(task) = frame.graph.step(NodeId(own))?.callee else { return None };
            let first = self.trace.nodes.iter().position(|node| node.inside == Some(step))?;
            frame = self.frame_of(task, first as u32, Some(step))?;
        }
        Some(frame)
    }

    fn frame_of(&self, item: ItemId, first: u32, step: Option<TraceNodeId>) -> Option<Frame<'a>> {
        let graph = self.checked.graphs.get(item)?;
        let module = self.checked.module(item.file)?;
        Some(Frame { graph, module, file: item.file, first, step })
    }

    /// The plan of a step.
    pub fn plan(&self, step: TraceNodeId) -> Option<(Frame<'a>, &'a StepPlan)> {
        let (frame, node) = self.find(step)?;
        Some((frame, frame.graph.step(node)?))
    }

    /// All calls, in the order in which they began.
    pub fn calls(&self) -> Vec<Made<'a>> {
        let mut made: Vec<Made<'a>> = Vec::new();
        for (index, event) in self.trace.events.iter().enumerate() {
            let Some(node) = event.node else { continue };
            match &event.kind {
                EventKind::Attempt(call) => {
                    let (work, begun) = (event.work, event.at);
                    made.push(Made { node, work, call, begun, ended: None, event: index });
                }
                EventKind::AttemptEnded(outcome) => {
                    let own = made.iter_mut().rev().find(|made| made.node == node && made.work == event.work);
                    if let Some(own) = own {
                        own.ended = Some((event.at, outcome));
                    }
                }
                _ => {}
            }
        }
        made
    }

    /// What is known in a frame just before an event.
    pub fn moment(&self, frame: Frame<'a>, before: usize) -> Moment<'_, 'a> {
        Moment { account: self, frame, before, own: None }
    }

    /// What an expression looks at, with the values of a moment.
    pub fn reads(&self, frame: Frame<'a>, before: usize, expr: ExprId) -> Vec<Read> {
        reads(&self.evaluator, frame.file, expr, &Bindings::new(), &self.moment(frame, before))
    }

    /// The value of an expression at a moment; none if it has none.
    pub fn evaluate(&self, frame: Frame<'a>, before: usize, expr: ExprId) -> Option<Value> {
        let moment = self.moment(frame, before);
        self.evaluator.evaluate(frame.file, expr, &[], &moment).ok()
    }

    /// The call that an action's contract or a step's clause names, as people are shown it.
    pub fn shown(
        &self,
        file: FileId,
        call: ExprId,
        callee: Callee,
        bindings: &Bindings,
        scope: &dyn Scope,
    ) -> Option<CallShown> {
        let values = self.evaluator.arguments(file, call, bindings, scope).ok()?;
        let (item, name): (_, Arc<str>) = match callee {
            Callee::Action(item) | Callee::Task(item) => {
                let name = &self.checked.item(item)?.name.text;
                let module = self.module_name(item);
                let own = item.file == self.trace.header.playbook.file;
                (Some(item), if own { name.clone() } else { format!("{module}.{name}").into() })
            }
            Callee::Manual => (None, Builtin::Manual.word().into()),
            Callee::Ask => (None, Builtin::Ask.word().into()),
            Callee::AskMany => (None, Builtin::AskMany.word().into()),
            Callee::Unknown => return None,
        };
        let meant = self.checked.module(file)?.types.calls.get(call)?;
        let parameters = item.map(|item| self.evaluator.parameters(item)).unwrap_or_default();
        let arguments = values.into_iter().enumerate().map(|(index, value)| ArgumentShown {
            name: parameters.get(index).map(|parameter| parameter.name.clone()).unwrap_or_default(),
            value,
            said: meant.given(index).is_some(),
        });
        Some(CallShown { callee: name, item, effect: Effect::Changes, arguments: arguments.collect() })
    }

    /// What members of an item's module are called by: `kubernetes`.
    pub fn module_name(&self, item: ItemId) -> Arc<str> {
        self.world.module_path(item.file).rsplit('.').next().unwrap_or_default().into()
    }

    /// How a call is carried out: by a `person`, a `task`, or through `http`, `command` or `container`.
    pub fn carried_out_by(&self, call: &CallShown) -> Option<&'static str> {
        let Some(item) = call.item else { return Some("person") };
        let mut next = item;
        // Actions that narrow others are as long a chain as people write; a circle is an error before.
        for _ in 0..NARROWED {
            match &self.checked.item(next)?.kind {
                ItemKind::Task(_) => return Some("task"),
                ItemKind::Action(action) => {
                    if let Some(narrows) = action.narrows {
                        match self.checked.module(next.file)?.types.calls.get(narrows)?.callee {
                            crate::types::Callee::Action(other) => next = other,
                            _ => return None,
                        }
                        continue;
                    }
                    return Some(match action.bindings.first().map(|binding| &binding.kind) {
                        None => "person",
                        Some(BindingKind::Http { .. }) => "http",
                        Some(BindingKind::Command { .. }) => "command",
                        Some(BindingKind::Container { .. }) => "container",
                    });
                }
                _ => return None,
            }
        }
        None
    }

    /// The command or request that a call stands for, as it is at an event; none for tasks, and for what
    /// people do.
    pub fn invocation(&self, call: &CallShown, event: usize) -> Option<Invocation> {
        let item = call.item?;
        let ItemKind::Action(action) = &self.checked.item(item)?.kind else { return None };
        let parameters = action.parameters.iter().map(|parameter| parameter.local);
        let values = call.arguments.iter().map(|argument| argument.value.clone());
        let clock = Clock { trace: self.trace, before: event };
        Invocation::new(&self.evaluator, item, parameters.zip(values).collect(), &clock)
    }

    /// The same for a call that wasn't made: what isn't known of its arguments is a placeholder.
    pub fn invocation_of(
        &self,
        file: FileId,
        call: ExprId,
        bindings: &Bindings,
        scope: &dyn Scope,
    ) -> Option<Invocation> {
        let callee = self.checked.module(file)?.types.calls.get(call)?.callee;
        let crate::types::Callee::Action(item) = callee else { return None };
        let arguments = Invocation::arguments(&self.evaluator, file, call, bindings, scope)?;
        Invocation::new(&self.evaluator, item, arguments, scope)
    }

    /// The contract of the action that a call calls.
    pub fn contract(&self, call: &CallShown) -> Option<&'a crate::hir::Contract> {
        match &self.checked.item(call.item?)?.kind {
            ItemKind::Action(action) => Some(&action.contract),
            _ => None,
        }
    }
}

/// The values of a frame just before an event.
#[derive(Debug)]
pub struct Moment<'m, 'a> {
    account: &'m Account<'a>,
    frame: Frame<'a>,
    before: usize,
    /// A step whose value is another than the trace says: its own, in its undo.
    pub own: Option<(NodeId, Value)>,
}

impl Moment<'_, '_> {
    fn value(&self, node: NodeId) -> Option<Value> {
        if let Some((_, value)) = self.own.as_ref().filter(|(own, _)| *own == node) {
            return Some(value.clone());
        }
        let account = self.account;
        let place = self.frame.place(node);
        let mut events = account.events(place).take_while(|(index, _)| *index < self.before);
        let mut value = None;
        for (_, event) in &mut events {
            value = match &event.kind {
                EventKind::Ended(End::Ok(value)) | EventKind::Let(Ok(value)) => Some(value.clone()),
                EventKind::Severity { value, .. } => Some(value.clone()),
                EventKind::Cause { decision, .. } => Some(Value::Cause(*decision)),
                EventKind::Ended(End::Skipped(Skip::Guard { .. } | Skip::NotApproved(_))) => {
                    Some(Value::None)
                }
                EventKind::Ended(End::Handled(_)) => match self.frame.graph.step(node)?.on_failure {
                    Some(OnFailurePlan::Use(expr)) => account.evaluate(self.frame, self.before, expr),
                    _ => Some(Value::None),
                },
                _ => value,
            };
        }
        // A `let` in a group that wasn't entered leaves no event, and is `none` outside of it.
        match &self.frame.graph.node(node).kind {
            NodeKind::Let(it) if value.is_none() && !it.guards.is_empty() => Some(Value::None),
            _ => value,
        }
    }

    fn parameter(&self, name: &str) -> Option<Value> {
        match self.frame.step {
            None => {
                let inputs = &self.account.trace.header.inputs;
                inputs.iter().find(|(own, _)| **own == *name).map(|(_, value)| value.clone())
            }
            Some(step) => self.account.events(step).find_map(|(_, event)| match &event.kind {
                EventKind::Attempt(call) if event.work.purpose == Purpose::Work => {
                    let argument = call.arguments.iter().find(|argument| *argument.name == *name)?;
                    Some(argument.value.clone())
                }
                _ => None,
            }),
        }
    }
}

impl Scope for Moment<'_, '_> {
    fn named(&self, file: FileId, def: Def) -> Option<Value> {
        match def {
            Def::Local(local) if file == self.frame.file => match self.frame.graph.node_of_local(local) {
                Some(node) => self.value(node),
                None => self.parameter(&self.frame.module.hir.locals[local].name.text),
            },
            Def::Severity => self.value(self.frame.graph.severity()?),
            _ => None,
        }
    }

    fn run(&self, member: RunMember) -> Option<Value> {
        Clock { trace: self.account.trace, before: self.before }.run(member)
    }
}

/// What a binding can read besides its arguments: the run, at an event.
struct Clock<'t> {
    trace: &'t Trace,
    before: usize,
}

impl Scope for Clock<'_> {
    fn named(&self, _: FileId, _: Def) -> Option<Value> {
        None
    }

    fn run(&self, member: RunMember) -> Option<Value> {
        let trace = self.trace;
        let at = trace.events.get(self.before).or(trace.events.last()).map_or(0, |event| event.at);
        match member {
            RunMember::Id => Some(Value::text("1")),
            RunMember::Url => Some(Value::text(format!("dry-run://{}/1", trace.header.name))),
            RunMember::Elapsed => Some(Value::Duration(at)),
            RunMember::Now => trace.header.start.checked_add(at).map(Value::Time),
            _ => None,
        }
    }
}

/// Source text on one line: blanks between words become one, those inside of quotes stay, and a line
/// break there is shown as in a program.
pub fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for letter in text.trim().chars() {
        match letter {
            '\n' if quoted => line.push_str("\\n"),
            '\r' => {}
            letter if !quoted && letter.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            letter => line.push(letter),
        }
        quoted ^= letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
    }
    line
}

/// Whether a place is one that people know by name.
pub fn is_named(node: &TraceNode) -> bool {
    matches!(
        node.kind,
        TraceNodeKind::Step | TraceNodeKind::Let | TraceNodeKind::Cause | TraceNodeKind::Severity
    )
}

impl std::fmt::Debug for Account<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("playbook", &self.trace.header.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn blanks_inside_of_texts_stay() {
        assert_eq!(on_one_line("a\n    and b"), "a and b");
        assert_eq!(on_one_line(r#"x.contains("Disk   True")  and  y"#), r#"x.contains("Disk   True") and y"#);
        assert_eq!(on_one_line("f(\"a \\\"  b\",\n  1)"), "f(\"a \\\"  b\", 1)");
        assert_eq!(on_one_line("\"\"\"\n  a\n  \"\"\""), "\"\"\"\\n  a\\n  \"\"\"");
    }
}
