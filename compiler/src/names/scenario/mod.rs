//! Names in scenarios. They refer to other modules: to the steps of the playbook, to those of the tasks that
//! it calls, and to the modules that these use. So they are resolved after all modules.

mod target;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Def, Exports, ItemId, ModuleDef, ModuleScope, Modules, Names, Target,
    exports::exports,
    imports::import,
    path_span,
    playbook::without_severity,
    resolve::{Resolver, RunPlace},
};
use crate::{
    diagnostic::Diagnostic,
    findings::names as findings,
    hir::{
        Expect, ExpectKind, ExprId, ExprKind, Given, GivenKind, GivenOutcome, HowOften, ItemKind, LocalId,
        LocalKind, Module, Path, Scenario, descendants,
    },
    source::FileId,
};
use target::{Report, written};

/// `given starter = bo`: the person who started the run. An input or event with that name has priority.
pub const STARTER: &str = "starter";

/// The other modules with their bodies.
pub trait Bodies {
    /// A module by name.
    fn hir(&self, file: FileId) -> Option<Arc<Module>>;
    /// What its names mean.
    fn names(&self, file: FileId) -> Option<Arc<Names>>;
}

/// The names in a body.
type Locals = Arc<HashMap<Arc<str>, LocalId>>;

/// What a scenario's expressions see besides the names of the module.
#[derive(Debug, Clone, Default)]
pub(in crate::names) struct Seen {
    /// In `expect`: the names of the playbook, and its module.
    pub playbook: Option<(FileId, Locals)>,
    /// In `given ... when`: the parameters of the action or task.
    pub arguments: Option<(ItemId, Vec<Arc<str>>)>,
}

impl Seen {
    pub(in crate::names) fn find(&self, name: &str) -> Option<Def> {
        if let Some((item, names)) = &self.arguments
            && let Some(index) = names.iter().position(|parameter| **parameter == *name)
        {
            return Some(Def::Argument(*item, index as u32));
        }
        let (file, names) = self.playbook.as_ref()?;
        names.get(name).map(|local| Def::OfPlaybook(*file, *local))
    }

    pub(in crate::names) fn names(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().flat_map(|(_, names)| names);
        let playbook = self.playbook.iter().flat_map(|(_, names)| names.keys());
        arguments.chain(playbook).map(|name| &**name)
    }
}

/// Resolves the names of a module's scenarios into `names`, which holds those of its other items.
pub fn resolve_scenarios(
    module: &Module,
    modules: &dyn Modules,
    bodies: &dyn Bodies,
    names: &mut Names,
) -> Vec<Diagnostic> {
    walk(module, modules, bodies, None, names).0
}

/// The findings about unknown names in a module's scenarios.
pub(super) fn explain(
    module: &Module,
    modules: &dyn Modules,
    bodies: &dyn Bodies,
    unknown: &BTreeSet<ExprId>,
    names: &mut Names,
) -> Vec<Diagnostic> {
    walk(module, modules, bodies, Some(unknown), names).1
}

/// Walks the scenarios: the findings, and the explanations of unknown names.
fn walk(
    module: &Module,
    modules: &dyn Modules,
    bodies: &dyn Bodies,
    unknown: Option<&BTreeSet<ExprId>>,
    names: &mut Names,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    if !module.items.iter().any(|item| matches!(item.kind, ItemKind::Scenario(_))) {
        return (Vec::new(), Vec::new());
    }
    let own = Arc::new(exports(module));
    // Findings about the imports were reported with the other items.
    let imports = import(module, &own, modules);
    let scope = ModuleScope::new(modules, own, imports.names, &module.uses);
    let mut resolver = Resolver::new(module, &scope);
    resolver.unknown = unknown;
    resolver.names = std::mem::take(names);
    resolver.recording = super::resolve::Recording::Ignored;
    for (index, item) in module.items.iter().enumerate() {
        let ItemKind::Scenario(scenario) = &item.kind else { continue };
        resolver.item = index as u32;
        resolver.frames.clear();
        Scene::new(&mut resolver, bodies).scenario(scenario, index as u32);
    }
    *names = resolver.names;
    (resolver.diagnostics, resolver.explained)
}

