//! Actions: their contract, bindings and simulation.

use super::{Inference, Secrets, body::Heads};
use crate::{
    findings::{names as name_findings, types as findings},
    hir::{Action, Binding, BindingEntry, BindingKind, ExprId, ExprKind, Item, Simulate, Takes},
    types::Type,
};

impl<'a> Inference<'a> {
    pub(super) fn action(&mut self, action: &'a Action, item: &'a Item, result: &Type) {
        let contract = &action.contract;
        self.expect_optional(contract.timeout, &Type::Duration);
        if let Some(undo) = &contract.undo {
            self.undo(undo);
        }
        self.expect_optional(contract.irreversible, &Type::Text);
        self.expect_optional(contract.deprecated, &Type::Text);
        if let Some(narrows) = action.narrows {
            let ty = self.call_at_head(narrows, Some(result), Heads::Narrowing);
            if *result != Type::Unit && !self.fits(&ty, result) {
                let finding = self.mismatch(narrows, &ty, result);
                self.report(finding);
            }
        }
        action.bindings.iter().for_each(|binding| self.binding(binding, item, action, result));
        if let Some(simulate) = &action.simulate {
            self.simulate(simulate, item, action, result);
        }
    }

    fn binding(&mut self, binding: &'a Binding, item: &'a Item, action: &'a Action, result: &Type) {
        match &binding.kind {
            BindingKind::Http { url, .. } => drop(self.expect(*url, &Type::Text)),
            BindingKind::Command { arguments } => {
                self.expect(*arguments, &Type::list(Type::Text));
            }
            BindingKind::Container { image } => drop(self.expect(*image, &Type::Text)),
        }
        self.expect_optional(binding.runner, &Type::Text);
        let json = binding
            .entries
            .iter()
            .any(|entry| matches!(entry, BindingEntry::Output(format) if &*format.text == "json"));
        self.output = if json { Type::Json } else { Type::Text };
        let mut returned = false;
        for entry in &binding.entries {
            match entry {
                BindingEntry::Auth { values, .. } => self.auth(values),
                BindingEntry::Data { kind, value } => self.data(&kind.text, *value),
                BindingEntry::Output(_) => {}
                BindingEntry::Expect { condition, otherwise } => {
                    self.expect(*condition, &Type::Bool);
                    self.expect_optional(*otherwise, &Type::Text);
                }
                BindingEntry::Let(local, value) => {
                    let ty = self.infer(*value, None);
                    self.types.locals.set(*local, ty);
                }
                BindingEntry::Return(value) => {
                    returned = true;
                    self.returned(*value, item, result);
                }
            }
        }
        self.output = Type::Unknown;
        if let (false, Some(ty)) = (returned, &action.result) {
            self.report(name_findings::missing_return::binding(&item.name, ty.span));
        }
    }

    fn returned(&mut self, value: ExprId, item: &Item, result: &Type) {
        match result {
            Type::Unit => {
                self.visit(value);
                let finding = name_findings::missing_return::no_action_type(&item.name, self.span(value));
                self.report(finding);
            }
            result => drop(self.expect(value, result)),
        }
    }

    fn auth(&mut self, values: &[ExprId]) {
        let Some((secret, named)) = values.split_last() else { return };
        // The user name, or the name of the header.
        for name in named {
            self.expect(*name, &Type::Text);
        }
        self.expect(*secret, &Type::Secret);
    }

    fn data(&mut self, kind: &str, value: ExprId) {
        match kind {
            "json" => self.sent(value, Secrets::Sent),
            "form" | "headers" | "env" => self.sent_map(value, Secrets::Sent),
            // URLs appear in the logs of all servers on the way.
            "query" => self.sent_map(value, Secrets::Refused),
            "args" => drop(self.expect(value, &Type::list(Type::Text))),
            "stdin" => {
                let ty = self.infer(value, Some(&Type::Text));
                if ty != Type::Secret && !self.fits(&ty, &Type::Text) {
                    let finding = self.mismatch(value, &ty, &Type::Text);
                    self.report(finding);
                }
            }
            _ => drop(self.expect(value, &Type::Text)),
        }
    }

    /// A Json document to send: whatever Json allows, and secrets.
    fn sent(&mut self, value: ExprId, secrets: Secrets) {
        self.secrets = secrets;
        self.json_part(value);
        self.secrets = Secrets::Refused;
    }

    /// Names with values to send: texts, numbers, and secrets.
    fn sent_map(&mut self, value: ExprId, secrets: Secrets) {
        self.secrets = secrets;
        if let ExprKind::Map(entries) = &self.module.exprs[value].kind {
            for (_, value) in entries {
                let ty = self.infer(*value, None);
                if !self.is_sent_value(&ty) {
                    let finding = match &ty {
                        Type::Unit => findings::no_value::call(self.span(*value)),
                        ty if self.interfaces.holds_secret(ty) => {
                            findings::secret_leak::passed(self.span(*value), "Text")
                        }
                        ty => self.mismatch(*value, &ty.clone(), &Type::Text),
                    };
                    self.report(finding);
                }
            }
            self.types.exprs.set(value, Type::map(Type::Json));
        } else {
            let ty = self.infer(value, Some(&Type::map(Type::Text)));
            let fits = match &ty {
                Type::Map(inner) => self.is_sent_value(inner),
                ty => ty.is_unknown(),
            };
            if !fits {
                let finding = self.mismatch(value, &ty, &Type::map(Type::Text));
                self.report(finding);
            }
        }
        self.secrets = Secrets::Refused;
    }

    fn is_sent_value(&self, ty: &Type) -> bool {
        match ty {
            Type::Secret => self.secrets == Secrets::Sent,
            Type::Text
            | Type::Public
            | Type::Int
            | Type::Float
            | Type::Bool
            | Type::Unknown
            | Type::Never => true,
            // Missing values are left out.
            Type::Optional(inner) => self.is_sent_value(inner),
            _ => false,
        }
    }

    fn simulate(&mut self, simulate: &'a Simulate, item: &'a Item, action: &'a Action, result: &Type) {
        for (local, value) in &simulate.lets {
            let ty = self.infer(*value, None);
            self.types.locals.set(*local, ty);
        }
        match simulate.returns {
            Some(value) => self.returned(value, item, result),
            None => {
                if let Some(ty) = &action.result {
                    self.report(name_findings::missing_return::simulation(&item.name, ty.span));
                }
            }
        }
        match &simulate.takes {
            None => {}
            Some(Takes::Exactly(at) | Takes::Mean(at)) => drop(self.expect(*at, &Type::Duration)),
            Some(Takes::Between(from, to) | Takes::Percentiles { p50: from, p95: to }) => {
                self.expect(*from, &Type::Duration);
                self.expect(*to, &Type::Duration);
            }
        }
        if let Some((rate, text)) = simulate.fails {
            self.expect(rate, &Type::Percent);
            self.expect_optional(text, &Type::Text);
        }
    }
}
