//! A run of a playbook or task: the values of its names.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    Env, Eval, FrameId, Machine, World,
    body::{Body, Entry, EntryKind, Named},
    formula::Formula,
    step::Outcome,
    value::{Term, ValueId},
};
use crate::{
    effects::{ModuleContext, Reached},
    hir::{Block, ExprId, ItemKind, LocalId, StatementKind, Step, StepId, descendants},
    names::{Def, ItemId, VariantId},
    source::FileId,
    types::{ArgumentValue, Callee, CauseMember, Type},
};

/// How deep calls from task to task are followed, and how many calls of tasks in a playbook.
const NESTED: usize = 30;
const CALLS: usize = 1_000;

/// The calls of tasks that lead to a run of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::effects) struct PathId(u32);

/// All paths.
#[derive(Debug, Default)]
pub(super) struct Paths {
    known: HashMap<(Option<PathId>, FileId, StepId), PathId>,
    length: Vec<usize>,
}

impl Paths {
    fn below(&mut self, path: Option<PathId>, file: FileId, step: StepId) -> PathId {
        let length = 1 + path.map_or(0, |path| self.length[path.0 as usize]);
        let next = PathId(self.length.len() as u32);
        let id = *self.known.entry((path, file, step)).or_insert(next);
        if id == next {
            self.length.push(length);
        }
        id
    }
}

/// A run of a playbook or task.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    module: ModuleContext<'a>,
    pub path: Option<PathId>,
    pub within: Vec<(FileId, StepId)>,
    pub world: World,
    pub body: Rc<Body<'a>>,
    parameters: Vec<(LocalId, Eval)>,
    pub evals: HashMap<LocalId, Eval>,
    pub outcomes: HashMap<StepId, Outcome>,
    open: HashSet<Named>,
    severity: Option<ValueId>,
    settled: bool,
    /// Whether its start depends on how long people take.
    hangs: bool,
}

