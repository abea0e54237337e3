//! Names in expressions.

use std::{collections::HashMap, sync::Arc};

use super::{
    Builtin, Def, ItemId, Milestone, ModuleDef, Visibility,
    resolve::{Resolver, RunPlace},
    suggest::{Wanted, importable},
};
use crate::{
    diagnostic::Diagnostic,
    findings::{foreign, names as findings},
    hir::{ExprId, ExprKind, Ident, Literal, LocalId, LocalKind, Pattern, PatternKind, TextPart},
    source::{FileId, Span},
};

/// After this many unknown names in a module, no more suggestions are computed.
const SUGGESTIONS: u32 = 100;

impl Resolver<'_> {
    pub(super) fn expr(&mut self, expr: ExprId) {
        let module = self.module;
        match &module.exprs[expr].kind {
            ExprKind::Literal(Literal::Text(text)) => self.uninterpolated(text, module.exprs[expr].span),
            ExprKind::Missing | ExprKind::Literal(_) => {}
            ExprKind::Text(parts) => {
                for part in parts {
                    match part {
                        TextPart::Value(value) => self.expr(*value),
                        TextPart::Literal(text) => self.uninterpolated(text, module.exprs[expr].span),
                    }
                }
            }
            ExprKind::Name(name) => self.name(expr, name, module.exprs[expr].span),
            ExprKind::Field { receiver, name, .. } => self.field(expr, *receiver, name),
            ExprKind::Index { receiver, index } => {
                self.expr(*receiver);
                self.expr(*index);
            }
            ExprKind::Call { callee, arguments } => {
                self.expr(*callee);
                arguments.iter().for_each(|argument| self.expr(argument.value));
            }
            ExprKind::Cast { value, to } => {
                self.expr(*value);
                self.type_expr(to);
            }
            ExprKind::Unary(_, operand) => self.expr(*operand),
            ExprKind::Binary(_, left, right) => {
                self.expr(*left);
                self.expr(*right);
            }
            ExprKind::List(elements) => elements.iter().for_each(|element| self.expr(*element)),
            ExprKind::Map(entries) => {
                let mut seen: HashMap<&str, Span> = HashMap::new();
                for (key, value) in entries {
                    if let Some(first) = seen.insert(&key.text, key.span).filter(|_| !key.text.is_empty()) {
                        self.diagnostics.push(findings::duplicate_field::report("key", key, first));
                    }
                    self.expr(*value);
                }
            }
            ExprKind::Lambda { parameters, body } => {
                self.frames.push(HashMap::new());
                parameters.iter().for_each(|parameter| self.declare_inner(*parameter));
                self.expr(*body);
                self.frames.pop();
            }
            ExprKind::If { branches, otherwise } => {
                for (condition, value) in branches {
                    self.expr(*condition);
                    self.expr(*value);
                }
                self.expr(*otherwise);
            }
            ExprKind::Match { subject, arms } => {
                self.expr(*subject);
                for arm in arms {
                    self.frames.push(HashMap::new());
                    arm.patterns.iter().for_each(|pattern| self.pattern(pattern));
                    self.expr(arm.body);
                    self.frames.pop();
                }
            }
        }
    }

    /// A single name is a variant or a binding, which depends on the type of the subject. A path is resolved
    /// here.
    fn pattern(&mut self, pattern: &Pattern) {
        let PatternKind::Name { path, binding } = &pattern.kind else { return };
        if path.len() > 1 {
            if let Some(variant) = self.variant_path(path) {
                self.names.patterns.insert(pattern.span, variant);
            }
        } else if let Some(binding) = binding {
            self.declare_inner(*binding);
        }
    }

    /// `Severity.critical`, `incident.Severity.critical`.
    fn variant_path(&mut self, path: &[Ident]) -> Option<super::VariantId> {
        let (variant, owner) = path.split_last()?;
        let item = match owner {
            [name] => match self.scope.find(&name.text) {
                Some(ModuleDef::Item(item)) => item,
                Some(ModuleDef::Unknown) => return None,
                Some(ModuleDef::Module(_)) | None => {
                    self.unknown_owner(name);
                    return None;
                }
            },
            [module, name] => match self.scope.find(&module.text) {
                Some(ModuleDef::Module(file)) => self.member_of_module(&module.text, file, name)?,
                Some(ModuleDef::Unknown) => return None,
                Some(ModuleDef::Item(_)) | None => {
                    self.unknown_owner(module);
                    return None;
                }
            },
            _ => {
                self.unknown_owner(path.first()?);
                return None;
            }
        };
        self.variant(item, variant)
    }

    fn unknown_owner(&mut self, name: &Ident) {
        if !name.text.is_empty() {
            let report = self.unknown(&name.text, name.span);
            self.diagnostics.push(report);
        }
    }

    /// The variant of an enum; reports if the item has no variant with this name.
    fn variant(&mut self, item: ItemId, name: &Ident) -> Option<super::VariantId> {
        if name.text.is_empty() {
            return None;
        }
        let found = self.scope.variant_of(item, &name.text);
        if found.is_none() {
            let report = self.scope.with_export(item, |export| match &export.kind {
                super::ExportKind::Enum(variants) => {
                    findings::unknown_variant::report(name, &export.name, variants)
                }
                kind => findings::unknown_variant::not_an_enum(name, &export.name, kind.word()),
            });
            self.diagnostics.extend(report);
        }
        found
    }

    fn member_of_module(&mut self, module: &str, file: FileId, name: &Ident) -> Option<ItemId> {
        if name.text.is_empty() {
            return None;
        }
        let exports = self.scope.modules.exports(file)?;
        let Some((item, export)) = exports.find(&name.text) else {
            if exports.is_lost(&name.text) {
                return None;
            }
            let names = exports.public().map(|(_, export)| &*export.name);
            self.diagnostics.push(findings::unknown_item::report(module, name, names));
            return None;
        };
        if export.visibility == Visibility::Private {
            let path = self.scope.modules.path(file);
            self.diagnostics.push(findings::private_item::report(&name.text, name.span, export, &path));
        }
        Some(item)
    }

    fn field(&mut self, expr: ExprId, receiver: ExprId, name: &Ident) {
        self.expr(receiver);
        match self.names.exprs.get(receiver).copied() {
            Some(Def::Module(file)) => {
                let module = match &self.module.exprs[receiver].kind {
                    ExprKind::Name(name) => name.clone(),
                    _ => self.scope.modules.path(file).into(),
                };
                if let Some(item) = self.member_of_module(&module, file, name) {
                    self.set(expr, Def::Item(item));
                }
            }
            Some(Def::Item(item)) => {
                let is_enum =
                    self.scope.with_export(item, |export| matches!(export.kind, super::ExportKind::Enum(_)));
                if is_enum == Some(true)
                    && let Some(variant) = self.variant(item, name)
                {
                    self.set(expr, Def::Variant(variant));
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, expr: ExprId, name: &Arc<str>, span: Span) {
        if name.is_empty() {
            return;
        }
        // A name in a pattern may turn out to be a variant, which binds nothing; then it refers to the name that
        // it would shadow.
        let (mut skip, mut pattern_local) = (0, None);
        while let Some((local, depth)) = self.find_beyond(name, skip) {
            if self.module.locals[local].kind != LocalKind::Pattern {
                self.set_behind(expr, Def::Local(local), pattern_local);
                return;
            }
            if pattern_local.is_none() {
                self.set(expr, Def::Local(local));
            }
            (skip, pattern_local) = (depth + 1, Some(local));
        }
        match self.outer(name) {
            Some(def) => {
                if let (Def::Severity, Some(playbook)) = (def, &self.place.without_severity) {
                    self.diagnostics.push(findings::no_severity::report(span, playbook));
                }
                self.set_behind(expr, def, pattern_local);
            }
            None => {
                let report = match self.scope.variants(name) {
                    [] => self.misplaced(name, span),
                    variants => Some(self.ambiguous(name, span, variants)),
                };
                match report {
                    Some(report) => drop(self.names.unresolved.insert(expr, report)),
                    None if self.unknown.is_some_and(|unknown| unknown.contains(&expr)) => {
                        let report = self.unknown(name, span);
                        self.explained.push(match self.place.owner {
                            Some(owner) if owner == expr => findings::unknown_name::of_owner(report, name),
                            _ => report,
                        });
                    }
                    None => {}
                }
            }
        }
    }

    /// The meaning of a name, ignoring the pattern that might shadow it.
    fn set_behind(&mut self, expr: ExprId, def: Def, pattern: Option<LocalId>) {
        match pattern {
            Some(_) => drop(self.names.beyond.insert(expr, def)),
            None => self.set(expr, def),
        }
    }

    /// The local name found after skipping `skip` frames, from the inside out, and its frame.
    fn find_beyond(&self, name: &str, skip: usize) -> Option<(LocalId, usize)> {
        let frames = self.frames.iter().rev().enumerate().skip(skip);
        frames.filter_map(|(depth, frame)| Some((*frame.get(name)?, depth))).next()
    }

    /// What a name that isn't local means.
    fn outer(&mut self, name: &str) -> Option<Def> {
        if let Some(def) = self.place_def(name).or_else(|| self.place.scenario.find(name)) {
            return Some(def);
        }
        match self.scope.find(name) {
            Some(ModuleDef::Item(item)) => return Some(Def::Item(item)),
            Some(ModuleDef::Module(file)) => return Some(Def::Module(file)),
            Some(ModuleDef::Unknown) => return Some(Def::Unknown),
            None => {}
        }
        if let Some(builtin) = Self::builtin(name)
            && (builtin != Builtin::Run || self.place.run != RunPlace::Nowhere)
        {
            return Some(Def::Builtin(builtin));
        }
        match self.scope.variants(name) {
            [variant] => Some(Def::Variant(*variant)),
            _ => None,
        }
    }

    /// The meaning of a name that depends on where it is used.
    fn place_def(&self, name: &str) -> Option<Def> {
        let place = &self.place;
        match name {
            "it" => {
                if let Some(step) = place.it {
                    return Some(Def::It(step));
                }
            }
            "error" => {
                if let Some(step) = place.error {
                    return Some(Def::Error(step));
                }
            }
            "severity" if matches!(place.run, RunPlace::Playbook | RunPlace::After) => {
                return Some(Def::Severity);
            }
            _ => {}
        }
        if place.run == RunPlace::After
            && let Some(milestone) = Milestone::ALL.into_iter().find(|milestone| milestone.word() == name)
        {
            return Some(Def::Milestone(milestone));
        }
        place.binding.iter().find(|value| value.word() == name).map(|value| Def::Binding(*value))
    }

    fn ambiguous(&self, name: &str, span: Span, variants: &[super::VariantId]) -> Diagnostic {
        let enums: Vec<Arc<str>> = variants
            .iter()
            .filter_map(|variant| self.scope.with_export(variant.item, |export| export.name.clone()))
            .collect();
        findings::ambiguous_variant::report(name, span, &enums)
    }

    /// The finding for a name that has no meaning here.
    pub(super) fn unknown(&mut self, name: &str, span: Span) -> Diagnostic {
        if let Some(special) = self.misplaced(name, span) {
            return special;
        }
        if let Some(advice) = foreign::value(name, true) {
            return findings::unknown_name::foreign(name, span, &advice);
        }
        self.unknown_names += 1;
        if self.unknown_names > SUGGESTIONS {
            return findings::unknown_name::report(name, span, &[], None);
        }
        let mut candidates: Vec<&str> =
            self.frames.iter().flat_map(|frame| frame.keys()).map(|n| &**n).collect();
        candidates.extend(self.scope.all_names());
        candidates.extend(Builtin::ALL.iter().map(|builtin| builtin.word()));
        candidates.extend(self.place.binding.iter().map(|value| value.word()));
        candidates.extend(self.place.scenario.names());
        if matches!(self.place.run, RunPlace::Playbook | RunPlace::After) {
            candidates.push("severity");
        }
        if self.place.run == RunPlace::After {
            candidates.extend(Milestone::ALL.iter().map(|milestone| milestone.word()));
        }
        candidates.sort_unstable();
        candidates.dedup();
        let import = importable(self.scope, name, Wanted::Value);
        if let (None, Some(advice)) = (&import, foreign::value(name, false)) {
            return findings::unknown_name::foreign(name, span, &advice);
        }
        findings::unknown_name::report(name, span, &candidates, import.as_ref())
    }

    /// The finding for a name that has a meaning only elsewhere.
    fn misplaced(&self, name: &str, span: Span) -> Option<Diagnostic> {
        if let Some(hidden) = self.place.hidden.as_ref().and_then(|hidden| hidden.get(name)) {
            return Some(findings::unknown_name::hidden(name, span, hidden.span, &hidden.owner));
        }
        let place = match name {
            "it" => "`it` is the latest value of a step, available in its `repeat ... until`",
            "error" => "`error` is the reason of a failure, available in `on failure`",
            "run" => {
                "`run` is available in playbooks, tasks and actions; pass functions the values that they need"
            }
            "severity" => "`severity` is available in playbooks and their scenarios",
            "body" | "status" => {
                "`body` and `status` are available in `expect` and `return` of an `http` binding"
            }
            "output" | "exit_code" => {
                "`output` and `exit_code` are available in `expect` and `return` of a `command` or `container`"
            }
            _ if Milestone::ALL.iter().any(|milestone| milestone.word() == name) => {
                "milestones are available in the `after` of a playbook's steps"
            }
            _ => return None,
        };
        Some(findings::unknown_name::misplaced(name, span, place))
    }
}
