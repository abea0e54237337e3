//! Who calls what, and which step waits for which.
//!
//! Of an action, a task, a function or a trigger the callers are the items that name it. Of a step they are
//! the steps that wait for it, and what it calls are those that it waits for: the same question, asked of
//! the step graph.

use std::collections::{BTreeMap, BTreeSet};

use quell_compiler::{
    check::Checked,
    graph::{NodeId, NodeKind, Reason, StepGraph},
    hir::{Item, ItemKind, LocalId},
    names::ItemId,
    source::{FileId, Span},
};

use super::{
    Cursor, Snapshot, Target, navigation,
    occurrences::{self, Meaning, Role},
    symbols::SymbolKind,
};

/// Something that calls and is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Where it stands; the focus is what finds it again.
    pub target: Target,
    /// Its type, or the module that it stands in.
    pub detail: String,
}

/// A way from one to another, with the places that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The other end.
    pub entry: Entry,
    /// Where the one that calls, or waits, says so.
    pub places: Vec<Span>,
}

/// What a place means.
enum Subject {
    Item(ItemId),
    Node(ItemId, NodeId),
}

/// What is called, or waited for, at the cursor.
pub fn prepare(snapshot: &Snapshot, cursor: Cursor) -> Option<Entry> {
    let checked = snapshot.checked(cursor.file);
    match subject(&checked, cursor)? {
        Subject::Item(item) => of_item(snapshot, &checked, item),
        Subject::Node(item, node) => of_node(&checked, item, node),
    }
}

/// Who calls, or waits for, what is declared at a place.
pub fn incoming(snapshot: &Snapshot, declared: Cursor) -> Vec<Link> {
    let checked = snapshot.checked(declared.file);
    match subject(&checked, declared) {
        Some(Subject::Item(item)) => callers(snapshot, declared.file, item),
        Some(Subject::Node(item, node)) => neighbours(&checked, item, node, Way::WaitsForIt),
        None => Vec::new(),
    }
}

/// What is called by, or waited for by, what is declared at a place.
pub fn outgoing(snapshot: &Snapshot, declared: Cursor) -> Vec<Link> {
    let checked = snapshot.checked(declared.file);
    match subject(&checked, declared) {
        Some(Subject::Item(item)) => callees(snapshot, &checked, item),
        Some(Subject::Node(item, node)) => neighbours(&checked, item, node, Way::ItWaitsFor),
        None => Vec::new(),
    }
}

fn subject(checked: &Checked, cursor: Cursor) -> Option<Subject> {
    let Some(name) = occurrences::at(checked, cursor) else { return severity(checked, cursor) };
    match name.meaning {
        Meaning::Item(item) => is_callable(&checked.item(item)?.kind).then_some(Subject::Item(item)),
        Meaning::Local(file, local) => {
            let item = ItemId { file, index: checked.module(file)?.hir.locals[local].item };
            Some(Subject::Node(item, checked.graphs.get(item)?.node_of_local(local)?))
        }
        Meaning::Severity => {
            let module = checked.module(cursor.file)?;
            let index = module.hir.items.iter().rposition(|item| item.span.touches(cursor.offset))?;
            let item = ItemId::new(cursor.file, index);
            Some(Subject::Node(item, checked.graphs.get(item)?.severity()?))
        }
        _ => None,
    }
}

/// `severity = E`: the word is no name of its own.
fn severity(checked: &Checked, cursor: Cursor) -> Option<Subject> {
    let graphs = checked.graphs.bodies.iter().filter(|(item, _)| item.file == cursor.file);
    let mut found = graphs.filter_map(|(item, graph)| Some((item, graph.severity()?, graph)));
    let (item, node, _) =
        found.find(|(_, node, graph)| word(graph.node(*node).span).touches(cursor.offset))?;
    Some(Subject::Node(*item, node))
}

/// The word `severity` at the beginning of its statement.
fn word(statement: Span) -> Span {
    Span { end: (statement.start + "severity".len() as u32).min(statement.end), ..statement }
}

fn is_callable(kind: &ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Function(_)
            | ItemKind::Task(_)
            | ItemKind::Action(_)
            | ItemKind::Trigger(_)
            | ItemKind::Playbook(_)
    )
}

fn of_item(snapshot: &Snapshot, checked: &Checked, id: ItemId) -> Option<Entry> {
    use quell_compiler::world::World;
    let item = checked.item(id)?;
    let target = Target { full: item.span.to(item.name.span), focus: item.name.span };
    let detail = snapshot.workspace.module_path(id.file).to_owned();
    Some(Entry { name: item.name.text.to_string(), kind: kind_of(item), target, detail })
}

fn kind_of(item: &Item) -> SymbolKind {
    match &item.kind {
        ItemKind::Record(_) => SymbolKind::Record,
        ItemKind::Enum(_) => SymbolKind::Enum,
        ItemKind::Alias(_) => SymbolKind::Alias,
        ItemKind::Let(_) => SymbolKind::Value,
        ItemKind::Function(_) => SymbolKind::Function,
        ItemKind::Task(_) => SymbolKind::Task,
        ItemKind::Action(_) => SymbolKind::Action,
        ItemKind::Trigger(_) => SymbolKind::Trigger,
        ItemKind::Playbook(_) => SymbolKind::Playbook,
        ItemKind::Scenario(_) => SymbolKind::Scenario,
    }
}

