//! Infers the types of a module's bodies.
//!
//! Types flow both ways: an expression has a type of its own, and its context may expect one, which
//! determines bare variants, empty lists, Json literals and the parameters of lambdas. An error is reported
//! where it is found; the type is then unknown and matches everything, so that one mistake causes one
//! message.

mod action;
mod body;
mod builtin;
mod call;
mod choice;
mod clauses;
mod convert;
mod expression;
mod guard;
mod literal;
mod member;
mod method;
mod name;
mod narrow;
mod operator;
mod order;
mod scenario;
mod zone;

pub use body::Heads;
pub use clauses::Targets;
pub use scenario::infer_scenarios;

use std::{collections::BTreeMap, sync::Arc};

use super::{Interfaces, Signature, SignatureKind, Type, Types, written::Reader};
use crate::{
    diagnostic::Diagnostic,
    findings::types as findings,
    hir::{ExprId, Item, ItemKind, LocalId, Module, Parameter, StepId, TypeExpr},
    names::{ItemId, Names},
    source::{FileId, Span},
};
use guard::GuardKey;
use narrow::Fact;

/// The types of a module's bodies, except scenarios. A pure function of the module and of the interfaces of
/// all modules that it uses, including its own.
pub fn infer(module: &Module, names: &Names, interfaces: &Interfaces) -> (Types, Vec<Diagnostic>) {
    let mut inference = Inference::new(module, names, interfaces);
    inference.written_types();
    for (index, item) in module.items.iter().enumerate() {
        inference.item(index as u32, item);
    }
    (inference.types, inference.diagnostics)
}

/// The types of other modules' playbooks, which scenarios refer to.
pub trait Foreign {
    /// A module by name.
    fn hir(&self, file: FileId) -> Option<Arc<Module>>;
    /// Its types.
    fn types(&self, file: FileId) -> Option<Arc<Types>>;
}

/// The inference of one module.
struct Inference<'a> {
    module: &'a Module,
    names: &'a Names,
    interfaces: &'a Interfaces,
    types: Types,
    diagnostics: Vec<Diagnostic>,
    /// Facts known here beyond the declared types, the latest last.
    facts: Vec<Fact>,
    /// The conditions under which the current expression is evaluated (rule T3).
    guards: Vec<GuardKey>,
    /// The conditions under which each guarded step and `let` has a value.
    guarded: BTreeMap<LocalId, Guarded>,
    /// Steps whose value can't be used, and why.
    valueless: BTreeMap<LocalId, findings::no_value::Why>,
    /// The keys of conditions.
    guard_keys: guard::Keys,
    /// The step whose undo is being checked: its own value may be missing there.
    undoing: Option<(LocalId, Type)>,
    /// The type of `output` in the current binding.
    output: Type,
    /// Whether secrets are allowed in the current data.
    secrets: Secrets,
    /// The context of the current expression.
    place: Place,
    /// Whether the current call may have an effect.
    head: Option<ExprId>,
    /// The types of a playbook's names, in its scenarios.
    foreign: Option<&'a dyn Foreign>,
}

/// A step or `let` that has a value only under certain conditions.
#[derive(Debug, Clone)]
struct Guarded {
    /// Its type if they hold.
    inside: Type,
    /// The conditions.
    guards: Vec<GuardKey>,
}

/// The context of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No relevant context.
    Value,
    /// A Json literal: numbers and texts are converted to Json.
    JsonPart,
}

/// Whether secrets are allowed in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secrets {
    /// The data isn't sent anywhere.
    Refused,
    /// A binding sends it.
    Sent,
}

impl<'a> Inference<'a> {
    fn new(module: &'a Module, names: &'a Names, interfaces: &'a Interfaces) -> Self {
        Self {
            module,
            names,
            interfaces,
            types: Types::default(),
            diagnostics: Vec::new(),
            facts: Vec::new(),
            guards: Vec::new(),
            guarded: BTreeMap::new(),
            valueless: BTreeMap::new(),
            guard_keys: guard::Keys::default(),
            undoing: None,
            output: Type::Unknown,
            secrets: Secrets::Refused,
            place: Place::Value,
            head: None,
            foreign: None,
        }
    }

