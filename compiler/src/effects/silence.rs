//! Silence is never consent (promise 7, rule T7).
//!
//! A playbook is examined in two worlds: in one, people who are asked may stay silent; in the other, everyone
//! answers. A change depends on silence if it runs unapproved in the first world, and in the second doesn't,
//! or has other values. What silence only prevents is fine.

use std::collections::BTreeSet;

use super::{
    Context, Effects,
    approval::count,
    context::{Placed, steps_of, steps_of_playbook},
    symbolic::{Env, Formula, FrameId, Machine, Source, SourceKind, Term, ValueId, World},
};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::silent_consent::{self, Instead},
    hir::{Effect, ExprId, ItemKind, OnFailure, Step, StepId, descendants},
    names::{Def, ItemId},
    source::{FileId, Span},
    types::Callee,
};

pub(super) fn check(context: &Context<'_>, own: &Effects, findings: &mut Vec<Diagnostic>) {
    // The knowledge about tasks applies to all items.
    let mut people = Machine::new(context);
    for (index, item) in context.own.hir.items.iter().enumerate() {
        let steps = match &item.kind {
            ItemKind::Playbook(playbook) => {
                steps_of_playbook(playbook).into_iter().map(|(_, placed)| placed).collect()
            }
            ItemKind::Task(task) => steps_of(&task.body),
            _ => continue,
        };
        let id = ItemId::new(context.own.hir.file, index);
        let module = context.own;
        if context.effect_of_item(id, own) < Effect::Changes
            || !steps.iter().any(|placed| people.involves_people(module, module.step(placed.step)))
        {
            continue;
        }
        let mut machine = Machine::new(context);
        let roots = [World::Silent, World::Answered].map(|world| {
            let root = machine.root(id, world)?;
            machine.settle(root);
            Some(root)
        });
        let [Some(silent), Some(answered)] = roots else { continue };
        let mut walk = Walk { context, own, machine, findings: &mut *findings, reported: BTreeSet::new() };
        for placed in &steps {
            walk.step(silent, answered, placed, &Way::default());
        }
    }
}

/// How a call is reached, in both worlds.
#[derive(Debug, Clone)]
struct Way {
    /// It is made: in the silent world, and if everyone answers.
    runs: [Formula; 2],
    /// In the silent world: one person is asked for approval, and two are.
    asked: [Formula; 2],
    /// The steps on the path that are in the current module.
    steps: Vec<(StepId, Vec<(ExprId, bool)>)>,
    /// The outermost call of a task that leads to it.
    through: Option<(FileId, StepId)>,
}

impl Default for Way {
    fn default() -> Self {
        Self { runs: [Formula::TRUE; 2], asked: [Formula::FALSE; 2], steps: Vec::new(), through: None }
    }
}

struct Walk<'w, 'a> {
    context: &'w Context<'a>,
    own: &'w Effects,
    machine: Machine<'w, 'a>,
    findings: &'w mut Vec<Diagnostic>,
    reported: BTreeSet<(Span, Span)>,
}

