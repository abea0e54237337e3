//! Items that depend on themselves. Recursion isn't allowed in Quell, so that everything terminates.

use crate::{
    diagnostic::Diagnostic,
    findings::names as findings,
    hir::{ItemKind, Module},
    source::Span,
};

/// Reports each cycle of items once, with its path.
pub(super) fn report(module: &Module, references: &[Vec<(u32, Span)>], diagnostics: &mut Vec<Diagnostic>) {
    let components = Components::of(references);
    for component in components.found {
        let first = component[0];
        let own = references[first as usize].iter().any(|(to, _)| *to == first);
        // Tasks are checked through their calls, together with their effects.
        let tasks =
            component.iter().any(|item| matches!(module.items[*item as usize].kind, ItemKind::Task(_)));
        if tasks || component.len() == 1 && !own {
            continue;
        }
        let path = circle(first, &component, references);
        let names: Vec<(&crate::hir::Item, Span)> =
            path.iter().map(|(item, span)| (&module.items[*item as usize], *span)).collect();
        diagnostics.push(findings::recursion::report(&names));
    }
}

/// A shortest path from `first` back to itself: each item with the span where it refers to the next.
fn circle(first: u32, component: &[u32], references: &[Vec<(u32, Span)>]) -> Vec<(u32, Span)> {
    let member = |item: u32| component.binary_search(&item).is_ok();
    let mut from: std::collections::HashMap<u32, (u32, Span)> = std::collections::HashMap::new();
    let mut queue = std::collections::VecDeque::from([first]);
    while let Some(item) = queue.pop_front() {
        for (to, span) in &references[item as usize] {
            if *to == first {
                let mut path = vec![(item, *span)];
                let mut at = item;
                while at != first {
                    let (before, span) = from[&at];
                    path.push((before, span));
                    at = before;
                }
                path.reverse();
                return path;
            }
            if member(*to) && !from.contains_key(to) {
                from.insert(*to, (item, *span));
                queue.push_back(*to);
            }
        }
    }
    Vec::new()
}

/// Strongly connected components (Tarjan), without recursion: a module may have any number of items.
struct Components {
    found: Vec<Vec<u32>>,
}

impl Components {
    fn of(references: &[Vec<(u32, Span)>]) -> Self {
        let count = references.len();
        let (mut index, mut low, mut on_stack) = (vec![u32::MAX; count], vec![0; count], vec![false; count]);
        let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0);
        for root in 0..count {
            if index[root] != u32::MAX {
                continue;
            }
            let mut work = vec![(root, 0)];
            while let Some((item, edge)) = work.pop() {
                if edge == 0 {
                    (index[item], low[item], on_stack[item]) = (next, next, true);
                    next += 1;
                    stack.push(item);
                }
                if let Some((to, _)) = references[item].get(edge) {
                    let to = *to as usize;
                    work.push((item, edge + 1));
                    if index[to] == u32::MAX {
                        work.push((to, 0));
                    } else if on_stack[to] {
                        low[item] = low[item].min(index[to]);
                    }
                    continue;
                }
                if low[item] == index[item] {
                    let start = stack.iter().rposition(|member| *member == item).unwrap_or(0);
                    let mut component: Vec<u32> = stack.drain(start..).map(|member| member as u32).collect();
                    component.iter().for_each(|member| on_stack[*member as usize] = false);
                    component.sort_unstable();
                    found.push(component);
                }
                if let Some((parent, _)) = work.last() {
                    low[*parent] = low[*parent].min(low[item]);
                }
            }
        }
        found.sort();
        Self { found }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn components(edges: &[&[u32]]) -> Vec<Vec<u32>> {
        let span = Span::new(FileId(0), 0, 0);
        let references: Vec<Vec<(u32, Span)>> =
            edges.iter().map(|to| to.iter().map(|to| (*to, span)).collect()).collect();
        Components::of(&references).found
    }

    #[test]
    fn components_are_found_with_all_their_members() {
        assert_eq!(components(&[&[1], &[2], &[0], &[2]]), vec![vec![0, 1, 2], vec![3]]);
        assert_eq!(components(&[&[1, 2], &[3], &[3], &[]]), vec![vec![0], vec![1], vec![2], vec![3]]);
        assert_eq!(components(&[&[1], &[0, 2], &[3], &[2]]), vec![vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let count = 100_000;
        let edges: Vec<Vec<u32>> = (0..count).map(|item| vec![(item + 1) % count]).collect();
        let edges: Vec<&[u32]> = edges.iter().map(Vec::as_slice).collect();
        assert_eq!(components(&edges).len(), 1);
    }
}
