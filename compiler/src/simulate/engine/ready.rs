//! When a step starts, is skipped or blocked: rules 3 to 6.

use super::{
    At, Engine, FrameId,
    frame::{Data, GuardState, Problem, Progress, at},
    queue::Timer,
};
use crate::{
    graph::{EdgeId, GuardId, Join, NodeId, NodeKind, Reason},
    names::Milestone,
    simulate::{
        evaluate::{EvaluationError, reads},
        trace::{End, EventKind, Failure, FailureKind, GuardOutcome, Skip},
        value::Value,
    },
};

/// What an edge says about the node behind it.
enum Passage {
    Open,
    Problem(Problem),
    /// It will never open.
    Closed,
}

/// What follows for a node from its guards and from what it waits for.
pub(super) enum Verdict {
    Wait,
    Ready,
    /// This guard doesn't hold.
    Skip(GuardId),
    Problem(Problem),
    /// A guard has no value.
    Error(std::sync::Arc<str>),
}

impl Engine<'_> {
    /// A node is over: those that wait for it are told.
    pub(super) fn pass_on(&mut self, from: At) {
        let graph = self.frame(from.frame).graph;
        for edge in graph.outgoing(from.node) {
            self.pass(from, *edge);
        }
    }

    fn pass(&mut self, from: At, edge: EdgeId) {
        let graph = self.frame(from.frame).graph;
        let edge = graph.edge(edge);
        let to = at(from.frame, edge.to);
        let event = self.state(from).event;
        let target = self.state_mut(to);
        if target.is_over() {
            return;
        }
        target.trigger = event.or(target.trigger);
        match edge.reason {
            // The guard looks at what it names itself.
            Reason::Condition(_) => return self.wake(to),
            // The gate starts its step itself.
            Reason::Approval => return,
            Reason::Milestone
                if matches!(graph.node(edge.to).kind, NodeKind::Milestone(Milestone::Failed)) =>
            {
                return;
            }
            Reason::Data(_) | Reason::Place | Reason::After(_) | Reason::Decides | Reason::Milestone => {}
        }
        match self.passage(from.node, from, edge.reason) {
            Passage::Open => {
                let delay = match edge.reason {
                    Reason::After(delay) => delay.unwrap_or(0),
                    _ => 0,
                };
                if delay > 0 {
                    return self.delay(to, delay);
                }
                let target = self.state_mut(to);
                target.pending -= 1;
                // Nothing follows for a node that still waits; its guards have edges of their own.
                if target.pending > 0 && target.problem.is_none() {
                    return;
                }
            }
            Passage::Problem(problem) => {
                let target = self.state_mut(to);
                target.pending -= 1;
                target.problem = Some(problem.beside(target.problem));
            }
            Passage::Closed => return,
        }
        self.wake(to);
    }

    /// What a node that is over means to those that wait for it so.
    fn passage(&self, node: NodeId, from: At, reason: Reason) -> Passage {
        let state = self.state(from);
        let kind = &self.frame(from.frame).graph.node(node).kind;
        match (reason, kind) {
            (Reason::Decides, _) => Passage::Open,
            (Reason::Milestone, NodeKind::Step(_)) => match state.end() {
                Some(End::Ok(_)) => Passage::Open,
                _ => Passage::Closed,
            },
            (Reason::Milestone, _) => Passage::Open,
            (Reason::Place, NodeKind::Step(plan)) if !plan.is_change() => Passage::Open,
            (Reason::Place, NodeKind::Join(Join::Looks)) => Passage::Open,
            (Reason::Place | Reason::After(_), NodeKind::Step(_)) => match state.end() {
                Some(End::Ok(_) | End::Skipped(_) | End::Handled(_)) => Passage::Open,
                _ => match state.data {
                    Data::Blocked(root) => Passage::Problem(Problem::Blocked(root)),
                    _ => Passage::Problem(Problem::Blocked(node)),
                },
            },
            (Reason::After(_), _) => Passage::Open,
            _ => match state.data {
                Data::Value(_) => Passage::Open,
                Data::Blocked(root) => Passage::Problem(Problem::Blocked(root)),
                Data::Absent(root) => Passage::Problem(Problem::Absent(root)),
                Data::Unknown => Passage::Problem(Problem::Blocked(node)),
            },
        }
    }

    fn delay(&mut self, to: At, delay: i64) {
        let until = self.now.saturating_add(delay);
        self.state_mut(to).delays += 1;
        self.queue.set(until, Timer::Delay(to));
        // The step that waits so itself keeps the run going, and tells of it.
        if self.is_join(to) {
            return;
        }
        self.opened(to.frame);
        self.reason = self.state(to).trigger;
        self.node_event(to, || EventKind::Delayed { until });
    }

    pub(super) fn delay_over(&mut self, to: At) {
        let state = self.state_mut(to);
        if state.is_over() || state.delays == 0 {
            return;
        }
        state.delays -= 1;
        state.pending -= 1;
        if self.is_join(to) {
            return self.wake(to);
        }
        let state = self.state_mut(to);
        state.trigger = state.event;
        self.closed(to.frame);
        self.wake(to);
    }

    fn is_join(&self, at: At) -> bool {
        matches!(self.frame(at.frame).graph.node(at.node).kind, NodeKind::Join(_))
    }

    /// A node that ended no longer waits for a time.
    pub(super) fn drop_delays(&mut self, at: At) {
        for _ in 0..std::mem::take(&mut self.state_mut(at).delays) {
            self.closed(at.frame);
        }
    }

    /// Looks at a step or gate: rule 25 (c).
    pub(super) fn consider(&mut self, entry: At) {
        let graph = self.frame(entry.frame).graph;
        let step = match &graph.node(entry.node).kind {
            NodeKind::Gate(gate) => at(entry.frame, gate.step),
            NodeKind::Step(plan) if plan.gate.is_none() => entry,
            _ => return,
        };
        if !self.state(entry).waits() || !self.state(step).waits() {
            return;
        }
        let Some(plan) = self.plan(step) else { return };
        self.reason = self.state(entry).trigger;
        let end = match self.examine(entry, &plan.guards) {
            Verdict::Wait => return,
            Verdict::Ready if self.ends_now(entry.frame) => return,
            Verdict::Ready if step == entry => return self.start_step(step),
            Verdict::Ready => return self.open_gate(entry),
            Verdict::Skip(guard) => End::Skipped(self.skip_by(entry, guard)),
            Verdict::Problem(problem) => return self.end_by_problem(step, problem),
            Verdict::Error(why) => End::Failed(Failure::new(FailureKind::Error, why)),
        };
        self.end_step(step, end);
    }

    fn skip_by(&self, entry: At, guard: GuardId) -> Skip {
        let frame = self.frame(entry.frame);
        let declared = frame.graph.guard(guard);
        let reads = match &frame.guards[guard.0 as usize] {
            GuardState::Failed(reads) => reads.clone(),
            _ => Vec::new(),
        };
        let span = frame.module.hir.exprs[declared.condition].span;
        Skip::Guard { span, origin: declared.origin, wanted: declared.wanted, reads }
    }

    /// A step can't happen, because of what it needs.
    pub(super) fn end_by_problem(&mut self, step: At, problem: Problem) {
        match problem {
            Problem::Blocked(root) => {
                let by = self.frame(step.frame).name(root);
                self.end_step_as(step, End::Blocked { by }, Data::Blocked(root));
            }
            Problem::Absent(root) => {
                let skip = self.absence(step, root);
                self.end_step_as(step, End::Skipped(skip), Data::Absent(root));
            }
        }
    }

    /// Why something is skipped that needs what this node would have given.
    pub(super) fn absence(&self, step: At, root: NodeId) -> Skip {
        let frame = self.frame(step.frame);
        match frame.node(root).end() {
            Some(End::Skipped(skip @ (Skip::Resolved | Skip::Never(_)))) => skip.clone(),
            _ => Skip::NeedsAnswer(frame.name(root)),
        }
    }

    /// What follows for a node from its guards, and then from what it waits for.
    pub(super) fn examine(&mut self, node: At, guards: &[GuardId]) -> Verdict {
        while let Some(guard) = guards.get(self.state(node).held as usize) {
            self.look_at(node, *guard);
            match &self.frame(node.frame).guards[guard.0 as usize] {
                GuardState::Unknown => return Verdict::Wait,
                GuardState::Held => self.state_mut(node).held += 1,
                GuardState::Failed(_) => return Verdict::Skip(*guard),
                GuardState::Kept(problem) => return Verdict::Problem(*problem),
                GuardState::Error(why) => return Verdict::Error(why.clone()),
            }
        }
        let state = self.state(node);
        match state.problem {
            Some(problem) => Verdict::Problem(problem),
            None if state.pending == 0 => Verdict::Ready,
            None => Verdict::Wait,
        }
    }

    /// Evaluates a guard, once all that it names has ended.
    fn look_at(&mut self, node: At, guard: GuardId) {
        let index = guard.0 as usize;
        if self.frame(node.frame).guards[index] != GuardState::Unknown {
            return;
        }
        let graph = self.frame(node.frame).graph;
        let mut problem = None;
        for edge in graph.incoming(node.node) {
            let edge = graph.edge(*edge);
            if edge.reason != Reason::Condition(guard) {
                continue;
            }
            match self.frame(node.frame).node(edge.from).data {
                Data::Unknown => return,
                Data::Value(_) => {}
                Data::Blocked(root) => problem = Some(Problem::Blocked(root).beside(problem)),
                Data::Absent(root) => problem = Some(Problem::Absent(root).beside(problem)),
            }
        }
        let declared = graph.guard(guard);
        let (state, outcome) = match problem {
            Some(problem) => {
                let (Problem::Blocked(root) | Problem::Absent(root)) = problem;
                let name = self.frame(node.frame).name(root);
                let outcome = match problem {
                    Problem::Blocked(_) => GuardOutcome::Blocked(name),
                    Problem::Absent(_) => GuardOutcome::Unanswered(name),
                };
                (GuardState::Kept(problem), outcome)
            }
            None => match self.condition(node.frame, guard) {
                Ok(Value::Bool(value)) if value == declared.wanted => (GuardState::Held, GuardOutcome::Held),
                Ok(Value::Bool(_)) => {
                    (GuardState::Failed(self.read(node, declared.condition)), GuardOutcome::Failed)
                }
                Ok(_) => {
                    let why: std::sync::Arc<str> =
                        "internal error: the condition isn't a Bool (please report this)".into();
                    (GuardState::Error(why.clone()), GuardOutcome::Error(why))
                }
                Err(error) => {
                    let why: std::sync::Arc<str> = error.to_string().into();
                    (GuardState::Error(why.clone()), GuardOutcome::Error(why))
                }
            },
        };
        if self.records() {
            let reads = match &state {
                GuardState::Failed(reads) => reads.clone(),
                _ => self.read(node, declared.condition),
            };
            let span = self.frame(node.frame).module.hir.exprs[declared.condition].span;
            let (origin, wanted) = (declared.origin, declared.wanted);
            let event = self.node_event(node, || EventKind::Guard { span, origin, wanted, outcome, reads });
            self.reason = event.or(self.reason);
        }
        self.frame_mut(node.frame).guards[index] = state;
    }

    /// What the condition of a guard gives. What reads the moment is evaluated once for all branches of a
    /// group.
    fn condition(&mut self, frame: FrameId, guard: GuardId) -> Result<Value, EvaluationError> {
        let declared = self.frame(frame).graph.guard(guard);
        if let Some(known) = self.frame(frame).moments.get(&declared.condition) {
            return known.clone();
        }
        let value = self.evaluate(frame, declared.condition);
        if declared.moment {
            self.frame_mut(frame).moments.insert(declared.condition, value.clone());
        }
        value
    }

    /// What an expression looks at; nothing without a trace.
    fn read(&self, node: At, expr: crate::hir::ExprId) -> Vec<crate::simulate::evaluate::Read> {
        if !self.records() {
            return Vec::new();
        }
        let view = super::View { engine: self, frame: node.frame, extra: &[] };
        reads(&self.evaluator, self.frame(node.frame).file, expr, &[], &view)
    }

    /// A step ends; what it means to others follows from how.
    pub(super) fn end_step(&mut self, step: At, end: End) {
        let node = step.node;
        let data = match &end {
            End::Ok(value) => Data::Value(value.clone()),
            End::Skipped(Skip::Guard { .. } | Skip::NotApproved(_)) | End::Handled(_) => {
                Data::Value(Value::None)
            }
            End::Skipped(Skip::Unanswered | Skip::NeedsAnswer(_)) => Data::Absent(node),
            // Who names it has to know what to do without it, or can't happen either.
            End::Skipped(Skip::Resolved | Skip::Never(_)) if self.may_be_missing(step) => {
                Data::Value(Value::None)
            }
            End::Skipped(Skip::Resolved | Skip::Never(_)) => Data::Absent(node),
            End::Failed(_) | End::Blocked { .. } | End::Cancelled { .. } => Data::Blocked(node),
        };
        self.end_step_as(step, end, data);
    }

    /// Whether the step's value is a `T?` to others (rule T1).
    fn may_be_missing(&self, step: At) -> bool {
        let frame = self.frame(step.frame);
        let Some(plan) = frame.graph.step(step.node) else { return false };
        let skips = plan.gate.is_some_and(
            |gate| matches!(&frame.graph.node(gate).kind, NodeKind::Gate(gate) if gate.else_skip),
        );
        let goes_on = matches!(plan.on_failure, Some(crate::graph::OnFailurePlan::Continue));
        !plan.guards.is_empty() || skips || (goes_on && plan.each.is_none())
    }

    /// A step ends, and this is what others see of it.
    pub(super) fn end_step_as(&mut self, step: At, end: End, data: Data) {
        let now = self.now;
        let (shown, failure) = (self.records().then(|| end.clone()), super::failure::of_end(&end));
        let state = self.state_mut(step);
        if state.is_over() {
            return;
        }
        state.ended = Some(now);
        let ran = matches!(state.progress, Progress::Active);
        state.progress = Progress::Over(Some(end));
        state.data = data;
        state.work = None;
        let plan = self.plan(step);
        let recurs = plan.is_some_and(|plan| plan.every.is_some());
        if let Some(gate) = plan.and_then(|plan| plan.gate) {
            self.shut_gate(at(step.frame, gate));
        }
        self.drop_delays(step);
        if let Some(shown) = shown {
            self.node_event(step, || EventKind::Ended(shown));
        }
        if ran && !recurs {
            self.closed(step.frame);
        }
        self.pass_on(step);
        if let Some(failure) = failure {
            self.after_failure(step, failure);
        }
        self.agenda.may_end(step.frame);
    }
}
