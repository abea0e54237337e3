//! What the text doesn't say and people want to know while they read it: types, values that may be
//! missing, what steps may do, how long they take at worst.

use quell_compiler::{
    check::{Checked, CheckedModule},
    graph::{Measure, Schedules},
    hir::{self, Access, BinaryOp, Effect, ExprId, ExprKind, ItemKind, Literal, LocalId, StatementKind},
    names::{Builtin, ItemId},
    source::{FileId, Span},
    types::{Callee, Type},
    world::World,
};

use super::{Edit, Snapshot, hover::duration};

mod tooltip;

pub use tooltip::tooltip;

/// Something shown within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where it is shown.
    pub at: u32,
    /// What it says.
    pub label: String,
    /// What it is.
    pub kind: HintKind,
    /// The name that it is about.
    pub about: Span,
    /// What writes it down, if it can be written.
    pub edit: Option<Edit>,
}

/// What a hint says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintKind {
    /// The type of a name.
    Type,
    /// A value may be missing.
    Missing,
    /// What a step may do.
    Effect,
    /// How long it takes at worst.
    Time,
}

/// The kinds that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// [`HintKind::Type`].
    pub types: bool,
    /// [`HintKind::Missing`].
    pub missing: bool,
    /// [`HintKind::Effect`].
    pub effects: bool,
    /// [`HintKind::Time`].
    pub times: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { types: true, missing: true, effects: true, times: true }
    }
}

/// The hints in a range, in the order of their places.
pub fn hints(snapshot: &Snapshot, range: Span, wanted: Wanted) -> Vec<Hint> {
    let checked = snapshot.checked(range.file);
    let Some(module) = checked.module(range.file) else { return Vec::new() };
    let mut finder = Finder { snapshot, checked: &checked, module, range, wanted, found: Vec::new() };
    finder.names();
    if wanted.missing {
        finder.uses();
    }
    if wanted.effects {
        finder.effects();
    }
    if wanted.times {
        finder.times();
    }
    let mut found = finder.found;
    found.retain(|hint| range.start <= hint.at && hint.at <= range.end);
    found.sort_by_key(|hint| (hint.at, hint.kind));
    found
}

struct Finder<'a> {
    snapshot: &'a Snapshot,
    checked: &'a Checked,
    module: &'a CheckedModule,
    range: Span,
    wanted: Wanted,
    found: Vec<Hint>,
}

