//! Members: fields of records, members of a run, a cause or a Json, elements.

use super::{Inference, operator::is_always_there};
use crate::{
    findings::types as findings,
    hir::{Access, ExprId, Ident},
    names::Def,
    types::{CauseMember, Member, Receiver, RunMember, SignatureKind, Type, methods_of},
};

impl Inference<'_> {
    pub(super) fn field(
        &mut self,
        expr: ExprId,
        receiver: ExprId,
        name: &Ident,
        access: Access,
        expected: Option<&Type>,
    ) -> Type {
        if let Some(def) = self.names.exprs.get(expr).copied() {
            let ty = self.def_type(expr, def);
            return self.narrowed(expr, ty);
        }
        if self.is_namespace(receiver) {
            // Reported during name resolution.
            return Type::Unknown;
        }
        let _ = expected;
        let received = self.infer(receiver, None);
        let found = self.receive(receiver, &received, access, name);
        if found.is_unknown() || name.text.is_empty() {
            return Type::Unknown;
        }
        let Some((member, ty)) = self.member(&found, &name.text) else {
            self.unknown_member(&found, name);
            return Type::Unknown;
        };
        self.types.members.set(expr, member);
        let ty = if access == Access::IfPresent && received.is_optional() && ty != Type::Json {
            ty.optional()
        } else {
            ty
        };
        self.narrowed(expr, ty)
    }

    /// Whether an expression is a module or an enum, whose members are names.
    pub(super) fn is_namespace(&self, expr: ExprId) -> bool {
        match self.names.exprs.get(expr) {
            Some(Def::Module(_)) => true,
            Some(Def::Item(item)) => {
                matches!(self.signature(*item).map(|found| &found.kind), Some(SignatureKind::Enum(_)))
            }
            _ => false,
        }
    }

    /// The value that a member is taken from; reports if it may be missing.
    pub(super) fn receive(
        &mut self,
        receiver: ExprId,
        received: &Type,
        access: Access,
        name: &Ident,
    ) -> Type {
        if *received == Type::none() {
            let finding = findings::value_may_be_missing::none(name, self.span(receiver));
            self.report(finding);
            return Type::Unknown;
        }
        if received.is_optional() && access == Access::Plain {
            let finding = findings::value_may_be_missing::member(
                &self.shown(receiver),
                self.span(receiver),
                &name.text,
                self.why_missing(receiver),
            );
            self.report(finding);
        }
        if access == Access::IfPresent && *received != Type::Json && is_always_there(received) {
            let finding =
                findings::always_there::member(&self.shown(receiver), &name.text, self.span(receiver));
            self.report(finding);
        }
        received.present().clone()
    }

    fn member(&self, ty: &Type, name: &str) -> Option<(Member, Type)> {
        match ty {
            Type::Record(item) => {
                let fields = &self.interfaces.record(*item)?.parameters;
                let index = fields.iter().position(|field| *field.name == *name)?;
                Some((Member::Field(*item, index as u32), fields[index].ty.clone()))
            }
            Type::Run => {
                let member = RunMember::ALL.into_iter().find(|member| member.word() == name)?;
                Some((Member::Run(member), self.run_member(member)))
            }
            Type::Cause => {
                let member = CauseMember::ALL.into_iter().find(|member| member.word() == name)?;
                Some((Member::Cause(member), Type::Bool))
            }
            Type::Json => Some((Member::Json, Type::Json)),
            _ => None,
        }
    }

    fn run_member(&self, member: RunMember) -> Type {
        match member {
            RunMember::Id | RunMember::Url | RunMember::Status => Type::Text,
            RunMember::Elapsed => Type::Duration,
            RunMember::Now => Type::Time,
            RunMember::Starter => self.person(),
            RunMember::Suspects | RunMember::RuledOut | RunMember::OpenCauses => Type::list(Type::Text),
        }
    }

    /// All names that can follow the dot of a value.
    pub(super) fn member_names(&self, ty: &Type) -> Vec<String> {
        let mut names: Vec<String> = match ty {
            Type::Record(item) => self
                .interfaces
                .record(*item)
                .map(|record| record.parameters.iter().map(|field| field.name.to_string()).collect())
                .unwrap_or_default(),
            Type::Run => RunMember::ALL.iter().map(|member| member.word().to_owned()).collect(),
            Type::Cause => CauseMember::ALL.iter().map(|member| member.word().to_owned()).collect(),
            _ => Vec::new(),
        };
        if let Some(receiver) = receiver_kind(ty) {
            names.extend(methods_of(receiver).map(|method| format!("{}()", method.name)));
        }
        names
    }

    pub(super) fn unknown_member(&mut self, ty: &Type, name: &Ident) {
        let shown = self.show(ty);
        let is_method =
            receiver_kind(ty).is_some_and(|kind| crate::types::find_method(kind, &name.text).is_some());
        let finding = if is_method {
            findings::unknown_member::method_not_called(&shown, name)
        } else if let Type::List(element) = ty
            && self.member(element, &name.text).is_some()
        {
            findings::unknown_member::of_elements(&shown, name)
        } else if matches!(ty, Type::Map(_)) {
            findings::unknown_member::of_map(&shown, name)
        } else {
            let names = self.member_names(ty);
            findings::unknown_member::report(&shown, name, &names)
        };
        self.report(finding);
    }

    pub(super) fn index(&mut self, receiver: ExprId, index: ExprId) -> Type {
        let received = self.infer(receiver, None);
        if received.is_optional() {
            let finding = findings::value_may_be_missing::index(
                &self.shown(receiver),
                self.span(receiver),
                self.why_missing(receiver),
            );
            self.report(finding);
        }
        match received.present() {
            Type::List(element) => {
                let element = (**element).clone();
                self.expect(index, &Type::Int);
                element
            }
            Type::Map(value) => {
                let value = (**value).clone();
                self.expect(index, &Type::Text);
                value
            }
            Type::Json => {
                let by = self.infer(index, None);
                if !self.interfaces.fits(&by, &Type::Text) && !self.interfaces.fits(&by, &Type::Int) {
                    let finding = self.mismatch(index, &by, &Type::Text);
                    self.report(finding);
                }
                Type::Json
            }
            Type::Unknown => {
                self.visit(index);
                Type::Unknown
            }
            other => {
                let finding = findings::unknown_member::no_elements(&self.show(other), self.span(receiver));
                self.report(finding);
                self.visit(index);
                Type::Unknown
            }
        }
    }
}

/// The methods that a value of the type has.
pub(super) fn receiver_kind(ty: &Type) -> Option<Receiver> {
    Some(match ty {
        Type::List(_) => Receiver::List,
        Type::Map(_) => Receiver::Map,
        Type::Text | Type::Public => Receiver::Text,
        Type::Bool => Receiver::Bool,
        Type::Int => Receiver::Int,
        Type::Float => Receiver::Float,
        Type::Percent => Receiver::Percent,
        Type::Duration => Receiver::Duration,
        Type::Size => Receiver::Size,
        Type::Time => Receiver::Time,
        Type::Json => Receiver::Json,
        Type::Enum(_) => Receiver::Enum,
        _ => return None,
    })
}