impl<'a> Walk<'_, 'a> {
    fn step(&mut self, silent: FrameId, answered: FrameId, placed: &Placed, way: &Way) {
        let env = self.machine.env(silent);
        let step = env.module.step(placed.step);
        let effect = self.context.effect_of_step(env.module, step, self.own);
        if effect < Effect::Changes {
            return;
        }
        let (Some(one), Some(other)) =
            (self.machine.outcome(silent, placed.step), self.machine.outcome(answered, placed.step))
        else {
            return;
        };
        let (one, other) = (one.clone(), other.clone());
        let mut way = way.clone();
        let eyes = match &step.clauses.approve {
            Some(approve) => count(&mut self.machine, env, &approve.value).unwrap_or(0),
            None => 0,
        };
        let formulas = &mut self.machine.store.formulas;
        way.runs = [formulas.and(way.runs[0], one.runs), formulas.and(way.runs[1], other.runs)];
        way.asked[0] = formulas.or(way.asked[0], one.asked);
        if eyes >= 2 {
            way.asked[1] = formulas.or(way.asked[1], one.asked);
        }
        if env.module.hir.file == self.context.own.hir.file {
            way.steps.push((placed.step, placed.groups.clone()));
        }
        let task = match env.module.callee(step.call) {
            Some(Callee::Task(item)) => self.context.task(item),
            _ => None,
        };
        match (task, one.inside, other.inside) {
            (Some(task), Some(silent), Some(answered)) => {
                way.through.get_or_insert((env.module.hir.file, placed.step));
                for placed in steps_of(&task.body) {
                    self.step(silent, answered, &placed, &way);
                }
            }
            _ => self.decide(env, step, effect, &way, [&one.data, &other.data]),
        }
    }

    fn decide(&mut self, env: Env<'a>, step: &Step, effect: Effect, way: &Way, data: [&[ValueId]; 2]) {
        let store = &mut self.machine.store;
        let mut same = Formula::known(data[0].len() == data[1].len());
        for (one, other) in data[0].iter().zip(data[1]) {
            let equal = store.same(*one, *other);
            same = store.formulas.and(same, equal);
        }
        let as_before = store.formulas.and(way.runs[1], same);
        let alone = store.formulas.and(way.runs[0], way.asked[0].not());
        let mut hangs = store.formulas.and(alone, as_before.not());
        if effect == Effect::Destroys {
            let lowered = self.lowered(env, way);
            hangs = self.machine.store.formulas.or(hangs, lowered);
        }
        if hangs == Formula::FALSE {
            return;
        }
        let sources = self.machine.sources.clone();
        let formulas = &mut self.machine.store.formulas;
        let silent = formulas.any(sources.iter().map(|source| source.silent));
        let hangs = formulas.and(hangs, silent);
        let Some(source) = self.culprit(hangs, &sources) else { return };
        // A dependency on silence within a task is reported there.
        if way.through.is_some() && source.within.first() == way.through.as_ref() {
            return;
        }
        let call = env.module.span(step.call);
        let named = self.deciding(way);
        let own_call =
            way.steps.first().map(|(step, _)| self.context.own.span(self.context.own.step(*step).call));
        let place = named.or(own_call).unwrap_or(call);
        if self.reported.insert((place, call)) {
            let instead = match source.kind {
                SourceKind::Answered => Instead::Value,
                SourceKind::Question => Instead::Answer,
                SourceKind::Approval => Instead::Approval,
                SourceKind::Manual => Instead::Work,
                SourceKind::Unfollowed => Instead::Unknown,
            };
            self.findings.push(silent_consent::silent_consent(
                place,
                (source.span, instead),
                call,
                &step.name.text,
            ));
        }
    }

    /// Silence may not lower severity, which would skip a two-person approval.
    fn lowered(&mut self, env: Env<'a>, way: &Way) -> Formula {
        let worlds = [World::Silent, World::Answered].map(|world| {
            let env = Env { world, ..env };
            let value = self.machine.severity_of_run(env)?;
            let highest = self.machine.highest_of(value)?;
            Some(self.machine.store.equal(value, highest))
        });
        let [Some(silent), Some(answered)] = worlds else { return Formula::FALSE };
        let formulas = &mut self.machine.store.formulas;
        formulas.all([way.runs[0], way.asked[1].not(), silent.not(), answered])
    }

    /// A source whose silence alone is enough, otherwise one of those that are silent together.
    fn culprit(&mut self, hangs: Formula, sources: &[Source]) -> Option<Source> {
        let together = self.machine.store.way(&[hangs])?;
        let silent = |source: &&Source| {
            let atoms = self.machine.store.formulas.atoms_in(&[source.silent]);
            together.iter().any(|(atom, value)| *value && atoms.contains(atom))
        };
        let candidates: Vec<&Source> = sources.iter().filter(silent).collect();
        let alone = candidates.iter().find(|source| {
            let others = sources.iter().filter(|other| other.silent != source.silent);
            let mut formulas: Vec<Formula> = others.map(|other| other.silent.not()).collect();
            formulas.push(hangs);
            self.machine.store.way(&formulas).is_some()
        });
        alone.or(candidates.first()).map(|source| (*source).clone())
    }

    /// The first name on the path that has another value if people are silent.
    fn deciding(&mut self, way: &Way) -> Option<Span> {
        let module = self.context.own;
        for (step, groups) in way.steps.clone() {
            let step = module.step(step);
            let clauses = &step.clauses;
            let mut exprs: Vec<ExprId> = groups.iter().map(|(condition, _)| *condition).collect();
            exprs.extend(clauses.when.as_ref().map(|clause| clause.value));
            exprs.push(step.call);
            exprs.extend(clauses.each.iter().map(|clause| clause.value.list));
            exprs.extend(clauses.repeat.iter().filter_map(|clause| clause.value.until));
            exprs.extend(clauses.approve.iter().filter_map(|clause| clause.value.when));
            exprs.extend(clauses.on_failure.iter().filter_map(|clause| match clause.value {
                OnFailure::Use(expr) => Some(expr),
                _ => None,
            }));
            for part in exprs.into_iter().flat_map(|expr| descendants(&module.hir.exprs, expr)) {
                let item = ItemId::new(module.hir.file, step.item as usize);
                if self.machine.differs(item, module, part) {
                    return Some(module.span(part));
                }
            }
        }
        None
    }
}

impl<'a> Machine<'_, 'a> {
    /// The highest severity of a value's enum.
    fn highest_of(&mut self, value: ValueId) -> Option<ValueId> {
        let of = self.store.cases(value).iter().find_map(|(_, term)| match self.store.term(*term) {
            Term::Variant(variant) => Some(variant.item),
            _ => None,
        })?;
        let ItemKind::Enum(declared) = &self.context.item(of)?.kind else { return None };
        let index = (declared.variants.len() as u32).checked_sub(1)?;
        Some(self.store.constant(Term::Variant(crate::names::VariantId { item: of, index })))
    }

    /// Whether a name of the root, or a reading of the run, differs if people are silent.
    fn differs(&mut self, item: ItemId, module: super::ModuleContext<'a>, part: ExprId) -> bool {
        let readable = match module.def(part) {
            Some(Def::Local(local)) => module.hir.locals[local].item == item.index,
            Some(Def::Severity) => true,
            None => matches!(module.types.members.get(part), Some(crate::types::Member::Run(_))),
            _ => false,
        };
        if !readable {
            return false;
        }
        let evals = [World::Silent, World::Answered].map(|world| {
            let frame = self.frame_of(item, world)?;
            let env = Env { hangs: true, ..self.env(frame) };
            Some(self.eval(env, part))
        });
        evals[0].is_some() && evals[0] != evals[1]
    }
}
