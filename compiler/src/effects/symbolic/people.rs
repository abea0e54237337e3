//! The people that a value means, and how terms are written.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Machine,
    value::{Opaque, Term, TermId, ValueId},
};
use crate::{
    findings::duration::duration_text,
    hir::ItemKind,
    names::{ItemId, VariantId},
};

/// A known set of people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::effects) struct Crowd {
    /// By their ids.
    pub ids: BTreeSet<Arc<str>>,
    /// Whether `run.starter` is among them.
    pub starter: bool,
}

impl Machine<'_, '_> {
    /// The people that a value of type People can mean, in each of its cases; `None` if unknown.
    pub fn crowds(&self, value: ValueId) -> Option<Vec<Crowd>> {
        let crowds = self.store.cases(value).iter().map(|(_, term)| {
            let mut crowd = Crowd::default();
            self.gather(self.store.term(*term), &mut crowd)?;
            Some(crowd)
        });
        crowds.collect()
    }

    fn gather(&self, term: &Term, crowd: &mut Crowd) -> Option<()> {
        match term {
            Term::List(elements) => {
                elements.iter().try_for_each(|element| self.gather(self.store.only(*element)?, crowd))
            }
            // A team means its on-callers; any other record of type People is a person.
            Term::Record(item, fields) => match self.field_named(*item, "on_call") {
                Some(on_call) => self.gather(self.store.only(*fields.get(on_call)?)?, crowd),
                None => {
                    let id = fields.get(self.field_named(*item, "id")?)?;
                    let Some(Term::Text(id)) = self.store.only(*id) else { return None };
                    crowd.ids.insert(id.clone());
                    Some(())
                }
            },
            Term::Opaque(opaque) if &*opaque.key == "run.starter" => {
                crowd.starter = true;
                Some(())
            }
            Term::None => Some(()),
            _ => None,
        }
    }

    fn field_named(&self, item: ItemId, name: &str) -> Option<usize> {
        let ItemKind::Record(declared) = self.kind(item)? else { return None };
        declared.fields.iter().position(|field| &*field.name.text == name)
    }

    /// How a variant of the enum of a term is written.
    pub(super) fn variant_of(&self, term: TermId, index: u32) -> String {
        match self.store.term(term) {
            Term::Opaque(Opaque { of: Some(item), .. }) => {
                self.written(&Term::Variant(VariantId { item: *item, index }))
            }
            _ => "…".to_owned(),
        }
    }

    /// How a term is written.
    pub fn written(&self, term: &Term) -> String {
        match term {
            Term::Variant(variant) => match self.kind(variant.item) {
                Some(ItemKind::Enum(declared)) => declared
                    .variants
                    .get(variant.index as usize)
                    .map_or_else(String::new, |variant| variant.name.text.to_string()),
                _ => String::new(),
            },
            term => shown(term),
        }
    }
}

/// How a constant is written.
pub(super) fn shown(term: &Term) -> String {
    match term {
        Term::None => "none".to_owned(),
        Term::Bool(value) => value.to_string(),
        Term::Int(value) => value.to_string(),
        Term::Float(bits) => f64::from_bits(*bits).to_string(),
        Term::Percent(bits) => format!("{}%", f64::from_bits(*bits)),
        Term::Text(text) => format!("\"{text}\""),
        Term::Duration(length) => duration_text(*length),
        Term::Size(bytes) => {
            let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
            let whole = units.iter().find(|(_, shift)| *bytes != 0 && bytes % (1 << shift) == 0);
            whole.map_or_else(|| format!("{bytes}B"), |(unit, shift)| format!("{}{unit}", bytes >> shift))
        }
        Term::Opaque(opaque) => opaque.shown.to_string(),
        Term::List(_) => "a list".to_owned(),
        Term::Record(..) => "a record".to_owned(),
        Term::Cause(..) | Term::Variant(_) => "…".to_owned(),
    }
}
