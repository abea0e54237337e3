//! Expressions and conditions over what is known.

use super::{Maker, Place, names_in_cond, names_moments, names_severity, place_is_pure};
use crate::model::*;

impl Maker {
    /// A number that no other call has as its argument.
    pub fn number(&mut self) -> Expr {
        self.numbers += 1;
        Expr::Number(self.numbers)
    }

    /// Something that is known, as an Int.
    pub fn known_int(&mut self) -> Option<Expr> {
        let (ints, optionals, lists) =
            (self.known.ints.clone(), self.known.optionals.clone(), self.known.lists.clone());
        match self.chance.below(6) {
            0 if self.known.parameter => Some(Expr::Parameter),
            1 | 2 if !optionals.is_empty() => {
                let number = self.chance.below(10) as i64;
                Some(Expr::Or(self.chance.pick(&optionals), number))
            }
            3 if !lists.is_empty() => Some(Expr::Sum(self.chance.pick(&lists))),
            _ => self.chance.maybe(&ints).map(Expr::Name),
        }
    }

    pub fn sure_int(&mut self) -> Expr {
        match self.known_int() {
            Some(known) => known,
            None if self.known.parameter => Expr::Parameter,
            None => self.number(),
        }
    }

    /// An argument: mostly a number of its own.
    pub fn argument(&mut self) -> Expr {
        match self.chance.below(10) {
            0..=4 => self.number(),
            5..=7 => self.sure_int(),
            8 => {
                let number = self.number();
                Expr::Add(Box::new(self.sure_int()), Box::new(number))
            }
            _ if self.chance.often(40) => Expr::Divide(Box::new(Expr::Number(6)), Box::new(self.sure_int())),
            _ => self.number(),
        }
    }

    /// A condition over what is known; always one that can be both.
    pub fn cond(&mut self, depth: usize) -> Cond {
        if depth > 0 {
            match self.chance.below(9) {
                0 | 1 => {
                    return Cond::And(Box::new(self.cond(depth - 1)), Box::new(self.cond(depth - 1)));
                }
                2 => return Cond::Or(Box::new(self.cond(depth - 1)), Box::new(self.cond(depth - 1))),
                3 => return Cond::Not(Box::new(self.cond(depth - 1))),
                4 => {
                    let optionals = self.known.optionals.clone();
                    if let Some(id) = self.chance.maybe(&optionals) {
                        let above = Cond::Above(Expr::Name(id), self.chance.below(8) as i64);
                        return Cond::And(Box::new(Cond::There(id)), Box::new(above));
                    }
                }
                _ => {}
            }
        }
        let (answers, causes, optionals) =
            (self.known.answers.clone(), self.known.causes.clone(), self.known.optionals.clone());
        match self.chance.below(12) {
            0 | 1 if !answers.is_empty() => Cond::Answer(self.chance.pick(&answers)),
            2 | 3 if !causes.is_empty() => {
                let decision = self.chance.pick(&[Decision::Suspected, Decision::RuledOut, Decision::Open]);
                Cond::Cause(self.chance.pick(&causes), decision)
            }
            4 if !optionals.is_empty() => Cond::There(self.chance.pick(&optionals)),
            5 | 6 if self.known.severity => {
                Cond::Severity(self.chance.pick(&[Level::Major, Level::Critical]))
            }
            7 if self.moments => Cond::Before(self.time()),
            8 => Cond::Equals(self.sure_int(), self.chance.below(6) as i64),
            _ => match self.known_int() {
                Some(known) => Cond::Above(known, self.chance.below(8) as i64),
                None if self.moments => Cond::Before(self.time()),
                None => Cond::Above(self.number(), self.chance.below(8) as i64),
            },
        }
    }

    /// Whether a step here may hang on how much time has gone by: no change may, once people are waited
    /// for.
    pub fn may_read_moments(&self, place: Place) -> bool {
        match place {
            Place::Task(most) => most < Effect::Changes,
            _ => !place_is_pure(place) || self.silence.asked.is_empty(),
        }
    }

    /// Whether a condition hangs on an answer that people may not give.
    pub fn is_silent(&self, cond: &Cond) -> bool {
        let mut names = Vec::new();
        names_in_cond(cond, &mut names);
        let waited = !self.silence.asked.is_empty() && names_moments(cond);
        waited
            || names.iter().any(|id| self.silence.asked.contains(id) || self.silence.assumed.contains(id))
            || (self.silence.severity && names_severity(cond))
    }

    /// What a name has from those that it is made of.
    pub fn follow_silence(&mut self, id: Id, names: &[Id]) {
        if names.iter().any(|name| self.silence.assumed.contains(name)) {
            self.silence.assumed.insert(id);
        }
        if names.iter().any(|name| self.silence.asked.contains(name)) {
            self.silence.asked.insert(id);
        }
    }
}
