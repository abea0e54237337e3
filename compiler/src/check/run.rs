//! The stages, one after the other, over all modules that are needed.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Checked, CheckedModule, aftermath,
    modules::{Known, Loader, Read, order},
};
use crate::{
    diagnostic::{self, Diagnostic},
    effects::{self, Context, Effects, ModuleContext},
    graph, hir,
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
    let loader = Loader::new(world);
    let reached = loader.reach(files.iter().copied());
    let order = order(&reached, |file| loader.uses(file));
    let cycles: BTreeMap<FileId, Vec<FileId>> =
        order.cycles.iter().filter_map(|cycle| Some((*cycle.first()?, cycle.clone()))).collect();
    let mut run = Run { loader, cycles, known: Known::default(), diagnostics: Vec::new() };
    run.names(&order.files);
    let interfaces = run.interfaces(&order.files);
    run.types(&order.files, &interfaces);
    let effects = run.effects(&order.files);
    run.finish(interfaces, effects)
}

struct Run<'w> {
    loader: Loader<'w>,
    /// The circles of modules, by the module that reports them.
    cycles: BTreeMap<FileId, Vec<FileId>>,
    known: Known,
    diagnostics: Vec<Diagnostic>,
}

impl Run<'_> {
    fn names(&mut self, files: &[FileId]) {
        let mut all: BTreeMap<FileId, Names> = BTreeMap::new();
        for file in files {
            let Read { hir, diagnostics, .. } = self.loader.read(*file);
            self.diagnostics.extend(diagnostics.iter().cloned());
            let view = self.loader.view(*file, self.cycles.get(file).cloned().unwrap_or_default());
            let (names, found) = names::resolve(&hir, &view);
            self.diagnostics.extend(found);
            self.known.hir.insert(*file, hir);
            all.insert(*file, names);
        }
        // Scenarios look into the bodies of other modules, so these come first.
        self.known.names = all.into_iter().map(|(file, names)| (file, Arc::new(names))).collect();
        for file in files {
            let Some(module) = self.known.hir.get(file).cloned() else { continue };
            if !has_scenarios(&module) {
                continue;
            }
            let mut names = self.known.names.get(file).map(|names| (**names).clone()).unwrap_or_default();
            let view = self.loader.view(*file, Vec::new());
            let found = names::resolve_scenarios(&module, &view, &self.known, &mut names);
            self.diagnostics.extend(found);
            self.known.names.insert(*file, Arc::new(names));
        }
    }

    fn interfaces(&mut self, files: &[FileId]) -> Interfaces {
        let mut interfaces = Interfaces { well_known: self.loader.well_known(), ..Interfaces::default() };
        for file in files {
            let (Some(module), Some(names)) = (self.known.hir.get(file), self.known.names.get(file)) else {
                continue;
            };
            let (interface, found) = types::interface(module, names, &interfaces);
            self.diagnostics.extend(found);
            interfaces.modules.insert(*file, Arc::new(interface));
        }
        interfaces
    }

    fn types(&mut self, files: &[FileId], interfaces: &Interfaces) {
        for file in files {
            let (Some(module), Some(names)) = (self.known.hir.get(file), self.known.names.get(file)) else {
                continue;
            };
            let (found_types, found) = types::infer(module, names, interfaces);
            self.diagnostics.extend(found);
            self.known.types.insert(*file, Arc::new(found_types));
        }
        for file in files {
            let (Some(module), Some(names)) = (self.known.hir.get(file), self.known.names.get(file)) else {
                continue;
            };
            if !has_scenarios(module) {
                continue;
            }
            let mut own = self.known.types.get(file).map(|own| (**own).clone()).unwrap_or_default();
            let found = types::infer_scenarios(module, names, interfaces, &self.known, &mut own);
            self.diagnostics.extend(found);
            self.known.types.insert(*file, Arc::new(own));
        }
        for file in files {
            let (Some(module), Some(types)) = (self.known.hir.get(file), self.known.types.get(file)) else {
                continue;
            };
            let view = self.loader.view(*file, Vec::new());
            self.diagnostics.extend(names::explain(module, &view, &self.known, &types.unknown_names));
        }
    }

    fn effects(&mut self, files: &[FileId]) -> BTreeMap<FileId, Effects> {
        let mut all: BTreeMap<FileId, Effects> = BTreeMap::new();
        for file in files {
            let Some(own) = self.context(*file) else { continue };
            // Those before it in the order: all that it uses, and some more.
            let used =
                all.iter().filter_map(|(used, effects)| Some((*used, (self.context(*used)?, effects))));
            let context = Context { own, used: used.collect() };
            let (found_effects, mut found) = effects::infer(&context);
            found.extend(effects::check(&context, &found_effects));
            drop(context);
            all.insert(*file, found_effects);
            self.diagnostics.extend(found);
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

    fn finish(self, interfaces: Interfaces, mut effects: BTreeMap<FileId, Effects>) -> Checked {
        let Known { hir, mut names, mut types } = self.known;
        let sources = hir.clone();
        let mut modules = BTreeMap::new();
        for (file, hir) in hir {
            let parts = (names.remove(&file), types.remove(&file), interfaces.modules.get(&file));
            let (Some(names), Some(types), Some(interface)) = parts else { continue };
            let effects = Arc::new(effects.remove(&file).unwrap_or_default());
            modules.insert(file, CheckedModule { hir, names, interface: interface.clone(), types, effects });
        }
        let mut checked =
            Checked { modules, interfaces, diagnostics: self.diagnostics, ..Checked::default() };
        let meaning = checked.meaning();
        let (graphs, mut found) = graph::build(&meaning);
        for file in checked.modules.keys() {
            found.extend(graph::check_bounds(&meaning, &graphs, *file));
        }
        checked.graphs = graphs;
        checked.diagnostics.extend(found);
        aftermath::leave_out(&sources, &mut checked.diagnostics);
        diagnostic::sort(&mut checked.diagnostics);
        checked
    }
}

fn has_scenarios(module: &hir::Module) -> bool {
    module.items.iter().any(|item| matches!(item.kind, hir::ItemKind::Scenario(_)))
}
