//! Resolves the names in a module's HIR.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Bodies, Builtin, Def, ItemId, ModuleScope, Modules, Names, exports::exports, imports::import, recursion,
};
use crate::{
    diagnostic::Diagnostic,
    findings::names as findings,
    hir::{
        Action, Binding, BindingEntry, BindingKind, ExprId, Ident, Item, ItemKind, LocalId, LocalKind,
        Module, Parameter, Simulate, StepId, Takes, TypeExpr,
    },
    source::Span,
};

/// The names of a module, as far as they depend on neither types nor scenarios.
///
/// A pure function of the module and the exports of other modules.
pub fn resolve(module: &Module, modules: &dyn Modules) -> (Names, Vec<Diagnostic>) {
    let Resolved { names, diagnostics, .. } = resolved(module, modules, None);
    (names, diagnostics)
}

/// The findings about unknown names, including those where a variant is expected. This is a stage of its own
/// because it searches all modules for suggestions.
pub fn explain(
    module: &Module,
    modules: &dyn Modules,
    bodies: &dyn Bodies,
    unknown: &BTreeSet<ExprId>,
) -> Vec<Diagnostic> {
    if unknown.is_empty() {
        return Vec::new();
    }
    let Resolved { mut names, mut explained, .. } = resolved(module, modules, Some(unknown));
    explained.extend(super::scenario::explain(module, modules, bodies, unknown, &mut names));
    explained
}

fn resolved<'a>(
    module: &'a Module,
    modules: &dyn Modules,
    unknown: Option<&'a BTreeSet<ExprId>>,
) -> Resolved {
    let own = Arc::new(exports(module));
    let imports = import(module, &own, modules);
    let scope = ModuleScope::new(modules, own, imports.names, &module.uses);
    let mut resolver = Resolver::new(module, &scope);
    resolver.unknown = unknown;
    resolver.diagnostics = imports.diagnostics;
    resolver.names.uses = imports.uses;
    for (index, item) in module.items.iter().enumerate() {
        resolver.item = index as u32;
        resolver.item(item);
    }
    let Resolver { names, mut diagnostics, references, explained, .. } = resolver;
    recursion::report(module, &references, &mut diagnostics);
    Resolved { names, diagnostics, explained }
}

/// The result of walking the bodies.
struct Resolved {
    names: Names,
    diagnostics: Vec<Diagnostic>,
    explained: Vec<Diagnostic>,
}

/// Walks the bodies of a module.
pub(super) struct Resolver<'a> {
    pub module: &'a Module,
    pub scope: &'a ModuleScope<'a>,
    pub names: Names,
    pub diagnostics: Vec<Diagnostic>,
    /// The local names visible here, from the outside in.
    pub frames: Vec<HashMap<Arc<str>, LocalId>>,
    /// What is visible because of the position.
    pub place: Place,
    /// The index of the item that this body belongs to.
    pub item: u32,
    /// The items of the same module that each body refers to, with spans.
    pub references: Vec<Vec<(u32, Span)>>,
    /// Whether references found now are evaluated together with the item.
    pub recording: Recording,
    /// The number of unknown names so far.
    pub unknown_names: u32,
    /// The names to explain, if this walk is for that.
    pub unknown: Option<&'a BTreeSet<ExprId>>,
    /// The findings about them.
    pub explained: Vec<Diagnostic>,
}

/// Whether a reference to another item counts for recursion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recording {
    /// It is evaluated together with the item that refers to it.
    Counts,
    /// It isn't: an undo, a scenario.
    Ignored,
}

/// What is visible because of the position.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The step whose `until` this is.
    pub it: Option<StepId>,
    /// The step whose `on failure` this is.
    pub error: Option<StepId>,
    /// What a binding knows about its response.
    pub binding: &'static [super::BindingValue],
    /// Whether milestones, `severity` and `run` have a meaning.
    pub run: RunPlace,
    /// The causes whose steps aren't visible here, for messages.
    pub hidden: Option<Arc<HashMap<Arc<str>, super::playbook::Hidden>>>,
    /// What a scenario adds.
    pub scenario: super::scenario::Seen,
    /// The expression that determines a playbook's owner.
    pub owner: Option<ExprId>,
    /// The playbook, if it sets no severity, so that `severity` has no value.
    pub without_severity: Option<Arc<str>>,
}

