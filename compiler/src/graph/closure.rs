//! What waits for what, directly or not, for all nodes of a graph at once.
//!
//! Rules ask this about many pairs of steps. Searching the graph for each pair is cubic in the length of a
//! playbook; this visits each edge once, and answers a query with a single bit.

use super::{NodeId, StepGraph};

/// Larger graphs would take too much memory (a bit per pair), so they are searched.
const MOST_NODES: usize = 16_384;

/// For each node, a bit for each node that it waits for.
#[derive(Debug, Clone)]
pub(super) struct Closure {
    words: usize,
    bits: Vec<u64>,
}

impl Closure {
    /// `None` for graphs that are too large or have cycles.
    pub(super) fn of(graph: &StepGraph) -> Option<Closure> {
        let nodes = graph.nodes().count();
        let order = (nodes <= MOST_NODES).then(|| graph.topological()).flatten()?;
        let words = nodes.div_ceil(64);
        let mut bits = vec![0_u64; words * nodes];
        let mut row = vec![0_u64; words];
        for node in order {
            row.fill(0);
            for edge in graph.incoming(node) {
                let from = graph.edge(*edge).from.index();
                row[from / 64] |= 1 << (from % 64);
                for (own, other) in row.iter_mut().zip(&bits[from * words..]) {
                    *own |= other;
                }
            }
            bits[node.index() * words..][..words].copy_from_slice(&row);
        }
        Some(Closure { words, bits })
    }

    /// Whether `to` waits for `from`.
    pub(super) fn holds(&self, from: NodeId, to: NodeId) -> bool {
        let word = self.bits[to.index() * self.words + from.index() / 64];
        word & (1 << (from.index() % 64)) != 0
    }
}

impl StepGraph {
    /// Whether a node waits for another, directly or not.
    pub fn comes_before(&self, from: NodeId, to: NodeId) -> bool {
        match self.closure.get_or_init(|| Closure::of(self)) {
            Some(closure) => closure.holds(from, to),
            None => self.search(from, to),
        }
    }

    fn search(&self, from: NodeId, to: NodeId) -> bool {
        let mut seen = vec![false; self.nodes().count()];
        let mut work = vec![to];
        while let Some(at) = work.pop() {
            for edge in self.incoming(at) {
                let before = self.edge(*edge).from;
                if before == from {
                    return true;
                }
                if !std::mem::replace(&mut seen[before.index()], true) {
                    work.push(before);
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::check_files, source::SourceFile, world::MemoryWorld};

    #[test]
    fn the_table_says_what_a_search_over_the_edges_finds() {
        let mut text =
            "action look(what: Int) -> Int reads\nplaybook p {\n  enrich {\n    severity = minor\n"
                .to_owned();
        for step in 0..80 {
            let what = match step {
                0 => "1".to_owned(),
                _ if step % 3 == 0 => format!("s{}", step / 3),
                _ if step % 7 == 0 => format!("s{} + s{}", step - 1, step / 2),
                _ => step.to_string(),
            };
            text.push_str(&format!("    step s{step} = look({what})\n"));
        }
        text.push_str("  }\n}\n");
        let mut world = MemoryWorld::default();
        let file = world.add("p", SourceFile::new("p.quell", text));
        let checked = check_files(&world, &[file]);
        let (playbook, _) = checked.playbooks().next().unwrap();
        let graph = checked.graphs.get(playbook).unwrap();
        let nodes: Vec<NodeId> = graph.nodes().map(|(id, _)| id).collect();
        let mut ordered = 0;
        for from in &nodes {
            for to in &nodes {
                assert_eq!(graph.comes_before(*from, *to), graph.search(*from, *to), "{from:?} {to:?}");
                ordered += usize::from(graph.comes_before(*from, *to));
            }
        }
        assert!(ordered > 50, "{ordered}");
    }
}
