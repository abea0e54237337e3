//! Exhaustiveness: whether patterns cover all values, and which they leave out.

use std::collections::{BTreeMap, BTreeSet};

use crate::hir::{BinaryOp, Literal};

/// The values of a `match` subject that isn't `none`.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// `false` and `true`, or the variants of an enum: this many values.
    Finite(usize),
    /// Whole numbers: numbers, durations in nanoseconds, sizes in bytes.
    Whole,
    /// Numbers with a fraction: numbers, percents.
    Fraction,
    /// Texts.
    Text,
    /// Nothing that a pattern could distinguish.
    Opaque,
}

/// The values that a pattern covers.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `none`.
    None,
    /// Any value.
    Present,
    /// All remaining values.
    Rest,
    /// One of finitely many.
    Choice(usize),
    /// An inclusive range of positions.
    Range(i128, i128),
    /// A text.
    Text(String),
}

/// Whether a pattern covers anything that earlier ones don't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It does.
    New,
    /// Everything that it covers is covered already.
    Nothing,
}

/// Values that are left out.
#[derive(Debug, Clone, PartialEq)]
pub enum Missing {
    /// `none`.
    None,
    /// These, of finitely many.
    Choices(Vec<usize>),
    /// This whole number.
    Whole(i64),
    /// This number.
    Fraction(f64),
    /// Anything else.
    Other,
}

/// The values that the patterns of a `match` cover so far.
#[derive(Debug, Clone)]
pub struct Cover {
    domain: Domain,
    /// Whether `none` still has to be covered.
    none_left: bool,
    all_present: bool,
    choices: BTreeSet<usize>,
    /// Disjoint ranges, by their first position.
    ranges: BTreeMap<i128, i128>,
    texts: BTreeSet<String>,
}

/// Whether the subject may be `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is never missing.
    Always,
    /// It may be `none`.
    Optional,
}

impl Cover {
    /// Covers nothing of this domain.
    pub fn new(domain: Domain, presence: Presence) -> Self {
        Self {
            domain,
            none_left: presence == Presence::Optional,
            all_present: false,
            choices: BTreeSet::new(),
            ranges: BTreeMap::new(),
            texts: BTreeSet::new(),
        }
    }

    /// Whether everything is covered.
    pub fn is_complete(&self) -> bool {
        !self.none_left && self.present_covered()
    }

    fn present_covered(&self) -> bool {
        self.all_present
            || match &self.domain {
                Domain::Finite(count) => self.choices.len() >= *count,
                Domain::Whole | Domain::Fraction => {
                    let (first, last) = self.bounds();
                    self.ranges.range(..=first).next_back().is_some_and(|(_, end)| *end >= last)
                }
                Domain::Text | Domain::Opaque => false,
            }
    }

    /// Adds a pattern.
    pub fn add(&mut self, shape: &Shape) -> Added {
        if self.is_complete() {
            return Added::Nothing;
        }
        let news = match shape {
            Shape::None => std::mem::replace(&mut self.none_left, false),
            Shape::Rest => {
                self.none_left = false;
                self.all_present = true;
                true
            }
            _ if self.present_covered() => false,
            Shape::Present => {
                self.all_present = true;
                true
            }
            Shape::Choice(choice) => self.choices.insert(*choice),
            Shape::Text(text) => self.texts.insert(text.clone()),
            Shape::Range(first, last) => self.add_range(*first, *last),
        };
        if news { Added::New } else { Added::Nothing }
    }

    /// Adds a range, merging it with those that it touches; returns whether it adds something.
    fn add_range(&mut self, mut first: i128, mut last: i128) -> bool {
        if first > last {
            return false;
        }
        if let Some((_, end)) = self.ranges.range(..=first).next_back()
            && *end >= last
        {
            return false;
        }
        if let Some((&start, &end)) = self.ranges.range(..=first).next_back()
            && end >= first - 1
        {
            first = start;
            last = last.max(end);
        }
        while let Some((&start, &end)) = self.ranges.range(first..=last.saturating_add(1)).next() {
            self.ranges.remove(&start);
            last = last.max(end);
        }
        self.ranges.insert(first, last);
        true
    }

    fn bounds(&self) -> (i128, i128) {
        match self.domain {
            Domain::Fraction => (position(f64::MIN), position(f64::MAX)),
            _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
        }
    }

    /// Some value that isn't covered; `None` if everything is.
    pub fn missing(&self) -> Option<Missing> {
        if !self.present_covered() {
            return Some(match &self.domain {
                Domain::Finite(count) => {
                    Missing::Choices((0..*count).filter(|choice| !self.choices.contains(choice)).collect())
                }
                Domain::Whole | Domain::Fraction => self.missing_number(),
                Domain::Text | Domain::Opaque => Missing::Other,
            });
        }
        self.none_left.then_some(Missing::None)
    }

    fn missing_number(&self) -> Missing {
        let (lowest, highest) = self.bounds();
        // The gap before the first range is the likeliest one to report.
        let mut after: Vec<(i128, i128)> = Vec::new();
        let mut from = lowest;
        for (first, last) in &self.ranges {
            if from < *first {
                after.push((from, first - 1));
            }
            from = last + 1;
        }
        if from <= highest {
            after.push((from, highest));
        }
        let bounded = after.iter().find(|(first, last)| *first != lowest && *last != highest);
        let Some((first, last)) = bounded.or(after.last()).copied() else { return Missing::Other };
        let example = if first == lowest && last == highest {
            match self.domain {
                Domain::Fraction => position(0.0),
                _ => 0,
            }
        } else if first == lowest {
            last
        } else {
            first
        };
        match self.domain {
            Domain::Fraction => Missing::Fraction(self.nice_fraction(example, first, last)),
            _ => Missing::Whole(i64::try_from(example).unwrap_or_default()),
        }
    }

