//! A step graph drawn: boxes for steps, causes, severity and milestones, arrows for what waits for what.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::drawing::{Drawing, draw};
use crate::{
    graph::{NodeId, NodeKind, Reason, StepGraph},
    names::Milestone,
};

/// With more boxes than this nobody follows the arrows, and laying them out takes too long.
const MOST: usize = 160;
const HEIGHT: f64 = 44.0;
/// Made smaller than this nobody can read it: then it scrolls.
const SMALLEST: f64 = 0.62;

/// A box.
pub(super) struct Shape {
    /// What it is called.
    pub name: String,
    /// What is said of it.
    pub note: String,
    /// How it looks.
    pub class: &'static str,
    /// The letter of its part.
    pub part: char,
    /// Whether people have to approve it.
    pub is_gated: bool,
    /// Whether it is on the critical path.
    pub is_critical: bool,
}

/// The drawing. `number` tells it from others on the same page; `thick` says what thick lines are.
pub(super) fn boxes(
    graph: &StepGraph,
    number: usize,
    thick: &str,
    shape: impl Fn(NodeId) -> Shape,
) -> Markup {
    let shown: Vec<NodeId> = graph.nodes().filter(|(id, _)| is_shown(graph, *id)).map(|(id, _)| id).collect();
    if shown.is_empty() {
        return html! { p.note { "There are no steps." } };
    }
    if shown.len() > MOST {
        return html! { p.note { "This graph has " (shown.len()) " nodes, too many to draw." } };
    }
    let shapes: Vec<Shape> = shown.iter().map(|id| shape(*id)).collect();
    let edges = edges(graph, &shown);
    let sizes: Vec<[f64; 2]> = shapes.iter().map(|shape| [width(shape), HEIGHT]).collect();
    let pairs: Vec<(usize, usize)> = edges.iter().map(|(from, to, _)| (*from, *to)).collect();
    let drawing = draw(&sizes, &pairs);
    html! {
        div.scroll { (svg(&drawing, number, &shapes, &edges)) }
        p.note {
            @if shapes.iter().any(|shape| shape.part != ' ') {
                span.part.pE { "E" } " enrich " span.part.pT { "T" } " triage "
                span.part.pC { "C" } " communicate " span.part.pR { "R" } " remediate. "
            }
            "Dashed: an order, without a value that is used. Thick: " (thick) "."
        }
    }
}

fn svg(drawing: &Drawing, number: usize, shapes: &[Shape], edges: &[(usize, usize, bool)]) -> Markup {
    let [width, height] = drawing.size;
    let critical = |index: usize| shapes[index].is_critical;
    let [head, crit] = ["head", "crit"].map(|name| format!("{name}{number}"));
    html! {
        svg.graph viewBox=(format!("0 0 {width:.0} {height:.0}")) width=(format!("{width:.0}"))
            height=(format!("{height:.0}")) role="img" aria-label="step graph"
            style=(format!("min-width:{:.0}px", width * SMALLEST)) {
            defs {
                @for (id, class) in [(&head, "plain"), (&crit, "crit")] {
                    marker.(class) id=(id) viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse"
                        markerWidth="9" markerHeight="9" orient="auto" {
                        path d="M 0 0 L 8 4 L 0 8 z" {}
                    }
                }
            }
            @for (index, (from, to, order)) in edges.iter().enumerate() {
                path.edge.order[*order].crit[critical(*from) && critical(*to)]
                    d=(drawing.arrows[index])
                    marker-end=(format!("url(#{})", if critical(*from) && critical(*to) { &crit } else { &head })) {}
            }
            @for (index, shape) in shapes.iter().enumerate() {
                @let [x, y, width, height] = drawing.boxes[index];
                g.node.(shape.class).crit[critical(index)] {
                    title { (shape.name) ": " (shape.note) }
                    rect x=(format!("{x:.1}")) y=(format!("{y:.1}")) width=(format!("{width:.1}"))
                        height=(format!("{height:.1}")) rx="8" {}
                    rect.stripe.{ "p" (shape.part) } x=(format!("{x:.1}")) y=(format!("{:.1}", y + 8.0))
                        width="4" height=(format!("{:.1}", height - 16.0)) {}
                    text.name x=(format!("{:.1}", x + 14.0)) y=(format!("{:.1}", y + 18.0)) {
                        (shape.name)
                    }
                    @if shape.is_gated {
                        (lock(x + width - 20.0, y + 8.0))
                    }
                    text.note x=(format!("{:.1}", x + 14.0)) y=(format!("{:.1}", y + 34.0)) { (cut(&shape.note, 26)) }
                }
            }
        }
    }
}

/// A padlock: people have to approve it.
fn lock(x: f64, y: f64) -> Markup {
    let path = format!("M {x:.1} {:.1} h 10 v 7 h -10 z m 2 0 v -2.5 a 3 3 0 0 1 6 0 v 2.5", y + 5.0);
    html! { path.lock d=(path) { title { "needs approval" } } }
}

/// As wide as its longer line.
fn width(shape: &Shape) -> f64 {
    let name = shape.name.chars().count() as f64 * 8.0 + if shape.is_gated { 18.0 } else { 0.0 };
    let note = shape.note.chars().count().min(26) as f64 * 6.4;
    (name.max(note) + 28.0).max(96.0)
}

fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn is_shown(graph: &StepGraph, node: NodeId) -> bool {
    match graph.node(node).kind {
        NodeKind::Step(_) | NodeKind::Cause(_) | NodeKind::Severity(_) => true,
        NodeKind::Milestone(Milestone::Resolved) => true,
        NodeKind::Milestone(Milestone::Failed) => !graph.outgoing(node).is_empty(),
        _ => false,
    }
}

/// The arrows between what is shown, as numbers of shapes, without those that follow from others; true
/// where only the order matters.
fn edges(graph: &StepGraph, shown: &[NodeId]) -> Vec<(usize, usize, bool)> {
    let number = |node: NodeId| shown.binary_search(&node).ok();
    let mut into: Vec<Vec<(usize, bool)>> = Vec::with_capacity(shown.len());
    for node in shown {
        let mut found: Vec<(usize, bool)> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack = vec![(*node, false)];
        while let Some((node, order)) = stack.pop() {
            for edge in graph.incoming(node).iter().map(|edge| graph.edge(*edge)) {
                let order = order || edge.reason == Reason::Place;
                match number(edge.from) {
                    Some(from) => match found.iter_mut().find(|(known, _)| *known == from) {
                        Some((_, known)) => *known &= order,
                        None => found.push((from, order)),
                    },
                    None if seen.insert((edge.from, order)) => stack.push((edge.from, order)),
                    None => {}
                }
            }
        }
        found.sort();
        into.push(found);
    }
    let mut edges = Vec::new();
    for (to, found) in into.iter().enumerate() {
        for (from, order) in found {
            let others: Vec<usize> =
                found.iter().map(|(other, _)| *other).filter(|other| other != from).collect();
            if !is_behind(&into, *from, &others) {
                edges.push((*from, to, *order));
            }
        }
    }
    edges
}

/// Whether one is waited for by some of the others, on any way.
fn is_behind(into: &[Vec<(usize, bool)>], wanted: usize, others: &[usize]) -> bool {
    let mut seen: BTreeSet<usize> = others.iter().copied().collect();
    let mut stack: Vec<usize> = others.to_vec();
    while let Some(node) = stack.pop() {
        for (from, _) in &into[node] {
            if *from == wanted {
                return true;
            }
            if seen.insert(*from) {
                stack.push(*from);
            }
        }
    }
    false
}