    fn item(&mut self, index: u32, item: &'a Item) {
        let id = ItemId { file: self.module.file, index };
        self.facts.clear();
        self.guards.clear();
        self.guarded.clear();
        self.valueless.clear();
        match &item.kind {
            ItemKind::Record(record) => {
                for field in &record.fields {
                    if let Some(default) = field.default {
                        let ty = self.known(&field.ty);
                        self.expect(default, &ty);
                    }
                }
            }
            ItemKind::Enum(_) | ItemKind::Alias(_) => {}
            ItemKind::Let(value) => {
                let ty = self.let_type(id);
                let found = self.expect(value.value, &ty);
                if value.ty.is_none() {
                    let found = self.written_type(&found);
                    self.diagnostics.extend(findings::missing_type::of_let(&item.name, found));
                }
            }
            ItemKind::Function(function) => {
                self.parameters(&function.parameters);
                let result = self.callable_result(id);
                let found = self.expect(function.body, &result);
                if function.result.is_none() {
                    let found = self.written_type(&found);
                    self.diagnostics.extend(findings::missing_type::of_result(&item.name, found));
                }
            }
            ItemKind::Trigger(trigger) => {
                self.parameters(&trigger.parameters);
                let payload = self.callable_result(id);
                if let Some(field) = self.interfaces.public_in(&payload) {
                    let field = field.as_ref().map(|(name, span)| (&**name, *span));
                    let finding =
                        findings::public_event::report(&self.show(&payload), field, trigger.result.span);
                    self.report(finding);
                }
                if let Some(sample) = trigger.sample {
                    let result = self.callable_result(id);
                    self.expect(sample, &result);
                }
            }
            ItemKind::Action(action) => {
                self.parameters(&action.parameters);
                let result = self.callable_result(id);
                self.action(action, item, &result);
            }
            ItemKind::Task(task) => {
                self.parameters(&task.parameters);
                let result = self.callable_result(id);
                self.task(task, &result);
            }
            ItemKind::Playbook(playbook) => self.playbook(playbook),
            ItemKind::Scenario(_) => {}
        }
    }

    /// A type as one would write it, if possible.
    fn written_type(&self, ty: &Type) -> Option<String> {
        let unwritable = [Type::Unknown, Type::Never, Type::Unit, Type::Cause];
        let plain = !matches!(ty, Type::Function(_))
            && !unwritable.iter().any(|unwritable| self.interfaces.holds(ty, unwritable));
        plain.then(|| match ty {
            // Usually a `Text` is meant.
            Type::Public => "Text".to_owned(),
            ty => self.show(ty).replace("Public", "Text"),
        })
    }

    fn signature(&self, item: ItemId) -> Option<&'a Signature> {
        self.interfaces.get(item)
    }

    fn let_type(&self, item: ItemId) -> Type {
        match self.signature(item).map(|signature| &signature.kind) {
            Some(SignatureKind::Let(ty)) => ty.clone(),
            _ => Type::Unknown,
        }
    }

    fn callable_result(&self, item: ItemId) -> Type {
        let callable = self.signature(item).and_then(|signature| signature.kind.callable());
        callable.map_or(Type::Unknown, |callable| callable.result.clone())
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        for parameter in parameters {
            let ty = parameter.ty.as_ref().map_or(Type::Unknown, |ty| self.known(ty));
            if let Some(default) = parameter.default {
                self.expect(default, &ty);
            }
            self.types.locals.set(parameter.local, ty);
        }
    }

    /// A type written in the head of an item: errors are reported with the interface.
    fn known(&mut self, ty: &TypeExpr) -> Type {
        let read = self.read(ty, &mut Vec::new());
        self.types.written.insert(ty.span, read.clone());
        read
    }

    /// A type written in a body.
    fn written(&mut self, ty: &TypeExpr) -> Type {
        let mut found = Vec::new();
        let read = self.read(ty, &mut found);
        self.diagnostics.append(&mut found);
        self.types.written.insert(ty.span, read.clone());
        read
    }

    fn read(&self, ty: &TypeExpr, report: &mut Vec<Diagnostic>) -> Type {
        Reader { names: self.names, interfaces: self.interfaces }.read(ty, &mut |_| None, report)
    }

    /// Records the types in the heads of items, for lookups of written types.
    fn written_types(&mut self) {
        for item in &self.module.items {
            match &item.kind {
                ItemKind::Record(record) => {
                    record.fields.iter().for_each(|field| drop(self.known(&field.ty)))
                }
                ItemKind::Alias(ty) => drop(self.known(ty)),
                ItemKind::Let(value) => value.ty.iter().for_each(|ty| drop(self.known(ty))),
                ItemKind::Function(function) => function.result.iter().for_each(|ty| drop(self.known(ty))),
                ItemKind::Task(task) => task.result.iter().for_each(|ty| drop(self.known(ty))),
                ItemKind::Action(action) => action.result.iter().for_each(|ty| drop(self.known(ty))),
                ItemKind::Trigger(trigger) => drop(self.known(&trigger.result)),
                ItemKind::Enum(_) | ItemKind::Playbook(_) | ItemKind::Scenario(_) => {}
            }
        }
    }

    fn span(&self, expr: ExprId) -> Span {
        self.module.exprs[expr].span
    }

    fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }

    fn show(&self, ty: &Type) -> String {
        self.interfaces.show(ty)
    }

    fn step(&self, step: StepId) -> &'a crate::hir::Step {
        &self.module.steps[step]
    }

    fn person(&self) -> Type {
        self.interfaces.well_known.person.map_or(Type::Unknown, Type::Record)
    }

    fn team(&self) -> Type {
        self.interfaces.well_known.team.map_or(Type::Unknown, Type::Record)
    }

    fn severity(&self) -> Type {
        self.interfaces.well_known.severity.map_or(Type::Unknown, Type::Enum)
    }
}
