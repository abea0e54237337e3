//! Values that aren't known yet: which term they are under which condition.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::Arc,
};

use super::formula::{Atom, Formula, Formulas};
use crate::{
    hir::{ItemKind, Literal},
    names::{ItemId, VariantId},
    types::Type,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::effects) struct TermId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::effects) struct ValueId(u32);

/// A term: a possible value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::effects) enum Term {
    None,
    Bool(bool),
    Int(i64),
    /// By its bits.
    Float(u64),
    /// By its bits.
    Percent(u64),
    Duration(i64),
    Size(i64),
    Text(Arc<str>),
    Variant(VariantId),
    List(Vec<ValueId>),
    Record(ItemId, Vec<ValueId>),
    /// The evidence for a cause, and against it.
    Cause(Formula, Formula),
    /// It is opaque: equal ones have the same value.
    Opaque(Opaque),
}

/// An opaque term.
#[derive(Debug, Clone)]
pub(in crate::effects) struct Opaque {
    /// Identifies it, together with its parts.
    pub key: Arc<str>,
    /// Its parts.
    pub parts: Vec<ValueId>,
    /// Its text for messages.
    pub shown: Arc<str>,
    /// Whether it is a whole number, so that there is nothing between 5 and 6.
    pub whole: bool,
    /// Its enum.
    pub of: Option<ItemId>,
}

impl PartialEq for Opaque {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.parts == other.parts
    }
}

impl Eq for Opaque {}

impl Hash for Opaque {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.key, &self.parts).hash(state);
    }
}

/// The terms that a value can be, each with its condition: exactly one of them holds.
pub(in crate::effects) type Cases = Vec<(Formula, TermId)>;

/// A value with more cases than this is opaque.
const CASES: usize = 40;
/// Enums with more variants than this are opaque.
const VARIANTS: u32 = 12;

/// All formulas, terms and values so far.
#[derive(Debug, Default)]
pub(in crate::effects) struct Store {
    pub formulas: Formulas,
    terms: Vec<Term>,
    by_term: HashMap<Term, TermId>,
    values: Vec<Cases>,
    by_cases: HashMap<Cases, ValueId>,
}

impl Store {
    pub fn term(&self, term: TermId) -> &Term {
        &self.terms[term.0 as usize]
    }

    pub fn cases(&self, value: ValueId) -> &Cases {
        &self.values[value.0 as usize]
    }

    pub fn make(&mut self, term: Term) -> TermId {
        if let Some(known) = self.by_term.get(&term) {
            return *known;
        }
        let id = TermId(self.terms.len() as u32);
        self.terms.push(term.clone());
        self.by_term.insert(term, id);
        id
    }

    pub fn constant(&mut self, term: Term) -> ValueId {
        let term = self.make(term);
        self.value(vec![(Formula::TRUE, term)])
    }

    pub fn literal(&mut self, literal: &Literal) -> ValueId {
        let term = term_of(literal);
        self.constant(term)
    }

    pub fn none(&mut self) -> ValueId {
        self.constant(Term::None)
    }

    pub fn bool(&mut self, formula: Formula) -> ValueId {
        let [yes, no] = [true, false].map(|value| self.make(Term::Bool(value)));
        self.value(vec![(formula, yes), (formula.not(), no)])
    }

    /// A value from its cases, merging those with the same term.
    pub fn value(&mut self, cases: Cases) -> ValueId {
        let mut joined: Cases = Vec::with_capacity(cases.len());
        for (formula, term) in cases {
            if formula == Formula::FALSE {
                continue;
            }
            match joined.iter_mut().find(|(_, known)| *known == term) {
                Some((known, _)) => *known = self.formulas.or(*known, formula),
                None => joined.push((formula, term)),
            }
        }
        joined.sort_unstable_by_key(|(_, term)| *term);
        if let Some(known) = self.by_cases.get(&joined) {
            return *known;
        }
        let many = joined.len() > CASES;
        let id = ValueId(self.values.len() as u32);
        self.values.push(joined.clone());
        self.by_cases.insert(joined.clone(), id);
        if many {
            let opaque = self.opaque("one of many", vec![id], "a value with many cases");
            let value = self.value(vec![(Formula::TRUE, opaque)]);
            self.by_cases.insert(joined, value);
            return value;
        }
        id
    }

    pub fn opaque(&mut self, key: &str, parts: Vec<ValueId>, shown: &str) -> TermId {
        self.make(Term::Opaque(Opaque {
            key: key.into(),
            parts,
            shown: shown.into(),
            whole: false,
            of: None,
        }))
    }

