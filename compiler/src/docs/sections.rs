//! References as blocks: a library's index, a module's page, an item's part of it.

use super::{Block, ContractReference, Entry, ItemReference, ModuleReference, block::summary};
use crate::markdown::{authored, code, text};

/// The kinds of items, in the order in which readers look for them.
const KINDS: [(&str, &str); 8] = [
    ("playbook", "Playbooks"),
    ("trigger", "Triggers"),
    ("action", "Actions"),
    ("task", "Tasks"),
    ("function", "Functions"),
    ("record", "Records"),
    ("enum", "Enums"),
    ("type", "Types"),
];

/// The modules of a library in a table, each with its purpose.
pub fn index(title: &str, modules: &[ModuleReference], link: impl Fn(&str) -> Option<String>) -> Vec<Block> {
    let actions = |module: &ModuleReference| module.items.iter().filter(|item| item.kind == "action").count();
    let rows = modules.iter().filter(|module| !module.items.is_empty()).map(|module| {
        let name = match link(&module.name) {
            Some(target) => format!("[{}]({target})", code(&module.name)),
            None => code(&module.name),
        };
        let count = match actions(module) {
            0 => String::new(),
            count => count.to_string(),
        };
        vec![name, count, summary(&module.docs)]
    });
    let total: usize = modules.iter().map(actions).sum();
    let shown = modules.iter().filter(|module| !module.items.is_empty()).count();
    vec![
        Block::Heading(1, text(title)),
        Block::Paragraph(format!("{} with {}.", counted(shown, "module"), counted(total, "action"))),
        Block::Table(vec!["module", "actions", "purpose"], rows.collect()),
    ]
}

/// A module's page.
pub fn module_page(module: &ModuleReference) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, code(&module.name)), Block::Written(module.docs.clone())];
    let of = |kind: &'static str| module.items.iter().filter(move |item| item.kind == kind);
    if of("action").count() > 3 {
        let rows = of("action").map(|item| {
            vec![code(&item.name), item.effect.unwrap_or_default().to_owned(), summary(&item.docs)]
        });
        blocks.push(Block::Table(vec!["action", "effect", "what it does"], rows.collect()));
    }
    for (kind, heading) in KINDS.into_iter().chain([("value", "Values")]) {
        if of(kind).next().is_none() {
            continue;
        }
        blocks.push(Block::Heading(2, heading.to_owned()));
        for item in of(kind) {
            blocks.extend(item_page(item, 3));
        }
    }
    blocks
}

/// The documentation of an item, under a heading of this level.
pub fn item_page(item: &ItemReference, level: u8) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(level, code(&item.name))];
    if item.kind != "playbook" {
        blocks.push(Block::Code("quell fragment", item.signature.clone()));
    }
    if !item.docs.trim().is_empty() {
        blocks.push(Block::Written(item.docs.clone()));
    }
    let members = item.members.iter().filter(|member| !member.docs.trim().is_empty());
    let members: Vec<Entry> = members
        .map(|member| Entry::new(format!("{}: {}", code(&member.name), authored(&flat(&member.docs)))))
        .collect();
    if !members.is_empty() {
        blocks.push(Block::List(members));
    }
    if let Some(contract) = &item.contract {
        blocks.push(Block::Facts(facts(contract)));
    } else if let Some(effect) = item.effect {
        blocks.push(Block::Facts(vec![("effect".to_owned(), effect.to_owned())]));
    }
    blocks
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// A doc comment on one line.
pub(super) fn flat(docs: &str) -> String {
    docs.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn facts(contract: &ContractReference) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut say = |name: &str, what: String| facts.push((name.to_owned(), what));
    if let Some(why) = &contract.deprecated {
        say("deprecated", text(why));
    }
    for binding in &contract.bindings {
        say("implementation", code(binding));
    }
    if contract.bindings.is_empty() {
        say("implementation", "manual, by a person".to_owned());
    }
    if let Some(timeout) = &contract.timeout {
        say("timeout", text(timeout));
    }
    if contract.idempotent {
        say("idempotent", "can be repeated safely".to_owned());
    }
    if let Some(undo) = &contract.undo {
        say("undo", code(undo));
    }
    if let Some(why) = &contract.irreversible {
        say("irreversible", text(why));
    }
    if !contract.touches.is_empty() {
        say("touches", text(&contract.touches.join(", ")));
    }
    if !contract.provides.is_empty() {
        say("provides", text(&contract.provides.join(", ")));
    }
    if let (Some(takes), Some(fails)) = (&contract.takes, &contract.fails) {
        say("simulated", text(&format!("takes {takes}, fails {fails}")));
    }
    facts
}
