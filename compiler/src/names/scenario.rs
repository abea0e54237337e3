//! Names of scenarios. They reach into other modules: the steps of the playbook, those of the tasks
//! that it calls, the modules that these use. So they are resolved when all modules are.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Def, Exports, ItemId, ModuleDef, ModuleScope, Modules, Names, StepRef, Target,
    exports::exports,
    imports::import,
    path_span,
    resolve::{Resolver, RunPlace},
};
use crate::{
    diagnostic::Diagnostic,
    findings::names as findings,
    hir::{
        Expect, ExpectKind, ExprKind, Given, GivenKind, GivenOutcome, HowOften, ItemKind, LocalId, LocalKind,
        Module, Path, Scenario, StepId,
    },
    source::{FileId, Span},
};

/// The other modules with their bodies.
pub trait Bodies {
    /// The meaning of a module.
    fn hir(&self, file: FileId) -> Option<Arc<Module>>;
    /// What its names mean.
    fn names(&self, file: FileId) -> Option<Arc<Names>>;
}

/// The names in a body.
type Locals = Arc<HashMap<Arc<str>, LocalId>>;

/// What a scenario's expressions see beside the names of the module.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// In `expect`: the names of the playbook, and where it stands.
    pub playbook: Option<(FileId, Locals)>,
    /// In `given ... when`: the parameters of the action or task.
    pub arguments: Option<(ItemId, Vec<Arc<str>>)>,
}

