//! Whether formulas can hold together, and under which conditions.
//!
//! The formulas become clauses for a SAT solver. The solver doesn't know that atoms about the same terms are
//! related: that nothing is both below 200 ms and above 300 ms. Clauses that express this are added for the
//! comparisons in use.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use batsat::{BasicSolver, Lit, SolverInterface, lbool};

use super::{
    formula::{Atom, AtomId, Formula, Node},
    value::{Store, Term, TermId, order},
};

/// A term that is compared with more others than this isn't ordered with them.
const NEIGHBOURS: usize = 80;

/// The values of some atoms.
pub(in crate::effects) type Way = Vec<(AtomId, bool)>;

impl Store {
    /// The values of the atoms for which all these formulas hold, if that is possible.
    pub fn way(&self, formulas: &[Formula]) -> Option<Way> {
        if formulas.contains(&Formula::FALSE) {
            return None;
        }
        let atoms = self.formulas.atoms_in(formulas);
        let mut encoding = Encoding { solver: BasicSolver::default(), nodes: BTreeMap::new() };
        for node in self.formulas.cone(formulas) {
            encoding.node(node, self.formulas.node_at(node));
        }
        Comparisons::of(self, &atoms, &mut encoding).say(self, &mut encoding);
        for formula in formulas {
            let holds = encoding.literal(*formula);
            encoding.clause(&[holds]);
        }
        if encoding.solver.solve_limited(&[]) != lbool::TRUE {
            return None;
        }
        let literals = encoding.atoms(self);
        let value = |atom: AtomId| {
            let literal = literals.get(&atom).copied();
            literal.is_some_and(|literal| encoding.solver.value_lit(literal) == lbool::TRUE)
        };
        Some(atoms.into_iter().map(|atom| (atom, value(atom))).collect())
    }

    /// The values that are needed to make the formulas hold whatever the others are, preferring those that were
    /// found first.
    pub fn shortened(&self, formulas: &[Formula], way: Way) -> Way {
        let cone = self.formulas.cone(formulas);
        let mut values: BTreeMap<AtomId, bool> = way.iter().copied().collect();
        for (atom, value) in way.iter().rev() {
            values.remove(atom);
            if !self.hold(formulas, &cone, &values) {
                values.insert(*atom, *value);
            }
        }
        way.into_iter().filter(|(atom, _)| values.contains_key(atom)).collect()
    }

    /// Whether formulas hold for these values of some atoms, whatever the others are.
    fn hold(&self, formulas: &[Formula], cone: &[usize], values: &BTreeMap<AtomId, bool>) -> bool {
        let mut known: BTreeMap<usize, Option<bool>> = BTreeMap::new();
        let of = |known: &BTreeMap<usize, Option<bool>>, formula: Formula| {
            known.get(&formula.node()).copied().flatten().map(|value| value != formula.is_negated())
        };
        for node in cone {
            let value = match self.formulas.node_at(*node) {
                Node::True => Some(true),
                Node::Atom(atom) => values.get(&atom).copied(),
                Node::And(left, right) => match (of(&known, left), of(&known, right)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                },
            };
            known.insert(*node, value);
        }
        formulas.iter().all(|formula| of(&known, *formula) == Some(true))
    }
}

/// Formulas as clauses: a variable for each node.
struct Encoding {
    solver: BasicSolver,
    nodes: BTreeMap<usize, Lit>,
}

impl Encoding {
    fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    fn clause(&mut self, literals: &[Lit]) {
        self.solver.add_clause_reuse(&mut literals.to_vec());
    }

    fn literal(&self, formula: Formula) -> Lit {
        let literal = self.nodes.get(&formula.node()).copied().unwrap_or(Lit::UNDEF);
        if formula.is_negated() { !literal } else { literal }
    }

    fn node(&mut self, number: usize, node: Node) {
        let own = self.fresh();
        self.nodes.insert(number, own);
        match node {
            Node::True => self.clause(&[own]),
            Node::Atom(_) => {}
            Node::And(left, right) => {
                let (left, right) = (self.literal(left), self.literal(right));
                self.clause(&[!own, left]);
                self.clause(&[!own, right]);
                self.clause(&[own, !left, !right]);
            }
        }
    }

    fn atoms(&self, store: &Store) -> BTreeMap<AtomId, Lit> {
        let atoms = self.nodes.iter().filter_map(|(node, literal)| match store.formulas.node_at(*node) {
            Node::Atom(atom) => Some((atom, *literal)),
            _ => None,
        });
        atoms.collect()
    }

    /// If all of these hold, then so does that.
    fn follows(&mut self, all: [Side; 2], then: Side) {
        let mut literals = Vec::new();
        for side in all {
            match side {
                Side::Known(true) => {}
                Side::Known(false) => return,
                Side::Open(literal) => literals.push(!literal),
            }
        }
        match then {
            Side::Known(true) => return,
            Side::Known(false) => {}
            Side::Open(literal) => literals.push(literal),
        }
        self.clause(&literals);
    }
}

/// A literal of a rule.
#[derive(Debug, Clone, Copy)]
enum Side {
    Known(bool),
    Open(Lit),
}

/// The order of two terms: exactly one of the three holds.
#[derive(Debug, Clone, Copy)]
struct Relation {
    less: Lit,
    equal: Lit,
    greater: Lit,
}

/// The terms that are compared.
struct Comparisons {
    /// By the two terms, the one with the smaller number first.
    pairs: BTreeMap<(TermId, TermId), Relation>,
    neighbours: BTreeMap<TermId, BTreeSet<TermId>>,
}