impl Finder<'_> {
    fn add(&mut self, at: u32, label: impl Into<String>, kind: HintKind, about: Span) {
        self.found.push(Hint { at, label: label.into(), kind, about, edit: None });
    }

    fn file(&self) -> FileId {
        self.range.file
    }

    /// What `let`s and steps are.
    fn names(&mut self) {
        let hir = self.module.hir.clone();
        // What is done again and again has no value that anybody could name.
        for (_, step) in hir.steps.iter().filter(|(_, step)| step.clauses.every.is_none()) {
            self.name(step.local, step.ty.as_ref(), None);
        }
        let mut lets = Vec::new();
        for item in &hir.items {
            match &item.kind {
                ItemKind::Playbook(playbook) => playbook.parts.iter().for_each(|part| {
                    if let hir::PartBody::Block(block) = &part.body {
                        lets_of(block, &mut lets);
                    }
                }),
                ItemKind::Task(task) => lets_of(&task.body, &mut lets),
                _ => {}
            }
        }
        for it in lets {
            self.name(it.local, it.ty.as_ref(), Some(it.value));
        }
    }

    fn name(&mut self, local: LocalId, written: Option<&hir::TypeExpr>, value: Option<ExprId>) {
        let name = self.module.hir.locals[local].name.clone();
        let ty = self.module.types.of_local(local);
        if name.text.is_empty() || !is_known(ty) {
            return;
        }
        let shown = self.checked.interfaces.show(ty);
        match written {
            Some(written) => {
                let says =
                    matches!(written.kind, hir::TypeExprKind::Optional(_) | hir::TypeExprKind::Missing);
                if self.wanted.missing && ty.is_optional() && !says {
                    self.add(written.span.end, "?", HintKind::Missing, name.span);
                }
            }
            None if value.is_some_and(|value| self.is_obvious(value)) => {}
            None if self.wanted.types => {
                // The type of a step says what a question asks for, so only that of a `let` is written.
                let writable = value.is_some() && is_builtin(ty);
                let edit = writable.then(|| Edit {
                    span: Span::new(self.file(), name.span.end, name.span.end),
                    replacement: format!(": {shown}"),
                });
                let (at, label, kind) = (name.span.end, format!(": {shown}"), HintKind::Type);
                self.found.push(Hint { at, label, kind, about: name.span, edit });
            }
            None if self.wanted.missing && ty.is_optional() => {
                self.add(name.span.end, "?", HintKind::Missing, name.span);
            }
            None => {}
        }
    }

    /// Whether the type of a value can be read off it.
    fn is_obvious(&self, value: ExprId) -> bool {
        match &self.module.hir.exprs[value].kind {
            ExprKind::Literal(literal) => *literal != Literal::None,
            ExprKind::Text(_) | ExprKind::Cast { .. } => true,
            ExprKind::Call { .. } => {
                let call = self.module.types.calls.get(value);
                call.is_some_and(|call| matches!(call.callee, Callee::Record(_)))
            }
            _ => false,
        }
    }

    /// Names that stand for what may be missing, where nothing beside them says so.
    fn uses(&mut self) {
        let hir = self.module.hir.clone();
        let mut said: Vec<ExprId> = Vec::new();
        let is_none = |expr: ExprId| matches!(hir.exprs[expr].kind, ExprKind::Literal(Literal::None));
        for (id, expr) in hir.exprs.iter() {
            match &expr.kind {
                ExprKind::Binary(BinaryOp::Coalesce, left, _) => said.push(*left),
                ExprKind::Binary(BinaryOp::Equal | BinaryOp::NotEqual, left, right)
                    if is_none(*left) || is_none(*right) =>
                {
                    said.extend([*left, *right]);
                }
                ExprKind::Field { receiver, access: Access::IfPresent, .. } => said.extend([*receiver, id]),
                ExprKind::Match { subject, .. } => said.push(*subject),
                ExprKind::Call { arguments, .. } => {
                    let call = self.module.types.calls.get(id);
                    if call.is_some_and(|call| call.callee == Callee::Builtin(Builtin::Need)) {
                        said.extend(arguments.first().map(|argument| argument.value));
                    }
                }
                _ => {}
            }
        }
        said.sort();
        for (id, expr) in hir.exprs.iter() {
            let about = match &expr.kind {
                ExprKind::Name(_) => expr.span,
                ExprKind::Field { name, .. } => name.span,
                _ => continue,
            };
            let ty = self.module.type_of(id);
            if ty.is_optional() && is_known(ty) && said.binary_search(&id).is_err() {
                self.add(expr.span.end, "?", HintKind::Missing, about);
            }
        }
    }

    /// The effects of steps that aren't read-only.
    fn effects(&mut self) {
        let hir = self.module.hir.clone();
        for (id, step) in hir.steps.iter() {
            let effect = self.module.effects.steps.get(id).copied().unwrap_or(Effect::Pure);
            if effect > Effect::Asks {
                self.add(hir.exprs[step.call].span.end, effect.word(), HintKind::Effect, step.name.span);
            }
        }
    }

    /// How long steps, tasks and playbooks take at worst.
    fn times(&mut self) {
        let hir = self.module.hir.clone();
        let mut schedules = Schedules::new(&self.checked.graphs);
        for (index, item) in hir.items.iter().enumerate() {
            // Far away from what is shown nothing is computed.
            if item.span.end < self.range.start || self.range.end < item.span.start {
                continue;
            }
            let id = ItemId::new(self.file(), index);
            let Some(graph) = self.checked.graphs.get(id) else { continue };
            let Some(schedule) = schedules.get(id, Measure::Worst) else { continue };
            let resolved = schedule.resolved(graph).map(|time| format!("resolved ≤ {}, ", duration(time)));
            let over = schedule.total.map(|time| format!("≤ {}", duration(time)));
            if let Some(over) = over {
                let label = match resolved {
                    Some(resolved) => format!("{resolved}done {over}"),
                    None => over,
                };
                self.add(self.end_of_head(item), label, HintKind::Time, item.name.span);
            }
            for (node, plan) in graph.steps() {
                let (begun, ended) = (schedule.node(graph.entry(node)).start, schedule.node(node).end);
                let Some(time) = ended.zip(begun).map(|(end, start)| end - start).filter(|time| *time > 0)
                else {
                    continue;
                };
                let step = &hir.steps[plan.step];
                let (at, label) = (hir.exprs[step.call].span.end, format!("≤ {}", duration(time)));
                self.add(at, label, HintKind::Time, step.name.span);
            }
        }
    }

    /// The end of what stands before the brace of an item.
    fn end_of_head(&self, item: &hir::Item) -> u32 {
        let ItemKind::Task(task) = &item.kind else { return item.name.span.end };
        let text = &self.snapshot.workspace.source(self.file()).text;
        let head = text.get(item.name.span.end as usize..task.body.span.start as usize);
        item.name.span.end + head.map_or(0, |head| head.trim_end().len() as u32)
    }
}

fn lets_of(block: &hir::Block, found: &mut Vec<hir::LetStatement>) {
    for statement in &block.statements {
        match &statement.kind {
            StatementKind::Let(it) => found.push(it.clone()),
            StatementKind::Cause(cause) => lets_of(&cause.body, found),
            StatementKind::If(group) => {
                group.branches.iter().for_each(|(_, block)| lets_of(block, found));
                group.otherwise.iter().for_each(|block| lets_of(block, found));
            }
            _ => {}
        }
    }
}

/// Whether a type says something.
fn is_known(ty: &Type) -> bool {
    match ty {
        Type::Unknown | Type::Never | Type::Unit => false,
        Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => is_known(inner),
        _ => true,
    }
}

/// Whether a type can be written whatever is imported.
fn is_builtin(ty: &Type) -> bool {
    match ty {
        Type::Bool
        | Type::Int
        | Type::Float
        | Type::Text
        | Type::Public
        | Type::Duration
        | Type::Percent
        | Type::Size
        | Type::Time
        | Type::Json
        | Type::Secret => true,
        Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => is_builtin(inner),
        _ => false,
    }
}
