//! Values for where one must stand and nobody has said one: what is in scope and fits, else a plain one of
//! the type.

use std::sync::Arc;

use quell_compiler::{
    check::Checked,
    hir::{ItemKind, LocalKind},
    names::{ItemId, ModuleDef},
    source::FileId,
    types::{SignatureKind, Type},
};

use super::Place;
use crate::ide::{
    Cursor,
    completion::{Local, Scope},
};

/// So deep records are built within records.
const DEPTH: usize = 3;

/// What there is to fill in at a place.
pub struct Fill<'a> {
    /// The names there.
    pub scope: Scope<'a>,
    /// A module that isn't used yet and will be.
    pub borrowed: Option<Borrowed>,
}

/// A module that isn't used yet and will be.
pub struct Borrowed {
    /// How it will be called.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// What is known of it.
    pub checked: Arc<Checked>,
}

impl<'a> Fill<'a> {
    /// What there is at the place `offset`.
    pub fn new(place: &'a Place<'_>, offset: u32) -> Self {
        let cursor = Cursor { file: place.span.file, offset };
        Self { scope: Scope::new(place.snapshot, &place.checked, cursor), borrowed: None }
    }

    fn checked(&self) -> &Checked {
        self.borrowed.as_ref().map_or(self.scope.checked, |borrowed| &borrowed.checked)
    }

    /// A value of a type for what is called `name`.
    pub fn value(&self, ty: &Type, name: &str) -> Option<String> {
        self.named(ty, name).or_else(|| self.plain(ty, DEPTH))
    }

    /// What is in scope, fits, and is called the same, or is the only one of its record.
    fn named(&self, ty: &Type, name: &str) -> Option<String> {
        let fits = |known: &Type| !known.is_unknown() && self.scope.checked.interfaces.fits(known, ty);
        let locals = self.scope.locals();
        let stands_for_itself = |kind: LocalKind| {
            matches!(kind, LocalKind::Input | LocalKind::Trigger | LocalKind::Let | LocalKind::Parameter)
        };
        let values: Vec<&Local> =
            locals.iter().filter(|local| stands_for_itself(local.kind) && fits(&local.ty)).collect();
        let same = values.iter().find(|local| local.name == name);
        let only = match (ty.present(), values.as_slice()) {
            (Type::Record(_), [only]) => Some(only),
            _ => None,
        };
        same.or(only).map(|local| local.name.clone())
    }

    /// A value of a type that stands for nothing in particular.
    pub fn plain(&self, ty: &Type, depth: usize) -> Option<String> {
        let text = match ty {
            Type::Bool => "false",
            Type::Int => "1",
            Type::Float => "1.0",
            Type::Text | Type::Public => "\"...\"",
            Type::Duration => "5m",
            Type::Percent => "0%",
            Type::Size => "1MiB",
            Type::Time => "time(\"2026-01-02T03:04:05Z\")",
            Type::Secret => "secret(\"NAME\")",
            Type::List(_) => "[]",
            Type::Map(_) | Type::Json => "{}",
            Type::Optional(_) => "none",
            Type::People => return self.constant(ty).or_else(|| Some("run.starter".to_owned())),
            Type::Enum(id) => {
                return Some(self.checked().interfaces.variants(*id)?.variants.last()?.to_string());
            }
            Type::Record(id) => return self.constant(ty).or_else(|| self.record(*id, depth)),
            _ => return None,
        };
        Some(text.to_owned())
    }

    /// A value of a module that fits.
    fn constant(&self, ty: &Type) -> Option<String> {
        let checked = self.scope.checked;
        self.scope.imported().into_iter().find_map(|(name, def)| match def {
            ModuleDef::Item(id) => match &checked.signature(id)?.kind {
                SignatureKind::Let(known) if checked.interfaces.fits(known, ty) => Some(name),
                _ => None,
            },
            _ => None,
        })
    }

    fn record(&self, id: ItemId, depth: usize) -> Option<String> {
        if depth == 0 || !matches!(self.checked().item(id)?.kind, ItemKind::Record(_)) {
            return None;
        }
        let name = self.written(id)?;
        let fields = &self.checked().interfaces.record(id)?.parameters;
        let needed = fields.iter().filter(|field| field.default.is_none());
        let values: Option<Vec<String>> = needed
            .map(|field| Some(format!("{}: {}", field.name, self.plain(&field.ty, depth - 1)?)))
            .collect();
        Some(format!("{name}({})", values?.join(", ")))
    }

    /// How an item is called here.
    pub fn written(&self, id: ItemId) -> Option<String> {
        let own = &self.checked().item(id)?.name.text;
        let known = self.scope.imported().into_iter().find_map(|(name, def)| match def {
            ModuleDef::Item(known) if known == id => Some(name),
            ModuleDef::Module(file) if file == id.file => Some(format!("{name}.{own}")),
            _ => None,
        });
        let borrowed = self.borrowed.as_ref().filter(|borrowed| borrowed.file == id.file);
        known.or_else(|| borrowed.map(|borrowed| format!("{}.{own}", borrowed.name)))
    }

    /// A type as it is written here; none if it can't be named.
    pub fn type_text(&self, ty: &Type) -> Option<String> {
        Some(match ty {
            Type::List(inner) => format!("List<{}>", self.type_text(inner)?),
            Type::Map(inner) => format!("Map<{}>", self.type_text(inner)?),
            Type::Optional(inner) => format!("{}?", self.type_text(inner)?),
            Type::Record(id) | Type::Enum(id) => self.written(*id)?,
            Type::Unknown | Type::Never | Type::Unit | Type::Run | Type::Cause | Type::Function(_) => {
                return None;
            }
            plain => self.scope.checked.interfaces.show(plain),
        })
    }
}