impl Seen {
    pub(super) fn find(&self, name: &str) -> Option<Def> {
        if let Some((item, names)) = &self.arguments
            && let Some(index) = names.iter().position(|parameter| **parameter == *name)
        {
            return Some(Def::Argument(*item, index as u32));
        }
        let (file, names) = self.playbook.as_ref()?;
        names.get(name).map(|local| Def::OfPlaybook(*file, *local))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
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
    if !module.items.iter().any(|item| matches!(item.kind, ItemKind::Scenario(_))) {
        return Vec::new();
    }
    let own = Arc::new(exports(module));
    // What is wrong with the imports was reported with the other items.
    let imports = import(module, &own, modules);
    let scope = ModuleScope::new(modules, own, imports.names);
    let mut resolver = Resolver::new(module, &scope);
    resolver.names = std::mem::take(names);
    resolver.recording = super::resolve::Recording::Ignored;
    for (index, item) in module.items.iter().enumerate() {
        let ItemKind::Scenario(scenario) = &item.kind else { continue };
        resolver.item = index as u32;
        resolver.frames.clear();
        Scene::new(&mut resolver, bodies).scenario(scenario, index as u32);
    }
    *names = resolver.names;
    resolver.diagnostics
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
        resolver.place = super::resolve::Place::default();
        resolver.frames.push(HashMap::new());
        for (local, value) in &scenario.lets {
            resolver.expr(*value);
            resolver.declare_inner(*local);
        }
        scenario.givens.iter().for_each(|given| self.given(given));
        self.resolver.place.scenario.playbook =
            self.playbook.as_ref().map(|body| (body.item.file, body.locals.clone()));
        if self.playbook.is_some() {
            self.resolver.place.run = RunPlace::Playbook;
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

    /// The names in a playbook or task, those local to causes too.
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
                self.header_name(name);
            }
            GivenKind::File(name, path) => {
                self.resolver.expr(*path);
                self.header_name(name);
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
                people.iter().for_each(|person| self.resolver.expr(*person));
                self.step(step);
                self.resolver.expr(*answer);
                self.resolver.optional(*after);
            }
            GivenKind::Approval { step, people, after, .. } => {
                self.step(step);
                people.iter().for_each(|person| self.resolver.expr(*person));
                self.resolver.optional(*after);
            }
        }
    }

    fn expect(&mut self, expect: &'a Expect) {
        match &expect.kind {
            ExpectKind::Missing | ExpectKind::Snapshot => {}
            ExpectKind::Outcome { within, .. } => self.resolver.optional(*within),
            ExpectKind::Ran { step, times, before, within } => {
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
            ExpectKind::Value(value) => self.resolver.expr(*value),
        }
    }

    fn set(&mut self, path: &Path, target: Target) {
        if let Some(span) = path_span(path) {
            self.resolver.names.targets.insert(span, target);
        }
    }

    /// An input, or the event: `given alert = ...`.
    fn header_name(&mut self, name: &crate::hir::Ident) {
        let Some(body) = &self.playbook else { return };
        let header: Vec<(&Arc<str>, LocalId)> = body
            .locals
            .iter()
            .filter(|(_, local)| {
                matches!(body.module.locals[**local].kind, LocalKind::Input | LocalKind::Trigger)
            })
            .map(|(name, local)| (name, *local))
            .collect();
        if name.text.is_empty() || header.iter().any(|(known, _)| **known == name.text) {
            return;
        }
        let mut names: Vec<String> = header.iter().map(|(name, _)| name.to_string()).collect();
        names.sort();
        let report = findings::unknown_target::report(&name.text, name.span, "input or event", &names);
        self.resolver.diagnostics.push(report);
    }

    fn unknown(&mut self, path: &Path, wanted: &str, mut candidates: Vec<String>) {
        let Some(span) = path_span(path) else { return };
        if path.iter().any(|part| part.text.is_empty()) {
            return;
        }
        candidates.sort();
        let report = findings::unknown_target::report(&written(path), span, wanted, &candidates);
        self.resolver.diagnostics.push(report);
    }

    /// A step of the playbook, or one in the run of a task: `moved.promoted`.
    fn step(&mut self, path: &Path) -> Option<Target> {
        let found = self.find_step(path);
        match &found {
            Some(target) => self.set(path, target.clone()),
            None => {
                let candidates = self.playbook.as_ref().map(step_names);
                if let Some(candidates) = candidates {
                    self.unknown(path, "step", candidates);
                }
            }
        }
        found
    }

    fn find_step(&self, path: &Path) -> Option<Target> {
        let mut body = self.playbook.clone()?;
        let mut steps = Vec::new();
        for (index, part) in path.iter().enumerate() {
            let local = *body.locals.get(&part.text)?;
            let LocalKind::Step(step) = body.module.locals[local].kind else { return None };
            steps.push(StepRef { file: body.item.file, step });
            if index + 1 < path.len() {
                body = self.body(self.callee(&body, step)?)?;
            }
        }
        (!steps.is_empty()).then_some(Target::Step(steps))
    }

    /// The action or task that a step calls.
    fn callee(&self, body: &Body, step: StepId) -> Option<ItemId> {
        let ExprKind::Call { callee, .. } = &body.module.exprs[body.module.steps[step].call].kind else {
            return None;
        };
        let def = if body.item.file == self.resolver.module.file {
            self.resolver.names.exprs.get(*callee).copied()
        } else {
            self.bodies.names(body.item.file)?.exprs.get(*callee).copied()
        };
        match def {
            Some(Def::Item(item)) => Some(item),
            _ => None,
        }
    }

    fn step_or_action(&mut self, path: &Path) -> Option<Target> {
        if let Some(step) = self.find_step(path) {
            self.set(path, step.clone());
            return Some(step);
        }
        self.playbook.as_ref()?;
        let (name, owner) = path.split_last()?;
        let scope = self.resolver.scope;
        let item = if owner.is_empty() {
            match scope.find(&name.text) {
                Some(ModuleDef::Item(item)) => Some(item),
                Some(ModuleDef::Unknown) => return None,
                _ => None,
            }
        } else {
            let file = self.module(owner, Report::No)?;
            let found = self.exports(file).and_then(|exports| exports.find(&name.text).map(|(item, _)| item));
            if found.is_none() && !name.text.is_empty() {
                let module = written(owner);
                let exports = self.exports(file);
                let names: Vec<String> = exports
                    .iter()
                    .flat_map(|exports| exports.public())
                    .map(|(_, export)| export.name.to_string())
                    .collect();
                let report = findings::unknown_item::report(&module, name, names.iter().map(String::as_str));
                self.resolver.diagnostics.push(report);
                return None;
            }
            found
        };
        let Some(item) = item else {
            let mut candidates = self.playbook.as_ref().map(step_names).unwrap_or_default();
            candidates.extend(self.module_names());
            self.unknown(path, "step or action", candidates);
            return None;
        };
        let word = self.word(item);
        match word {
            Some("action" | "task") => {
                self.set(path, Target::Item(item));
                Some(Target::Item(item))
            }
            word => {
                let span = path_span(path)?;
                let word = word.unwrap_or("name");
                let report =
                    findings::unknown_target::wrong_kind(&written(path), span, word, "step or action");
                self.resolver.diagnostics.push(report);
                None
            }
        }
    }

    fn word(&self, item: ItemId) -> Option<&'static str> {
        self.resolver.scope.with_export(item, |export| export.kind.word())
    }

    fn exports(&self, file: FileId) -> Option<Arc<Exports>> {
        if file == self.resolver.module.file {
            return Some(self.resolver.scope.own.clone());
        }
        self.resolver.scope.modules.exports(file)
    }

    fn module_names(&self) -> Vec<String> {
        let paths = self.reached.iter().map(|file| self.resolver.scope.modules.path(*file));
        paths.map(|path| path.rsplit('.').next().unwrap_or_default().to_owned()).collect()
    }

    /// A module by the name that this file gives it, else one that the playbook reaches, by its last
    /// word or its whole path.
    fn module(&mut self, path: &[crate::hir::Ident], report: Report) -> Option<FileId> {
        let wanted = written(path);
        if let [name] = path
            && let Some(ModuleDef::Module(file)) = self.resolver.scope.find(&name.text)
        {
            return Some(file);
        }
        let modules = self.resolver.scope.modules;
        let found: Vec<FileId> = self
            .reached
            .iter()
            .copied()
            .filter(|file| {
                let known = modules.path(*file);
                known == wanted || known.rsplit('.').next() == Some(&wanted)
            })
            .collect();
        let span: Span = path_span(&path.to_vec())?;
        match found.as_slice() {
            [only] => Some(*only),
            [] => {
                if self.playbook.is_some() && !wanted.is_empty() {
                    let mut names = self.module_names();
                    let wanted_kind = match report {
                        Report::Yes => "module",
                        Report::No => "step, action or module",
                    };
                    if report == Report::No {
                        names.extend(self.playbook.as_ref().map(step_names).unwrap_or_default());
                    }
                    self.unknown(&path.to_vec(), wanted_kind, names);
                }
                None
            }
            several => {
                let paths: Vec<String> = several.iter().map(|file| modules.path(*file)).collect();
                self.resolver.diagnostics.push(findings::unknown_target::ambiguous(&wanted, span, &paths));
                None
            }
        }
    }

    /// The parameters of what is called.
    fn arguments(&self, target: &Target) -> Option<(ItemId, Vec<Arc<str>>)> {
        let item = match target {
            Target::Item(item) => *item,
            Target::Step(steps) => {
                let last = steps.last()?;
                let module = self.hir(last.file)?;
                let body = self.body(ItemId { file: last.file, index: module.steps[last.step].item })?;
                self.callee(&body, last.step)?
            }
            Target::Module(_) | Target::Value(..) => return None,
        };
        let module = self.hir(item.file)?;
        let parameters = match &module.items.get(item.index as usize)?.kind {
            ItemKind::Action(action) => &action.parameters,
            ItemKind::Task(task) => &task.parameters,
            _ => return None,
        };
        Some((item, parameters.iter().map(|parameter| parameter.name.text.clone()).collect()))
    }

    /// People: a value of this module, of one that it imports, or of one that the playbook reaches.
    fn people(&mut self, path: &Path) {
        let scope = self.resolver.scope;
        let found = match path.as_slice() {
            [] => None,
            [first, rest @ ..] => match (scope.find(&first.text), rest) {
                (Some(ModuleDef::Item(item)), _) => Some((item, rest)),
                (Some(ModuleDef::Module(file)), [name, rest @ ..]) => {
                    scope.modules.exports(file).and_then(|e| e.find(&name.text).map(|(item, _)| (item, rest)))
                }
                (Some(ModuleDef::Unknown), _) => return,
                _ => None,
            },
        };
        let Some((item, fields)) = found else {
            let mut names: Vec<String> = scope.names.keys().map(|name| name.to_string()).collect();
            names.sort();
            if self.playbook.is_some() {
                self.unknown(path, "person or team", names);
            }
            return;
        };
        let fields: Vec<Arc<str>> = fields.iter().map(|field| field.text.clone()).collect();
        self.set(path, Target::Value(item, fields));
    }
}

/// Whether a module is all that was looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Report {
    /// It is.
    Yes,
    /// A step or an item of the module might have been meant.
    No,
}

fn step_names(body: &Body) -> Vec<String> {
    let steps = body
        .locals
        .iter()
        .filter(|(_, local)| matches!(body.module.locals[**local].kind, LocalKind::Step(_)));
    let mut names: Vec<String> = steps.map(|(name, _)| name.to_string()).collect();
    names.sort();
    names
}

fn written(path: &[crate::hir::Ident]) -> String {
    path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".")
}
