//! Scenarios: `given` and `expect` have the types of what they refer to.

use std::sync::Arc;

use super::{Foreign, Inference, literal::LeftOut};
use crate::{
    diagnostic::Diagnostic,
    findings::types as findings,
    hir::{
        ArgumentTest, BinaryOp, Expect, ExpectArgument, ExpectKind, ExprId, ExprKind, Given, GivenKind,
        GivenOutcome, HowOften, Ident, ItemKind, LocalId, LocalKind, Module, Path, Scenario,
    },
    names::{ItemId, Names, STARTER, Target, path_span},
    source::FileId,
    types::{Callee, Interfaces, Type, Types},
};

/// Adds the types of a module's scenarios to those of its other items.
pub fn infer_scenarios(
    module: &Module,
    names: &Names,
    interfaces: &Interfaces,
    foreign: &dyn Foreign,
    types: &mut Types,
) -> Vec<Diagnostic> {
    let mut inference = Inference::new(module, names, interfaces);
    inference.foreign = Some(foreign);
    inference.types = std::mem::take(types);
    for (index, item) in module.items.iter().enumerate() {
        if let ItemKind::Scenario(scenario) = &item.kind {
            inference.facts.clear();
            inference.scenario(scenario, names.scenarios.get(&(index as u32)).copied());
        }
    }
    *types = inference.types;
    inference.diagnostics
}

impl<'a> Inference<'a> {
    fn scenario(&mut self, scenario: &'a Scenario, playbook: Option<ItemId>) {
        for (local, value) in &scenario.lets {
            let ty = self.infer(*value, None);
            self.types.locals.set(*local, ty);
        }
        scenario.givens.iter().for_each(|given| self.given(given, playbook));
        scenario.expects.iter().for_each(|expect| self.expectation(expect));
    }

    /// The type of a playbook's name, as others see it.
    pub(super) fn foreign_type(&self, file: FileId, local: LocalId) -> Type {
        if file == self.module.file {
            return self.types.of_local(local).clone();
        }
        let types = self.foreign.and_then(|foreign| foreign.types(file));
        types.map_or(Type::Unknown, |types| types.of_local(local).clone())
    }

    fn given(&mut self, given: &'a Given, playbook: Option<ItemId>) {
        match &given.kind {
            GivenKind::Missing => {}
            GivenKind::Start(at) => drop(self.expect(*at, &Type::Time)),
            GivenKind::Value(name, value) => {
                let ty = playbook.map(|playbook| self.header_type(playbook, &name.text));
                let ty = match ty {
                    Some(None) if *name.text == *STARTER => self.person(),
                    ty => ty.flatten().unwrap_or(Type::Unknown),
                };
                let sampled = playbook.is_some_and(|playbook| self.has_sample(playbook, &name.text));
                let left_out = if sampled { LeftOut::Sampled } else { LeftOut::Reported };
                self.given_value(*value, &ty, left_out);
            }
            GivenKind::File(_, path) => drop(self.expect(*path, &Type::Text)),
            GivenKind::Down { window, .. } => {
                for at in window.iter().flat_map(|(from, to)| [*from, *to]) {
                    self.expect(at, &Type::Duration);
                }
            }
            GivenKind::Outcome { target, outcome, when, taking } => {
                match outcome {
                    None => {}
                    Some(GivenOutcome::Returns(values)) => {
                        let ty = self.target_type(target);
                        for value in values {
                            self.returned_by(target, *value, &ty);
                        }
                    }
                    Some(GivenOutcome::Fails { text, how_often }) => {
                        self.expect_optional(*text, &Type::Text);
                        match how_often {
                            HowOften::Always | HowOften::Once => {}
                            HowOften::Times(times) => drop(self.expect(*times, &Type::Int)),
                            HowOften::Rate(rate) => drop(self.expect(*rate, &Type::Percent)),
                        }
                    }
                }
                self.expect_optional(*when, &Type::Bool);
                self.expect_optional(*taking, &Type::Duration);
            }
            GivenKind::Answer { people, step, answer, after } => {
                self.people(people);
                let ty = self.target_type(step);
                self.returned_by(step, *answer, &ty);
                self.expect_optional(*after, &Type::Duration);
            }
            GivenKind::Approval { people, after, .. } => {
                self.people(people);
                self.expect_optional(*after, &Type::Duration);
            }
        }
    }