impl<'a> Machine<'_, 'a> {
    /// The outermost run of a playbook or task.
    pub fn root(&mut self, item: ItemId, world: World) -> Option<FrameId> {
        let module = self.context.module(item.file)?;
        let body = self.body(item)?;
        Some(self.add_frame(module, None, Vec::new(), world, body, Vec::new()))
    }

    /// The run of a playbook or task, created on first use.
    pub fn frame_of(&mut self, item: ItemId, world: World) -> Option<FrameId> {
        let body = self.body(item)?;
        let found = self.frames.iter().position(|it| Rc::ptr_eq(&it.body, &body) && it.world == world);
        found.map(FrameId)
    }

    fn add_frame(
        &mut self,
        module: ModuleContext<'a>,
        path: Option<PathId>,
        within: Vec<(FileId, StepId)>,
        world: World,
        body: Rc<Body<'a>>,
        parameters: Vec<(LocalId, Eval)>,
    ) -> FrameId {
        let id = FrameId(self.frames.len());
        self.frames.push(Frame {
            module,
            path,
            within,
            world,
            body,
            parameters,
            evals: HashMap::new(),
            outcomes: HashMap::new(),
            open: HashSet::new(),
            severity: None,
            settled: false,
            hangs: false,
        });
        id
    }

    pub fn env(&self, frame: FrameId) -> Env<'a> {
        let Frame { module, world, hangs, .. } = &self.frames[frame.0];
        Env { module: *module, frame: Some(frame), world: *world, hangs: *hangs }
    }

    pub(super) fn frame_hangs(&self, env: Env<'a>) -> bool {
        env.frame.is_some_and(|frame| self.frames[frame.0].hangs)
    }

    /// The calls of tasks around an expression.
    pub(super) fn within(&self, env: Env<'a>) -> Vec<(FileId, StepId)> {
        env.frame.map(|frame| self.frames[frame.0].within.clone()).unwrap_or_default()
    }

    pub(super) fn path_of(&self, env: Env<'a>) -> Option<PathId> {
        self.frames[env.frame?.0].path
    }

    /// The run of a task inside of a step; its parameters have the values of the step's call.
    pub fn inside(&mut self, frame: FrameId, id: StepId, item: ItemId, call: ExprId) -> Option<FrameId> {
        let env = self.env(frame);
        let Frame { path, within, world, .. } = &self.frames[frame.0];
        let (path, world, mut within) = (*path, *world, within.clone());
        let file = env.module.hir.file;
        let path = self.paths.below(path, file, id);
        if let Some(known) = self.by_path.get(&(path, world)) {
            return Some(*known);
        }
        within.push((file, id));
        if within.len() > NESTED || self.by_path.len() > CALLS {
            return None;
        }
        let (module, body) = (self.context.module(item.file)?, self.body(item)?);
        let parameters = self.arguments(env, id, item, call);
        let inside = self.add_frame(module, Some(path), within, world, body, parameters);
        self.frames[inside.0].hangs = env.hangs || self.hangs(env, id);
        self.by_path.insert((path, world), inside);
        Some(inside)
    }

    /// The run of a task that undoes a step, by its clause or its action's contract.
    pub fn inside_undo(
        &mut self,
        frame: FrameId,
        id: StepId,
        item: ItemId,
        undo: Reached<'a>,
    ) -> Option<FrameId> {
        let env = self.env(frame);
        let Frame { path, within, world, .. } = &self.frames[frame.0];
        let (path, world, mut within) = (*path, *world, within.clone());
        within.push((env.module.hir.file, id));
        if within.len() > NESTED || self.by_path.len() > CALLS {
            return None;
        }
        let step = env.module.step(id);
        let depth = self.names.len();
        // A contract refers to the parameters of its action.
        if let (None, Some(Callee::Action(action))) = (&step.clauses.undo, env.module.callee(step.call)) {
            let given = self.arguments(env, id, action, step.call);
            self.names.extend(given.into_iter().map(|(local, eval)| (action.file, local, eval)));
        }
        let env = Env { module: undo.module, ..env };
        let parameters = self.bind(env, item, undo.call);
        self.names.truncate(depth);
        let (module, body) = (self.context.module(item.file)?, self.body(item)?);
        let path = self.paths.below(path, undo.module.hir.file, id);
        Some(self.add_frame(module, Some(path), within, world, body, parameters))
    }

    /// The parameters of a task or action in the call of a step.
    fn arguments(&mut self, env: Env<'a>, step: StepId, item: ItemId, call: ExprId) -> Vec<(LocalId, Eval)> {
        let hangs = self.hangs(env, step);
        let env = Env { hangs, ..env };
        let each = self.element(env, env.module.step(step));
        let depth = self.names.len();
        self.names.extend(each.map(|(local, value)| (env.module.hir.file, local, self.there(value))));
        let bound = self.bind(env, item, call);
        self.names.truncate(depth);
        bound
    }

    fn bind(&mut self, env: Env<'a>, item: ItemId, call: ExprId) -> Vec<(LocalId, Eval)> {
        let parameters = match self.kind(item) {
            Some(ItemKind::Task(task)) => &task.parameters,
            Some(ItemKind::Action(action)) => &action.parameters,
            _ => return Vec::new(),
        };
        let (Some(said), Some(module)) = (env.module.call(call), self.context.module(item.file)) else {
            return Vec::new();
        };
        let inside = Env { module, frame: None, ..env };
        let (depth, mut bound) = (self.names.len(), Vec::new());
        for (index, parameter) in parameters.iter().enumerate() {
            let eval = match (said.arguments.get(index), parameter.default) {
                (Some(ArgumentValue::Given(value)), _) => self.eval(env, *value),
                // It may refer to the previous parameters.
                (Some(ArgumentValue::Default), Some(value)) => self.eval(inside, value),
                _ => continue,
            };
            // A missing value prevents the call.
            let eval = self.there(eval.value);
            self.names.push((item.file, parameter.local, eval));
            bound.push((parameter.local, eval));
        }
        self.names.truncate(depth);
        bound
    }

    /// The variable of `each`: any element of the list.
    pub(super) fn element(&mut self, env: Env<'a>, step: &Step) -> Option<(LocalId, ValueId)> {
        let each = &step.clauses.each.as_ref()?.value;
        let list = self.eval(env, each.list);
        let local = &env.module.hir.locals[each.variable];
        let ty = env.module.types.of_local(each.variable).clone();
        Some((each.variable, self.opaque("element", vec![list.value], &ty, &local.name.text)))
    }

    /// A name of the run around an expression; `None` if it isn't tracked here.
    pub(super) fn local_of_frame(&mut self, env: Env<'a>, local: LocalId) -> Option<Eval> {
        let id = env.frame?;
        let frame = &self.frames[id.0];
        if let Some((_, eval)) = frame.parameters.iter().find(|(name, _)| *name == local) {
            return Some(*eval);
        }
        if let Some(eval) = frame.evals.get(&local) {
            return Some(*eval);
        }
        let body = frame.body.clone();
        let entry = body.entries.get(&local)?;
        if env.world == World::Critical && matches!(entry.kind, EntryKind::Step(_)) {
            return None;
        }
        if !self.frames[id.0].open.insert(Named::Local(local)) {
            // Steps that wait for each other are a finding of their own.
            return None;
        }
        let eval = self.entry(id, local, entry);
        let frame = &mut self.frames[id.0];
        frame.open.remove(&Named::Local(local));
        frame.evals.insert(local, eval);
        Some(eval)
    }

    fn entry(&mut self, frame: FrameId, local: LocalId, entry: &Entry<'a>) -> Eval {
        let env = self.env(frame);
        match &entry.kind {
            EntryKind::Step(step) => self.step(frame, *step, &entry.groups),
            EntryKind::Let(value) => {
                let hangs = self.expr_waits(env, *value);
                let env = Env { hangs, ..env };
                let guards = self.guards(env, &entry.groups, None);
                let eval = self.eval(env, *value);
                let none = self.store.none();
                let missing = self.names_missing(env, &[*value]);
                let missing = self.store.formulas.and(guards.hold, missing);
                Eval {
                    value: self.store.choose(guards.hold, eval.value, none),
                    missing: self.store.formulas.or(guards.missing, missing),
                }
            }
            EntryKind::Cause { block } => self.cause(env, local, block),
        }
    }

    /// Rule 18. A condition holds if everything that it reads has a value.
    fn cause(&mut self, env: Env<'a>, local: LocalId, block: &'a Block) -> Eval {
        let name = env.module.hir.locals[local].name.text.clone();
        let mut sides = [Formula::FALSE; 2];
        for statement in &block.statements {
            let (side, line) = match &statement.kind {
                StatementKind::Suspect(line) => (0, *line),
                StatementKind::RuleOut(line) => (1, *line),
                _ => continue,
            };
            let holds = if env.world == World::Critical {
                let word = ["speaks for", "speaks against"][side];
                let key = format!("{word}{:?}{local:?}", env.module.hir.file);
                let value = self.opaque(&key, Vec::new(), &Type::Bool, &format!("what {word} `{name}`"));
                self.store.holds(value)
            } else {
                let hangs = self.expr_waits(env, line);
                let (holds, missing) = self.condition(Env { hangs, ..env }, line);
                self.store.formulas.and(holds, missing.not())
            };
            sides[side] = self.store.formulas.or(sides[side], holds);
        }
        let value = self.store.constant(Term::Cause(sides[0], sides[1]));
        self.there(value)
    }

    pub(super) fn member_of_cause(
        &mut self,
        member: CauseMember,
        suspect: Formula,
        rule_out: Formula,
    ) -> ValueId {
        let suspected = self.store.formulas.and(suspect, rule_out.not());
        let ruled_out = self.store.formulas.and(rule_out, suspect.not());
        let formula = match member {
            CauseMember::Suspected => suspected,
            CauseMember::RuledOut => ruled_out,
            CauseMember::Open => self.store.formulas.and(suspected.not(), ruled_out.not()),
        };
        self.store.bool(formula)
    }

    /// The states of the playbook's causes, for lists of them.
    pub(super) fn causes_of_run(&mut self, env: Env<'a>) -> Vec<ValueId> {
        let root = self.frames.iter().position(|it| it.path.is_none() && it.world == env.world);
        let Some(root) = root.filter(|_| env.world != World::Critical) else { return Vec::new() };
        let env = self.env(FrameId(root));
        let body = self.frames[root].body.clone();
        let causes = body.entries.iter().filter(|(_, entry)| matches!(entry.kind, EntryKind::Cause { .. }));
        causes.filter_map(|(local, _)| Some(self.local_of_frame(env, *local)?.value)).collect()
    }

    /// Rule 17: severity always has a value. It is the highest possible value of its expression if a dependency
    /// is missing or late.
    pub fn severity_of_run(&mut self, env: Env<'a>) -> Option<ValueId> {
        let root = self.frames.iter().position(|it| it.path.is_none() && it.world == env.world)?;
        if let Some(known) = self.frames[root].severity {
            return Some(known);
        }
        let expr = self.frames[root].body.severity?;
        let env = self.env(FrameId(root));
        if !self.frames[root].open.insert(Named::Severity) {
            return None;
        }
        let hangs = self.expr_waits(env, expr);
        let env = Env { hangs, ..env };
        let eval = self.eval(env, expr);
        let mut assumed = self.names_missing(env, &[expr]);
        assumed = self.store.formulas.or(assumed, eval.missing);
        if env.world == World::Silent && self.may_be_late(env, expr) {
            let late = self.opaque("severity comes late", Vec::new(), &Type::Bool, "severity comes late");
            let late = self.store.holds(late);
            assumed = self.store.formulas.or(assumed, late);
        }
        let highest = self.highest(env, expr)?;
        let value = self.store.choose(assumed, highest, eval.value);
        let frame = &mut self.frames[root];
        frame.open.remove(&Named::Severity);
        frame.severity = Some(value);
        Some(value)
    }

    fn highest(&mut self, env: Env<'a>, expr: ExprId) -> Option<ValueId> {
        let Type::Enum(item) = *env.module.types.of(expr) else { return None };
        let count = super::value::variants_of(self.kind(item));
        let range = crate::effects::severity_range(env.module, expr);
        let index = match range.and_then(|range| range.last().copied()) {
            Some(index) => index,
            None => count.checked_sub(1)?,
        };
        Some(self.store.constant(Term::Variant(VariantId { item, index })))
    }

    /// When something that expressions refer to has no value, regardless of the order of evaluation: rule 2.
    pub(super) fn names_missing(&mut self, env: Env<'a>, exprs: &[ExprId]) -> Formula {
        let mut missing = Formula::FALSE;
        for expr in exprs {
            for part in descendants(&env.module.hir.exprs, *expr) {
                if let Some(Def::Local(local)) = env.module.def(part)
                    && let Some(eval) = self.local_of_frame(env, local)
                {
                    missing = self.store.formulas.or(missing, eval.missing);
                }
            }
        }
        missing
    }

    /// Computes all steps, `let`s and causes of a frame, dependencies first, so that nothing recurses
    /// deeply.
    pub fn settle(&mut self, frame: FrameId) {
        if std::mem::replace(&mut self.frames[frame.0].settled, true) {
            return;
        }
        let env = self.env(frame);
        let body = self.frames[frame.0].body.clone();
        for named in &body.order {
            match named {
                Named::Local(local) => drop(self.local_of_frame(env, *local)),
                Named::Severity => drop(self.severity_of_run(env)),
            }
        }
    }
}
