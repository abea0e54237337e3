//! The length of the longest path without one of its edges, for all edges at once.
//!
//! A path that avoids the edge `u -> v` crosses from the nodes sorted before `v` to `v` and the nodes after
//! it by exactly one other edge. So the longest such path is the maximum, over the edges that cross there, of
//! the path up to the edge plus the path after it. A single sweep over a topological order keeps the
//! crossing edges in a sorted set: O((nodes + edges) log edges) for all of them, where a schedule for each
//! edge would be quadratic.

use std::collections::BTreeSet;

/// An acyclic graph, for finding its longest path.
#[derive(Debug, Clone, Default)]
pub struct Detours {
    /// The duration of each node. The nodes are in topological order.
    pub lengths: Vec<i64>,
    /// From, to, and the delay; each from a node to a later one.
    pub edges: Vec<(usize, usize, i64)>,
    /// Whether the longest path may end at a node.
    pub targets: Vec<bool>,
}

impl Detours {
    /// The longest path to a target, and for each edge the longest path that avoids it. `None` without a target.
    pub fn longest(&self) -> Option<(i64, Vec<i64>)> {
        let count = self.lengths.len();
        let (mut incoming, mut outgoing) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (index, (from, to, _)) in self.edges.iter().enumerate() {
            incoming[*to].push(index);
            outgoing[*from].push(index);
        }
        // When each node ends, and how long it takes from its start to the last target.
        let mut ends = vec![0; count];
        for node in 0..count {
            let before = incoming[node].iter().map(|edge| self.edges[*edge]);
            let start = before.map(|(from, _, delay)| ends[from] + delay).max().unwrap_or(0).max(0);
            ends[node] = start + self.lengths[node];
        }
        let mut rest: Vec<Option<i64>> = vec![None; count];
        for node in (0..count).rev() {
            let after = outgoing[node].iter().map(|edge| self.edges[*edge]);
            let after = after.filter_map(|(_, to, delay)| Some(rest[to]? + delay));
            let own = self.targets[node].then_some(0);
            rest[node] = after.chain(own).max().map(|after| after + self.lengths[node]);
        }
        let whole = (0..count).filter(|node| self.targets[*node]).map(|node| ends[node]).max()?;
        // The paths by the edge on which they cross, those without one by `None`. Any node may start the run.
        let mut crossing: BTreeSet<(i64, Option<usize>, usize)> =
            (0..count).filter_map(|node| Some((rest[node]?, None, node))).collect();
        let mut without = vec![whole; self.edges.len()];
        for node in 0..count {
            // The edges into this node cross right before it.
            for edge in &incoming[node] {
                let best = crossing.iter().rev().find(|(_, crossed, _)| *crossed != Some(*edge));
                without[*edge] = best.map_or(0, |(way, ..)| *way);
            }
            for edge in &incoming[node] {
                if let Some(way) = self.through(*edge, &ends, &rest) {
                    crossing.remove(&(way, Some(*edge), node));
                }
            }
            if let Some(rest) = rest[node] {
                crossing.remove(&(rest, None, node));
            }
            // A path that ended at this target crosses everything later.
            if self.targets[node] {
                crossing.insert((ends[node], None, count + node));
            }
            for edge in &outgoing[node] {
                if let Some(way) = self.through(*edge, &ends, &rest) {
                    crossing.insert((way, Some(*edge), self.edges[*edge].1));
                }
            }
        }
        Some((whole, without))
    }

    /// The longest path through an edge.
    fn through(&self, edge: usize, ends: &[i64], rest: &[Option<i64>]) -> Option<i64> {
        let (from, to, delay) = self.edges[edge];
        Some(ends[from] + delay + rest[to]?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plainly(graph: &Detours, without: Option<usize>) -> Option<i64> {
        let mut ends = vec![0; graph.lengths.len()];
        for node in 0..ends.len() {
            let mut start = 0;
            for (index, (from, to, delay)) in graph.edges.iter().enumerate() {
                if *to == node && Some(index) != without {
                    start = start.max(ends[*from] + delay);
                }
            }
            ends[node] = start + graph.lengths[node];
        }
        (0..ends.len()).filter(|node| graph.targets[*node]).map(|node| ends[node]).max()
    }

    fn graphs() -> impl Strategy<Value = Detours> {
        (1_usize..9).prop_flat_map(|count| {
            let edge = (0..count, 0..count, 0_i64..4);
            (
                prop::collection::vec(0_i64..6, count),
                prop::collection::vec(edge, 0..20),
                prop::collection::vec(any::<bool>(), count),
            )
                .prop_map(|(lengths, edges, targets)| Detours {
                    lengths,
                    edges: edges.into_iter().filter(|(from, to, _)| from < to).collect(),
                    targets,
                })
        })
    }

    proptest! {
        #[test]
        fn each_detour_is_what_a_schedule_without_the_edge_says(graph in graphs()) {
            let longest = graph.longest();
            prop_assert_eq!(longest.as_ref().map(|(whole, _)| *whole), plainly(&graph, None));
            for (edge, way) in longest.iter().flat_map(|(_, ways)| ways.iter().enumerate()) {
                prop_assert_eq!(Some(*way), plainly(&graph, Some(edge)), "edge {}", edge);
            }
        }
    }
}