/// The items that name an item, wherever they stand.
fn callers(snapshot: &Snapshot, near: FileId, item: ItemId) -> Vec<Link> {
    let checked = snapshot.everything();
    let mut places: BTreeMap<ItemId, Vec<Span>> = BTreeMap::new();
    for place in navigation::references_of(snapshot, near, Meaning::Item(item)) {
        let Some(module) = checked.module(place.span.file).filter(|_| place.role == Role::Uses) else {
            continue;
        };
        let around = module
            .hir
            .items
            .iter()
            .position(|item| item.span.start <= place.span.start && place.span.end <= item.span.end);
        // A `use` line calls nothing.
        if let Some(index) = around {
            places.entry(ItemId::new(place.span.file, index)).or_default().push(place.span);
        }
    }
    let link = |(id, places)| Some(Link { entry: of_item(snapshot, &checked, id)?, places });
    places.into_iter().filter_map(link).collect()
}

/// What an item names that can be called, in the order in which it does.
fn callees(snapshot: &Snapshot, checked: &Checked, id: ItemId) -> Vec<Link> {
    // What is declared in the standard library may use modules that the one at hand doesn't.
    let other;
    let checked = match snapshot.workspace.is_std(id.file) {
        true => {
            other = snapshot.passing(id.file);
            &*other
        }
        false => checked,
    };
    let Some(item) = checked.item(id) else { return Vec::new() };
    let mut places: Vec<(ItemId, Vec<Span>)> = Vec::new();
    for name in occurrences::occurrences(checked, id.file) {
        let inside = item.span.start <= name.span.start && name.span.end <= item.span.end;
        let Meaning::Item(callee) = name.meaning else { continue };
        let called =
            inside && name.role == Role::Uses && checked.item(callee).is_some_and(|it| is_callable(&it.kind));
        if called {
            match places.iter_mut().find(|(known, _)| *known == callee) {
                Some((_, spans)) => spans.push(name.span),
                None => places.push((callee, vec![name.span])),
            }
        }
    }
    let link = |(id, places)| Some(Link { entry: of_item(snapshot, checked, id)?, places });
    places.into_iter().filter_map(link).collect()
}

/// Along which way edges are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    ItWaitsFor,
    WaitsForIt,
}

/// The nodes that people know at the other end of a node's edges. What only brings several together
/// (gates, milestones, joins) is passed through; who waits for something by its name isn't said to wait for
/// it by its place as well.
fn neighbours(checked: &Checked, item: ItemId, node: NodeId, way: Way) -> Vec<Link> {
    let Some(graph) = checked.graphs.get(item) else { return Vec::new() };
    let mut by_name: BTreeMap<NodeId, Vec<Span>> = BTreeMap::new();
    let mut by_place: BTreeMap<NodeId, Vec<Span>> = BTreeMap::new();
    let mut seen: BTreeSet<(NodeId, bool)> = BTreeSet::new();
    let start = if way == Way::ItWaitsFor { graph.entry(node) } else { node };
    // With each node on the way the place where the waiting is said, if it is known already, and whether
    // it is that of the order alone.
    let mut stack: Vec<(NodeId, Option<Span>, bool)> = vec![(start, None, false)];
    while let Some((at, said, is_order)) = stack.pop() {
        let edges = match way {
            Way::ItWaitsFor => graph.incoming(at),
            Way::WaitsForIt => graph.outgoing(at),
        };
        for edge in edges.iter().map(|edge| graph.edge(*edge)) {
            let next = if way == Way::ItWaitsFor { edge.from } else { edge.to };
            // The one that waits says so: the near end, or the far one, to which its gate belongs.
            let said = said.unwrap_or(edge.span);
            let is_order = is_order || edge.reason == Reason::Place;
            if name_of(checked, graph, next).is_some() {
                let found = if is_order { &mut by_place } else { &mut by_name };
                let places = found.entry(next).or_default();
                if !places.contains(&said) {
                    places.push(said);
                }
            } else if seen.insert((next, is_order)) {
                let is_gate = matches!(graph.node(next).kind, NodeKind::Gate(_));
                let kept = (way == Way::ItWaitsFor || is_gate).then_some(said);
                stack.push((next, kept, is_order));
            }
        }
    }
    for (node, places) in by_place {
        by_name.entry(node).or_insert(places);
    }
    by_name.remove(&node);
    let link = |(node, places)| Some(Link { entry: of_node(checked, item, node)?, places });
    by_name.into_iter().filter_map(link).collect()
}

/// The name of a node that has one, and where it stands.
fn name_of(checked: &Checked, graph: &StepGraph, node: NodeId) -> Option<(String, Span)> {
    let module = checked.module(graph.item.file)?;
    let local = |local: LocalId| {
        let name = &module.hir.locals[local].name;
        (name.text.to_string(), name.span)
    };
    Some(match &graph.node(node).kind {
        NodeKind::Step(plan) => local(plan.local),
        NodeKind::Let(it) => local(it.local),
        NodeKind::Cause(it) => local(it.local),
        NodeKind::Severity(_) => ("severity".to_owned(), word(graph.node(node).span)),
        _ => return None,
    })
}

fn of_node(checked: &Checked, item: ItemId, node: NodeId) -> Option<Entry> {
    let graph = checked.graphs.get(item)?;
    let (name, focus) = name_of(checked, graph, node)?;
    let module = checked.module(item.file)?;
    let (kind, ty) = match &graph.node(node).kind {
        NodeKind::Step(plan) => (SymbolKind::Step, Some(plan.local)),
        NodeKind::Cause(_) => (SymbolKind::Cause, None),
        NodeKind::Let(it) => (SymbolKind::Value, Some(it.local)),
        _ => (SymbolKind::Value, None),
    };
    let full = graph.node(node).span.to(focus);
    let detail = ty.map(|local| checked.interfaces.show(module.types.of_local(local))).unwrap_or_default();
    Some(Entry { name, kind, target: Target { full, focus }, detail })
}
