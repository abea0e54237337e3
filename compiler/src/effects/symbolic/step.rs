//! The outcome of a step: whether it runs, is approved and succeeds, and its result.

use super::{
    Env, Eval, FrameId, Machine, World,
    body::{conjuncts, decisive, needs},
    formula::Formula,
    value::ValueId,
};
use crate::{
    hir::{ExprId, OnFailure, Step, StepId},
    names::Builtin,
    source::{FileId, Span},
    types::{Callee, Type},
};

/// Something about which people can be silent.
#[derive(Debug, Clone)]
pub(in crate::effects) struct Source {
    /// The calls of tasks that lead to it, outermost first: the module and the step.
    pub within: Vec<(FileId, StepId)>,
    /// The span of the question.
    pub span: Span,
    /// What.
    pub kind: SourceKind,
    /// The atom that people are silent.
    pub silent: Formula,
}

/// What people can be silent about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::effects) enum SourceKind {
    /// A question, without or with a default for the answer.
    Question,
    Answered,
    /// An approval.
    Approval,
    /// A manual step.
    Manual,
    /// Any question in code that isn't tracked.
    Unfollowed,
}

/// The outcome of a step.
#[derive(Debug, Clone)]
pub(in crate::effects) struct Outcome {
    /// Its gate opens.
    pub asked: Formula,
    /// It runs.
    pub runs: Formula,
    /// It fails, and `on failure` doesn't handle that.
    pub failed: Formula,
    /// Everything that determines what it does.
    pub data: Vec<ValueId>,
    /// The run of the task that it calls.
    pub inside: Option<FrameId>,
}

pub(super) struct Guards {
    pub hold: Formula,
    pub missing: Formula,
}

struct Done {
    value: ValueId,
    /// It has no value.
    missing: Formula,
    /// It failed.
    failed: Formula,
    data: Vec<ValueId>,
    inside: Option<FrameId>,
}

