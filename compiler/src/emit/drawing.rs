//! What of a document is drawn, for all drawings alike.
//!
//! Left out: milestones that nothing waits for, except `resolved`; place edges that follow from
//! others and aren't on the longest way. Edges between the same two nodes become one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, EdgeWire, NodeWire, WhatWire};
use crate::findings::graph::duration_text;

/// Above so many nodes nobody follows single lines, and finding those that follow from others takes
/// too long.
const THINNED: usize = 500;

/// Nodes and edges to draw.
#[derive(Debug)]
pub(super) struct Drawing<'a> {
    /// By part, in the order of the parts; the first has none.
    pub groups: Vec<Group<'a>>,
    /// In the order of what waits.
    pub edges: Vec<Line>,
}

/// The nodes of a part.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// Its name; none for what belongs to the run.
    pub part: Option<&'a str>,
    /// With their numbers, in source order.
    pub nodes: Vec<(usize, &'a NodeWire)>,
}

/// An edge to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The number of the node that is waited for.
    pub from: usize,
    /// The number of the node that waits.
    pub to: usize,
    /// The strongest of its reasons.
    pub reason: &'static str,
    /// Words for it, if they are needed.
    pub label: String,
    /// Whether it is on the longest way.
    pub critical: bool,
}

/// What to draw.
pub(super) fn drawing(document: &Document) -> Drawing<'_> {
    let numbers: BTreeMap<&str, usize> =
        document.nodes.iter().enumerate().map(|(number, node)| (node.id.as_str(), number)).collect();
    let ends = |edge: &EdgeWire| Some((*numbers.get(edge.from.as_str())?, *numbers.get(edge.to.as_str())?));
    let waited: BTreeSet<usize> = document.edges.iter().filter_map(|edge| Some(ends(edge)?.0)).collect();
    let shown = |number: usize| match document.nodes[number].what {
        WhatWire::Milestone { name } => name == "resolved" || waited.contains(&number),
        _ => true,
    };

    let mut lines: BTreeMap<(usize, usize), Vec<&EdgeWire>> = BTreeMap::new();
    for edge in &document.edges {
        if let Some((from, to)) = ends(edge).filter(|(from, to)| shown(*from) && shown(*to)) {
            lines.entry((to, from)).or_default().push(edge);
        }
    }
    let path = document.critical_path.iter().filter_map(|id| numbers.get(id.as_str()).copied());
    let path: Vec<usize> = path.collect();
    let critical: BTreeSet<(usize, usize)> = path.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let lines = lines.into_iter();
    let mut edges: Vec<Line> = lines.map(|((to, from), edges)| line(from, to, &edges, &critical)).collect();
    if document.nodes.len() <= THINNED {
        thin(&mut edges, document.nodes.len());
    }

    let parts = document.parts.iter().map(|part| Some(part.name));
    let mut groups: Vec<Group<'_>> =
        std::iter::once(None).chain(parts).map(|part| Group { part, nodes: Vec::new() }).collect();
    for (number, node) in document.nodes.iter().enumerate().filter(|(number, _)| shown(*number)) {
        // A milestone is of the run, wherever it is written.
        let part = node.part.filter(|_| !matches!(node.what, WhatWire::Milestone { .. }));
        let group = groups.iter().position(|group| group.part == part).unwrap_or(0);
        groups[group].nodes.push((number, node));
    }
    Drawing { groups, edges }
}

fn line(from: usize, to: usize, edges: &[&EdgeWire], critical: &BTreeSet<(usize, usize)>) -> Line {
    const STRONGEST_FIRST: [&str; 7] =
        ["approval", "after", "data", "condition", "decides", "milestone", "place"];
    let reason = STRONGEST_FIRST.into_iter().find(|reason| edges.iter().any(|edge| edge.reason == *reason));
    let delay = edges.iter().find_map(|edge| edge.delay);
    let label = match (reason, delay) {
        (_, Some(delay)) => format!("+ {}", duration_text(delay)),
        (Some("condition"), _) => "if".to_owned(),
        (Some("after"), _) => "after".to_owned(),
        _ => String::new(),
    };
    Line { from, to, reason: reason.unwrap_or("data"), label, critical: critical.contains(&(from, to)) }
}

/// Takes away the place edges between nodes that are connected over others as well.
fn thin(edges: &mut Vec<Line>, nodes: usize) {
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for edge in edges.iter() {
        into[edge.to].push(edge.from);
    }
    edges.retain(|edge| {
        if edge.reason != "place" || edge.critical {
            return true;
        }
        let mut seen = BTreeSet::new();
        let mut stack: Vec<usize> = into[edge.to].iter().copied().filter(|from| *from != edge.from).collect();
        while let Some(node) = stack.pop() {
            if node != edge.to && seen.insert(node) {
                stack.extend(&into[node]);
            }
        }
        !seen.contains(&edge.from)
    });
}

/// At most `limit` characters, the last three being dots where something is left out.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

/// What an approval asks for: `2 of data.on_call, then sre.leads`.
pub(super) fn approval_text(approval: &super::ApprovalWire) -> String {
    let count = approval.count.map_or("?".to_owned(), |count| count.to_string());
    format!("{count} of {}", approval.groups.join(", then "))
}