impl Comparisons {
    fn of(store: &Store, atoms: &[AtomId], encoding: &mut Encoding) -> Self {
        let literals = encoding.atoms(store);
        let mut comparisons = Self { pairs: BTreeMap::new(), neighbours: BTreeMap::new() };
        for atom in atoms {
            let (first, second) = match store.formulas.atom_of(*atom) {
                Atom::Less(first, second) | Atom::Equal(first, second) => (first, second),
                _ => continue,
            };
            let known = comparisons.pairs.get(&(first, second)).copied();
            let mut relation = known.unwrap_or_else(|| {
                let [less, equal, greater] = std::array::from_fn(|_| encoding.fresh());
                Relation { less, equal, greater }
            });
            let Some(literal) = literals.get(atom).copied() else { continue };
            match store.formulas.atom_of(*atom) {
                Atom::Less(..) => relation.less = literal,
                _ => relation.equal = literal,
            }
            comparisons.pairs.insert((first, second), relation);
            comparisons.neighbours.entry(first).or_default().insert(second);
            comparisons.neighbours.entry(second).or_default().insert(first);
        }
        comparisons
    }

    fn say(&self, store: &Store, encoding: &mut Encoding) {
        for Relation { less, equal, greater } in self.pairs.values().copied() {
            encoding.clause(&[less, equal, greater]);
            for (one, other) in [(less, equal), (less, greater), (equal, greater)] {
                encoding.clause(&[!one, !other]);
            }
        }
        for (between, neighbours) in &self.neighbours {
            if neighbours.len() > NEIGHBOURS {
                continue;
            }
            for left in neighbours {
                for right in neighbours.iter().filter(|right| *right != left) {
                    self.in_turn(store, encoding, [*left, *between, *right]);
                }
            }
        }
    }

    /// What follows for the outer two of three terms.
    fn in_turn(&self, store: &Store, encoding: &mut Encoding, [left, between, right]: [TermId; 3]) {
        let (Some(one), Some(other), Some(outer)) = (
            self.sides(store, left, between),
            self.sides(store, between, right),
            self.sides(store, left, right),
        ) else {
            return;
        };
        encoding.follows([one.less, other.less], outer.less);
        encoding.follows([one.less, other.equal], outer.less);
        encoding.follows([one.equal, other.less], outer.less);
        encoding.follows([one.equal, other.equal], outer.equal);
        if let Term::Opaque(opaque) = store.term(between)
            && opaque.whole
            && next_to_each_other(store.term(left), store.term(right))
        {
            encoding.follows([one.less, other.less], Side::Known(false));
        }
    }

    fn sides(&self, store: &Store, one: TermId, other: TermId) -> Option<Sides> {
        let pair = self.pairs.get(&(one.min(other), one.max(other)));
        if let Some(Relation { less, equal, greater }) = pair.copied() {
            let less = if one < other { less } else { greater };
            return Some(Sides { less: Side::Open(less), equal: Side::Open(equal) });
        }
        let known = order(store.term(one), store.term(other))?;
        Some(Sides {
            less: Side::Known(known == Ordering::Less),
            equal: Side::Known(known == Ordering::Equal),
        })
    }
}

struct Sides {
    less: Side,
    equal: Side,
}

/// Whether there is no whole number between two constants.
fn next_to_each_other(one: &Term, other: &Term) -> bool {
    match (one, other) {
        (Term::Int(one), Term::Int(other))
        | (Term::Duration(one), Term::Duration(other))
        | (Term::Size(one), Term::Size(other)) => one.checked_add(1) == Some(*other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Type;

    fn number(store: &mut Store, name: &str) -> super::super::value::ValueId {
        let term = store.opaque(name, Vec::new(), name);
        store.unknown(term, &Type::Int, &|_| 0)
    }

    #[test]
    fn comparisons_of_the_same_terms_belong_together() {
        let mut store = Store::default();
        let [a, b, c] = ["a", "b", "c"].map(|name| number(&mut store, name));
        let [five, six] = [5, 6].map(|value| store.constant(Term::Int(value)));
        let below = store.less(a, five);
        let above = store.less(six, a);
        assert_eq!(store.way(&[below, above]), None);
        assert!(store.way(&[below.not(), above.not()]).is_some());
        let more_than_five = store.less(five, a);
        let less_than_six = store.less(a, six);
        assert_eq!(store.way(&[more_than_five, less_than_six]), None, "there is nothing between 5 and 6");
        let circle = [store.less(a, b), store.less(b, c), store.less(c, a)];
        assert_eq!(store.way(&circle), None);
        let twice = store.less(b, a);
        assert_eq!(store.way(&[circle[0], twice]), None);
        let equal = store.equal(a, five);
        assert_eq!(store.way(&[below, equal]), None);
    }

    #[test]
    fn a_way_is_as_short_as_it_can_be() {
        let mut store = Store::default();
        let atoms: Vec<Formula> =
            (0..40).map(|term| store.formulas.atom(Atom::Holds(TermId(term)))).collect();
        let any = store.formulas.any(atoms.clone());
        let way = store.way(&[any, atoms[3].not()]).unwrap();
        assert_eq!(way.len(), 40);
        assert_eq!(store.shortened(&[any, atoms[3].not()], way).len(), 2);
        let all = store.formulas.all(atoms);
        assert_eq!(store.way(&[all, any.not()]), None);
    }
}