/// A scenario with its playbook.
struct Scene<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    bodies: &'r dyn Bodies,
    playbook: Option<Body>,
    /// The modules that the playbook can reach, in the order in which they are used.
    reached: Vec<FileId>,
}

/// A playbook or task with the names in it.
#[derive(Clone)]
struct Body {
    item: ItemId,
    module: Arc<Module>,
    locals: Locals,
}

impl<'r, 'a> Scene<'r, 'a> {
    fn new(resolver: &'r mut Resolver<'a>, bodies: &'r dyn Bodies) -> Self {
        Self { resolver, bodies, playbook: None, reached: Vec::new() }
    }

    fn scenario(&mut self, scenario: &'a Scenario, index: u32) {
        self.playbook = self.playbook_of(scenario).and_then(|item| self.body(item));
        if let Some(body) = &self.playbook {
            self.resolver.names.scenarios.insert(index, body.item);
            self.reached = self.reachable(body.item.file);
        }
        let resolver = &mut *self.resolver;
        resolver.place = super::resolve::Place { run: RunPlace::Outside, ..Default::default() };
        resolver.frames.push(HashMap::new());
        for (local, value) in &scenario.lets {
            resolver.expr(*value);
            resolver.declare_inner(*local);
        }
        scenario.givens.iter().for_each(|given| self.given(given));
        self.resolver.place.scenario.playbook =
            self.playbook.as_ref().map(|body| (body.item.file, body.locals.clone()));
        if let Some(body) = &self.playbook {
            self.resolver.place.run = RunPlace::Playbook;
            let item = body.module.items.get(body.item.index as usize);
            self.resolver.place.without_severity = item.and_then(|item| match &item.kind {
                ItemKind::Playbook(playbook) if without_severity(playbook) => Some(item.name.text.clone()),
                _ => None,
            });
        }
        scenario.expects.iter().for_each(|expect| self.expect(expect));
        self.resolver.frames.clear();
    }

    fn playbook_of(&mut self, scenario: &Scenario) -> Option<ItemId> {
        let path = &scenario.playbook;
        let span = path_span(path)?;
        let scope = self.resolver.scope;
        let found = match path.as_slice() {
            [name] => scope.find(&name.text),
            [module, name] => match scope.find(&module.text) {
                Some(ModuleDef::Module(file)) => {
                    scope.modules.exports(file)?.find(&name.text).map(|(item, _)| ModuleDef::Item(item))
                }
                other => other.filter(|def| *def == ModuleDef::Unknown),
            },
            _ => None,
        };
        let written = written(path);
        match found {
            Some(ModuleDef::Item(item)) => {
                let kind = scope.with_export(item, |export| export.kind.clone())?;
                if kind == super::ExportKind::Playbook {
                    return Some(item);
                }
                let report = findings::unknown_playbook::not_a_playbook(&written, span, kind.word());
                self.resolver.diagnostics.push(report);
            }
            Some(ModuleDef::Module(_)) => {
                let report = findings::unknown_playbook::not_a_playbook(&written, span, "module");
                self.resolver.diagnostics.push(report);
            }
            Some(ModuleDef::Unknown) => {}
            None if path.iter().any(|part| part.text.is_empty()) => {}
            None => {
                let own: &Exports = &scope.own;
                let playbooks: Vec<&str> = own
                    .items
                    .iter()
                    .filter(|export| export.kind == super::ExportKind::Playbook)
                    .map(|export| &*export.name)
                    .collect();
                let report = findings::unknown_playbook::report(&written, span, &playbooks);
                self.resolver.diagnostics.push(report);
            }
        }
        None
    }

    fn hir(&self, file: FileId) -> Option<Arc<Module>> {
        self.bodies.hir(file)
    }

    /// The names in a playbook or task, including those local to causes.
    fn body(&self, item: ItemId) -> Option<Body> {
        let module = self.hir(item.file)?;
        let mut locals: HashMap<Arc<str>, LocalId> = HashMap::new();
        for (id, local) in module.locals.iter() {
            let named = matches!(
                local.kind,
                LocalKind::Step(_)
                    | LocalKind::Let
                    | LocalKind::Cause
                    | LocalKind::Input
                    | LocalKind::Trigger
                    | LocalKind::Parameter
            );
            if named && local.item == item.index && !local.name.text.is_empty() {
                locals.entry(local.name.text.clone()).or_insert(id);
            }
        }
        Some(Body { item, module, locals: Arc::new(locals) })
    }

