//! A step's plan: its clauses with evaluated constants, and its action's contract.

use super::{
    super::{
        CallPlan, Callee, Constant, DEFAULT_EACH_MAXIMUM, DEFAULT_TIMEOUT, EachPlan, EveryPlan, Gate,
        GuardId, Irreversible, Meaning, ModuleMeaning, Nanoseconds, NodeId, OnFailurePlan, RepeatBound,
        RepeatPlan, RetryPlan, RetryWaitPlan, SaidBy, StepPlan, UndoPlan, evaluate,
    },
    bound::{Bounds, Least},
};
use crate::{
    findings::graph::hold_exceeds_bound,
    hir::{
        Action, Bound, Clause, Each, Effect, ExprId, ExprKind, OnFailure, Repeat, Retry, RetryWait, Step,
        StepId, Takes,
    },
    names::ItemId,
};

/// How many levels of narrowing are followed; an action that narrows itself is another finding.
const NARROWINGS: usize = 100;

/// The strongest effect of a step's call and undo.
pub(super) fn effect(meaning: &Meaning<'_>, module: ModuleMeaning<'_>, id: StepId, step: &Step) -> Effect {
    if let Some(effect) = module.effects.steps.get(id) {
        return *effect;
    }
    let undo = step.clauses.undo.as_ref().map(|undo| undo.value.call);
    let calls = [Some(step.call), undo].into_iter().flatten();
    calls.map(|call| declared_effect(meaning, module.callee(call))).max().unwrap_or(Effect::Reads)
}

fn declared_effect(meaning: &Meaning<'_>, callee: Callee) -> Effect {
    match callee {
        Callee::Action(item) => {
            meaning.action(item).and_then(|action| action.effect).map_or(Effect::Reads, |it| it.0)
        }
        Callee::Task(item) => meaning
            .module(item.file)
            .and_then(|module| module.effects.items.get(crate::hir::Id::new(item.index as usize)).copied())
            .unwrap_or(Effect::Reads),
        Callee::Ask | Callee::AskMany => Effect::Asks,
        Callee::Manual => Effect::Changes,
        Callee::Unknown => Effect::Reads,
    }
}

/// The plan of a step.
pub(super) fn plan(
    meaning: &Meaning<'_>,
    module: ModuleMeaning<'_>,
    id: StepId,
    guards: Vec<GuardId>,
    gate: Option<NodeId>,
    bounds: &mut Bounds<'_>,
) -> StepPlan {
    let step = &module.hir.steps[id];
    let clauses = &step.clauses;
    let callee = module.callee(step.call);
    let own_timeout = clauses.timeout.as_ref().map(|clause| clause.value);
    let own_timeout = own_timeout.map(|expr| bounds.duration(expr, "timeout", Least::Something));
    let timeout = match (own_timeout, callee) {
        (Some(own), Callee::Ask | Callee::AskMany | Callee::Manual) => {
            let within = call_timeout(meaning, module, step.call, callee, bounds);
            own.zip(within).map(|(own, within)| own.min(within))
        }
        (Some(own), _) => own,
        (None, _) => call_timeout(meaning, module, step.call, callee, bounds),
    };
    StepPlan {
        step: id,
        local: step.local,
        guards,
        gate,
        call: step.call,
        callee,
        effect: effect(meaning, module, id, step),
        each: clauses.each.as_ref().map(|clause| each(&clause.value, bounds)),
        repeat: clauses.repeat.as_ref().map(|clause| repeat(clause, bounds)),
        every: clauses
            .every
            .as_ref()
            .map(|clause| EveryPlan { period: bounds.duration(clause.value, "every", Least::Something) }),
        timeout,
        usual: usual(meaning, callee),
        retry: clauses.retry.as_ref().map(|clause| retry(&clause.value, bounds)),
        on_failure: clauses.on_failure.as_ref().map(|clause| match clause.value {
            OnFailure::Continue => OnFailurePlan::Continue,
            OnFailure::Use(value) => OnFailurePlan::Use(value),
            OnFailure::Run(call) => OnFailurePlan::Run(call_plan(meaning, module, call, bounds)),
        }),
        undo: undo(meaning, module, step, callee, bounds),
        irreversible: irreversible(meaning, step, callee),
    }
}

