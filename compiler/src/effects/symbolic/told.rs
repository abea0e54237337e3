//! Describes the conditions under which something happens, for messages.

use std::collections::BTreeMap;

use super::{
    Machine,
    formula::Atom,
    solve::Way,
    value::{Term, TermId},
};

/// The known order of two terms.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    less: Option<bool>,
    equal: Option<bool>,
}

impl Machine<'_, '_> {
    /// The conditions of a path, in the order in which they were found, each as source code.
    pub fn told(&self, way: &Way) -> Vec<String> {
        let mut compared: BTreeMap<(TermId, TermId), Known> = BTreeMap::new();
        for (atom, value) in way {
            match self.store.formulas.atom_of(*atom) {
                Atom::Less(one, other) => compared.entry((one, other)).or_default().less = Some(*value),
                Atom::Equal(one, other) => compared.entry((one, other)).or_default().equal = Some(*value),
                _ => {}
            }
        }
        let mut told = Vec::new();
        for (atom, value) in way {
            let sentence = match self.store.formulas.atom_of(*atom) {
                Atom::Holds(term) => {
                    let shown = self.written(self.store.term(term));
                    Some(if *value { format!("`{shown}`") } else { format!("not `{shown}`") })
                }
                Atom::Absent(term) => {
                    let operator = if *value { "==" } else { "!=" };
                    Some(format!("`{} {operator} none`", self.written(self.store.term(term))))
                }
                Atom::Variant(term, index) => {
                    let operator = if *value { "==" } else { "!=" };
                    let variant = self.variant_of(term, index);
                    Some(format!("`{} {operator} {variant}`", self.written(self.store.term(term))))
                }
                Atom::Less(one, other) | Atom::Equal(one, other) => {
                    compared.remove(&(one, other)).map(|known| self.comparison(one, other, known))
                }
            };
            told.extend(sentence);
        }
        told
    }

    fn comparison(&self, one: TermId, other: TermId, known: Known) -> String {
        let operator = match (known.less, known.equal) {
            (Some(true), _) => "<",
            (_, Some(true)) => "==",
            (Some(false), Some(false)) => ">",
            (Some(false), None) => ">=",
            (None, _) => "!=",
        };
        // Constants go on the right.
        let (left, right) = (self.store.term(one), self.store.term(other));
        let swapped = !matches!(left, Term::Opaque(_)) && matches!(right, Term::Opaque(_));
        let (left, right) = if swapped { (right, left) } else { (left, right) };
        let operator = match (swapped, operator) {
            (true, "<") => ">",
            (true, ">") => "<",
            (true, ">=") => "<=",
            (_, operator) => operator,
        };
        format!("`{} {operator} {}`", self.written(left), self.written(right))
    }
}
