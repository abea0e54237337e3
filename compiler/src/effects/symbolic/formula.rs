//! Formulas over atoms. Equal formulas are shared, so that each is processed only once.

use std::collections::HashMap;

use super::value::TermId;

/// A formula: the number of its node, and whether it is negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::effects) struct Formula(u32);

impl Formula {
    pub const TRUE: Formula = Formula(0);
    pub const FALSE: Formula = Formula(1);

    /// The constant true or false.
    pub fn known(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }

    pub fn not(self) -> Self {
        Self(self.0 ^ 1)
    }

    pub fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    /// The number of its node.
    pub fn node(self) -> usize {
        (self.0 >> 1) as usize
    }
}

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::effects) enum Node {
    True,
    Atom(AtomId),
    And(Formula, Formula),
}

/// An atom's number, in the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::effects) struct AtomId(pub u32);

/// An atom, which isn't analyzed any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::effects) enum Atom {
    /// A term of type Bool is true.
    Holds(TermId),
    /// A term is `none`.
    Absent(TermId),
    /// A term is this variant, given that it is none of the previous ones.
    Variant(TermId, u32),
    /// The first term is less than the second one, which has the greater number.
    Less(TermId, TermId),
    /// Both terms are equal; the second one has the greater number.
    Equal(TermId, TermId),
}

/// All formulas so far.
#[derive(Debug)]
pub(in crate::effects) struct Formulas {
    nodes: Vec<Node>,
    known: HashMap<Node, u32>,
    atoms: Vec<Atom>,
    by_atom: HashMap<Atom, AtomId>,
}

impl Default for Formulas {
    fn default() -> Self {
        Self {
            nodes: vec![Node::True],
            known: HashMap::from([(Node::True, 0)]),
            atoms: Vec::new(),
            by_atom: HashMap::new(),
        }
    }
}

impl Formulas {
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, formula: Formula) -> Node {
        self.nodes[formula.node()]
    }

    pub fn atom_of(&self, atom: AtomId) -> Atom {
        self.atoms[atom.0 as usize]
    }

    pub fn atom(&mut self, atom: Atom) -> Formula {
        let next = AtomId(self.atoms.len() as u32);
        let id = *self.by_atom.entry(atom).or_insert(next);
        if id == next {
            self.atoms.push(atom);
        }
        self.make(Node::Atom(id))
    }

    fn make(&mut self, node: Node) -> Formula {
        let next = self.nodes.len() as u32;
        let id = *self.known.entry(node).or_insert(next);
        if id == next {
            self.nodes.push(node);
        }
        Formula(id << 1)
    }

    pub fn and(&mut self, one: Formula, other: Formula) -> Formula {
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        if first == Formula::TRUE || first == second {
            return second;
        }
        if first == Formula::FALSE || first == second.not() {
            return Formula::FALSE;
        }
        // It is already part of the other one, or of what that denies.
        for (part, whole) in [(first, second), (second, first)] {
            if let Node::And(left, right) = self.node(whole) {
                match whole.is_negated() {
                    false if left == part || right == part => return whole,
                    false if left == part.not() || right == part.not() => return Formula::FALSE,
                    true if left == part.not() || right == part.not() => return part,
                    true if left == part => return self.and(part, right.not()),
                    true if right == part => return self.and(part, left.not()),
                    _ => {}
                }
            }
        }
        self.make(Node::And(first, second))
    }

    pub fn or(&mut self, one: Formula, other: Formula) -> Formula {
        self.and(one.not(), other.not()).not()
    }

    pub fn all(&mut self, parts: impl IntoIterator<Item = Formula>) -> Formula {
        parts.into_iter().fold(Formula::TRUE, |all, part| self.and(all, part))
    }

    pub fn any(&mut self, parts: impl IntoIterator<Item = Formula>) -> Formula {
        parts.into_iter().fold(Formula::FALSE, |any, part| self.or(any, part))
    }

    pub fn choose(&mut self, condition: Formula, then: Formula, otherwise: Formula) -> Formula {
        if then == otherwise {
            return then;
        }
        let then = self.and(condition, then);
        let otherwise = self.and(condition.not(), otherwise);
        self.or(then, otherwise)
    }

    /// The nodes that formulas consist of, dependencies first.
    pub fn cone(&self, formulas: &[Formula]) -> Vec<usize> {
        let mut seen = vec![false; self.nodes.len()];
        let mut work: Vec<usize> = formulas.iter().map(|formula| formula.node()).collect();
        let mut found = Vec::new();
        while let Some(node) = work.pop() {
            if std::mem::replace(&mut seen[node], true) {
                continue;
            }
            found.push(node);
            if let Node::And(left, right) = self.nodes[node] {
                work.extend([left.node(), right.node()]);
            }
        }
        // Nodes are created after their parts.
        found.sort_unstable();
        found
    }

    /// The atoms that formulas consist of, in the order of creation.
    pub fn atoms_in(&self, formulas: &[Formula]) -> Vec<AtomId> {
        let nodes = self.cone(formulas).into_iter();
        let mut atoms: Vec<AtomId> = nodes
            .filter_map(|node| match self.nodes[node] {
                Node::Atom(atom) => Some(atom),
                _ => None,
            })
            .collect();
        atoms.sort_unstable();
        atoms
    }

    pub fn node_at(&self, node: usize) -> Node {
        self.nodes[node]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_in_few_words_is_one_formula() {
        let mut formulas = Formulas::default();
        let [a, b] = [1, 2].map(|term| formulas.atom(Atom::Holds(TermId(term))));
        let both = formulas.and(a, b);
        assert_eq!(formulas.and(b, a), both);
        assert_eq!(formulas.and(both, a), both);
        assert_eq!(formulas.and(both, a.not()), Formula::FALSE);
        assert_eq!(formulas.or(a, a.not()), Formula::TRUE);
        assert_eq!(formulas.choose(a, b, b), b);
        assert_eq!(formulas.atoms_in(&[both]), [AtomId(0), AtomId(1)]);
    }
}