    /// The possible values of an opaque term of this type.
    pub fn unknown(&mut self, term: TermId, ty: &Type, variants: &dyn Fn(ItemId) -> u32) -> ValueId {
        match ty {
            Type::Bool => {
                let holds = self.formulas.atom(Atom::Holds(term));
                self.bool(holds)
            }
            Type::Optional(inner) => {
                let there = self.unknown(term, inner, variants);
                let absent = self.formulas.atom(Atom::Absent(term));
                let none = self.none();
                self.choose(absent, none, there)
            }
            Type::Enum(item) if (1..=VARIANTS).contains(&variants(*item)) => {
                if let Term::Opaque(opaque) = &mut self.terms[term.0 as usize] {
                    opaque.of = Some(*item);
                }
                let mut rest = Formula::TRUE;
                let mut cases = Cases::new();
                let count = variants(*item);
                for index in 0..count {
                    let last = index + 1 == count;
                    let own =
                        if last { Formula::TRUE } else { self.formulas.atom(Atom::Variant(term, index)) };
                    let formula = self.formulas.and(rest, own);
                    rest = self.formulas.and(rest, own.not());
                    cases.push((formula, self.make(Term::Variant(VariantId { item: *item, index }))));
                }
                self.value(cases)
            }
            Type::Int | Type::Duration | Type::Size => {
                if let Term::Opaque(opaque) = &mut self.terms[term.0 as usize] {
                    opaque.whole = true;
                }
                self.value(vec![(Formula::TRUE, term)])
            }
            _ => self.value(vec![(Formula::TRUE, term)]),
        }
    }

    pub fn choose(&mut self, condition: Formula, then: ValueId, otherwise: ValueId) -> ValueId {
        if then == otherwise || condition == Formula::TRUE {
            return then;
        }
        if condition == Formula::FALSE {
            return otherwise;
        }
        let mut cases = Cases::new();
        for (condition, value) in [(condition, then), (condition.not(), otherwise)] {
            for (formula, term) in self.cases(value).clone() {
                cases.push((self.formulas.and(condition, formula), term));
            }
        }
        self.value(cases)
    }

    /// The condition under which a value of type Bool is true.
    pub fn holds(&mut self, value: ValueId) -> Formula {
        let mut any = Formula::FALSE;
        for (formula, term) in self.cases(value).clone() {
            let holds = match self.term(term) {
                Term::Bool(value) => Formula::known(*value),
                Term::Opaque(_) => self.formulas.atom(Atom::Holds(term)),
                _ => Formula::FALSE,
            };
            let holds = self.formulas.and(formula, holds);
            any = self.formulas.or(any, holds);
        }
        any
    }

    /// The condition under which a value is `none`.
    pub fn absent(&mut self, value: ValueId) -> Formula {
        let none = self.make(Term::None);
        self.equal_to(value, none)
    }

    fn equal_to(&mut self, value: ValueId, term: TermId) -> Formula {
        let other = self.value(vec![(Formula::TRUE, term)]);
        self.equal(value, other)
    }

    /// The only term that a value can be.
    pub fn only(&self, value: ValueId) -> Option<&Term> {
        match self.cases(value).as_slice() {
            [(_, term)] => Some(self.term(*term)),
            _ => None,
        }
    }

    /// A formula over each pair of terms that two values can be.
    fn pairs(
        &mut self,
        one: ValueId,
        other: ValueId,
        f: &mut dyn FnMut(&mut Self, TermId, TermId) -> Formula,
    ) -> Formula {
        let mut any = Formula::FALSE;
        for (left_if, left) in self.cases(one).clone() {
            for (right_if, right) in self.cases(other).clone() {
                let both = self.formulas.and(left_if, right_if);
                if both != Formula::FALSE {
                    let holds = f(self, left, right);
                    let holds = self.formulas.and(both, holds);
                    any = self.formulas.or(any, holds);
                }
            }
        }
        any
    }

    /// `one == other`.
    pub fn equal(&mut self, one: ValueId, other: ValueId) -> Formula {
        self.pairs(one, other, &mut |store, left, right| store.equal_terms(left, right))
    }

