//! The stages, one after the other, over all modules that are needed.

use std::{collections::BTreeMap, mem, sync::Arc};

use super::{
    Checked, CheckedModule, Memo, aftermath,
    digest::{Below, digests},
    memo::{Kept, has_scenarios, key, texts_key},
    modules::{Known, Loader, Order, order},
    outside,
    read::Read,
    scenarios,
};
use crate::{
    diagnostic::{self, Diagnostic},
    effects::{self, Context, Effects, ModuleContext},
    graph::{self, Bodies},
    names::{self, Names},
    source::FileId,
    types::{self, Interfaces},
    world::World,
};

/// Checks all modules of a world.
pub fn check(world: &dyn World) -> Checked {
    check_files(world, &world.files())
}

/// Checks some modules and all that these use.
pub fn check_files(world: &dyn World, files: &[FileId]) -> Checked {
    check_again(world, files, &mut Memo::default())
}

/// Checks some modules and all that these use. What `memo` knows from a check before, and still holds,
/// is taken from there; the result is the same.
pub fn check_again(world: &dyn World, files: &[FileId], memo: &mut Memo) -> Checked {
    let loader = Loader::new(world, mem::take(&mut memo.texts), None);
    let plan = Plan::new(&loader, files);
    let checked = run(&loader, plan, memo);
    memo.texts = loader.into_texts();
    checked
}

/// Which modules are checked, in which order.
pub(super) struct Plan {
    /// The modules and all that they use, each behind those that it uses.
    order: Vec<FileId>,
    /// The circles of modules, by the module that reports them.
    pub cycles: BTreeMap<FileId, Vec<FileId>>,
    /// What all that each module uses is recognized by.
    pub below: BTreeMap<FileId, Below>,
}

impl Plan {
    pub fn new(loader: &Loader<'_>, files: &[FileId]) -> Self {
        let reached = loader.reach(files.iter().copied());
        let Order { files, components, cycles } = order(&reached, |file| loader.uses(file));
        let cycles = cycles.into_iter().filter_map(|cycle| Some((*cycle.first()?, cycle)));
        Self { order: files, cycles: cycles.collect(), below: digests(loader, &components) }
    }
}

/// The stages over the modules of a plan.
pub(super) fn run(loader: &Loader<'_>, plan: Plan, memo: &mut Memo) -> Checked {
    let order = &plan.order;
    let keys = order.iter().map(|file| (*file, key(loader, &plan, *file, loader.read(*file).hash)));
    let keys: BTreeMap<FileId, u64> = keys.collect();
    let kept = keys.iter().filter_map(|(file, key)| {
        let kept = memo.kept.get(file).filter(|kept| kept.key == *key && kept.holds())?;
        Some((*file, kept.clone()))
    });
    let mut run = Run {
        kept: kept.collect(),
        changed: Vec::new(),
        loader,
        plan: &plan,
        known: Known::default(),
        diagnostics: BTreeMap::new(),
    };
    run.changed = order.iter().copied().filter(|file| !run.kept.contains_key(file)).collect();
    run.names(order);
    let interfaces = run.interfaces(order);
    run.types(&interfaces);
    let effects = run.effects(order);
    run.finish(interfaces, effects, &keys, memo)
}

struct Run<'l, 'w> {
    loader: &'l Loader<'w>,
    /// What holds from a check before.
    kept: BTreeMap<FileId, Kept>,
    /// The modules to check, each behind those that it uses.
    changed: Vec<FileId>,
    plan: &'l Plan,
    known: Known,
    /// Of the modules that are checked.
    diagnostics: BTreeMap<FileId, Vec<Diagnostic>>,
}

impl Run<'_, '_> {
    fn report(&mut self, file: FileId, found: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.entry(file).or_default().extend(found);
    }

