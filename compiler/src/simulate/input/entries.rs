//! What a playbook reads of the events that start it, as far as its text tells: fields, and entries of
//! maps such as `alert.labels["pod"]`, also where the event or its map is passed to a function or task.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::{
    check::{Checked, CheckedModule},
    graph::{Constant, Meaning, evaluate},
    hir::{BinaryOp, Block, ExprId, ExprKind, ItemKind, LocalId, PartBody, StatementKind, children},
    names::{Builtin, Def, ItemId},
    source::{FileId, Span},
    types::{Callee, Type},
};

/// Something of an event that a playbook reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryRead {
    /// What `as` names the event.
    pub event: LocalId,
    /// The field of its record.
    pub field: Arc<str>,
    /// The entry, if the field is a map.
    pub key: Option<Arc<str>>,
    /// Whether a run fails where the entry isn't there.
    pub required: bool,
    /// Where it is read.
    pub span: Span,
}

impl EntryRead {
    /// `labels.pod`, `summary`.
    pub fn path(&self) -> String {
        match &self.key {
            Some(key) => format!("{}.{key}", self.field),
            None => self.field.to_string(),
        }
    }
}

/// What a playbook reads of its events, in the order of names; each entry once, as required where any
/// place requires it.
pub fn entries_read(checked: &Checked, playbook: ItemId) -> Vec<EntryRead> {
    let Some(ItemKind::Playbook(declared)) = checked.item(playbook).map(|item| &item.kind) else {
        return Vec::new();
    };
    let events = declared.triggers.iter().filter_map(|trigger| trigger.alias);
    let mut search = Search {
        checked,
        meaning: checked.meaning(),
        uses: HashMap::new(),
        open: Vec::new(),
        seen: HashSet::new(),
        found: BTreeSet::new(),
    };
    for event in events {
        search.follow(Followed { file: playbook.file, local: event, event, field: None, is_guarded: false });
    }
    while let Some(next) = search.open.pop() {
        search.uses_of(&next);
    }
    let mut found: Vec<EntryRead> = search.found.into_iter().collect();
    found.sort_by(|one, other| {
        let key = |read: &EntryRead| (read.event, read.field.clone(), read.key.clone(), !read.required);
        key(one).cmp(&key(other)).then(one.span.cmp(&other.span))
    });
    found.dedup_by(|later, first| {
        (later.event, &later.field, &later.key) == (first.event, &first.field, &first.key)
    });
    found
}

/// A name that stands for an event, or for a map in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Followed {
    file: FileId,
    local: LocalId,
    event: LocalId,
    field: Option<Arc<str>>,
    /// It was passed on at a place that isn't reached in each run.
    is_guarded: bool,
}

/// How the expressions of a module hang together.
struct Uses {
    parents: HashMap<ExprId, ExprId>,
    names: HashMap<LocalId, Vec<ExprId>>,
    lets: HashMap<ExprId, LocalId>,
    /// Whole expressions that are evaluated whenever their playbook, task or function is.
    certain: HashSet<ExprId>,
}

struct Search<'s> {
    checked: &'s Checked,
    meaning: Meaning<'s>,
    uses: HashMap<FileId, Arc<Uses>>,
    open: Vec<Followed>,
    seen: HashSet<Followed>,
    found: BTreeSet<EntryRead>,
}

impl Search<'_> {
    fn follow(&mut self, followed: Followed) {
        if self.seen.insert(followed.clone()) {
            self.open.push(followed);
        }
    }

    fn uses_of(&mut self, followed: &Followed) {
        let Some(module) = self.checked.module(followed.file) else { return };
        let uses = self.uses.entry(followed.file).or_insert_with(|| Arc::new(Uses::of(module))).clone();
        for name in uses.names.get(&followed.local).into_iter().flatten() {
            self.used(followed, module, &uses, *name);
        }
    }

    /// What becomes of an expression that stands for the event, or for a map in it.
    fn used(&mut self, followed: &Followed, module: &CheckedModule, uses: &Uses, mut expr: ExprId) {
        let mut field = followed.field.clone();
        loop {
            let Some(&parent) = uses.parents.get(&expr) else {
                if let Some(&local) = uses.lets.get(&expr) {
                    self.follow(Followed { local, field, ..followed.clone() });
                }
                return;
            };
            let outer = &module.hir.exprs[parent];
            match (&outer.kind, &field) {
                (ExprKind::Field { receiver, name, .. }, None) if *receiver == expr => {
                    let (event, key, required) = (followed.event, None, false);
                    let read = EntryRead { event, field: name.text.clone(), key, required, span: outer.span };
                    self.found.insert(read);
                    if !matches!(module.type_of(parent).present(), Type::Map(_)) {
                        return;
                    }
                    field = Some(name.text.clone());
                    expr = parent;
                }
                (ExprKind::Field { receiver, name, .. }, Some(map)) if *receiver == expr => {
                    let call = uses.parents.get(&parent).copied();
                    let meant = call.and_then(|call| module.types.calls.get(call));
                    if let (Some(call), Some(meant), "get") = (call, meant, &*name.text)
                        && let Some(key) = meant.given(0)
                    {
                        let required = !followed.is_guarded
                            && is_needed(module, uses, call)
                            && !is_guarded(module, uses, call);
                        self.entry(followed, map, key, module, required);
                    }
                    return;
                }
                (ExprKind::Index { receiver, index }, Some(map)) if *receiver == expr => {
                    let required = !followed.is_guarded && !is_guarded(module, uses, parent);
                    return self.entry(followed, map, *index, module, required);
                }
                (ExprKind::Call { .. }, _) => {
                    let Some(meant) = module.types.calls.get(parent) else { return };
                    for index in 0..meant.arguments.len() {
                        if meant.given(index) == Some(expr)
                            && let Some((file, local)) = self.parameter(meant.callee, index)
                        {
                            self.follow(Followed {
                                file,
                                local,
                                event: followed.event,
                                field: field.clone(),
                                is_guarded: followed.is_guarded || is_guarded(module, uses, parent),
                            });
                        }
                    }
                    return;
                }
                _ => return,
            }
        }
    }

    fn entry(
        &mut self,
        followed: &Followed,
        map: &Arc<str>,
        key: ExprId,
        module: &CheckedModule,
        required: bool,
    ) {
        if let Ok(Constant::Text(name)) = evaluate(&self.meaning, followed.file, key) {
            let span = module.hir.exprs[key].span;
            let (event, field) = (followed.event, map.clone());
            self.found.insert(EntryRead { event, field, key: Some(name), required, span });
        }
    }

    fn parameter(&self, callee: Callee, index: usize) -> Option<(FileId, LocalId)> {
        let (Callee::Function(item) | Callee::Task(item) | Callee::Action(item)) = callee else {
            return None;
        };
        let parameters = match &self.checked.item(item)?.kind {
            ItemKind::Function(function) => &function.parameters,
            ItemKind::Task(task) => &task.parameters,
            ItemKind::Action(action) => &action.parameters,
            _ => return None,
        };
        Some((item.file, parameters.get(index)?.local))
    }
}

