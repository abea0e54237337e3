//! The playbooks of a file with their scenarios.

use std::collections::BTreeSet;

use quell_compiler::{hir::ItemKind, names::ItemId, source::FileId};

use super::Snapshot;

/// A playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playbook {
    /// Its name.
    pub name: String,
    /// The titles of the scenarios for it in the file.
    pub scenarios: Vec<String>,
}

/// The playbooks of a file, in its order, and behind them those of other files for which it has scenarios.
pub fn playbooks(snapshot: &Snapshot, file: FileId) -> Vec<Playbook> {
    let checked = snapshot.checked(file);
    let Some(module) = checked.module(file) else { return Vec::new() };
    let own = module.hir.items.iter().enumerate();
    let own = own.filter(|(_, item)| matches!(item.kind, ItemKind::Playbook(_)));
    let own = own.map(|(index, _)| ItemId::new(file, index));
    let others: BTreeSet<ItemId> =
        module.names.scenarios.values().copied().filter(|item| item.file != file).collect();
    let playbook = |id: ItemId| {
        let scenarios = module.names.scenarios.iter().filter(|(_, playbook)| **playbook == id);
        let titles = scenarios
            .filter_map(|(index, _)| Some(module.hir.items.get(*index as usize)?.name.text.to_string()));
        Some(Playbook { name: checked.item(id)?.name.text.to_string(), scenarios: titles.collect() })
    };
    own.chain(others).filter_map(playbook).collect()
}