/// What is visible of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum RunPlace {
    /// Nothing: a function, a value of the module.
    #[default]
    Nowhere,
    /// `run`: an action, a task.
    Outside,
    /// `severity`.
    Playbook,
    /// `severity` and milestones: `after` in a playbook.
    After,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(module: &'a Module, scope: &'a ModuleScope<'a>) -> Self {
        Self {
            module,
            scope,
            names: Names::default(),
            diagnostics: Vec::new(),
            frames: Vec::new(),
            place: Place::default(),
            item: 0,
            references: vec![Vec::new(); module.items.len()],
            recording: Recording::Counts,
            unknown_names: 0,
            unknown: None,
            explained: Vec::new(),
        }
    }

    fn item(&mut self, item: &'a Item) {
        self.frames.clear();
        self.place = Place::default();
        self.recording = Recording::Counts;
        match &item.kind {
            ItemKind::Record(record) => {
                self.unique("field", record.fields.iter().map(|field| &field.name));
                for field in &record.fields {
                    self.type_expr(&field.ty);
                    self.optional(field.default);
                }
            }
            ItemKind::Enum(item) => self.unique("variant", item.variants.iter().map(|variant| &variant.name)),
            ItemKind::Alias(ty) => self.type_expr(ty),
            ItemKind::Let(item) => {
                item.ty.iter().for_each(|ty| self.type_expr(ty));
                self.expr(item.value);
            }
            ItemKind::Function(function) => {
                self.parameters(&function.parameters);
                function.result.iter().for_each(|ty| self.type_expr(ty));
                self.expr(function.body);
            }
            ItemKind::Trigger(trigger) => {
                self.parameters(&trigger.parameters);
                self.type_expr(&trigger.result);
                let known = &findings::unknown_role::OF_TRIGGERS;
                super::binding::roles(&trigger.provides, known, &mut self.diagnostics);
                self.optional(trigger.sample);
            }
            ItemKind::Action(action) => {
                self.place.run = RunPlace::Outside;
                self.action(action);
            }
            ItemKind::Task(task) => {
                self.place.run = RunPlace::Outside;
                self.task(task, &item.name);
            }
            ItemKind::Playbook(playbook) => self.playbook(playbook, &item.name),
            // Scenarios refer to steps of other modules' tasks, so they are a stage of their own.
            ItemKind::Scenario(_) => {}
        }
    }

    /// Declares parameters; their types and defaults don't see them.
    pub(super) fn parameters(&mut self, parameters: &[Parameter]) {
        self.unique("parameter", parameters.iter().map(|parameter| &parameter.name));
        for parameter in parameters {
            parameter.ty.iter().for_each(|ty| self.type_expr(ty));
            self.optional(parameter.default);
        }
        let mut frame = HashMap::new();
        for parameter in parameters {
            frame.entry(parameter.name.text.clone()).or_insert(parameter.local);
        }
        self.frames.push(frame);
    }

    fn unique<'n>(&mut self, what: &str, names: impl Iterator<Item = &'n Ident>) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for name in names.filter(|name| !name.text.is_empty()) {
            match seen.get(&*name.text) {
                Some(first) => self.diagnostics.push(findings::duplicate_field::report(what, name, *first)),
                None => drop(seen.insert(&name.text, name.span)),
            }
        }
    }

    fn action(&mut self, action: &'a Action) {
        self.parameters(&action.parameters);
        for parameter in &action.parameters {
            let values = action.bindings.iter().flat_map(|binding| known_answer(&binding.kind));
            if values.into_iter().any(|value| value.word() == &*parameter.name.text) {
                self.diagnostics.push(findings::reserved_name::binding(&parameter.name));
            }
        }
        action.result.iter().for_each(|ty| self.type_expr(ty));
        let contract = &action.contract;
        self.optional(contract.timeout);
        if let Some(undo) = &contract.undo {
            // The undo of an undo never runs.
            self.recording = Recording::Ignored;
            self.expr(undo.call);
            self.recording = Recording::Counts;
        }
        self.optional(contract.irreversible);
        self.optional(contract.deprecated);
        for name in &contract.touches {
            let parameters = || action.parameters.iter().map(|parameter| &*parameter.name.text);
            if !name.text.is_empty() && !parameters().any(|parameter| parameter == &*name.text) {
                self.diagnostics.push(findings::unknown_parameter::touches(name, parameters()));
            }
        }
        super::binding::check(action, self.module, &mut self.diagnostics);
        self.optional(action.narrows);
        action.bindings.iter().for_each(|binding| self.binding(binding));
        action.simulate.iter().for_each(|simulate| self.simulate(simulate));
    }

    fn binding(&mut self, binding: &'a Binding) {
        match &binding.kind {
            BindingKind::Http { url, .. } => self.expr(*url),
            BindingKind::Command { arguments } => self.expr(*arguments),
            BindingKind::Container { image } => self.expr(*image),
        }
        self.optional(binding.runner);
        self.frames.push(HashMap::new());
        for entry in &binding.entries {
            match entry {
                BindingEntry::Let(local, value) => {
                    self.place.binding = known_answer(&binding.kind);
                    self.expr(*value);
                    self.declare_inner(*local);
                }
                BindingEntry::Auth { values, .. } => values.iter().for_each(|value| self.expr(*value)),
                BindingEntry::Data { value, .. } => self.expr(*value),
                BindingEntry::Output(_) => {}
                BindingEntry::Expect { condition, otherwise } => {
                    self.place.binding = known_answer(&binding.kind);
                    self.expr(*condition);
                    self.optional(*otherwise);
                }
                BindingEntry::Return(value) => {
                    self.place.binding = known_answer(&binding.kind);
                    self.expr(*value);
                }
            }
            self.place.binding = &[];
        }
        self.frames.pop();
    }

    fn simulate(&mut self, simulate: &'a Simulate) {
        self.frames.push(HashMap::new());
        for (local, value) in &simulate.lets {
            self.expr(*value);
            self.declare_inner(*local);
        }
        self.optional(simulate.returns);
        match &simulate.takes {
            None => {}
            Some(Takes::Exactly(at) | Takes::Mean(at)) => self.expr(*at),
            Some(Takes::Between(from, to) | Takes::Percentiles { p50: from, p95: to }) => {
                self.expr(*from);
                self.expr(*to);
            }
        }
        if let Some((rate, text)) = simulate.fails {
            self.expr(rate);
            self.optional(text);
        }
        self.frames.pop();
    }

    /// Declares a name in the innermost frame: of a lambda, a pattern, `each`, or a `let` in order.
    /// It must not shadow another local name.
    pub(super) fn declare_inner(&mut self, local: LocalId) {
        let name = &self.module.locals[local].name;
        if name.text.is_empty() {
            return;
        }
        if let Some(first) = self.find_local(&name.text) {
            let first = &self.module.locals[first];
            let pattern = self.module.locals[local].kind == LocalKind::Pattern;
            // A name in a pattern is most likely a variant, which shadows nothing. Types decide.
            if pattern {
                self.names.hiding.insert(local, first.name.span);
            } else {
                self.diagnostics.push(findings::duplicate_name::report(name, first.name.span));
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name.text.clone(), local);
        }
    }

    /// The innermost local name.
    pub(super) fn find_local(&self, name: &str) -> Option<LocalId> {
        self.frames.iter().rev().find_map(|frame| frame.get(name)).copied()
    }

    pub(super) fn optional(&mut self, expr: Option<ExprId>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    pub(super) fn set(&mut self, expr: ExprId, def: Def) {
        if let Def::Item(item) = def {
            self.refer(item, self.module.exprs[expr].span);
        }
        self.names.exprs.set(expr, def);
    }

    /// Records that this item's body refers to another item.
    pub(super) fn refer(&mut self, item: ItemId, span: Span) {
        if item.file == self.module.file && self.recording == Recording::Counts {
            self.references[self.item as usize].push((item.index, span));
        }
    }

    pub(super) fn type_expr(&mut self, ty: &TypeExpr) {
        super::types::resolve_type(self, ty);
    }

    /// The builtin of this name.
    pub(super) fn builtin(name: &str) -> Option<Builtin> {
        Builtin::ALL.into_iter().find(|builtin| builtin.word() == name)
    }
}

/// What a binding knows about its response.
pub(super) fn known_answer(kind: &BindingKind) -> &'static [super::BindingValue] {
    use super::BindingValue::{Body, ExitCode, Output, Status};
    match kind {
        BindingKind::Http { .. } => &[Body, Status],
        BindingKind::Command { .. } | BindingKind::Container { .. } => &[Output, ExitCode],
    }
}