/// `need(x, "why")`: without x the run fails.
fn is_needed(module: &CheckedModule, uses: &Uses, expr: ExprId) -> bool {
    let outer = uses.parents.get(&expr).and_then(|outer| module.types.calls.get(*outer));
    outer.is_some_and(|call| call.callee == Callee::Builtin(Builtin::Need) && call.given(0) == Some(expr))
}

/// Whether an expression is evaluated only where something else holds, or something happens: then it isn't known
/// before a run whether it will be.
fn is_guarded(module: &CheckedModule, uses: &Uses, mut expr: ExprId) -> bool {
    while let Some(&outer) = uses.parents.get(&expr) {
        let guarded = match &module.hir.exprs[outer].kind {
            ExprKind::If { branches, .. } => branches.first().is_none_or(|(condition, _)| *condition != expr),
            ExprKind::Match { subject, .. } => *subject != expr,
            ExprKind::Binary(BinaryOp::And | BinaryOp::Or | BinaryOp::Coalesce, left, _) => *left != expr,
            ExprKind::Lambda { .. } => true,
            _ => false,
        };
        if guarded {
            return true;
        }
        expr = outer;
    }
    !uses.certain.contains(&expr)
}

impl Uses {
    fn of(module: &CheckedModule) -> Self {
        let mut uses = Uses {
            parents: HashMap::new(),
            names: HashMap::new(),
            lets: HashMap::new(),
            certain: HashSet::new(),
        };
        for (id, expr) in module.hir.exprs.iter() {
            children(expr, &mut |child| {
                uses.parents.insert(child, id);
            });
            if let Some(Def::Local(local)) = module.def(id)
                && matches!(expr.kind, ExprKind::Name(_))
            {
                uses.names.entry(local).or_default().push(id);
            }
        }
        for item in &module.hir.items {
            match &item.kind {
                ItemKind::Playbook(playbook) => {
                    for part in &playbook.parts {
                        if let PartBody::Block(block) = &part.body {
                            uses.block(module, block, true);
                        }
                    }
                }
                ItemKind::Task(task) => uses.block(module, &task.body, true),
                ItemKind::Function(function) => {
                    uses.certain.insert(function.body);
                }
                _ => {}
            }
        }
        uses
    }

    // The grammar bounds how deep blocks nest.
    fn block(&mut self, module: &CheckedModule, block: &Block, is_certain: bool) {
        let mut certain: Vec<ExprId> = Vec::new();
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Let(declared) => {
                    self.lets.insert(declared.value, declared.local);
                    certain.push(declared.value);
                }
                StatementKind::If(group) => {
                    certain.extend(group.branches.first().map(|(condition, _)| *condition));
                    group.branches.iter().for_each(|(_, block)| self.block(module, block, false));
                    group.otherwise.iter().for_each(|block| self.block(module, block, false));
                }
                StatementKind::Cause(cause) => self.block(module, &cause.body, false),
                StatementKind::Step(step) => {
                    let step = &module.hir.steps[*step];
                    match &step.clauses.when {
                        Some(when) => certain.push(when.value),
                        // A step that waits may never have its turn.
                        None if step.clauses.after.is_none() => certain.push(step.call),
                        None => {}
                    }
                }
                StatementKind::Severity(value) | StatementKind::Return(value) => certain.push(*value),
                StatementKind::Resolved(_) | StatementKind::Suspect(_) | StatementKind::RuleOut(_) => {}
            }
        }
        if is_certain {
            self.certain.extend(certain);
        }
    }
}
