//! The outermost scope of a module: its items, its imports, the prelude.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{Export, ExportKind, Exports, ItemId, VariantId};
use crate::{
    hir::Use,
    source::{FileId, Span},
};

/// The names of the other modules.
pub trait Modules {
    /// The module that `use PATH` means here.
    fn resolve(&self, path: &str) -> Option<FileId>;

    /// The names that a module exports.
    fn exports(&self, file: FileId) -> Option<Arc<Exports>>;

    /// Whether a module may export a name; if not, it doesn't have to be read.
    fn may_offer(&self, file: FileId, name: &str) -> bool;

    /// The name of a module in messages: `std.slack`.
    fn path(&self, file: FileId) -> String;

    /// The names visible without a `use`; none in the modules that the prelude itself consists of.
    fn prelude(&self) -> Arc<Prelude>;

    /// All paths that `use` could refer to here, sorted, for suggestions.
    fn importable(&self) -> Vec<(String, FileId)>;

    /// The modules in an import cycle with this one, starting with it; empty if there is none.
    fn cycle(&self) -> Vec<FileId>;
}

/// What a name of the outermost level means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleDef {
    /// An item of this or another module.
    Item(ItemId),
    /// A module.
    Module(FileId),
    /// Something that could not be found and has been reported.
    Unknown,
}

/// What every module sees without a `use`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prelude {
    /// By name.
    pub names: BTreeMap<Arc<str>, ModuleDef>,
}

/// The outermost names of a module.
pub struct ModuleScope<'a> {
    /// The other modules.
    pub modules: &'a dyn Modules,
    /// The module's own items.
    pub own: Arc<Exports>,
    /// Items and imports: their meaning and where they are declared.
    pub names: HashMap<Arc<str>, (ModuleDef, Span)>,
    /// The names visible without a `use`.
    pub prelude: Arc<Prelude>,
    /// The position after the last `use`.
    pub last_use: Option<Span>,
    /// Variants by name, of the enums that can be used without their module.
    variants: HashMap<Arc<str>, Vec<VariantId>>,
}

impl<'a> ModuleScope<'a> {
    /// The scope of a module whose imports and items have these names.
    pub fn new(
        modules: &'a dyn Modules,
        own: Arc<Exports>,
        names: HashMap<Arc<str>, (ModuleDef, Span)>,
        uses: &[Use],
    ) -> Self {
        let prelude = modules.prelude();
        let last_use = uses.last().map(|line| line.span.at_end());
        let mut scope = Self { modules, own, names, prelude, last_use, variants: HashMap::new() };
        scope.variants = scope.visible_variants();
        scope
    }

    /// What a name means at the outermost level.
    pub fn find(&self, name: &str) -> Option<ModuleDef> {
        self.names.get(name).map(|(def, _)| *def).or_else(|| self.prelude.names.get(name).copied())
    }

    /// The variants with this name, of all enums that can be used without their module.
    pub fn variants(&self, name: &str) -> &[VariantId] {
        self.variants.get(name).map_or(&[], Vec::as_slice)
    }

    /// All names of the outermost level and all bare variants, in no particular order.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        let own = self.names.keys().chain(self.prelude.names.keys()).chain(self.variants.keys());
        own.map(|name| &**name)
    }

    /// An item of any module.
    pub fn with_export<T>(&self, item: ItemId, read: impl FnOnce(&Export) -> T) -> Option<T> {
        if item.file == self.own.file {
            return self.own.get(item).map(read);
        }
        self.modules.exports(item.file)?.get(item).map(read)
    }

    /// The variant with this name, of an enum of any module.
    pub fn variant_of(&self, item: ItemId, name: &str) -> Option<VariantId> {
        if item.file == self.own.file {
            return self.own.variant(item, name);
        }
        self.modules.exports(item.file)?.variant(item, name)
    }

    fn visible_variants(&self) -> HashMap<Arc<str>, Vec<VariantId>> {
        let named = self.names.values().map(|(def, _)| *def);
        let from_prelude = self
            .prelude
            .names
            .iter()
            .filter(|(name, _)| !self.names.contains_key(*name))
            .map(|(_, def)| *def);
        let mut items: Vec<ItemId> = named
            .chain(from_prelude)
            .filter_map(|def| match def {
                ModuleDef::Item(item) => Some(item),
                ModuleDef::Module(_) | ModuleDef::Unknown => None,
            })
            .collect();
        items.sort();
        items.dedup();
        let mut variants: HashMap<Arc<str>, Vec<VariantId>> = HashMap::new();
        for item in items {
            let found = self.with_export(item, |export| match &export.kind {
                ExportKind::Enum(names) => names.clone(),
                _ => Vec::new(),
            });
            for (index, name) in found.unwrap_or_default().into_iter().enumerate() {
                variants.entry(name).or_default().push(VariantId { item, index: index as u32 });
            }
        }
        variants
    }
}