    fn reachable(&self, from: FileId) -> Vec<FileId> {
        let mut found = vec![from];
        let mut seen = BTreeSet::from([from]);
        let mut next = 0;
        while let Some(file) = found.get(next).copied() {
            next += 1;
            let Some(names) = self.names_of(file) else { continue };
            found.extend(names.into_iter().flatten().filter(|used| seen.insert(*used)));
        }
        found
    }

    fn names_of(&self, file: FileId) -> Option<Vec<Option<FileId>>> {
        if file == self.resolver.module.file {
            return Some(self.resolver.names.uses.clone());
        }
        Some(self.bodies.names(file)?.uses.clone())
    }

    fn given(&mut self, given: &'a Given) {
        match &given.kind {
            GivenKind::Missing => {}
            GivenKind::Start(at) => self.resolver.expr(*at),
            GivenKind::Value(name, value) => {
                self.resolver.expr(*value);
                self.header_name(name, &[STARTER]);
            }
            GivenKind::File(name, path) => {
                self.resolver.expr(*path);
                self.header_name(name, &[]);
            }
            GivenKind::Down { module, window } => {
                if let Some(file) = self.module(module, Report::Yes) {
                    self.set(module, Target::Module(file));
                }
                for at in window.iter().flat_map(|(from, to)| [from, to]) {
                    self.resolver.expr(*at);
                }
            }
            GivenKind::Outcome { target, outcome, when, taking } => {
                let found = self.step_or_action(target);
                match outcome {
                    None => {}
                    Some(GivenOutcome::Returns(values)) => {
                        values.iter().for_each(|value| self.resolver.expr(*value));
                    }
                    Some(GivenOutcome::Fails { text, how_often }) => {
                        self.resolver.optional(*text);
                        if let HowOften::Times(value) | HowOften::Rate(value) = how_often {
                            self.resolver.expr(*value);
                        }
                    }
                }
                if let Some(when) = when {
                    self.resolver.place.scenario.arguments = found.and_then(|found| self.arguments(&found));
                    self.resolver.expr(*when);
                    self.resolver.place.scenario.arguments = None;
                }
                self.resolver.optional(*taking);
            }
            GivenKind::Answer { people, step, answer, after } => {
                self.of_inputs(people);
                self.step(step);
                self.resolver.expr(*answer);
                self.resolver.optional(*after);
            }
            GivenKind::Approval { step, people, after, .. } => {
                self.step(step);
                self.of_inputs(people);
                self.resolver.optional(*after);
            }
        }
    }

    /// People, including those that the playbook knows through its inputs.
    fn of_inputs(&mut self, people: &[ExprId]) {
        let inputs = self.playbook.as_ref().map(|body| {
            let is_input = |local: LocalId| {
                matches!(body.module.locals[local].kind, LocalKind::Input | LocalKind::Trigger)
            };
            let names = body.locals.iter().filter(|(_, local)| is_input(**local));
            let names: HashMap<Arc<str>, LocalId> = names.map(|(name, id)| (name.clone(), *id)).collect();
            (body.item.file, Arc::new(names))
        });
        let before = std::mem::replace(&mut self.resolver.place.scenario.playbook, inputs);
        people.iter().for_each(|person| self.resolver.expr(*person));
        self.resolver.place.scenario.playbook = before;
    }