    fn equal_terms(&mut self, left: TermId, right: TermId) -> Formula {
        if left == right {
            return Formula::TRUE;
        }
        match (self.term(left).clone(), self.term(right).clone()) {
            (Term::Opaque(_), Term::None) => self.formulas.atom(Atom::Absent(left)),
            (Term::None, Term::Opaque(_)) => self.formulas.atom(Atom::Absent(right)),
            (Term::Opaque(_), _) | (_, Term::Opaque(_)) => {
                self.formulas.atom(Atom::Equal(left.min(right), left.max(right)))
            }
            (Term::List(one), Term::List(other)) if one.len() == other.len() => self.all_equal(&one, &other),
            (Term::Record(item, one), Term::Record(same, other)) if item == same => {
                self.all_equal(&one, &other)
            }
            (one, other) => Formula::known(order(&one, &other) == Some(std::cmp::Ordering::Equal)),
        }
    }

    fn all_equal(&mut self, one: &[ValueId], other: &[ValueId]) -> Formula {
        let mut all = Formula::TRUE;
        for (left, right) in one.iter().zip(other) {
            let equal = self.equal(*left, *right);
            all = self.formulas.and(all, equal);
        }
        all
    }

    /// `one < other`.
    pub fn less(&mut self, one: ValueId, other: ValueId) -> Formula {
        self.pairs(one, other, &mut |store, left, right| {
            if left == right {
                return Formula::FALSE;
            }
            match (store.term(left).clone(), store.term(right).clone()) {
                (Term::None, _) | (_, Term::None) => Formula::FALSE,
                (Term::Opaque(_), _) | (_, Term::Opaque(_)) => {
                    let (first, second) = (left.min(right), left.max(right));
                    let less = store.formulas.atom(Atom::Less(first, second));
                    if first == left {
                        return less;
                    }
                    let equal = store.formulas.atom(Atom::Equal(first, second));
                    store.formulas.and(less.not(), equal.not())
                }
                (one, other) => Formula::known(order(&one, &other) == Some(std::cmp::Ordering::Less)),
            }
        })
    }

    /// When two values are certainly the same. Opaque values may differ.
    pub fn same(&mut self, one: ValueId, other: ValueId) -> Formula {
        if one == other {
            return Formula::TRUE;
        }
        self.pairs(one, other, &mut |store, left, right| {
            if left == right {
                return Formula::TRUE;
            }
            let (one, other) = match (store.term(left).clone(), store.term(right).clone()) {
                (Term::List(one), Term::List(other)) if one.len() == other.len() => (one, other),
                (Term::Record(item, one), Term::Record(same, other)) if item == same => (one, other),
                (Term::Opaque(one), Term::Opaque(other))
                    if one.key == other.key && one.parts.len() == other.parts.len() =>
                {
                    (one.parts, other.parts)
                }
                _ => return Formula::FALSE,
            };
            let mut all = Formula::TRUE;
            for (left, right) in one.into_iter().zip(other) {
                let same = store.same(left, right);
                all = store.formulas.and(all, same);
            }
            all
        })
    }
}

/// The number of variants of an enum.
pub(super) fn variants_of(kind: Option<&ItemKind>) -> u32 {
    match kind {
        Some(ItemKind::Enum(declared)) => declared.variants.len() as u32,
        _ => 0,
    }
}

/// A literal as a term.
pub(super) fn term_of(literal: &Literal) -> Term {
    match literal {
        Literal::None => Term::None,
        Literal::Bool(value) => Term::Bool(*value),
        Literal::Int(value) => Term::Int(*value),
        // Zero has a single sign.
        Literal::Float(value) => Term::Float((value + 0.0).to_bits()),
        Literal::Percent(value) => Term::Percent((value + 0.0).to_bits()),
        Literal::Duration(value) => Term::Duration(*value),
        Literal::Size(value) => Term::Size(*value),
        Literal::Text(text) => Term::Text(text.as_str().into()),
    }
}

/// The order of two constants of one type.
pub(super) fn order(one: &Term, other: &Term) -> Option<std::cmp::Ordering> {
    match (one, other) {
        (Term::Int(one), Term::Int(other))
        | (Term::Duration(one), Term::Duration(other))
        | (Term::Size(one), Term::Size(other)) => Some(one.cmp(other)),
        (Term::Float(one), Term::Float(other)) | (Term::Percent(one), Term::Percent(other)) => {
            f64::from_bits(*one).partial_cmp(&f64::from_bits(*other))
        }
        (Term::Text(one), Term::Text(other)) => Some(one.cmp(other)),
        (Term::Bool(one), Term::Bool(other)) => Some(one.cmp(other)),
        (Term::Variant(one), Term::Variant(other)) if one.item == other.item => {
            Some(one.index.cmp(&other.index))
        }
        (Term::None, Term::None) => Some(std::cmp::Ordering::Equal),
        _ => None,
    }
}