    /// A number of the gap that is short to write: an end that a pattern named, or one in between.
    fn nice_fraction(&self, example: i128, first: i128, last: i128) -> f64 {
        let short = |value: f64| format!("{value}").len() <= 8;
        let (low, high) = (number(first), number(last));
        let candidates =
            [number(example), low, high, (low.max(-1e9) + high.min(1e9)) / 2.0, low.floor() + 1.0];
        let inside = |value: f64| (first..=last).contains(&position(value));
        candidates
            .into_iter()
            .find(|value| short(*value) && inside(*value))
            .unwrap_or_else(|| number(example))
    }
}

/// The range of a comparison with a number; `None` for anything else.
pub fn compared(operator: BinaryOp, literal: &Literal) -> Option<Shape> {
    let at = literal_position(literal)?;
    let fraction = matches!(literal, Literal::Float(_) | Literal::Percent(_));
    let (lowest, highest) = match fraction {
        true => (position(f64::MIN), position(f64::MAX)),
        false => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    Some(match operator {
        BinaryOp::Less => Shape::Range(lowest, at - 1),
        BinaryOp::LessEqual => Shape::Range(lowest, at),
        BinaryOp::Greater => Shape::Range(at + 1, highest),
        BinaryOp::GreaterEqual => Shape::Range(at, highest),
        BinaryOp::Equal => Shape::Range(at, at),
        _ => return None,
    })
}

/// The position of a number among all of its kind: neighbors differ by one.
pub fn literal_position(literal: &Literal) -> Option<i128> {
    Some(match literal {
        Literal::Int(value) | Literal::Duration(value) | Literal::Size(value) => i128::from(*value),
        Literal::Float(value) | Literal::Percent(value) => position(*value),
        _ => return None,
    })
}

/// The number's rank among all finite floating-point numbers; `-0.0` is `0.0`.
fn position(value: f64) -> i128 {
    let bits = (value + 0.0).to_bits() as i64;
    i128::from(if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits })
}

fn number(position: i128) -> f64 {
    let rank = i64::try_from(position).unwrap_or_default();
    f64::from_bits(if rank < 0 { i64::MIN.wrapping_sub(rank) } else { rank } as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percents(patterns: &[(BinaryOp, f64)]) -> Cover {
        let mut cover = Cover::new(Domain::Fraction, Presence::Always);
        for (operator, value) in patterns {
            cover.add(&compared(*operator, &Literal::Percent(*value)).unwrap());
        }
        cover
    }

    #[test]
    fn ranks_of_numbers_keep_their_order() {
        let numbers = [f64::MIN, -2.5, -1.0, -f64::MIN_POSITIVE, 0.0, 1e-300, 0.1, 1.0, 20.0, f64::MAX];
        for pair in numbers.windows(2) {
            assert!(position(pair[0]) < position(pair[1]), "{pair:?}");
        }
        for value in numbers {
            assert_eq!(number(position(value)), value);
        }
        assert_eq!(position(-0.0), position(0.0));
    }

    #[test]
    fn a_gap_between_two_comparisons_is_named() {
        let cover = percents(&[(BinaryOp::Greater, 20.0), (BinaryOp::Less, 20.0)]);
        assert_eq!(cover.missing(), Some(Missing::Fraction(20.0)));
        let cover = percents(&[(BinaryOp::Greater, 20.0)]);
        assert_eq!(cover.missing(), Some(Missing::Fraction(20.0)));
        let cover = percents(&[(BinaryOp::GreaterEqual, 20.0), (BinaryOp::LessEqual, 10.0)]);
        assert_eq!(cover.missing(), Some(Missing::Fraction(15.0)));
    }

    #[test]
    fn comparisons_that_meet_cover_everything() {
        assert!(percents(&[(BinaryOp::Greater, 20.0), (BinaryOp::LessEqual, 20.0)]).is_complete());
        let mut whole = Cover::new(Domain::Whole, Presence::Always);
        whole.add(&compared(BinaryOp::Less, &Literal::Int(0)).unwrap());
        whole.add(&Shape::Range(0, 5));
        assert_eq!(whole.missing(), Some(Missing::Whole(6)));
        whole.add(&compared(BinaryOp::Greater, &Literal::Int(5)).unwrap());
        assert_eq!(whole.missing(), None);
    }

    #[test]
    fn what_is_covered_already_adds_nothing() {
        let mut cover = Cover::new(Domain::Whole, Presence::Always);
        assert_eq!(cover.add(&Shape::Range(0, 10)), Added::New);
        assert_eq!(cover.add(&Shape::Range(3, 4)), Added::Nothing);
        assert_eq!(cover.add(&Shape::Range(5, 11)), Added::New);
        assert_eq!(cover.add(&Shape::Rest), Added::New);
        assert_eq!(cover.add(&Shape::Range(50, 60)), Added::Nothing);
    }

    #[test]
    fn none_and_variants_are_told_apart() {
        let mut cover = Cover::new(Domain::Finite(3), Presence::Optional);
        cover.add(&Shape::Choice(1));
        assert_eq!(cover.missing(), Some(Missing::Choices(vec![0, 2])));
        cover.add(&Shape::Present);
        assert_eq!(cover.missing(), Some(Missing::None));
        cover.add(&Shape::None);
        assert_eq!(cover.missing(), None);
    }

    #[test]
    fn many_ranges_stay_quick() {
        let mut cover = Cover::new(Domain::Whole, Presence::Always);
        for number in 0..200_000 {
            assert_eq!(cover.add(&Shape::Range(number * 2, number * 2)), Added::New);
        }
        assert_eq!(cover.missing(), Some(Missing::Whole(1)));
    }
}
