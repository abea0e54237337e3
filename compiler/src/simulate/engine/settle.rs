//! `let`s, severity, causes, milestones: rules 17 to 19. They take no time and happen before any step
//! starts in the same instant.

use super::{
    At, Engine, FrameId, ROOT,
    frame::{Data, Problem, Progress, at},
    ready::Verdict,
};
use crate::{
    graph::{CauseNode, Join, LetNode, NodeKind},
    hir::{ExprId, ExprKind},
    names::{Def, Milestone, VariantId},
    simulate::{
        trace::{Assumption, EventKind},
        value::{Decision, Value},
    },
    types::Type,
};

impl Engine<'_> {
    /// Looks at a node that isn't a step: rule 25 (b).
    pub(super) fn settle(&mut self, node: At) {
        if self.state(node).is_over() {
            return;
        }
        self.reason = self.state(node).trigger;
        let graph = self.frame(node.frame).graph;
        match &graph.node(node.node).kind {
            NodeKind::Let(it) => self.settle_let(node, it),
            NodeKind::Cause(it) => self.settle_cause(node, it),
            NodeKind::Severity(expr) => self.settle_severity(node, *expr),
            NodeKind::Milestone(Milestone::Failed) => {}
            NodeKind::Milestone(milestone) => self.settle_milestone(node, *milestone),
            NodeKind::Join(join) => {
                let state = self.state(node);
                if state.pending == 0 {
                    let problem = state.problem.filter(|_| *join != Join::Moment);
                    let data = match problem {
                        Some(Problem::Blocked(root)) => Data::Blocked(root),
                        Some(Problem::Absent(root)) => Data::Absent(root),
                        None => Data::Value(Value::Unit),
                    };
                    self.settled(node, data);
                }
            }
            NodeKind::Return(expr) => {
                if let Some(data) = self.settle_value(node, *expr) {
                    self.settled(node, data);
                }
            }
            NodeKind::Step(_) | NodeKind::Gate(_) => {}
        }
    }

    fn settled(&mut self, node: At, data: Data) {
        let now = self.now;
        let state = self.state_mut(node);
        state.ended = Some(now);
        state.data = data;
        state.progress = Progress::Over(None);
        self.pass_on(node);
    }

    /// The value of an expression, once all that it names is there.
    fn settle_value(&mut self, node: At, expr: ExprId) -> Option<Data> {
        let state = self.state(node);
        match state.problem {
            Some(Problem::Blocked(root)) => Some(Data::Blocked(root)),
            Some(Problem::Absent(root)) => Some(Data::Absent(root)),
            None if state.pending > 0 => None,
            None => Some(match self.evaluate(node.frame, expr) {
                Ok(value) => Data::Value(value),
                Err(error) => {
                    self.node_event(node, || EventKind::Let(Err(error.to_string().into())));
                    Data::Blocked(node.node)
                }
            }),
        }
    }

    fn settle_let(&mut self, node: At, it: &LetNode) {
        let data = match self.examine(node, &it.guards) {
            Verdict::Wait => return,
            // Outside of its group it is a `T?`.
            Verdict::Skip(_) => Data::Value(Value::None),
            Verdict::Error(why) => {
                self.node_event(node, || EventKind::Let(Err(why)));
                Data::Blocked(node.node)
            }
            Verdict::Problem(Problem::Blocked(root)) => Data::Blocked(root),
            Verdict::Problem(Problem::Absent(root)) => Data::Absent(root),
            Verdict::Ready => match self.settle_value(node, it.value) {
                Some(data) => data,
                None => return,
            },
        };
        if let Data::Value(value) = &data {
            let value = value.clone();
            self.node_event(node, || EventKind::Let(Ok(value)));
        }
        self.settled(node, data);
    }

    /// Rule 18: decided once, when its evidence has ended. A line that can't be evaluated doesn't hold.
    fn settle_cause(&mut self, node: At, cause: &CauseNode) {
        if self.state(node).pending > 0 {
            return;
        }
        let mut incomplete = false;
        let mut holds = |engine: &Self, lines: &[ExprId]| {
            lines.iter().any(|line| match engine.evaluate(node.frame, *line) {
                Ok(Value::Bool(value)) => value,
                _ => {
                    incomplete = true;
                    false
                }
            })
        };
        let (suspected, ruled_out) = (holds(self, &cause.suspect), holds(self, &cause.rule_out));
        let decision = match (suspected, ruled_out) {
            (true, false) => Decision::Suspected,
            (false, true) => Decision::RuledOut,
            _ => Decision::Open,
        };
        let contradictory = suspected && ruled_out;
        self.node_event(node, || EventKind::Cause { decision, contradictory, incomplete });
        self.settled(node, Data::Value(Value::Cause(decision)));
    }

    /// Rule 17: severity is always known, after two minutes at the latest.
    fn settle_severity(&mut self, node: At, expr: ExprId) {
        let assumption = match self.settle_value_quietly(node, expr) {
            Some(Ok(value)) => {
                let value = self.script.severity.clone().unwrap_or(value);
                let shown = value.clone();
                self.node_event(node, || EventKind::Severity { value: shown, assumed: None });
                return self.settled(node, Data::Value(value));
            }
            Some(Err(assumption)) => assumption,
            None if self.severity_due => Assumption::Late,
            None => return,
        };
        let given = self.script.severity.clone();
        let Some(value) = given.or_else(|| self.highest(node.frame, expr)) else { return };
        let shown = value.clone();
        self.node_event(node, || EventKind::Severity { value: shown, assumed: Some(assumption) });
        self.settled(node, Data::Value(value));
    }

    fn settle_value_quietly(&self, node: At, expr: ExprId) -> Option<Result<Value, Assumption>> {
        let state = self.state(node);
        match state.problem {
            Some(Problem::Blocked(root) | Problem::Absent(root)) => {
                Some(Err(Assumption::Missing(self.frame(node.frame).name(root))))
            }
            None if state.pending > 0 => None,
            None => Some(
                self.evaluate(node.frame, expr).map_err(|error| Assumption::Error(error.to_string().into())),
            ),
        }
    }

    pub(super) fn severity_limit(&mut self, frame: FrameId) {
        let Some(node) = self.frame(frame).graph.severity() else { return };
        self.severity_due = true;
        self.wake(at(frame, node));
    }

    /// The highest value that a severity expression can give; the highest that there is if that
    /// isn't known.
    fn highest(&self, frame: FrameId, expr: ExprId) -> Option<Value> {
        let module = self.frame(frame).module;
        let mut highest: Option<VariantId> = None;
        let mut rest = vec![expr];
        let mut unknown = false;
        while let Some(expr) = rest.pop() {
            match &module.hir.exprs[expr].kind {
                ExprKind::Match { arms, .. } => rest.extend(arms.iter().map(|arm| arm.body)),
                ExprKind::If { branches, otherwise } => {
                    rest.extend(branches.iter().map(|(_, value)| *value));
                    rest.push(*otherwise);
                }
                _ => match module.def(expr) {
                    Some(Def::Variant(variant)) => {
                        let higher = highest.filter(|known| known.index >= variant.index);
                        highest = Some(higher.unwrap_or(variant));
                    }
                    _ => unknown = true,
                },
            }
        }
        if let (Some(variant), false) = (highest, unknown) {
            return self.evaluator.variant(variant);
        }
        let Type::Enum(item) = module.type_of(expr) else { return None };
        let last = self.checked.interfaces.variants(*item)?.variants.len().checked_sub(1)?;
        self.evaluator.variant(VariantId { item: *item, index: last as u32 })
    }

    fn settle_milestone(&mut self, node: At, milestone: Milestone) {
        if self.state(node).pending > 0 || node.frame != ROOT {
            return;
        }
        if milestone == Milestone::Resolved && self.failed.is_some() {
            return;
        }
        self.node_event(node, || EventKind::Milestone(milestone));
        self.settled(node, Data::Value(Value::Unit));
        if milestone == Milestone::Resolved {
            self.run_resolved();
        }
    }
}