    fn expect(&mut self, expect: &'a Expect) {
        match &expect.kind {
            ExpectKind::Missing | ExpectKind::Snapshot => {}
            ExpectKind::Outcome { within, .. } => self.resolver.optional(*within),
            ExpectKind::Ran { step, times, before, within, .. } => {
                self.step(step);
                self.resolver.optional(*times);
                if let Some(before) = before {
                    self.step(before);
                }
                self.resolver.optional(*within);
            }
            ExpectKind::Ended { step, within, .. } => {
                self.step(step);
                self.resolver.optional(*within);
            }
            ExpectKind::Called { target, times, with } => {
                let found = self.step_or_action(target);
                self.resolver.optional(*times);
                if let Some(with) = with {
                    self.resolver.expr(with.value);
                    let parameters = found.and_then(|found| self.arguments(&found));
                    if let Some((item, names)) =
                        parameters.filter(|(_, names)| !names.contains(&with.name.text))
                        && !with.name.text.is_empty()
                    {
                        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
                        let owner = self.resolver.scope.with_export(item, |export| export.name.clone());
                        let report =
                            findings::unknown_parameter::call(&with.name, &owner.unwrap_or_default(), &names);
                        self.resolver.diagnostics.push(report);
                    }
                }
            }
            ExpectKind::Told { people, by, within } => {
                self.people(people);
                if let Some(by) = by
                    && let Some(file) = self.module(by, Report::Yes)
                {
                    self.set(by, Target::Module(file));
                }
                self.resolver.optional(*within);
            }
            ExpectKind::Value(value) => self.condition(*value),
        }
    }

    /// A condition on the values at the end. An outcome of the run isn't one; that is reported once.
    fn condition(&mut self, value: ExprId) {
        let module = self.resolver.module;
        let outcomes: Vec<(ExprId, &str)> = descendants(&module.exprs, value)
            .filter_map(|part| match &module.exprs[part].kind {
                ExprKind::Name(name) => match &**name {
                    "resolved" | "failed" | "completed" => Some((part, &**name)),
                    _ => None,
                },
                _ => None,
            })
            .filter(|(_, name)| {
                let named = self.playbook.as_ref().is_some_and(|body| body.locals.contains_key(*name));
                !named && self.resolver.scope.find(name).is_none()
            })
            .collect();
        self.resolver.expr(value);
        if let Some((first, name)) = outcomes.first() {
            let report = findings::unknown_name::outcome(name, module.exprs[*first].span);
            self.resolver.diagnostics.push(report);
        }
        for (part, _) in outcomes {
            self.resolver.names.unresolved.remove(&part);
            self.resolver.set(part, Def::Unknown);
        }
    }

    fn set(&mut self, path: &Path, target: Target) {
        if let Some(span) = path_span(path) {
            self.resolver.names.targets.insert(span, target);
        }
    }

    /// An input, or the event: `given alert = ...`; or another name that is known.
    fn header_name(&mut self, name: &crate::hir::Ident, others: &[&str]) {
        let Some(body) = &self.playbook else { return };
        let header: Vec<(&Arc<str>, LocalId)> = body
            .locals
            .iter()
            .filter(|(_, local)| {
                matches!(body.module.locals[**local].kind, LocalKind::Input | LocalKind::Trigger)
            })
            .map(|(name, local)| (name, *local))
            .collect();
        let known = header.iter().any(|(known, _)| **known == name.text);
        if name.text.is_empty() || known || others.contains(&&*name.text) {
            return;
        }
        let mut names: Vec<String> = header.iter().map(|(name, _)| name.to_string()).collect();
        names.extend(others.iter().map(|name| (*name).to_owned()));
        names.sort();
        let is_step = body
            .locals
            .get(&name.text)
            .is_some_and(|local| matches!(body.module.locals[*local].kind, LocalKind::Step(_)));
        let report = match &*name.text {
            _ if is_step => findings::unknown_target::step_value(&name.text, name.span),
            "severity" => findings::unknown_target::severity(name.span),
            _ => findings::unknown_target::report(&name.text, name.span, "input or event", &names),
        };
        self.resolver.diagnostics.push(report);
    }

    fn unknown(&mut self, path: &Path, wanted: &str, mut candidates: Vec<String>) {
        let Some(span) = path_span(path) else { return };
        let lost = |name: &str| self.resolver.scope.own.is_lost(name);
        if path.iter().any(|part| part.text.is_empty() || lost(&part.text)) {
            return;
        }
        candidates.sort();
        let report = findings::unknown_target::report(&written(path), span, wanted, &candidates);
        self.resolver.diagnostics.push(report);
    }
}
