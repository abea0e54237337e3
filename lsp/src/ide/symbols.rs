//! The names that a file declares, as a tree, and all names of all files.

use quell_compiler::{
    hir::{self, ItemKind, PartBody, StatementKind},
    names::ItemId,
    source::{FileId, Span},
};

use super::Snapshot;

/// A declared name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All that belongs to it.
    pub full: Span,
    /// Its name.
    pub focus: Span,
    /// What it holds.
    pub children: Vec<Symbol>,
}

/// What a declared name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SymbolKind {
    Record,
    Enum,
    Alias,
    Value,
    Function,
    Task,
    Action,
    Trigger,
    Playbook,
    Scenario,
    Field,
    Variant,
    Part,
    Step,
    Cause,
    Input,
}

/// What a file declares, in its order.
pub fn document_symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    let Some(read) = snapshot.read(file) else { return Vec::new() };
    read.hir.items.iter().map(|item| of_item(&read.hir, item)).collect()
}

/// The items of all files that people wrote whose names have the letters of `query` in their order.
pub fn workspace_symbols(snapshot: &Snapshot, query: &str) -> Vec<Symbol> {
    let wanted = query.to_lowercase();
    let fits = |name: &str| {
        let name = name.to_lowercase();
        let mut letters = name.chars();
        wanted.chars().all(|letter| letters.any(|it| it == letter))
    };
    let mut found = Vec::new();
    for file in snapshot.workspace.own() {
        if !snapshot.exports(file).items.iter().any(|item| fits(&item.name)) {
            continue;
        }
        let read = snapshot.glance(file);
        for (index, item) in read.hir.items.iter().enumerate() {
            if fits(&item.name.text) {
                let id = ItemId::new(file, index);
                debug_assert_eq!(id.file, file);
                found.push(Symbol { children: Vec::new(), ..of_item(&read.hir, item) });
            }
        }
    }
    found.sort_by_key(|it| {
        (!it.name.to_lowercase().starts_with(&wanted), it.name.len(), it.name.clone(), it.focus)
    });
    found
}

fn symbol(name: &hir::Ident, kind: SymbolKind, full: Span, children: Vec<Symbol>) -> Symbol {
    let shown = if name.text.is_empty() { "(no name)".to_owned() } else { name.text.to_string() };
    Symbol { name: shown, kind, full: full.to(name.span), focus: name.span, children }
}

fn of_item(module: &hir::Module, item: &hir::Item) -> Symbol {
    let leaf = |name: &hir::Ident, kind| symbol(name, kind, name.span, Vec::new());
    let (kind, children) = match &item.kind {
        ItemKind::Record(it) => {
            (SymbolKind::Record, it.fields.iter().map(|it| leaf(&it.name, SymbolKind::Field)).collect())
        }
        ItemKind::Enum(it) => {
            (SymbolKind::Enum, it.variants.iter().map(|it| leaf(&it.name, SymbolKind::Variant)).collect())
        }
        ItemKind::Alias(_) => (SymbolKind::Alias, Vec::new()),
        ItemKind::Let(_) => (SymbolKind::Value, Vec::new()),
        ItemKind::Function(_) => (SymbolKind::Function, Vec::new()),
        ItemKind::Task(it) => (SymbolKind::Task, of_block(module, &it.body)),
        ItemKind::Action(_) => (SymbolKind::Action, Vec::new()),
        ItemKind::Trigger(_) => (SymbolKind::Trigger, Vec::new()),
        ItemKind::Scenario(_) => (SymbolKind::Scenario, Vec::new()),
        ItemKind::Playbook(it) => {
            let mut children: Vec<Symbol> =
                it.inputs.iter().map(|it| leaf(&it.name, SymbolKind::Input)).collect();
            for part in &it.parts {
                let (full, inner) = match &part.body {
                    PartBody::Block(block) => (part.keyword.to(block.span), of_block(module, block)),
                    PartBody::None { reason } => (part.keyword.to(module.exprs[*reason].span), Vec::new()),
                };
                children.push(Symbol {
                    name: part.kind.word().to_owned(),
                    kind: SymbolKind::Part,
                    full,
                    focus: part.keyword,
                    children: inner,
                });
            }
            (SymbolKind::Playbook, children)
        }
    };
    symbol(&item.name, kind, item.span, children)
}

fn of_block(module: &hir::Module, block: &hir::Block) -> Vec<Symbol> {
    let mut all = Vec::new();
    for statement in &block.statements {
        match &statement.kind {
            StatementKind::Step(step) => {
                let step = &module.steps[*step];
                all.push(symbol(&step.name, SymbolKind::Step, step.span, Vec::new()));
            }
            StatementKind::Let(it) => {
                all.push(symbol(
                    &module.locals[it.local].name,
                    SymbolKind::Value,
                    statement.span,
                    Vec::new(),
                ));
            }
            StatementKind::Cause(it) => {
                let inner = of_block(module, &it.body);
                all.push(symbol(&module.locals[it.local].name, SymbolKind::Cause, statement.span, inner));
            }
            StatementKind::If(it) => {
                it.branches.iter().for_each(|(_, block)| all.extend(of_block(module, block)));
                it.otherwise.iter().for_each(|block| all.extend(of_block(module, block)));
            }
            _ => {}
        }
    }
    all
}
