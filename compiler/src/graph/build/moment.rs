//! Conditions that read the moment, such as `run.elapsed` and `run.suspects`. They refer to nothing that they
//! could wait for, so they wait for the place or `after` of their step (rule 6).
//!
//! A [`Join::Moment`] represents that: it waits as the step does, and the conditions wait for it. The
//! condition of a block is evaluated once for the whole block, so the first step of the block decides when.

use super::Builder;
use crate::{
    graph::{GuardId, Join, ModuleMeaning, NodeId, NodeKind, Reason},
    hir::{Block, ExprId, IfStatement, StatementKind, StepId, descendants},
    source::Span,
    types::Member,
};

/// Whether an expression reads something that changes during the run.
pub(super) fn reads_moment(module: ModuleMeaning<'_>, expr: ExprId) -> bool {
    descendants(&module.hir.exprs, expr).any(|part| {
        matches!(module.types.members.get(part), Some(Member::Run(member)) if member.is_of_the_moment())
    })
}

/// Whether some branch of a block contains a step.
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
    /// A join for the condition of a branch and of all later ones, decided by its first step; `None` if
    /// there is no step, so nothing has to be waited for.
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

    /// Called for each step: it decides when its own conditions are evaluated, and those of blocks whose first
    /// step it is. `needed` is what its place waits for.
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

    /// What a step's `after` waits for also delays the conditions that the step decides.
    pub(super) fn moments_wait(&mut self, step: StepId, from: NodeId, reason: Reason, span: Span) {
        for join in self.decided.get(&step).cloned().unwrap_or_default() {
            self.graph.add_edge(super::Edge { from, to: join, reason, span });
        }
    }
}
