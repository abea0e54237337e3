//! What the paths in scenarios refer to: steps, including those in the runs of tasks; actions, modules, people.

use std::sync::Arc;

use super::{Body, Scene};
use crate::{
    findings::names as findings,
    hir::{ExprKind, ItemKind, LocalKind, Path, StepId},
    names::{Def, Exports, ItemId, ModuleDef, StepRef, Target, path_span},
    source::{FileId, Span},
};

impl Scene<'_, '_> {
    /// A step of the playbook, or one in the run of a task: `moved.promoted`.
    pub(super) fn step(&mut self, path: &Path) -> Option<Target> {
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

    pub(super) fn step_or_action(&mut self, path: &Path) -> Option<Target> {
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
            if let Some(Target::Step(steps)) = self.find_step(&owner.to_vec()) {
                self.unknown(path, "step", self.inner_names(owner, &steps));
                return None;
            }
            let file = self.module(owner, Report::No)?;
            let found = self.exports(file).and_then(|exports| exports.find(&name.text).map(|(item, _)| item));
            let lost = self.exports(file).is_some_and(|exports| exports.is_lost(&name.text));
            if found.is_none() && !name.text.is_empty() && !lost {
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

    /// The steps in the run of the task that a step calls, with the path of that step.
    fn inner_names(&self, owner: &[crate::hir::Ident], steps: &[StepRef]) -> Vec<String> {
        let inner = steps.last().and_then(|last| {
            let module = self.hir(last.file)?;
            let body = self.body(ItemId { file: last.file, index: module.steps[last.step].item })?;
            self.body(self.callee(&body, last.step)?)
        });
        let names = inner.as_ref().map(step_names).unwrap_or_default();
        names.into_iter().map(|name| format!("{}.{name}", written(owner))).collect()
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

    /// A module by its name in this file, otherwise one that the playbook reaches, by its last word or its whole
    /// path.
    pub(super) fn module(&mut self, path: &[crate::hir::Ident], report: Report) -> Option<FileId> {
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

    /// The parameters of the called item.
    pub(super) fn arguments(&self, target: &Target) -> Option<(ItemId, Vec<Arc<str>>)> {
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
    pub(super) fn people(&mut self, path: &Path) {
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

/// Whether the path ends at a module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// It is.
    Yes,
    /// A step or an item of the module may have been meant.
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

pub(super) fn written(path: &[crate::hir::Ident]) -> String {
    path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".")
}
