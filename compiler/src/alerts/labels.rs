//! The labels that alerts can have, and where playbooks read them.

use std::{collections::BTreeMap, sync::Arc};

use super::{Alerts, Answer};
use crate::{
    check::{Checked, CheckedModule},
    graph::{Constant, Meaning, evaluate},
    hir::{ExprId, ExprKind, GivenKind, ItemKind, LocalId},
    names::Def,
    source::{FileId, Span},
    types::{Callee, Type},
};

/// The field of an alert's record that holds its labels, as Alertmanager calls it.
pub const LABELS: &str = "labels";

/// A label that some alerts can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertLabel {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub origin: LabelOrigin,
}

/// Where a label comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelOrigin {
    /// Each alert has it: its name.
    Name,
    /// The rule sets it, to one of these; they may be templates.
    Rule(Vec<String>),
    /// The expression of the rule keeps it from its series.
    Series,
    /// Nothing but the texts of the rule speaks of it.
    Texts,
    /// It is added behind the rules: `quell.toml` says so, or the rules are for an operator that does it.
    Added,
}

impl LabelOrigin {
    /// The same in words, to stand behind the label's name.
    pub fn words(&self) -> String {
        match self {
            LabelOrigin::Name => "the name of the rule".to_owned(),
            LabelOrigin::Rule(values) => format!("set by the rule: {}", values.join(", ")),
            LabelOrigin::Series => "kept by the expression of the rule".to_owned(),
            LabelOrigin::Texts => "named in the texts of the rule".to_owned(),
            LabelOrigin::Added => "added on the way from Prometheus".to_owned(),
        }
    }
}

/// A place where a playbook or a scenario names a label of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelUse {
    /// The label.
    pub name: Arc<str>,
    /// Where it stands.
    pub span: Span,
    /// The module of the playbook that has the alert.
    pub module: FileId,
    /// What `as` calls the alert there.
    pub alert: LocalId,
}

impl Alerts {
    /// The labels that alerts of this name can have, sorted by name. Series may bring others, unless
    /// [`Alerts::may_have`] says no.
    pub fn labels(&self, alert: &str) -> Vec<AlertLabel> {
        let mut found: BTreeMap<&str, LabelOrigin> = BTreeMap::new();
        let mut add = |name, origin: LabelOrigin| {
            let known = found.entry(name).or_insert_with(|| origin.clone());
            match (&mut *known, origin) {
                (LabelOrigin::Rule(values), LabelOrigin::Rule(more)) => {
                    values.extend(more);
                    values.sort();
                    values.dedup();
                }
                // What says most comes first.
                (known, origin) if origin < *known => *known = origin,
                _ => {}
            }
        };
        for rule in self.of_name(alert) {
            add("alertname", LabelOrigin::Name);
            rule.labels.iter().for_each(|(name, value)| add(name, LabelOrigin::Rule(vec![value.clone()])));
            rule.series.named.iter().for_each(|name| add(name, LabelOrigin::Series));
            rule.told.iter().for_each(|name| add(name, LabelOrigin::Texts));
            rule.added.iter().for_each(|name| add(name, LabelOrigin::Added));
            self.external.iter().for_each(|name| add(name, LabelOrigin::Added));
        }
        found.into_iter().map(|(name, origin)| AlertLabel { name: name.to_owned(), origin }).collect()
    }

    /// Whether alerts of this name can have a label. Of alerts without a rule nothing is known.
    pub fn may_have(&self, alert: &str, label: &str) -> bool {
        let mut rules = self.of_name(alert).peekable();
        rules.peek().is_none()
            || self.external.iter().any(|known| known == label)
            || rules.any(|rule| rule.may_have(label))
    }

    /// What the playbooks of a module answer: the answers are in the order of modules.
    pub(super) fn answers_in(&self, file: FileId) -> &[Answer] {
        let start = self.answers.partition_point(|answer| answer.playbook.file < file);
        let end = self.answers.partition_point(|answer| answer.playbook.file <= file);
        &self.answers[start..end]
    }

    /// What `as NAME` of a playbook can stand for: several `on` may give it the same name.
    pub fn bound(&self, file: FileId, alert: LocalId) -> impl Iterator<Item = &Answer> {
        self.answers_in(file).iter().filter(move |answer| answer.alias == Some(alert))
    }

    /// The labels that the alert called `alert` in a playbook can have: what an editor offers behind
    /// `alert.labels`.
    pub fn labels_of(&self, file: FileId, alert: LocalId) -> Vec<AlertLabel> {
        let names = self.bound(file, alert).filter_map(|answer| answer.alert.as_deref());
        let mut found: Vec<AlertLabel> = names.flat_map(|name| self.labels(name)).collect();
        found.sort_by(|one, other| (&one.name, &one.origin).cmp(&(&other.name, &other.origin)));
        found.dedup_by(|later, first| later.name == first.name);
        found
    }
}

