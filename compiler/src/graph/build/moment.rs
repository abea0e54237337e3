//! Conditions that read the moment: `run.elapsed`, `run.suspects`. They name nothing that they could wait
//! for, so they wait for the place or `after` of their step (rule 6).
//!
//! A [`Join::Moment`] stands for that: it waits as the step does, and the conditions wait for it. The
//! condition of a group is looked at once for all of it, so the first step of the group decides when.

use super::Builder;
use crate::{
    graph::{GuardId, Join, ModuleMeaning, NodeId, NodeKind, Reason},
    hir::{Block, ExprId, IfStatement, StatementKind, StepId, descendants},
    source::Span,
    types::Member,
};

/// Whether an expression reads what changes while the run goes on.
pub(super) fn reads_moment(module: ModuleMeaning<'_>, expr: ExprId) -> bool {
    descendants(&module.hir.exprs, expr).any(|part| {
        matches!(module.types.members.get(part), Some(Member::Run(member)) if member.is_of_the_moment())
    })
}

/// Whether there is a step in some branches of a group.
fn has_step(blocks: &[&Block]) -> bool {
    let mut stack = blocks.to_vec();
    while let Some(block) = stack.pop() {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Step(_) => return true,
                StatementKind::If(group) => {
                    stack.extend(group.branches.iter().map(|(_, block)| block).chain(&group.otherwise));
                }
                _ => {}
            }
        }
    }
    false
}

impl Builder<'_> {
    /// A join for the condition of a branch, and of all behind it, which its first step decides; none if
    /// there is no step, so that nothing is to be waited for.
    pub(super) fn moment_of_group(
        &mut self,
        group: &IfStatement,
        branch: usize,
        guards: [GuardId; 2],
        place: &super::Place,
    ) -> Option<NodeId> {
        let blocks: Vec<&Block> =
            group.branches[branch..].iter().map(|(_, block)| block).chain(&group.otherwise).collect();
        if !has_step(&blocks) {
            return None;
        }
        let condition = self.graph.guard(guards[0]).condition;
        let join = self.node(NodeKind::Join(Join::Moment), self.module.span(condition), place);
        self.moments.extend(guards.map(|guard| (guard, join)));
        self.undecided.push(join);
        Some(join)
    }

    /// A step is met: it decides when the conditions are looked at of groups whose first step it is, and
    /// its own. `needed` is what its place waits for.
    pub(super) fn decide_moments(
        &mut self,
        step: StepId,
        own: &[GuardId],
        needed: &[NodeId],
        span: Span,
        place: &super::Place,
    ) {
        let mut joins = std::mem::take(&mut self.undecided);
        let waits = !needed.is_empty() || self.module.hir.steps[step].clauses.after.is_some();
        if let (Some(first), true) = (own.first(), waits) {
            let condition = self.graph.guard(*first).condition;
            let join = self.node(NodeKind::Join(Join::Moment), self.module.span(condition), place);
            self.moments.extend(own.iter().map(|guard| (*guard, join)));
            joins.push(join);
        }
        for join in &joins {
            for from in needed {
                self.graph.add_edge(super::place_edge(*from, *join, span));
            }
        }
        if !joins.is_empty() {
            self.decided.insert(step, joins);
        }
    }

    /// What an `after` of a step waits for holds up the conditions that it decides as well.
    pub(super) fn moments_wait(&mut self, step: StepId, from: NodeId, reason: Reason, span: Span) {
        for join in self.decided.get(&step).cloned().unwrap_or_default() {
            self.graph.add_edge(super::Edge { from, to: join, reason, span });
        }
    }
}
