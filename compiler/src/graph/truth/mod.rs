//! Whether a condition holds in every run, in none, or in some.
//!
//! A condition becomes a formula over atoms. An atom compares a value with something known, which splits the
//! possible values into a few cells; within a cell, all atoms about that value are decided. Then all
//! combinations of cells are tried. If there are too many, or nothing is known about an atom, the condition
//! depends on the run, so it is never reported as constant by mistake.

mod cells;
mod formula;
mod key;

use std::collections::BTreeMap;

use super::Meaning;
use crate::{
    hir::{ExprId, LocalId},
    source::FileId,
    types::Type,
};
use cells::{Cell, Subject};
use formula::{Atom, Formula};

/// A possible value.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// `none`.
    None,
    /// A Bool.
    Bool(bool),
    /// A number or quantity.
    Number(f64),
    /// The variant with this number.
    Variant(u32),
    /// A text.
    Text(String),
}

/// What is assumed when reading a condition.
#[derive(Debug, Clone, Default)]
pub struct Assumptions {
    /// The values of `let`s that always have one.
    pub lets: BTreeMap<LocalId, ExprId>,
    /// All values that a name or a field of it can have, by its key.
    pub values: BTreeMap<String, Vec<Known>>,
}

/// The maximum number of combinations that are tried.
const MOST: usize = 40_000;

/// Decides conditions.
pub struct Truth<'a> {
    /// All modules.
    pub meaning: &'a Meaning<'a>,
    /// The assumptions.
    pub assumptions: &'a Assumptions,
}

impl Truth<'_> {
    /// The key of a value, for [`Assumptions::values`]: equal keys are equal values.
    pub fn key(&self, file: FileId, expr: ExprId) -> Option<String> {
        self.key_of(file, expr, 40)
    }

    /// The value of a condition in every run; `None` if that depends.
    pub fn decide(&self, file: FileId, condition: ExprId) -> Option<bool> {
        self.decide_all(file, &[(condition, true)])
    }

    /// Whether conditions all hold, or all required ones hold and no excluded one does: in every run, or in
    /// none.
    pub fn decide_all(&self, file: FileId, wanted: &[(ExprId, bool)]) -> Option<bool> {
        let mut atoms = Vec::new();
        let parts = wanted.iter().map(|(condition, holds)| {
            let formula = self.formula(file, *condition, &mut atoms, 60);
            if *holds { formula } else { Formula::Not(Box::new(formula)) }
        });
        let formula = Formula::And(parts.collect());
        if let Formula::Known(value) = formula.simple() {
            return Some(value);
        }
        let mut subjects: Vec<Subject> = Vec::new();
        let mut free = 0;
        for atom in &atoms {
            match atom {
                Atom::Of { key, ty, asks } => {
                    let index =
                        subjects.iter().position(|subject| subject.key == *key).unwrap_or_else(|| {
                            subjects.push(Subject::new(key.clone()));
                            subjects.len() - 1
                        });
                    subjects[index].asked(ty, asks);
                }
                Atom::Free(_) => free += 1,
            }
        }
        let cells: Vec<Vec<Cell>> = subjects
            .iter()
            .map(|subject| {
                let values = self.assumptions.values.get(&subject.key).map(Vec::as_slice);
                subject.cells(values, self.meaning)
            })
            .collect();
        let sizes = cells.iter().map(Vec::len).chain(std::iter::repeat_n(2, free));
        sizes.clone().try_fold(1_usize, |product, size| {
            product.checked_mul(size).filter(|product| *product <= MOST)
        })?;
        let sizes: Vec<usize> = sizes.collect();
        if sizes.contains(&0) {
            return None;
        }
        let mut at = vec![0_usize; sizes.len()];
        let mut verdict = None;
        loop {
            // An atom that its cell leaves open may be either.
            let value = self.at(&formula, &atoms, &subjects, &cells, &at)?;
            match verdict {
                None => verdict = Some(value),
                Some(known) if known != value => return None,
                Some(_) => {}
            }
            let Some(next) = (0..at.len()).find(|index| at[*index] + 1 < sizes[*index]) else {
                return verdict;
            };
            at[next] += 1;
            at[..next].fill(0);
        }
    }

    /// The value of the formula if each subject is in one of its cells.
    fn at(
        &self,
        formula: &Formula,
        atoms: &[Atom],
        subjects: &[Subject],
        cells: &[Vec<Cell>],
        at: &[usize],
    ) -> Option<bool> {
        let mut free = subjects.len();
        let values: Vec<Option<bool>> = atoms
            .iter()
            .map(|atom| match atom {
                Atom::Of { key, asks, .. } => {
                    let index = subjects.iter().position(|subject| subject.key == *key)?;
                    cells[index][at[index]].answers(asks)
                }
                Atom::Free(_) => {
                    free += 1;
                    Some(at[free - 1] == 1)
                }
            })
            .collect();
        formula.value(&values)
    }

    pub(super) fn type_of(&self, file: FileId, expr: ExprId) -> Type {
        self.meaning.module(file).map_or(Type::Unknown, |module| module.types.of(expr).clone())
    }
}