/// Where a module names labels of the alerts that `alerts` knows, in source order:
/// `alert.labels.get("pod")`, `alert.labels["pod"]`, and in a scenario `given alert = { labels: { ... } }`.
pub fn label_uses(checked: &Checked, meaning: &Meaning<'_>, alerts: &Alerts, file: FileId) -> Vec<LabelUse> {
    let Some(module) = checked.module(file) else { return Vec::new() };
    let mut uses = Vec::new();
    for (expr, found) in module.hir.exprs.iter() {
        let (labels, key) = match &found.kind {
            ExprKind::Index { receiver, index } => (*receiver, *index),
            ExprKind::Call { .. } => match called(module, expr) {
                Some(parts) => parts,
                None => continue,
            },
            _ => continue,
        };
        let Some(alert) = alert_of(module, labels) else { continue };
        if alerts.bound(file, alert).next().is_some()
            && let Ok(Constant::Text(name)) = evaluate(meaning, file, key)
        {
            uses.push(LabelUse { name, span: module.hir.exprs[key].span, module: file, alert });
        }
    }
    uses.extend(given(checked, alerts, module));
    uses.sort_by_key(|label| (label.span.start, label.span.end));
    uses
}

/// `X.get(KEY)`: X and KEY.
fn called(module: &CheckedModule, expr: ExprId) -> Option<(ExprId, ExprId)> {
    let call = module.types.calls.get(expr)?;
    let (Callee::Method(method), ExprKind::Call { callee, .. }) = (call.callee, &module.hir.exprs[expr].kind)
    else {
        return None;
    };
    match &module.hir.exprs[*callee].kind {
        ExprKind::Field { receiver, .. } if method.name == "get" => Some((*receiver, call.given(0)?)),
        _ => None,
    }
}

/// `X.labels`, `X?.labels`: the local X, if that is a map.
fn alert_of(module: &CheckedModule, labels: ExprId) -> Option<LocalId> {
    let ExprKind::Field { receiver, name, .. } = &module.hir.exprs[labels].kind else { return None };
    match (&*name.text == LABELS, module.type_of(labels).present(), module.def(*receiver)?) {
        (true, Type::Map(_), Def::Local(local)) => Some(local),
        _ => None,
    }
}

/// The labels that scenarios give to alerts.
fn given<'a>(
    checked: &'a Checked,
    alerts: &'a Alerts,
    module: &'a CheckedModule,
) -> impl Iterator<Item = LabelUse> + 'a {
    let scenarios = module.hir.items.iter().enumerate().filter_map(|(index, item)| match &item.kind {
        ItemKind::Scenario(scenario) => {
            Some((*module.names.scenarios.get(&(index as u32))?, &scenario.givens))
        }
        _ => None,
    });
    scenarios.flat_map(move |(playbook, givens)| {
        let values = givens.iter().filter_map(|given| match &given.kind {
            GivenKind::Value(name, value) => Some((name, *value)),
            _ => None,
        });
        values.flat_map(move |(name, value)| {
            let alias = alerts.answers_in(playbook.file).iter().filter(|answer| answer.playbook == playbook);
            let alias = alias.filter_map(|answer| answer.alias).find(|local| {
                checked
                    .module(playbook.file)
                    .is_some_and(|module| module.hir.locals[*local].name.text == name.text)
            });
            let entries = alias.into_iter().flat_map(move |alert| {
                let keys = labels_in(checked, module, value);
                keys.map(move |(name, span)| LabelUse { name, span, module: playbook.file, alert })
            });
            entries.collect::<Vec<_>>()
        })
    })
}

/// The keys of the map that a record holds as its labels.
fn labels_in<'a>(
    checked: &'a Checked,
    module: &'a CheckedModule,
    value: ExprId,
) -> impl Iterator<Item = (Arc<str>, Span)> + 'a {
    let field = module.types.calls.get(value).and_then(|call| {
        let Callee::Record(record) = call.callee else { return None };
        let ItemKind::Record(record) = &checked.item(record)?.kind else { return None };
        call.given(record.fields.iter().position(|field| &*field.name.text == LABELS)?)
    });
    let entries = field.and_then(|map| match &module.hir.exprs[map].kind {
        ExprKind::Map(entries) => Some(entries),
        _ => None,
    });
    entries.into_iter().flatten().map(|(key, _)| (key.text.clone(), key.span))
}
