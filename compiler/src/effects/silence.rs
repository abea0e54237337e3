//! Silence is never consent (promise 7, rule T7).
//!
//! Two things stand for an answer that nobody gave: the value of `on failure use` at a question, and
//! the `none` of a step that was skipped because nobody approved it. What depends on them may not
//! change anything, unless people approve that change itself.

use std::collections::BTreeMap;

use super::{
    Context, Effects, ModuleContext,
    context::{Placed, steps_of, steps_of_playbook},
};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::silent_consent,
    hir::{
        BinaryOp, Block, Effect, ExprId, ExprKind, ItemKind, Literal, LocalId, OnFailure, PartBody, Playbook,
        RetryWait, Statement, StatementKind, Step, descendants,
    },
    names::{Builtin, Def},
    source::Span,
    types::Callee,
};

/// What a name stands for when nobody answered.
#[derive(Debug, Clone, Copy)]
struct Silence {
    /// Where people were asked.
    asked: Span,
    /// `none` stands for it, so that a guard `x != none` keeps it out.
    is_none: bool,
}

type Silences = BTreeMap<LocalId, Silence>;

pub(super) fn check(context: &Context<'_>, own: &Effects, findings: &mut Vec<Diagnostic>) {
    for item in &context.own.hir.items {
        let (steps, blocks) = match &item.kind {
            ItemKind::Playbook(playbook) => {
                let steps = steps_of_playbook(playbook).into_iter().map(|(_, placed)| placed).collect();
                (steps, blocks_of(playbook))
            }
            ItemKind::Task(task) => (steps_of(&task.body), vec![&task.body]),
            _ => continue,
        };
        check_body(context, own, &steps, &blocks, findings);
    }
}

fn blocks_of(playbook: &Playbook) -> Vec<&Block> {
    let blocks = playbook.parts.iter().filter_map(|part| match &part.body {
        PartBody::Block(block) => Some(block),
        PartBody::None { .. } => None,
    });
    blocks.collect()
}

fn check_body(
    context: &Context<'_>,
    own: &Effects,
    steps: &[Placed],
    blocks: &[&Block],
    findings: &mut Vec<Diagnostic>,
) {
    let module = context.own;
    let mut silences = Silences::new();
    let mut users: Vec<(LocalId, Vec<ExprId>)> = Vec::new();
    for block in blocks {
        named_values(&block.statements, &mut users);
    }
    // Names are seen before they are bound, so that one pass is not enough.
    loop {
        let before = silences.len();
        for (local, exprs) in &users {
            if let Some(silence) = exprs.iter().find_map(|expr| depends(module, &silences, *expr)) {
                silences.entry(*local).or_insert(Silence { is_none: false, ..silence });
            }
        }
        for placed in steps {
            let step = module.step(placed.step);
            if let Some(silence) = silence_of(module, &silences, placed, step) {
                silences.entry(step.local).or_insert(silence);
            }
        }
        if silences.len() == before {
            break;
        }
    }
    for placed in steps {
        let step = module.step(placed.step);
        let effect = own.steps.get(placed.step).copied().unwrap_or(Effect::Pure);
        if effect < Effect::Changes || step.clauses.approve.is_some() {
            continue;
        }
        if let Some((silence, name)) = dependence(module, &silences, placed, step) {
            findings.push(silent_consent::silent_consent(
                name,
                silence.asked,
                module.span(step.call),
                &step.name.text,
            ));
        }
    }
}

/// `let`s, causes: what they name, by their local.
fn named_values(statements: &[Statement], users: &mut Vec<(LocalId, Vec<ExprId>)>) {
    for statement in statements {
        match &statement.kind {
            StatementKind::Let(found) => users.push((found.local, vec![found.value])),
            StatementKind::Cause(cause) => {
                let lines = cause.body.statements.iter().filter_map(|line| match line.kind {
                    StatementKind::Suspect(expr) | StatementKind::RuleOut(expr) => Some(expr),
                    _ => None,
                });
                users.push((cause.local, lines.collect()));
                named_values(&cause.body.statements, users);
            }
            StatementKind::If(group) => {
                group.branches.iter().for_each(|(_, block)| named_values(&block.statements, users));
                if let Some(block) = &group.otherwise {
                    named_values(&block.statements, users);
                }
            }
            _ => {}
        }
    }
}

