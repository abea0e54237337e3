//! The `use` lines of a module.

use std::{collections::HashMap, sync::Arc};

use super::{Builtin, BuiltinType, Exports, ItemId, ModuleDef, Modules, Prelude, Visibility};
use crate::{
    diagnostic::Diagnostic,
    findings::{names as findings, suggest::nearest},
    hir::{Module, Use, UseName},
    source::{FileId, Span},
};

/// The names of a module's items and imports.
pub(super) struct Imports {
    /// By name.
    pub names: HashMap<Arc<str>, (ModuleDef, Span)>,
    /// The module of each `use`.
    pub uses: Vec<Option<FileId>>,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The intended names of misspelled imports, so that their uses aren't reported again.
    meant: Vec<(Arc<str>, Span)>,
}

/// Collects the items and imports of a module.
pub(super) fn import(module: &Module, own: &Exports, modules: &dyn Modules) -> Imports {
    let mut imports =
        Imports { names: HashMap::new(), uses: Vec::new(), diagnostics: Vec::new(), meant: Vec::new() };
    for (index, export) in own.items.iter().enumerate() {
        if matches!(export.kind, super::ExportKind::Scenario) {
            continue;
        }
        let def = ModuleDef::Item(ItemId::new(own.file, index));
        imports.declare(&export.name, export.span, def);
    }
    scenario_titles(module, &mut imports.diagnostics);
    for line in &module.uses {
        let file = imports.module_of(line, module.file, modules);
        imports.uses.push(file);
        match &line.names {
            Some(names) => names.iter().for_each(|name| imports.item(line, name, file, modules)),
            None => {
                let def = file.map_or(ModuleDef::Unknown, ModuleDef::Module);
                let (name, span) = module_name(line);
                imports.declare(&name, span, def);
            }
        }
    }
    for (name, span) in std::mem::take(&mut imports.meant) {
        imports.names.entry(name).or_insert((ModuleDef::Unknown, span));
    }
    for name in &module.lost {
        imports.names.entry(name.text.clone()).or_insert((ModuleDef::Unknown, name.span));
    }
    imports
}

/// The name that a `use` without a list gives its module.
fn module_name(line: &Use) -> (Arc<str>, Span) {
    if let Some(alias) = &line.alias {
        return (alias.text.clone(), alias.span);
    }
    let last = line.path.text.rsplit('.').next().unwrap_or_default();
    let start = line.path.span.end.saturating_sub(last.len() as u32).max(line.path.span.start);
    (last.into(), Span { start, ..line.path.span })
}

impl Imports {
    fn declare(&mut self, name: &Arc<str>, span: Span, def: ModuleDef) {
        if name.is_empty() {
            return;
        }
        if let Some(what) = builtin_word(name) {
            self.diagnostics.push(findings::reserved_name::item(name, span, what));
        }
        if let Some((first, first_span)) = self.names.get(name) {
            // Importing the same thing twice has no effect, but is surely unintended.
            let _ = first;
            self.diagnostics.push(findings::duplicate_item::report(name, span, *first_span));
            return;
        }
        self.names.insert(name.clone(), (def, span));
    }

    fn module_of(&mut self, line: &Use, from: FileId, modules: &dyn Modules) -> Option<FileId> {
        if line.path.text.is_empty() || line.path.text.ends_with('.') {
            return None;
        }
        let Some(file) = modules.resolve(&line.path.text) else {
            let importable = modules.importable();
            let paths = importable.iter().map(|(path, _)| &**path);
            let near = findings::unknown_module::meant(&line.path.text, paths);
            self.diagnostics.push(findings::unknown_module::report(&line.path.text, line.path.span, near));
            if let (Some(near), None, None) = (near, &line.alias, &line.names) {
                self.meant.push((near.rsplit('.').next().unwrap_or_default().into(), line.path.span));
            }
            return None;
        };
        let cycle = modules.cycle();
        if file == from {
            self.diagnostics.push(findings::cyclic_use::itself(&line.path.text, line.path.span));
            return None;
        }
        if cycle.get(1) == Some(&file) {
            let paths: Vec<String> = cycle.iter().map(|file| modules.path(*file)).collect();
            self.diagnostics.push(findings::cyclic_use::report(&paths, line.path.span));
        }
        Some(file)
    }