/// The gate of a step, if it has one.
pub(super) fn gate(step: &Step, behind: NodeId, bounds: &mut Bounds<'_>) -> Option<Gate> {
    let approve = &step.clauses.approve.as_ref()?.value;
    Some(Gate {
        step: behind,
        count: bounds.count(approve.count, "approve by"),
        groups: approve.groups.clone(),
        when: approve.when,
        within: approve.within.and_then(|within| bounds.duration(within, "within", Least::Something)),
        else_skip: approve.else_skip.is_some(),
    })
}

/// An action's time limit by its own contract, or by that of the action that it narrows.
pub(super) fn action_timeout(meaning: &Meaning<'_>, item: ItemId) -> Option<Nanoseconds> {
    let said = narrowings(meaning, item).find_map(|(item, action)| Some((item, action.contract.timeout?)));
    let Some((item, timeout)) = said else { return Some(DEFAULT_TIMEOUT) };
    match evaluate(meaning, item.file, timeout) {
        // Findings about the contract are reported in the action's own module.
        Ok(Constant::Duration(value)) if value > 0 => Some(value),
        _ => None,
    }
}

/// An action, the one that it narrows, and so on.
fn narrowings<'a>(meaning: &'a Meaning<'a>, item: ItemId) -> impl Iterator<Item = (ItemId, &'a Action)> {
    let next = move |item: &ItemId| {
        let narrows = meaning.action(*item)?.narrows?;
        match meaning.module(item.file)?.callee(narrows) {
            Callee::Action(item) => Some(item),
            _ => None,
        }
    };
    std::iter::successors(Some(item), next)
        .take(NARROWINGS)
        .filter_map(|item| Some((item, meaning.action(item)?)))
}

fn call_plan(
    meaning: &Meaning<'_>,
    module: ModuleMeaning<'_>,
    call: ExprId,
    bounds: &mut Bounds<'_>,
) -> CallPlan {
    let callee = module.callee(call);
    CallPlan { call, callee, timeout: call_timeout(meaning, module, call, callee, bounds) }
}

fn call_timeout(
    meaning: &Meaning<'_>,
    module: ModuleMeaning<'_>,
    call: ExprId,
    callee: Callee,
    bounds: &mut Bounds<'_>,
) -> Option<Nanoseconds> {
    match callee {
        Callee::Action(item) => action_timeout(meaning, item),
        Callee::Ask | Callee::AskMany | Callee::Manual => {
            let ExprKind::Call { arguments, .. } = &module.hir.exprs[call].kind else { return None };
            let named = |argument: &&crate::hir::Argument| {
                argument.name.as_ref().is_some_and(|name| &*name.text == "within")
            };
            let within = arguments.iter().find(named)?;
            bounds.duration(within.value, "within", Least::Something)
        }
        Callee::Task(_) | Callee::Unknown => None,
    }
}

fn usual(meaning: &Meaning<'_>, callee: Callee) -> Option<Nanoseconds> {
    let Callee::Action(item) = callee else { return None };
    let said = narrowings(meaning, item).find_map(|(item, action)| Some((item, action.simulate.as_ref()?)));
    let (item, simulate) = said?;
    let length = |expr: ExprId| match evaluate(meaning, item.file, expr) {
        Ok(Constant::Duration(value)) => Some(value),
        _ => None,
    };
    match simulate.takes.as_ref()? {
        Takes::Exactly(value) => length(*value),
        Takes::Between(from, to) => {
            let (from, to) = (length(*from)?, length(*to)?);
            Some(from + to.saturating_sub(from) / 2)
        }
        Takes::Percentiles { p50, .. } => length(*p50),
        // The median of an exponential distribution.
        Takes::Mean(mean) => Some((length(*mean)? as f64 * std::f64::consts::LN_2) as Nanoseconds),
    }
}