    fn names(&mut self, files: &[FileId]) {
        let mut all: BTreeMap<FileId, Arc<Names>> = BTreeMap::new();
        for file in files {
            let read = self.loader.read(*file);
            let Read { hir, diagnostics, .. } = &*read;
            let names = match self.kept.get(file) {
                Some(kept) => kept.module.names.clone(),
                None => {
                    self.report(*file, diagnostics.iter().cloned());
                    let view =
                        self.loader.view(*file, self.plan.cycles.get(file).cloned().unwrap_or_default());
                    let (names, found) = names::resolve(hir, &view);
                    self.report(*file, found);
                    Arc::new(names)
                }
            };
            self.known.hir.insert(*file, hir.clone());
            all.insert(*file, names);
        }
        // Scenarios look into the bodies of other modules, so these come first.
        self.known.names = all;
        for file in self.changed.clone() {
            let Some(module) = self.known.hir.get(&file).cloned() else { continue };
            if !has_scenarios(&module) {
                continue;
            }
            let mut names = self.known.names.get(&file).map(|names| (**names).clone()).unwrap_or_default();
            let view = self.loader.view(file, Vec::new());
            let found = names::resolve_scenarios(&module, &view, &self.known, &mut names);
            self.report(file, found);
            self.known.names.insert(file, Arc::new(names));
        }
    }

    fn interfaces(&mut self, files: &[FileId]) -> Interfaces {
        let mut interfaces = Interfaces { well_known: self.loader.well_known(), ..Interfaces::default() };
        for file in files {
            if let Some(kept) = self.kept.get(file) {
                interfaces.modules.insert(*file, kept.module.interface.clone());
                continue;
            }
            let (Some(module), Some(names)) = (self.known.hir.get(file), self.known.names.get(file)) else {
                continue;
            };
            let (interface, found) = types::interface(module, names, &interfaces);
            self.report(*file, found);
            interfaces.modules.insert(*file, Arc::new(interface));
        }
        interfaces
    }

    fn types(&mut self, interfaces: &Interfaces) {
        let kept = self.kept.iter().map(|(file, kept)| (*file, kept.module.types.clone()));
        self.known.types = kept.collect();
        let changed = self.changed.clone();
        for file in &changed {
            let (Some(module), Some(names)) = (self.known.hir.get(file), self.known.names.get(file)) else {
                continue;
            };
            let (found_types, found) = types::infer(module, names, interfaces);
            self.report(*file, found);
            self.known.types.insert(*file, Arc::new(found_types));
        }
        for file in &changed {
            let (Some(module), Some(names)) = (self.known.hir.get(file), self.known.names.get(file)) else {
                continue;
            };
            if !has_scenarios(module) {
                continue;
            }
            let mut own = self.known.types.get(file).map(|own| (**own).clone()).unwrap_or_default();
            let found = types::infer_scenarios(module, names, interfaces, &self.known, &mut own);
            self.report(*file, found);
            self.known.types.insert(*file, Arc::new(own));
        }
    }

    /// The findings for names that mean nothing. They look through all modules, so they aren't kept.
    fn explained(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (file, types) in &self.known.types {
            let Some(module) = self.known.hir.get(file) else { continue };
            if !types.unknown_names.is_empty() {
                let view = self.loader.view(*file, Vec::new());
                found.extend(names::explain(module, &view, &self.known, &types.unknown_names));
            }
        }
        found
    }

    fn effects(&mut self, files: &[FileId]) -> BTreeMap<FileId, Arc<Effects>> {
        let mut all: BTreeMap<FileId, Arc<Effects>> = BTreeMap::new();
        for file in files {
            if let Some(kept) = self.kept.get(file) {
                all.insert(*file, kept.module.effects.clone());
                continue;
            }
            let Some(own) = self.context(*file) else { continue };
            let used = Before { run: self, file: *file, effects: &all };
            let person = self.loader.well_known().person;
            let context = Context { own, used: &used, person };
            let (found_effects, mut found) = effects::infer(&context);
            found.extend(effects::check(&context, &found_effects));
            all.insert(*file, Arc::new(found_effects));
            self.report(*file, found);
        }
        all
    }

