//! What stands above playbooks, scenarios and whatever can be used: what to do with it, and what is known
//! of it as a whole.

use quell_compiler::{
    hir::ItemKind,
    names::ItemId,
    report,
    source::{FileId, Span},
};

use super::{
    Cursor, Snapshot,
    navigation::{self, references},
};

/// Something above a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The name that it is about.
    pub span: Span,
    /// What it is.
    pub kind: LensKind,
}

/// What stands above a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LensKind {
    /// Run this playbook.
    DryRun {
        /// Its name.
        playbook: String,
    },
    /// Show what waits for what in this playbook or task.
    Graph {
        /// Its name.
        item: String,
    },
    /// The share of its steps that no person has to carry out.
    Automation {
        /// How many steps there are.
        steps: usize,
        /// The names of those that a person carries out.
        by_people: Vec<Span>,
    },
    /// Run this scenario.
    Scenario {
        /// The name of its playbook.
        playbook: String,
        /// Its title.
        title: String,
    },
    /// How often it is used: to be counted when it is shown.
    References,
}

/// What stands above the lines of a file, in its order.
pub fn lenses(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let checked = snapshot.checked(file);
    let Some(module) = checked.module(file) else { return Vec::new() };
    let mut all = Vec::new();
    for (index, item) in module.hir.items.iter().enumerate() {
        let id = ItemId::new(file, index);
        let name = item.name.text.to_string();
        // What has no name can't be asked for by one.
        if name.is_empty() {
            continue;
        }
        let mut add = |kind| all.push(Lens { span: item.name.span, kind });
        match &item.kind {
            ItemKind::Scenario(_) => {
                let playbook = module.names.scenarios.get(&id.index).and_then(|id| checked.item(*id));
                if let Some(playbook) = playbook {
                    add(LensKind::Scenario { playbook: playbook.name.text.to_string(), title: name });
                }
                continue;
            }
            ItemKind::Playbook(_) => {
                add(LensKind::DryRun { playbook: name.clone() });
                add(LensKind::Graph { item: name });
                if let Some((steps, by_people)) = report::by_people(&checked, id) {
                    let by_people = by_people.iter().map(|step| module.hir.steps[*step].name.span).collect();
                    add(LensKind::Automation { steps, by_people });
                }
            }
            ItemKind::Task(_) => add(LensKind::Graph { item: name }),
            _ => {}
        }
        add(LensKind::References);
    }
    all
}

/// The places that use what is declared at a place.
pub fn uses(snapshot: &Snapshot, declared: Cursor) -> Vec<Span> {
    let found = references(snapshot, declared).into_iter();
    found.filter(|it| !navigation::declares(it)).map(|it| it.span).collect()
}
