//! Names.

use std::sync::Arc;

use super::{Inference, narrow::Path};
use crate::{
    findings::{names as name_findings, suggest::nearest, types as findings},
    hir::{ExprId, ExprKind, Ident, LocalId, LocalKind, OnFailure},
    names::{BindingValue, Builtin, Def, ItemId, VariantId},
    types::{SignatureKind, Type},
};

impl Inference<'_> {
    pub(super) fn name(&mut self, expr: ExprId, name: &Arc<str>, expected: Option<&Type>) -> Type {
        let found = self.meant(expr);
        let def = self.variant_expected(found, name, expected).or(found);
        let Some(def) = def else {
            self.unknown_name(expr, name, expected);
            return Type::Unknown;
        };
        if found != Some(def) || self.names.exprs.get(expr) != Some(&def) {
            self.types.defs.set(expr, def);
        }
        let ty = self.def_type(expr, def);
        self.narrowed(expr, ty)
    }

    /// The resolved meaning of a name; if resolution took a variant in a pattern for a binding, the meaning of
    /// the name that it would shadow.
    fn meant(&self, expr: ExprId) -> Option<Def> {
        match self.names.exprs.get(expr).copied() {
            Some(Def::Local(local))
                if self.module.locals[local].kind == LocalKind::Pattern
                    && self.types.locals.get(local).is_none() =>
            {
                self.names.beyond.get(&expr).copied()
            }
            found => found,
        }
    }

    /// The variant with this name in the expected enum, unless the name is a value anyway.
    fn variant_expected(&self, found: Option<Def>, name: &str, expected: Option<&Type>) -> Option<Def> {
        let Some(Type::Enum(item)) = expected.map(Type::present) else { return None };
        let replaceable = match found {
            None | Some(Def::Module(_) | Def::Builtin(_)) => true,
            Some(Def::Variant(variant)) => variant.item != *item,
            Some(Def::Item(item)) => {
                !matches!(self.signature(item).map(|found| &found.kind), Some(SignatureKind::Let(_)))
            }
            Some(_) => false,
        };
        if !replaceable {
            return None;
        }
        self.variant(*item, name).map(Def::Variant)
    }

    /// The variant with this name.
    pub(super) fn variant(&self, item: ItemId, name: &str) -> Option<VariantId> {
        let found = self.interfaces.variants(item)?;
        let index = found.variants.iter().position(|variant| **variant == *name)?;
        Some(VariantId { item, index: index as u32 })
    }

    fn unknown_name(&mut self, expr: ExprId, name: &Arc<str>, expected: Option<&Type>) {
        let unresolved = self.names.unresolved.get(&expr);
        let ambiguous = unresolved.is_some_and(|found| found.code == name_findings::ambiguous_variant::CODE);
        if let Some(Type::Enum(item)) = expected.map(Type::present)
            && let (Some(found), Some(signature)) = (self.interfaces.variants(*item), self.signature(*item))
            && (ambiguous
                || nearest(name, found.variants.iter().map(|variant| &**variant)).is_some()
                || (unresolved.is_none() && !self.could_be_misspelled(name)))
        {
            let ident = Ident { text: name.clone(), span: self.span(expr) };
            let finding = name_findings::unknown_variant::report(&ident, &signature.name, &found.variants);
            self.report(finding);
            return;
        }
        self.unresolved(expr);
    }

    /// Whether a similar name exists in the playbook or module and may be meant.
    fn could_be_misspelled(&self, name: &str) -> bool {
        let locals = self.module.locals.iter().map(|(_, local)| &*local.name.text);
        let items = self.module.items.iter().map(|item| &*item.name.text);
        nearest(name, locals.chain(items)).is_some()
    }

    /// Reports a name that has no meaning here.
    pub(super) fn unresolved(&mut self, expr: ExprId) {
        match self.names.unresolved.get(&expr) {
            Some(finding) => self.report(finding.clone()),
            // Suggestions are computed later, from all modules.
            None => drop(self.types.unknown_names.insert(expr)),
        }
    }

    /// The type of a name's meaning, as declared.
    pub(super) fn def_type(&mut self, expr: ExprId, def: Def) -> Type {
        match def {
            Def::Local(local) => self.local_type(expr, local),
            Def::OfPlaybook(file, local) => self.foreign_type(file, local),
            Def::Item(item) => self.item_type(expr, item),
            Def::Variant(variant) => Type::Enum(variant.item),
            Def::Module(_) => {
                let finding = findings::not_a_value::report(&self.shown(expr), "module", self.span(expr));
                self.report(finding);
                Type::Unknown
            }
            Def::Builtin(Builtin::Run) => Type::Run,
            Def::Builtin(builtin) => {
                let finding = findings::not_a_value::callable(builtin.word(), "function", self.span(expr));
                self.report(finding);
                Type::Unknown
            }
            Def::Severity => self.severity(),
            Def::Milestone(milestone) => {
                let finding = findings::not_a_value::report(milestone.word(), "milestone", self.span(expr));
                self.report(finding);
                Type::Unknown
            }
            Def::It(step) => self.types.calls_of_steps.get(step).cloned().unwrap_or(Type::Unknown),
            Def::Error(_) => Type::Text,
            Def::Binding(BindingValue::Body) => Type::Json,
            Def::Binding(BindingValue::Status | BindingValue::ExitCode) => Type::Int,
            Def::Binding(BindingValue::Output) => self.output.clone(),
            Def::Argument(item, index) => self
                .signature(item)
                .and_then(|found| found.kind.callable()?.parameters.get(index as usize))
                .map_or(Type::Unknown, |parameter| parameter.ty.clone()),
            Def::Unknown => Type::Unknown,
        }
    }

    fn local_type(&mut self, expr: ExprId, local: LocalId) -> Type {
        if let Some((undone, ty)) = &self.undoing
            && *undone == local
        {
            return ty.clone();
        }
        if let Some(why) = self.valueless.get(&local) {
            let name = &self.module.locals[local].name;
            let finding = findings::no_value::named(name, *why, self.span(expr));
            self.report(finding);
            return Type::Unknown;
        }
        if let Some(guarded) = self.guarded.get(&local)
            && guarded.guards.iter().all(|guard| self.guards.contains(guard))
        {
            return guarded.inside.clone();
        }
        // Not known yet: a cycle, which the step graph reports.
        self.types.locals.get(local).cloned().unwrap_or(Type::Unknown)
    }

    fn item_type(&mut self, expr: ExprId, item: ItemId) -> Type {
        let Some(signature) = self.signature(item) else { return Type::Unknown };
        let word = match &signature.kind {
            SignatureKind::Let(ty) => return ty.clone(),
            SignatureKind::Record(_) => "record",
            SignatureKind::Enum(_) => "enum",
            SignatureKind::Alias(_) => "type",
            SignatureKind::Function(_) => "function",
            SignatureKind::Task(_) => "task",
            SignatureKind::Action(_) => "action",
            SignatureKind::Trigger(_) => "trigger",
            SignatureKind::Playbook => "playbook",
            SignatureKind::Scenario => "scenario",
        };
        let shown = self.shown(expr);
        let finding = match word {
            "record" | "function" | "task" | "action" => {
                findings::not_a_value::callable(&shown, word, self.span(expr))
            }
            _ => findings::not_a_value::report(&shown, word, self.span(expr)),
        };
        self.report(finding);
        match &signature.kind {
            // The event is known although the trigger isn't called.
            SignatureKind::Trigger(trigger) if self.head == Some(expr) => trigger.result.clone(),
            _ => Type::Unknown,
        }
    }

    /// A name with its fields, as written; other expressions have no short form.
    pub(super) fn shown(&self, expr: ExprId) -> String {
        let mut parts = Vec::new();
        let mut at = expr;
        loop {
            match &self.module.exprs[at].kind {
                ExprKind::Name(name) => {
                    parts.push(name.to_string());
                    break;
                }
                ExprKind::Field { receiver, name, .. } => {
                    parts.push(name.text.to_string());
                    at = *receiver;
                }
                _ => {
                    parts.push("…".to_owned());
                    break;
                }
            }
        }
        parts.reverse();
        parts.join(".")
    }

    /// The type of an expression, without `?` if it is known to have a value (rule T2).
    pub(super) fn narrowed(&self, expr: ExprId, ty: Type) -> Type {
        match &ty {
            Type::Optional(inner) => match self.path(expr) {
                Some(path) if self.is_present(&path) => (**inner).clone(),
                _ => ty,
            },
            _ => ty,
        }
    }

    /// The path of an expression, if it is one and can't change.
    pub(super) fn path(&self, expr: ExprId) -> Option<Path> {
        let mut fields = Vec::new();
        let mut at = expr;
        loop {
            let def = self.types.defs.get(at).copied().or_else(|| self.names.exprs.get(at).copied());
            match &self.module.exprs[at].kind {
                ExprKind::Name(_) | ExprKind::Field { .. } if def.is_some() => {
                    let root = match def? {
                        def @ (Def::Local(_)
                        | Def::OfPlaybook(..)
                        | Def::Item(_)
                        | Def::It(_)
                        | Def::Argument(..)) => def,
                        _ => return None,
                    };
                    fields.reverse();
                    return Some(Path { root, fields });
                }
                ExprKind::Field { receiver, name, .. } => {
                    if !matches!(self.types.members.get(at), Some(crate::types::Member::Field(..))) {
                        return None;
                    }
                    fields.push(name.text.clone());
                    at = *receiver;
                }
                _ => return None,
            }
        }
    }

    /// Why the value of a name may be missing, if a clause of the step causes it.
    pub(super) fn why_missing(&self, expr: ExprId) -> Option<findings::value_may_be_missing::Why> {
        use findings::value_may_be_missing::Why;
        let Some(Def::Local(local)) = self.names.exprs.get(expr) else { return None };
        let declared = &self.module.locals[*local];
        let LocalKind::Step(step) = declared.kind else { return None };
        if self.undoing.as_ref().is_some_and(|(undone, _)| undone == local) {
            return Some(Why::Undone);
        }
        let clauses = &self.step(step).clauses;
        let name = declared.name.text.clone();
        if let Some(when) = &clauses.when {
            return Some(Why::Conditional(name, when.span));
        }
        if let Some(approve) = &clauses.approve
            && let Some(skip) = approve.value.else_skip
        {
            return Some(Why::Skipped(name, skip));
        }
        if let Some(on_failure) = &clauses.on_failure
            && matches!(on_failure.value, OnFailure::Continue)
        {
            return Some(Why::Continues(name, on_failure.span));
        }
        Some(Why::Group(name, self.step(step).name.span))
    }
}