impl<'a> Machine<'_, 'a> {
    /// The outcome of a step of a completed frame.
    pub fn outcome(&self, frame: FrameId, step: StepId) -> Option<&Outcome> {
        self.frames[frame.0].outcomes.get(&step)
    }

    /// A source of silence, and the condition that people are silent about it in this world.
    fn silence(&mut self, env: Env<'a>, step: &Step, kind: SourceKind, span: Span) -> Formula {
        if env.world != World::Silent {
            return Formula::FALSE;
        }
        let approval = kind == SourceKind::Approval;
        let key = format!("silent{approval}{:?}{:?}{:?}", env.module.hir.file, step.local, self.path_of(env));
        if let Some(known) = self.by_source.get(&key) {
            return self.sources[*known].silent;
        }
        let value = self.opaque(&key, Vec::new(), &Type::Bool, "nobody answers");
        let silent = self.store.holds(value);
        let within = self.within(env);
        self.by_source.insert(key, self.sources.len());
        self.sources.push(Source { within, span, kind, silent });
        silent
    }

    /// The possible results of a step, and its outcome.
    pub(super) fn step(&mut self, frame: FrameId, id: StepId, groups: &[(ExprId, bool)]) -> Eval {
        let env = self.env(frame);
        let env = Env { hangs: self.hangs(env, id), ..env };
        let step = env.module.step(id);
        let guards = self.guards(env, groups, step.clauses.when.as_ref().map(|clause| clause.value));
        let missing = self.names_missing(env, &needs(step));
        let ready = self.store.formulas.and(guards.hold, missing.not());
        let (asked, granted) = self.gate(env, step, ready);
        let passed = self.store.formulas.or(asked.not(), granted);
        let runs = self.store.formulas.and(ready, passed);
        let refused = self.store.formulas.all([asked, granted.not()]);
        let done = self.done(env, id, step);
        // Skipped by a condition, or without the approval.
        let skips = step.clauses.approve.as_ref().is_some_and(|clause| clause.value.else_skip.is_some());
        let none = self.store.none();
        let value = self.store.choose(runs, done.value, none);
        let failing = self.store.formulas.and(runs, done.missing);
        let unmet = self.store.formulas.and(guards.hold, missing);
        let refusal = if skips { Formula::FALSE } else { refused };
        let missing = self.store.formulas.any([guards.missing, unmet, failing, refusal]);
        let failed = self.store.formulas.and(runs, done.failed);
        let outcome = Outcome {
            asked,
            runs,
            failed: self.store.formulas.or(failed, refusal),
            data: done.data,
            inside: done.inside,
        };
        self.frames[frame.0].outcomes.insert(id, outcome);
        self.seen(env, id, Eval { value, missing })
    }

    /// If people approved a step in the silent world, its result counts as decided by people, so it is the same
    /// in the other world.
    fn seen(&mut self, env: Env<'a>, id: StepId, eval: Eval) -> Eval {
        if env.world != World::Answered || env.module.step(id).clauses.approve.is_none() {
            return eval;
        }
        let Some(frame) = env.frame else { return eval };
        let path = self.frames[frame.0].path;
        let twin = self.frames.iter().position(|it| it.path == path && it.world == World::Silent);
        let Some(twin) = twin.map(FrameId) else { return eval };
        let (Some(outcome), Some(silent)) = (
            self.outcome(twin, id).cloned(),
            self.frames[twin.0].evals.get(&env.module.step(id).local).copied(),
        ) else {
            return eval;
        };
        let approved = self.store.formulas.and(outcome.asked, outcome.runs);
        Eval {
            value: self.store.choose(approved, silent.value, eval.value),
            missing: self.store.formulas.choose(approved, silent.missing, eval.missing),
        }
    }

    /// When a step's gate opens, and when it is approved.
    fn gate(&mut self, env: Env<'a>, step: &Step, ready: Formula) -> (Formula, Formula) {
        let Some(clause) = &step.clauses.approve else { return (Formula::FALSE, Formula::TRUE) };
        let needed = match clause.value.when {
            Some(when) => self.condition(env, when).0,
            None => Formula::TRUE,
        };
        let asked = self.store.formulas.and(ready, needed);
        let key = format!("approved{:?}{:?}{:?}", env.module.hir.file, step.local, self.path_of(env));
        let yes = self.opaque(&key, Vec::new(), &Type::Bool, "people approve");
        let yes = self.store.holds(yes);
        let silent = self.silence(env, step, SourceKind::Approval, clause.span);
        (asked, self.store.formulas.and(yes, silent.not()))
    }

    /// The result of a step once it runs.
    fn done(&mut self, env: Env<'a>, id: StepId, step: &Step) -> Done {
        let each = self.element(env, step);
        let depth = self.names.len();
        self.names.extend(each.map(|(local, value)| (env.module.hir.file, local, self.there(value))));
        let (data, _) = self.evals(env, &decisive(env.module, step));
        let mut attempt = self.attempt(env, id, step, &data);
        let clause = step.clauses.on_failure.as_ref();
        let fails = self.store.formulas.or(attempt.failed, attempt.missing);
        match clause.map(|clause| clause.value) {
            Some(OnFailure::Use(value)) => {
                let instead = self.eval(env, value);
                attempt.value = self.store.choose(fails, instead.value, attempt.value);
                (attempt.failed, attempt.missing) = (Formula::FALSE, Formula::FALSE);
            }
            Some(OnFailure::Continue) => {
                let none = self.store.none();
                attempt.value = self.store.choose(fails, none, attempt.value);
                (attempt.failed, attempt.missing) = (Formula::FALSE, Formula::FALSE);
            }
            Some(OnFailure::Run(_)) | None => attempt.missing = fails,
        }
        self.names.truncate(depth);
        if step.clauses.each.is_some() {
            let fails = self.store.bool(fails);
            let mut parts = vec![attempt.value, fails];
            parts.extend(data.iter().copied());
            let ty = env.module.types.of_local(step.local).present().clone();
            attempt.value = self.opaque("each", parts, &ty, &step.name.text);
        }
        Done { data, ..attempt }
    }

    /// The result of a step's call.
    fn attempt(&mut self, env: Env<'a>, id: StepId, step: &Step, data: &[ValueId]) -> Done {
        let own = format!("{:?}{:?}{:?}", env.module.hir.file, step.local, self.path_of(env));
        let ty = env.module.types.of_call(id).clone();
        let name = &step.name.text;
        let fails = self.opaque(&format!("fails{own}"), data.to_vec(), &Type::Bool, &format!("{name} fails"));
        let fails = self.store.holds(fails);
        let clause = step.clauses.on_failure.as_ref();
        let (stands, asked_at) = match clause.map(|clause| (clause.value, clause.span)) {
            Some((OnFailure::Use(_) | OnFailure::Continue, span)) => (SourceKind::Answered, span),
            _ => (SourceKind::Question, env.module.span(step.call)),
        };
        let mut done = Done {
            value: self.store.none(),
            missing: Formula::FALSE,
            failed: fails,
            data: Vec::new(),
            inside: None,
        };
        match env.module.callee(step.call) {
            Some(Callee::Builtin(Builtin::Ask | Builtin::AskMany)) => {
                done.value = self.opaque(&own, data.to_vec(), &ty, name);
                done.missing = self.silence(env, step, stands, asked_at);
                // Nothing else can go wrong with a question.
                done.failed = Formula::FALSE;
            }
            Some(Callee::Builtin(Builtin::Manual)) => {
                let silent = self.silence(env, step, SourceKind::Manual, env.module.span(step.call));
                done.value = self.opaque(&own, data.to_vec(), &ty, name);
                done.failed = self.store.formulas.or(fails, silent);
            }
            Some(Callee::Task(item)) => {
                let inside = env.frame.and_then(|frame| self.inside(frame, id, item, step.call));
                let Some(inside) = inside else {
                    done.value = self.unfollowed(env, step.call).value;
                    return done;
                };
                self.settle(inside);
                done.inside = Some(inside);
                let failed: Vec<Formula> =
                    self.frames[inside.0].outcomes.values().map(|outcome| outcome.failed).collect();
                let failed = self.store.formulas.any(failed);
                done.failed = self.store.formulas.or(fails, failed);
                let result = self.frames[inside.0].body.result;
                if let Some(result) = result {
                    let env = self.env(inside);
                    let env = Env { hangs: self.expr_waits(env, result), ..env };
                    done.value = self.eval(env, result).value;
                    done.missing = self.names_missing(env, &[result]);
                }
            }
            _ => done.value = self.opaque(&own, data.to_vec(), &ty, name),
        }
        done
    }

    /// Rule 6: the conditions of the blocks and of the step, split at `and`.
    pub(super) fn guards(&mut self, env: Env<'a>, groups: &[(ExprId, bool)], when: Option<ExprId>) -> Guards {
        let mut guards = Guards { hold: Formula::TRUE, missing: Formula::FALSE };
        for (condition, wanted) in groups.iter().copied().chain(when.map(|when| (when, true))) {
            for (part, wanted) in conjuncts(env.module, condition, wanted) {
                let (holds, lazily) = self.condition(env, part);
                let missing = self.names_missing(env, &[part]);
                let missing = self.store.formulas.or(missing, lazily);
                let holds = if wanted { holds } else { holds.not() };
                let unknown = self.store.formulas.and(guards.hold, missing);
                guards.missing = self.store.formulas.or(guards.missing, unknown);
                guards.hold = self.store.formulas.all([guards.hold, missing.not(), holds]);
            }
        }
        guards
    }
}