    fn context(&self, file: FileId) -> Option<ModuleContext<'_>> {
        Some(ModuleContext {
            hir: self.known.hir.get(&file)?,
            names: self.known.names.get(&file)?,
            types: self.known.types.get(&file)?,
        })
    }

    fn finish(
        mut self,
        interfaces: Interfaces,
        mut effects: BTreeMap<FileId, Arc<Effects>>,
        keys: &BTreeMap<FileId, u64>,
        memo: &mut Memo,
    ) -> Checked {
        let explained = self.explained();
        let Known { hir, mut names, mut types } = mem::take(&mut self.known);
        let sources = hir.clone();
        let mut modules = BTreeMap::new();
        for (file, hir) in hir {
            let parts = (names.remove(&file), types.remove(&file), interfaces.modules.get(&file));
            let (Some(names), Some(types), Some(interface)) = parts else { continue };
            let effects = effects.remove(&file).unwrap_or_default();
            modules.insert(file, CheckedModule { hir, names, interface: interface.clone(), types, effects });
        }
        let mut checked = Checked { modules, interfaces, diagnostics: explained, ..Checked::default() };
        let bodies = self.graphs(&mut checked);
        for kept in self.kept.values() {
            checked.diagnostics.extend(kept.diagnostics.iter().cloned());
        }
        for (file, found) in mem::take(&mut self.diagnostics) {
            let (Some(module), Some(key)) = (checked.modules.get(&file), keys.get(&file)) else { continue };
            checked.diagnostics.extend(found.iter().cloned());
            let bodies = bodies.get(&file).cloned().unwrap_or_default();
            let diagnostics = Arc::new(found);
            // What stands in for a module is of this check only.
            if self.loader.stands_in(file) {
                continue;
            }
            memo.kept.insert(file, Kept { key: *key, module: module.clone(), bodies, diagnostics });
        }
        let found = self.outside(&checked, keys, memo);
        checked.diagnostics.extend(found);
        // They look through all modules, so they aren't kept.
        let found = scenarios::check(&checked);
        checked.diagnostics.extend(found);
        aftermath::leave_out(&sources, |file| self.loader.read(file).text.clone(), &mut checked.diagnostics);
        diagnostic::sort(&mut checked.diagnostics);
        checked
    }

    /// What becomes of text from outside. It is followed into the functions of other modules, so it is
    /// kept by their texts.
    fn outside(&self, checked: &Checked, keys: &BTreeMap<FileId, u64>, memo: &mut Memo) -> Vec<Diagnostic> {
        let meaning = checked.meaning();
        let mut all = Vec::new();
        for (file, key) in keys {
            let key = texts_key(self.loader, self.plan, *file, *key);
            let found = match memo.outside.get(file) {
                Some((known, found)) if *known == key => found.clone(),
                _ => Arc::new(outside::check(&meaning, *file)),
            };
            all.extend(found.iter().cloned());
            if !self.loader.stands_in(*file) {
                memo.outside.insert(*file, (key, found));
            }
        }
        all
    }

    /// The graphs of all modules, and the findings about them; returns the graphs of those that are new.
    fn graphs(&mut self, checked: &mut Checked) -> BTreeMap<FileId, Bodies> {
        let mut new = BTreeMap::new();
        let mut found: Vec<(FileId, Vec<Diagnostic>)> = Vec::new();
        let mut graphs = graph::Graphs::default();
        let meaning = checked.meaning();
        for file in checked.modules.keys() {
            match self.kept.get(file) {
                Some(kept) => graphs.bodies.extend(kept.bodies.iter().cloned()),
                None => {
                    let (bodies, diagnostics) = graph::build(&meaning, *file);
                    graphs.bodies.extend(bodies.iter().cloned());
                    new.insert(*file, bodies);
                    found.push((*file, diagnostics));
                }
            }
        }
        for file in &self.changed {
            found.push((*file, graph::check_bounds(&meaning, &graphs, *file)));
        }
        drop(meaning);
        found.into_iter().for_each(|(file, diagnostics)| self.report(file, diagnostics));
        checked.graphs = graphs;
        new
    }
}

/// What a module uses, as far as its effects are known: all of it, but for circles.
struct Before<'a> {
    run: &'a Run<'a, 'a>,
    file: FileId,
    effects: &'a BTreeMap<FileId, Arc<Effects>>,
}

impl effects::Used for Before<'_> {
    fn module(&self, file: FileId) -> Option<(ModuleContext<'_>, &Effects)> {
        Some((self.run.context(file)?, self.effects.get(&file)?))
    }

    fn files(&self) -> Vec<FileId> {
        let reached = self.run.loader.reach([self.file]).into_iter();
        reached.filter(|used| *used != self.file && self.effects.contains_key(used)).collect()
    }
}