    fn people(&mut self, people: &[ExprId]) {
        for person in people {
            self.expect(*person, &Type::People);
        }
    }

    fn returned_by(&mut self, target: &[Ident], value: ExprId, ty: &Type) {
        if *ty == Type::Unit {
            // Whatever the value is, it is one too many: report nothing else.
            let (known, before) = (self.types.unknown_names.clone(), self.diagnostics.len());
            self.visit(value);
            self.types.unknown_names = known;
            self.diagnostics.truncate(before);
            let name = target.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".");
            self.report(findings::no_value::given(&name, self.span(value)));
        } else {
            self.given_value(value, ty, LeftOut::Reported);
        }
    }

    /// A value of which only what matters is written: `{ field: value }` for a record.
    fn given_value(&mut self, value: ExprId, ty: &Type, left_out: LeftOut) {
        match (&self.module.exprs[value].kind, ty.present()) {
            (ExprKind::Map(entries), Type::Record(item)) => {
                self.record_literal(value, entries, *item, left_out);
            }
            _ => drop(self.expect(value, ty)),
        }
    }

    /// Whether the event of this name comes from a trigger with a sample, which has what a scenario leaves out.
    fn has_sample(&self, playbook: ItemId, name: &str) -> bool {
        let hir = |file: FileId| self.foreign.and_then(|foreign| foreign.hir(file));
        let callee = |module: &Module, types: &Types| {
            let ItemKind::Playbook(playbook) = &module.items.get(playbook.index as usize)?.kind else {
                return None;
            };
            let is_it = |alias: LocalId| *module.locals[alias].name.text == *name;
            let on = playbook.triggers.iter().find(|on| on.alias.is_some_and(is_it))?;
            match types.calls.get(on.trigger)?.callee {
                Callee::Trigger(item) => Some(item),
                _ => None,
            }
        };
        let trigger = if playbook.file == self.module.file {
            callee(self.module, &self.types)
        } else {
            let types = self.foreign.and_then(|foreign| foreign.types(playbook.file));
            hir(playbook.file).zip(types).and_then(|(module, types)| callee(&module, &types))
        };
        let Some(trigger) = trigger else { return false };
        let sampled = |module: &Module| match module.items.get(trigger.index as usize).map(|item| &item.kind)
        {
            Some(ItemKind::Trigger(trigger)) => trigger.sample.is_some(),
            _ => false,
        };
        match trigger.file == self.module.file {
            true => sampled(self.module),
            false => hir(trigger.file).is_some_and(|module| sampled(&module)),
        }
    }

    /// The type of an input or event of the playbook; `None` if it has none with that name.
    fn header_type(&self, playbook: ItemId, name: &str) -> Option<Type> {
        let find = |module: &Module| {
            let found = module.locals.iter().find(|(_, local)| {
                local.item == playbook.index
                    && matches!(local.kind, LocalKind::Input | LocalKind::Trigger)
                    && *local.name.text == *name
            });
            found.map(|(id, _)| id)
        };
        let local = if playbook.file == self.module.file {
            find(self.module)
        } else {
            self.foreign.and_then(|foreign| foreign.hir(playbook.file)).and_then(|module| find(&module))
        };
        local.map(|local| self.foreign_type(playbook.file, local).present().clone())
    }

    /// The type of the result of a step's or action's call.
    fn target_type(&self, path: &Path) -> Type {
        match self.names.target(path) {
            Some(Target::Step(steps)) => {
                let Some(last) = steps.last() else { return Type::Unknown };
                if last.file == self.module.file {
                    return self.types.of_call(last.step).clone();
                }
                let types: Option<Arc<Types>> = self.foreign.and_then(|foreign| foreign.types(last.file));
                types.map_or(Type::Unknown, |types| types.of_call(last.step).clone())
            }
            Some(Target::Item(item)) => self.callable_result(*item),
            Some(Target::Module(_) | Target::Value(..)) | None => Type::Unknown,
        }
    }

    fn expectation(&mut self, expect: &'a Expect) {
        match &expect.kind {
            ExpectKind::Missing | ExpectKind::Snapshot => {}
            ExpectKind::Outcome { within, .. } | ExpectKind::Ended { within, .. } => {
                self.expect_optional(*within, &Type::Duration);
            }
            ExpectKind::Ran { times, within, .. } => {
                self.expect_optional(*times, &Type::Int);
                self.expect_optional(*within, &Type::Duration);
            }
            ExpectKind::Called { target, times, with } => {
                self.expect_optional(*times, &Type::Int);
                if let Some(with) = with {
                    self.argument_test(target, with);
                }
            }
            ExpectKind::Told { people, within, .. } => {
                self.told(people);
                self.expect_optional(*within, &Type::Duration);
            }
            ExpectKind::Value(value) => drop(self.expect(*value, &Type::Bool)),
        }
    }

    fn argument_test(&mut self, target: &Path, with: &ExpectArgument) {
        let parameter = self.parameter_type(target, &with.name.text);
        match with.test {
            ArgumentTest::Containing => {
                let wanted = match parameter.present() {
                    Type::List(element) => (**element).clone(),
                    Type::Text | Type::Public | Type::Map(_) => Type::Text,
                    Type::Unknown => Type::Unknown,
                    other => {
                        let finding =
                            findings::not_comparable::no_container(&self.show(other), with.name.span);
                        self.report(finding);
                        Type::Unknown
                    }
                };
                self.expect(with.value, &wanted);
            }
            ArgumentTest::Compare(operator) => {
                let wanted = parameter.present().clone().optional();
                let ty = self.infer(with.value, Some(&wanted));
                let ordered = matches!(operator, BinaryOp::Equal | BinaryOp::NotEqual)
                    || self.interfaces.is_ordered(parameter.present());
                if self.interfaces.holds_secret(&parameter) {
                    let finding = findings::secret_leak::compared(&with.name.text, with.name.span);
                    self.report(finding);
                } else if !self.interfaces.comparable(&parameter, &ty) {
                    let finding = self.mismatch(with.value, &ty, parameter.present());
                    self.report(finding);
                } else if !ordered {
                    let finding = findings::not_comparable::unordered(&self.show(&parameter), with.name.span);
                    self.report(finding);
                }
            }
        }
    }

    fn parameter_type(&self, target: &Path, name: &str) -> Type {
        let item = match self.names.target(target) {
            Some(Target::Item(item)) => *item,
            Some(Target::Step(steps)) => match steps.last().and_then(|last| self.callee_of(*last)) {
                Some(item) => item,
                None => return Type::Unknown,
            },
            _ => return Type::Unknown,
        };
        let callable = self.signature(item).and_then(|signature| signature.kind.callable());
        let found = callable
            .and_then(|callable| callable.parameters.iter().find(|parameter| *parameter.name == *name));
        found.map_or(Type::Unknown, |parameter| parameter.ty.clone())
    }

    fn callee_of(&self, step: crate::names::StepRef) -> Option<ItemId> {
        use crate::types::Callee;
        let callee = |module: &Module, types: &Types| {
            let call = types.calls.get(module.steps[step.step].call)?;
            match call.callee {
                Callee::Action(item) | Callee::Task(item) => Some(item),
                _ => None,
            }
        };
        if step.file == self.module.file {
            return callee(self.module, &self.types);
        }
        let foreign = self.foreign?;
        callee(&*foreign.hir(step.file)?, &*foreign.types(step.file)?)
    }

    /// The recipient: a person, a list of persons or a team.
    fn told(&mut self, path: &Path) {
        let Some(Target::Value(item, fields)) = self.names.target(path).cloned() else { return };
        let Some(span) = path_span(path) else { return };
        let mut ty = match self.signature(item).map(|signature| &signature.kind) {
            Some(crate::types::SignatureKind::Let(ty)) => ty.clone(),
            Some(_) => {
                let name = path.first().map(|first| first.text.to_string()).unwrap_or_default();
                self.report(findings::type_mismatch::no_people(&name, span));
                return;
            }
            None => return,
        };
        for (index, field) in fields.iter().enumerate() {
            if field.is_empty() || ty.is_unknown() {
                return;
            }
            let ident = &path[path.len() - fields.len() + index];
            let found = match ty.present() {
                Type::Record(item) => self.interfaces.record(*item).and_then(|record| {
                    record.parameters.iter().find(|known| known.name == *field).map(|known| known.ty.clone())
                }),
                _ => None,
            };
            match found {
                Some(found) => ty = found,
                None => {
                    let owner = ty.present().clone();
                    self.unknown_member(&owner, ident);
                    return;
                }
            }
        }
        if !self.interfaces.is_people(ty.present()) {
            let shown = self.show(&ty);
            self.report(findings::type_mismatch::report(&shown, "People", span));
        }
    }
}