    fn item(&mut self, line: &Use, name: &UseName, file: Option<FileId>, modules: &dyn Modules) {
        let (local, span) = match &name.alias {
            Some(alias) => (alias.text.clone(), alias.span),
            None => (name.name.text.clone(), name.name.span),
        };
        let Some(exports) = file.and_then(|file| modules.exports(file)) else {
            self.declare(&local, span, ModuleDef::Unknown);
            return;
        };
        let def = match exports.find(&name.name.text) {
            Some((item, export)) => {
                if export.visibility == Visibility::Private {
                    let report = findings::private_item::report(
                        &name.name.text,
                        name.name.span,
                        export,
                        &line.path.text,
                    );
                    self.diagnostics.push(report);
                }
                ModuleDef::Item(item)
            }
            None => {
                if !name.name.text.is_empty() && !exports.is_lost(&name.name.text) {
                    let names: Vec<&str> = exports.public().map(|(_, export)| &*export.name).collect();
                    let near =
                        nearest(&name.name.text, names.iter().copied()).filter(|_| name.alias.is_none());
                    self.meant.extend(near.map(|near| (near.into(), span)));
                    let report =
                        findings::unknown_item::report(&line.path.text, &name.name, names.into_iter());
                    self.diagnostics.push(report);
                }
                ModuleDef::Unknown
            }
        };
        self.declare(&local, span, def);
    }
}

/// The built-in or prelude name with this name.
fn builtin_word(name: &str) -> Option<&'static str> {
    if BuiltinType::ALL.iter().any(|builtin| builtin.word() == name) {
        return Some("a built-in type");
    }
    match Builtin::ALL.iter().find(|builtin| builtin.word() == name)? {
        Builtin::Run => Some("the run itself"),
        _ => Some("a built-in function"),
    }
}

fn scenario_titles(module: &Module, diagnostics: &mut Vec<Diagnostic>) {
    let mut titles: HashMap<(&str, String), Span> = HashMap::new();
    for item in &module.items {
        let crate::hir::ItemKind::Scenario(scenario) = &item.kind else { continue };
        let playbook: Vec<&str> = scenario.playbook.iter().map(|part| &*part.text).collect();
        match titles.entry((&item.name.text, playbook.join("."))) {
            std::collections::hash_map::Entry::Occupied(first) => {
                let first = *first.get();
                diagnostics.push(findings::duplicate_item::scenario(&item.name.text, item.name.span, first));
            }
            std::collections::hash_map::Entry::Vacant(entry) => drop(entry.insert(item.name.span)),
        }
    }
}

/// The names that every module sees without a `use`: the items of the prelude and its imports.
pub fn prelude(module: &Module, own: &Exports, modules: &dyn Modules) -> Prelude {
    let mut prelude = Prelude::default();
    for (item, export) in own.public() {
        prelude.names.insert(export.name.clone(), ModuleDef::Item(item));
    }
    for line in module.uses.iter().filter(|line| line.private.is_none()) {
        let Some(file) = modules.resolve(&line.path.text) else { continue };
        match &line.names {
            None => drop(prelude.names.insert(module_name(line).0, ModuleDef::Module(file))),
            Some(names) => {
                let Some(exports) = modules.exports(file) else { continue };
                for name in names {
                    let local = name.alias.as_ref().unwrap_or(&name.name).text.clone();
                    if let Some((item, _)) = exports.find(&name.name.text) {
                        prelude.names.insert(local, ModuleDef::Item(item));
                    }
                }
            }
        }
    }
    prelude
}
