//! The playbooks of a file with their scenarios.

use quell_compiler::{hir::ItemKind, names::ItemId, source::FileId};

use super::Snapshot;

/// A playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playbook {
    /// Its name.
    pub name: String,
    /// The titles of the scenarios for it in the same file.
    pub scenarios: Vec<String>,
}

/// The playbooks of a file, in its order.
pub fn playbooks(snapshot: &Snapshot, file: FileId) -> Vec<Playbook> {
    let checked = snapshot.checked(file);
    let Some(module) = checked.module(file) else { return Vec::new() };
    let mut all = Vec::new();
    for (index, item) in module.hir.items.iter().enumerate() {
        if !matches!(item.kind, ItemKind::Playbook(_)) {
            continue;
        }
        let id = ItemId::new(file, index);
        let scenarios = module.names.scenarios.iter().filter(|(_, playbook)| **playbook == id);
        let titles = scenarios
            .filter_map(|(index, _)| Some(module.hir.items.get(*index as usize)?.name.text.to_string()));
        all.push(Playbook { name: item.name.text.to_string(), scenarios: titles.collect() });
    }
    all
}