/// What the value of a step stands for when nobody answered.
fn silence_of(
    module: ModuleContext<'_>,
    silences: &Silences,
    placed: &Placed,
    step: &Step,
) -> Option<Silence> {
    let asks = matches!(module.callee(step.call), Some(Callee::Builtin(Builtin::Ask | Builtin::AskMany)));
    if asks {
        let clause = step.clauses.on_failure.as_ref();
        match clause.map(|clause| (clause.value, clause.span)) {
            Some((OnFailure::Use(_), asked)) => return Some(Silence { asked, is_none: false }),
            Some((OnFailure::Continue, asked)) => return Some(Silence { asked, is_none: true }),
            _ => {}
        }
    }
    if let Some(approve) = &step.clauses.approve {
        // Approved: then what it depends on was seen by people. Not approved: then it says so by `none`.
        return approve.value.else_skip.map(|_| Silence { asked: approve.span, is_none: true });
    }
    if let Some((silence, _)) = dependence(module, silences, placed, step) {
        return Some(Silence { is_none: false, ..silence });
    }
    // What a guard keeps out comes back as the `none` of the guarded step.
    kept_out(module, silences, placed, step).map(|silence| Silence { is_none: true, ..silence })
}

/// The silence that a step's call, clauses or guards depend on, and where it is named.
fn dependence(
    module: ModuleContext<'_>,
    silences: &Silences,
    placed: &Placed,
    step: &Step,
) -> Option<(Silence, Span)> {
    let present = kept_present(module, placed, step);
    let exprs = guards(placed, step).chain(parts(step));
    exprs.flat_map(|expr| descendants(&module.hir.exprs, expr)).find_map(|expr| {
        let silence = named(module, silences, expr)?;
        let Some(Def::Local(local)) = module.def(expr) else { return None };
        let kept = silence.is_none && present.contains(&local);
        (!kept).then(|| (silence, module.span(expr)))
    })
}

fn kept_out(module: ModuleContext<'_>, silences: &Silences, placed: &Placed, step: &Step) -> Option<Silence> {
    let present = kept_present(module, placed, step);
    present.iter().find_map(|local| silences.get(local)).copied()
}

fn named(module: ModuleContext<'_>, silences: &Silences, expr: ExprId) -> Option<Silence> {
    match module.def(expr) {
        Some(Def::Local(local)) => silences.get(&local).copied(),
        _ => None,
    }
}

fn depends(module: ModuleContext<'_>, silences: &Silences, expr: ExprId) -> Option<Silence> {
    descendants(&module.hir.exprs, expr).find_map(|part| named(module, silences, part))
}

/// The names that the guards keep present: conjuncts `x != none`.
fn kept_present(module: ModuleContext<'_>, placed: &Placed, step: &Step) -> Vec<LocalId> {
    let holding = placed.groups.iter().filter(|(_, wanted)| *wanted).map(|(condition, _)| *condition);
    let mut rest: Vec<ExprId> =
        holding.chain(step.clauses.when.as_ref().map(|clause| clause.value)).collect();
    let mut present = Vec::new();
    while let Some(expr) = rest.pop() {
        match &module.hir.exprs[expr].kind {
            ExprKind::Binary(BinaryOp::And, left, right) => rest.extend([*left, *right]),
            ExprKind::Binary(BinaryOp::NotEqual, left, right) => {
                let none =
                    |expr: &ExprId| matches!(module.hir.exprs[*expr].kind, ExprKind::Literal(Literal::None));
                let value = if none(right) { left } else { right };
                if none(left) != none(right)
                    && let Some(Def::Local(local)) = module.def(*value)
                {
                    present.push(local);
                }
            }
            _ => {}
        }
    }
    present
}

fn guards<'s>(placed: &'s Placed, step: &'s Step) -> impl Iterator<Item = ExprId> + 's {
    let groups = placed.groups.iter().map(|(condition, _)| *condition);
    groups.chain(step.clauses.when.as_ref().map(|clause| clause.value))
}

/// The expressions of the call and of the clauses that decide what is done. What undoes it is done
/// for another reason.
fn parts(step: &Step) -> impl Iterator<Item = ExprId> + '_ {
    let clauses = &step.clauses;
    let each = clauses.each.as_ref().map(|clause| &clause.value);
    let each = each.into_iter().flat_map(|each| [Some(each.list), each.at_a_time, each.at_most]);
    let repeat = clauses.repeat.as_ref().and_then(|clause| clause.value.until);
    let retry = clauses.retry.as_ref().map(|clause| &clause.value);
    let retry = retry.into_iter().flat_map(|retry| match retry.wait {
        Some(RetryWait::Every(wait)) => [Some(retry.times), Some(wait)],
        _ => [Some(retry.times), None],
    });
    [Some(step.call), repeat].into_iter().chain(each).chain(retry).flatten()
}
