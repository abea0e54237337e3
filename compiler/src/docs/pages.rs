//! All pages of some modules, as files that link to each other.

use super::{
    Block, Entry, Library, ModuleReference, Reference, block::summary, index, markdown, module_page, runbook,
};
use crate::{
    emit::Kind,
    markdown::{code, text},
};

/// A page as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name in the folder of all pages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// An index, a page for each playbook, and a page for each module that has other public items. `note` is written below the heading of the index.
pub fn pages(library: &Library<'_>, reference: &Reference, title: &str, note: &str) -> Vec<Page> {
    let mut found = Vec::new();
    let mut playbooks = Vec::new();
    for module in &reference.modules {
        for item in &module.items {
            let Some(blocks) = runbook(library, item) else { continue };
            let name = page_name(reference, module, &item.name);
            found.push(Page { name: name.clone(), text: markdown(&blocks) });
            playbooks.push((name, item));
        }
    }
    let others: Vec<ModuleReference> = reference.modules.iter().filter_map(without_playbooks).collect();
    for module in &others {
        let mut blocks = module_page(module);
        // Link back to the index.
        blocks.insert(1, Block::Paragraph("[All pages](README.md)".to_owned()));
        found.push(Page { name: file_name(&module.name), text: markdown(&blocks) });
    }
    let mut blocks = index(title, &others, |name| Some(file_name(name)));
    if others.is_empty() {
        blocks.truncate(1);
    }
    let mut head = Vec::new();
    if !note.is_empty() {
        head.push(Block::Paragraph(note.to_owned()));
    }
    if !playbooks.is_empty() {
        let rows = playbooks.iter().map(|(page, item)| {
            let graph = item.graph.as_deref();
            let begins = graph.map_or(String::new(), |graph| match graph.kind {
                Kind::Response => graph.triggers.iter().map(|it| code(it)).collect::<Vec<_>>().join(", "),
                Kind::Tool | Kind::Task => "manually".to_owned(),
            });
            let owner = graph.and_then(|graph| graph.owner.as_deref()).map(code).unwrap_or_default();
            vec![format!("[{}]({page})", text(&item.name)), begins, owner, summary(&item.docs)]
        });
        head.push(Block::Table(vec!["playbook", "starts on", "owner", "summary"], rows.collect()));
        if !others.is_empty() {
            head.push(Block::Heading(2, "Modules".to_owned()));
        }
    } else if others.is_empty() {
        head.push(Block::List(vec![Entry::new("No public items.")]));
    }
    blocks.splice(1..1, head);
    found.insert(0, Page { name: "README.md".to_owned(), text: markdown(&blocks) });
    found
}

/// `std.slack` is on `slack.md`.
fn file_name(module: &str) -> String {
    format!("{}.md", module.strip_prefix("std.").unwrap_or(module))
}

/// The page of a playbook has its name, or its module's and its name where two playbooks share it.
fn page_name(reference: &Reference, module: &ModuleReference, name: &str) -> String {
    let items = reference.modules.iter().flat_map(|module| &module.items);
    let alike = items.filter(|item| item.kind == "playbook" && item.name == name).count();
    let taken =
        name == "README" || reference.modules.iter().any(|other| other.name == name && has_others(other));
    if alike > 1 || taken { format!("{}.{name}.md", module.name) } else { format!("{name}.md") }
}

fn has_others(module: &ModuleReference) -> bool {
    module.items.iter().any(|item| item.kind != "playbook")
}

fn without_playbooks(module: &ModuleReference) -> Option<ModuleReference> {
    let items = module.items.iter().filter(|item| item.kind != "playbook").cloned().collect();
    has_others(module).then(|| ModuleReference { items, ..module.clone() })
}
