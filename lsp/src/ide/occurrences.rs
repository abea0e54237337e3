//! The names in a module: where each stands and what it means.

use std::collections::BTreeSet;

use quell_compiler::{
    check::{Checked, CheckedModule},
    hir::{self, ExprKind, ItemKind, LocalId, LocalKind, PatternKind, TypeExpr, TypeExprKind},
    names::{Builtin, BuiltinType, Def, ItemId, Milestone, Target as ScenarioTarget, TypeDef, VariantId},
    source::{FileId, Span},
    types::{CauseMember, Member, Method, RunMember},
};

use super::Cursor;

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Meaning {
    Item(ItemId),
    Variant(VariantId),
    Module(FileId),
    Local(FileId, LocalId),
    /// A parameter of an item, or a field of a record, by its number.
    Parameter(ItemId, u32),
    Builtin(Builtin),
    BuiltinType(BuiltinType),
    Severity,
    Milestone(Milestone),
    Run(RunMember),
    Cause(CauseMember),
    Method(&'static Method),
}

/// Whether a name is said for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Here it gets its meaning.
    Declares,
    /// Here it is used.
    Uses,
}

/// A name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Occurrence {
    /// Where it stands.
    pub span: Span,
    /// What it means.
    pub meaning: Meaning,
    /// Whether it is said for the first time.
    pub role: Role,
}

/// All names in a module, in source order.
pub fn occurrences(checked: &Checked, file: FileId) -> Vec<Occurrence> {
    let Some(module) = checked.module(file) else { return Vec::new() };
    let mut walk = Walk { checked, module, file, found: Vec::new() };
    walk.uses();
    walk.items();
    walk.locals();
    walk.exprs();
    walk.scenarios();
    let mut found = walk.found;
    found.retain(|it| it.span.start < it.span.end && it.span.file == file);
    found.sort_by_key(|it| (it.span, it.role == Role::Uses));
    found.dedup_by_key(|it| it.span);
    found
}

/// The name at the cursor, or before it.
pub fn at(checked: &Checked, cursor: Cursor) -> Option<Occurrence> {
    let all = occurrences(checked, cursor.file);
    let touching: Vec<&Occurrence> = all.iter().filter(|it| it.span.touches(cursor.offset)).collect();
    let inside = touching.iter().find(|it| it.span.start <= cursor.offset && cursor.offset < it.span.end);
    inside.or(touching.first()).map(|it| **it)
}

struct Walk<'a> {
    checked: &'a Checked,
    module: &'a CheckedModule,
    file: FileId,
    found: Vec<Occurrence>,
}