fn each(each: &Each, bounds: &mut Bounds<'_>) -> EachPlan {
    EachPlan {
        variable: each.variable,
        list: each.list,
        at_a_time: each.at_a_time.and_then(|count| bounds.count(count, "at a time")),
        at_most: match each.at_most {
            Some(count) => bounds.count(count, "at most"),
            None => Some(DEFAULT_EACH_MAXIMUM),
        },
    }
}

fn repeat(clause: &Clause<Repeat>, bounds: &mut Bounds<'_>) -> RepeatPlan {
    let repeat = &clause.value;
    let every = bounds.duration(repeat.every, "repeat every", Least::Something);
    let hold = repeat.hold.and_then(|hold| bounds.duration(hold, "for", Least::Zero));
    let bound = repeat.bound.and_then(|bound| match bound {
        Bound::Time(expr) => bounds.duration(expr, "at most", Least::Something).map(RepeatBound::Time),
        Bound::Times(expr) => bounds.count(expr, "at most").map(RepeatBound::Times),
    });
    let fits = |hold: Nanoseconds| match bound {
        Some(RepeatBound::Time(bound)) => hold < bound,
        // From the first poll to the last.
        Some(RepeatBound::Times(polls)) => {
            every.is_none_or(|every| hold <= every.saturating_mul(i64::from(polls) - 1))
        }
        None => true,
    };
    if let Some(hold) = hold.filter(|hold| !fits(*hold)) {
        bounds.found.push(hold_exceeds_bound::finding(clause.span, hold));
    }
    RepeatPlan { every, until: repeat.until, hold, bound }
}

fn retry(retry: &Retry, bounds: &mut Bounds<'_>) -> RetryPlan {
    let wait = match retry.wait {
        None => Some(RetryWaitPlan::None),
        Some(RetryWait::Every(wait)) => {
            bounds.duration(wait, "retry every", Least::Zero).map(RetryWaitPlan::Every)
        }
        Some(RetryWait::Backoff(first, limit)) => {
            let first = bounds.duration(first, "backoff", Least::Something);
            let limit = bounds.duration(limit, "backoff", Least::Something);
            first.zip(limit).map(|(first, limit)| RetryWaitPlan::Backoff(first, limit))
        }
    };
    RetryPlan { times: bounds.count(retry.times, "retry"), wait: wait.unwrap_or(RetryWaitPlan::Unknown) }
}

fn undo(
    meaning: &Meaning<'_>,
    module: ModuleMeaning<'_>,
    step: &Step,
    callee: Callee,
    bounds: &mut Bounds<'_>,
) -> Option<UndoPlan> {
    if let Some(clause) = &step.clauses.undo {
        return Some(UndoPlan {
            call: call_plan(meaning, module, clause.value.call, bounds),
            said_by: SaidBy::Step,
            always: clause.value.always.is_some(),
            span: clause.span,
        });
    }
    let Callee::Action(item) = callee else { return None };
    // `irreversible` on the step is the last word.
    let undo =
        meaning.action(item)?.contract.undo.as_ref().filter(|_| step.clauses.irreversible.is_none())?;
    let module = meaning.module(item.file)?;
    let callee = module.callee(undo.call);
    Some(UndoPlan {
        // Findings about its limits are reported in the action's module.
        call: CallPlan {
            call: undo.call,
            callee,
            timeout: call_timeout(meaning, module, undo.call, callee, &mut Bounds::new(meaning, item.file)),
        },
        said_by: SaidBy::Action(item),
        always: undo.always.is_some(),
        span: undo.span,
    })
}

fn irreversible(meaning: &Meaning<'_>, step: &Step, callee: Callee) -> Option<Irreversible> {
    if let Some(clause) = &step.clauses.irreversible {
        return Some(Irreversible { why: clause.value, said_by: SaidBy::Step });
    }
    let Callee::Action(item) = callee else { return None };
    let why = meaning.action(item)?.contract.irreversible.filter(|_| step.clauses.undo.is_none())?;
    Some(Irreversible { why, said_by: SaidBy::Action(item) })
}