impl Walk<'_> {
    fn add(&mut self, span: Span, meaning: Meaning, role: Role) {
        self.found.push(Occurrence { span, meaning, role });
    }

    fn uses(&mut self) {
        let lines = self.module.hir.uses.iter().zip(&self.module.names.uses);
        let lines: Vec<_> = lines.map(|(line, used)| (line.clone(), *used)).collect();
        for (line, used) in lines {
            let Some(used) = used else { continue };
            self.add(line.path.span, Meaning::Module(used), Role::Uses);
            for name in line.names.iter().flatten() {
                let items = self.checked.module(used).map(|module| &module.hir.items);
                let item = items.and_then(|items| items.iter().position(|it| it.name.text == name.name.text));
                if let Some(item) = item {
                    self.add(name.name.span, Meaning::Item(ItemId::new(used, item)), Role::Uses);
                }
            }
        }
    }

    fn items(&mut self) {
        let module = self.module.hir.clone();
        for (index, item) in module.items.iter().enumerate() {
            let id = ItemId::new(self.file, index);
            if !matches!(item.kind, ItemKind::Scenario(_)) {
                self.add(item.name.span, Meaning::Item(id), Role::Declares);
            }
            match &item.kind {
                ItemKind::Record(record) => {
                    for (number, field) in record.fields.iter().enumerate() {
                        self.add(field.name.span, Meaning::Parameter(id, number as u32), Role::Declares);
                        self.ty(&field.ty);
                    }
                }
                ItemKind::Enum(item) => {
                    for (number, variant) in item.variants.iter().enumerate() {
                        let variant_id = VariantId { item: id, index: number as u32 };
                        self.add(variant.name.span, Meaning::Variant(variant_id), Role::Declares);
                    }
                }
                ItemKind::Alias(ty) => self.ty(ty),
                ItemKind::Let(it) => it.ty.iter().for_each(|ty| self.ty(ty)),
                ItemKind::Function(it) => self.callable(id, &it.parameters, it.result.as_ref()),
                ItemKind::Task(it) => self.callable(id, &it.parameters, it.result.as_ref()),
                ItemKind::Action(it) => self.callable(id, &it.parameters, it.result.as_ref()),
                ItemKind::Trigger(it) => self.callable(id, &it.parameters, Some(&it.result)),
                ItemKind::Playbook(it) => it.inputs.iter().for_each(|input| self.ty(&input.ty)),
                ItemKind::Scenario(_) => {}
            }
        }
        for (_, step) in module.steps.iter() {
            step.ty.iter().for_each(|ty| self.ty(ty));
        }
    }

    fn callable(&mut self, id: ItemId, parameters: &[hir::Parameter], result: Option<&TypeExpr>) {
        for (number, parameter) in parameters.iter().enumerate() {
            self.add(parameter.name.span, Meaning::Parameter(id, number as u32), Role::Declares);
            parameter.ty.iter().for_each(|ty| self.ty(ty));
        }
        result.into_iter().for_each(|ty| self.ty(ty));
    }

    fn ty(&mut self, ty: &TypeExpr) {
        match &ty.kind {
            TypeExprKind::Missing => {}
            TypeExprKind::Optional(inner) => self.ty(inner),
            TypeExprKind::Path { path, arguments } => {
                let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
                match self.module.names.types.get(&first.span.to(last.span)) {
                    Some(TypeDef::Item(item)) => self.add(last.span, Meaning::Item(*item), Role::Uses),
                    Some(TypeDef::Builtin(ty)) => self.add(last.span, Meaning::BuiltinType(*ty), Role::Uses),
                    None => {}
                }
                arguments.iter().for_each(|argument| self.ty(argument));
            }
        }
    }

    fn locals(&mut self) {
        let module = self.module.hir.clone();
        for (id, local) in module.locals.iter() {
            let variant = local.kind == LocalKind::Pattern
                && (self.module.types.patterns.contains_key(&local.name.span)
                    || self.module.names.patterns.contains_key(&local.name.span));
            // Parameters are declared with their item.
            if !variant && local.kind != LocalKind::Parameter {
                self.add(local.name.span, Meaning::Local(self.file, id), Role::Declares);
            }
        }
        let patterns = self.module.types.patterns.iter().chain(&self.module.names.patterns);
        let patterns: Vec<(Span, VariantId)> = patterns.map(|(span, variant)| (*span, *variant)).collect();
        for (span, variant) in patterns {
            let length = self.name_of(variant).map_or(0, |name| name.len() as u32);
            let start = span.end.saturating_sub(length).max(span.start);
            self.add(Span { start, ..span }, Meaning::Variant(variant), Role::Uses);
        }
    }

    fn name_of(&self, variant: VariantId) -> Option<std::sync::Arc<str>> {
        match &self.checked.item(variant.item)?.kind {
            ItemKind::Enum(item) => Some(item.variants.get(variant.index as usize)?.name.text.clone()),
            _ => None,
        }
    }

    fn exprs(&mut self) {
        let module = self.module.hir.clone();
        for (id, expr) in module.exprs.iter() {
            match &expr.kind {
                ExprKind::Name(_) => {
                    if let Some(meaning) = self.module.def(id).and_then(|def| self.meaning(def)) {
                        self.add(expr.span, meaning, Role::Uses);
                    }
                }
                ExprKind::Field { name, .. } => {
                    let member = self.module.types.members.get(id).and_then(|member| match member {
                        Member::Field(item, number) => Some(Meaning::Parameter(*item, *number)),
                        Member::Run(member) => Some(Meaning::Run(*member)),
                        Member::Cause(member) => Some(Meaning::Cause(*member)),
                        Member::Method(method) => Some(Meaning::Method(method)),
                        Member::Json => None,
                    });
                    let meaning = member.or_else(|| self.module.def(id).and_then(|def| self.meaning(def)));
                    if let Some(meaning) = meaning {
                        self.add(name.span, meaning, Role::Uses);
                    }
                }
                ExprKind::Call { arguments, .. } => {
                    let Some(item) = self.module.types.calls.get(id).and_then(|call| callee(call.callee))
                    else {
                        continue;
                    };
                    for argument in arguments {
                        let Some(name) = &argument.name else { continue };
                        if let Some(number) = parameter_number(self.checked, item, &name.text) {
                            self.add(name.span, Meaning::Parameter(item, number), Role::Uses);
                        }
                    }
                }
                ExprKind::Map(entries) => {
                    let call = self.module.types.calls.get(id).and_then(|call| callee(call.callee));
                    let Some(item) = call else { continue };
                    for (name, _) in entries {
                        if let Some(number) = parameter_number(self.checked, item, &name.text) {
                            self.add(name.span, Meaning::Parameter(item, number), Role::Uses);
                        }
                    }
                }
                ExprKind::Cast { to, .. } => self.ty(to),
                ExprKind::Match { arms, .. } => {
                    for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                        if let PatternKind::Name { path, .. } = &pattern.kind
                            && path.len() > 1
                        {
                            // The enum before the variant.
                            let item = self.module.names.patterns.get(&pattern.span).map(|it| it.item);
                            if let (Some(item), Some(name)) = (item, path.get(path.len() - 2)) {
                                self.add(name.span, Meaning::Item(item), Role::Uses);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn meaning(&self, def: Def) -> Option<Meaning> {
        Some(match def {
            Def::Item(item) => Meaning::Item(item),
            Def::Variant(variant) => Meaning::Variant(variant),
            Def::Module(file) => Meaning::Module(file),
            Def::Local(local) => local_or_parameter(self.checked, self.file, local),
            Def::OfPlaybook(file, local) => local_or_parameter(self.checked, file, local),
            Def::Builtin(builtin) => Meaning::Builtin(builtin),
            Def::Severity => Meaning::Severity,
            Def::Milestone(milestone) => Meaning::Milestone(milestone),
            Def::Argument(item, number) => Meaning::Parameter(item, number),
            Def::It(step) => Meaning::Local(self.file, self.module.hir.steps[step].local),
            Def::Error(_) | Def::Binding(_) | Def::Unknown => return None,
        })
    }

    fn scenarios(&mut self) {
        let module = self.module.hir.clone();
        for (index, item) in module.items.iter().enumerate() {
            let ItemKind::Scenario(scenario) = &item.kind else { continue };
            let playbook = self.module.names.scenarios.get(&(index as u32)).copied();
            if let (Some(playbook), Some(name)) = (playbook, scenario.playbook.last()) {
                self.add(name.span, Meaning::Item(playbook), Role::Uses);
            }
        }
        for (span, target) in &self.module.names.targets.clone() {
            match target {
                ScenarioTarget::Step(steps) => {
                    // The parts of the path are the last steps' names; a path of one is its own span.
                    let Some(last) = steps.last() else { continue };
                    let Some(other) = self.checked.module(last.file) else { continue };
                    let step = &other.hir.steps[last.step];
                    let start = span.end.saturating_sub(step.name.text.len() as u32).max(span.start);
                    self.add(Span { start, ..*span }, Meaning::Local(last.file, step.local), Role::Uses);
                }
                ScenarioTarget::Item(item) => {
                    let length = self.checked.item(*item).map_or(0, |it| it.name.text.len() as u32);
                    let start = span.end.saturating_sub(length).max(span.start);
                    self.add(Span { start, ..*span }, Meaning::Item(*item), Role::Uses);
                }
                ScenarioTarget::Module(file) => self.add(*span, Meaning::Module(*file), Role::Uses),
                ScenarioTarget::Value(item, fields) if fields.is_empty() => {
                    self.add(*span, Meaning::Item(*item), Role::Uses);
                }
                ScenarioTarget::Value(..) => {}
            }
        }
        // `given NAME = E`: an input or the event.
        let givens: BTreeSet<u32> = module
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| matches!(item.kind, ItemKind::Scenario(_)).then_some(index as u32))
            .collect();
        for index in givens {
            let Some(playbook) = self.module.names.scenarios.get(&index).copied() else { continue };
            let ItemKind::Scenario(scenario) = &module.items[index as usize].kind else { continue };
            let Some(other) = self.checked.module(playbook.file) else { continue };
            let other = other.hir.clone();
            for given in &scenario.givens {
                let (hir::GivenKind::Value(name, _) | hir::GivenKind::File(name, _)) = &given.kind else {
                    continue;
                };
                let local = other.locals.iter().find(|(_, local)| {
                    local.item == playbook.index
                        && matches!(local.kind, LocalKind::Input | LocalKind::Trigger)
                        && local.name.text == name.text
                });
                if let Some((local, _)) = local {
                    self.add(name.span, Meaning::Local(playbook.file, local), Role::Uses);
                }
            }
        }
    }
}

/// The item behind a call.
pub fn callee(callee: quell_compiler::types::Callee) -> Option<ItemId> {
    use quell_compiler::types::Callee;
    match callee {
        Callee::Function(item)
        | Callee::Record(item)
        | Callee::Action(item)
        | Callee::Task(item)
        | Callee::Trigger(item) => Some(item),
        Callee::Builtin(_) | Callee::Method(_) => None,
    }
}

fn parameter_number(checked: &Checked, item: ItemId, name: &str) -> Option<u32> {
    let callable = checked.signature(item)?.kind.callable()?;
    let number = callable.parameters.iter().position(|parameter| &*parameter.name == name)?;
    Some(number as u32)
}

/// A parameter is known by its item, as calls know it.
fn local_or_parameter(checked: &Checked, file: FileId, local: LocalId) -> Meaning {
    let whole = Meaning::Local(file, local);
    let Some(module) = checked.module(file) else { return whole };
    let it = &module.hir.locals[local];
    if it.kind != LocalKind::Parameter {
        return whole;
    }
    let item = ItemId { file, index: it.item };
    parameter_number(checked, item, &it.name.text).map_or(whole, |number| Meaning::Parameter(item, number))
}
