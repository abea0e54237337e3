//! Splits the values of something into as many parts as its conditions distinguish.

use super::Known;
use crate::{
    graph::Meaning,
    hir::{BinaryOp, ItemKind},
    types::{CauseMember, Type},
};

/// What a condition asks about a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asks {
    /// A comparison with a known value.
    Compare(BinaryOp, Known),
    /// Whether a text or list is empty.
    Empty,
    /// A question about a text: `contains`, `starts_with`, `ends_with`.
    Contains(&'static str, String),
    /// The state of a cause.
    State(CauseMember),
    /// Whether a list holds a value.
    Holds(Known),
}

/// A value that conditions ask about.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub key: String,
    ty: Type,
    optional: bool,
    points: Vec<Known>,
    state: bool,
    empty: bool,
    /// A list that is asked what it contains: each question is independent.
    holds: Vec<Known>,
    contains: Vec<(&'static str, String)>,
}

/// A part of the values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Exactly this one.
    Is(Known),
    /// All numbers between the two.
    Between(f64, f64),
    /// Any text except those with cells of their own: the answers to questions about its contents.
    OtherText(Vec<(&'static str, String, bool)>),
    /// A cause in this state.
    State(CauseMember),
    /// A list: whether it is empty, and what it contains.
    List(bool, Vec<(Known, bool)>),
    /// Nothing is known.
    Any,
}

impl Subject {
    pub fn new(key: String) -> Self {
        Self {
            key,
            ty: Type::Unknown,
            optional: false,
            points: Vec::new(),
            state: false,
            empty: false,
            holds: Vec::new(),
            contains: Vec::new(),
        }
    }

    /// A condition asks this.
    pub fn asked(&mut self, ty: &Type, asks: &Asks) {
        self.optional |= ty.is_optional();
        if !matches!(ty.present(), Type::Unknown | Type::Never) {
            self.ty = ty.present().clone();
        }
        match asks {
            Asks::Compare(_, Known::None) => self.optional = true,
            Asks::Compare(_, known) if !self.points.contains(known) => self.points.push(known.clone()),
            Asks::Compare(..) => {}
            Asks::Empty => self.empty = true,
            Asks::Contains(method, part) => {
                let question = (*method, part.clone());
                if !self.contains.contains(&question) {
                    self.contains.push(question);
                }
            }
            Asks::State(_) => self.state = true,
            Asks::Holds(known) if !self.holds.contains(known) => self.holds.push(known.clone()),
            Asks::Holds(_) => {}
        }
    }

    /// The parts of its values; only `values`, if no others are possible.
    pub fn cells(&self, values: Option<&[Known]>, meaning: &Meaning<'_>) -> Vec<Cell> {
        let mut cells = match values {
            Some(values) if !matches!(self.ty, Type::List(_)) => {
                values.iter().map(|value| Cell::Is(value.clone())).collect()
            }
            Some(values) => self.lists(|known| values.contains(known)),
            None => self.possible(meaning),
        };
        if self.optional && !cells.contains(&Cell::Is(Known::None)) {
            cells.push(Cell::Is(Known::None));
        }
        cells
    }

    fn possible(&self, meaning: &Meaning<'_>) -> Vec<Cell> {
        if self.state {
            return CauseMember::ALL.map(Cell::State).to_vec();
        }
        match &self.ty {
            Type::Bool => [true, false].map(|value| Cell::Is(Known::Bool(value))).to_vec(),
            Type::Enum(item) => match meaning.item(*item).map(|item| &item.kind) {
                Some(ItemKind::Enum(declared)) => {
                    (0..declared.variants.len() as u32).map(|at| Cell::Is(Known::Variant(at))).collect()
                }
                _ => vec![Cell::Any],
            },
            Type::Text | Type::Public => self.texts(),
            Type::List(_) | Type::Map(_) => self.lists(|_| true),
            Type::Int | Type::Float | Type::Percent | Type::Duration | Type::Size => self.numbers(),
            _ => vec![Cell::Any],
        }
    }

    fn texts(&self) -> Vec<Cell> {
        let mut points: Vec<String> = self
            .points
            .iter()
            .filter_map(|point| match point {
                Known::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect();
        if self.empty && points.iter().all(|point| !point.is_empty()) {
            points.push(String::new());
        }
        let mut cells: Vec<Cell> = points.into_iter().map(|text| Cell::Is(Known::Text(text))).collect();
        // Questions about other texts may have any answer.
        if self.contains.len() > 6 {
            cells.push(Cell::Any);
            return cells;
        }
        for bits in 0..1_u32 << self.contains.len() {
            let answers = self.contains.iter().enumerate();
            let answers = answers.map(|(at, (method, part))| (*method, part.clone(), bits >> at & 1 == 1));
            cells.push(Cell::OtherText(answers.collect()));
        }
        cells
    }

    fn lists(&self, possible: impl Fn(&Known) -> bool) -> Vec<Cell> {
        if self.holds.len() > 6 {
            return vec![Cell::Any];
        }
        let mut cells =
            vec![Cell::List(true, self.holds.iter().map(|known| (known.clone(), false)).collect())];
        for bits in 0..1_u32 << self.holds.len() {
            let held: Vec<(Known, bool)> = self
                .holds
                .iter()
                .enumerate()
                .map(|(at, known)| (known.clone(), bits >> at & 1 == 1 && possible(known)))
                .collect();
            let cell = Cell::List(false, held);
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        cells
    }

    fn numbers(&self) -> Vec<Cell> {
        let mut points: Vec<f64> = self
            .points
            .iter()
            .filter_map(|point| match point {
                Known::Number(at) => Some(*at),
                _ => None,
            })
            .collect();
        let counts = self.key.ends_with(".length()") || self.key.ends_with(".count()");
        let least = if counts || self.key == "run.elapsed" { 0.0 } else { f64::NEG_INFINITY };
        if least.is_finite() {
            points.push(least);
        }
        points.retain(|at| *at >= least);
        points.sort_by(f64::total_cmp);
        points.dedup();
        let whole = matches!(self.ty, Type::Int);
        let mut cells = Vec::new();
        let mut below = f64::NEG_INFINITY;
        for at in points {
            let gap = if below.is_infinite() { least.is_infinite() } else { !whole || at - below > 1.0 };
            if gap {
                cells.push(Cell::Between(below, at));
            }
            cells.push(Cell::Is(Known::Number(at)));
            below = at;
        }
        cells.push(Cell::Between(below, f64::INFINITY));
        cells
    }
}

impl Cell {
    /// The value of a condition in this cell; `None` if that is open.
    pub fn answers(&self, asks: &Asks) -> Option<bool> {
        match (self, asks) {
            (Cell::Is(Known::None), Asks::Compare(BinaryOp::Equal, known)) => Some(*known == Known::None),
            (Cell::Is(Known::None), Asks::Compare(BinaryOp::NotEqual, known)) => Some(*known != Known::None),
            // Any other question about a missing value is an error elsewhere.
            (Cell::Is(Known::None), _) => None,
            (_, Asks::Compare(BinaryOp::Equal, Known::None)) => Some(false),
            (_, Asks::Compare(BinaryOp::NotEqual, Known::None)) => Some(true),
            (Cell::Is(Known::Text(text)), Asks::Empty) => Some(text.is_empty()),
            (Cell::Is(Known::Text(text)), Asks::Contains(method, part)) => Some(match *method {
                "starts_with" => text.starts_with(part.as_str()),
                "ends_with" => text.ends_with(part.as_str()),
                _ => text.contains(part.as_str()),
            }),
            (Cell::Is(value), Asks::Compare(operator, known)) => compare(*operator, value, known),
            (Cell::Between(low, high), Asks::Compare(operator, Known::Number(at))) => match operator {
                BinaryOp::Equal => Some(false),
                BinaryOp::NotEqual => Some(true),
                BinaryOp::Less | BinaryOp::LessEqual => Some(*high <= *at),
                BinaryOp::Greater | BinaryOp::GreaterEqual => Some(*low >= *at),
                _ => None,
            },
            (Cell::OtherText(_), Asks::Compare(BinaryOp::Equal, Known::Text(_))) => Some(false),
            (Cell::OtherText(_), Asks::Compare(BinaryOp::NotEqual, Known::Text(_))) => Some(true),
            // The empty text is a cell of its own if a condition asks for it.
            (Cell::OtherText(_), Asks::Empty) => Some(false),
            (Cell::OtherText(answers), Asks::Contains(method, part)) => {
                let found = answers.iter().find(|(known, of, _)| known == method && of == part)?;
                Some(found.2)
            }
            (Cell::State(state), Asks::State(wanted)) => Some(state == wanted),
            (Cell::List(empty, _), Asks::Empty) => Some(*empty),
            (Cell::List(_, held), Asks::Holds(known)) => {
                Some(held.iter().find(|(other, _)| other == known)?.1)
            }
            _ => None,
        }
    }
}

/// A comparison of two known values; `None` if it makes no sense.
pub(super) fn compare(operator: BinaryOp, left: &Known, right: &Known) -> Option<bool> {
    let order = match (left, right) {
        (Known::Number(left), Known::Number(right)) => left.partial_cmp(right)?,
        (Known::Variant(left), Known::Variant(right)) => left.cmp(right),
        (Known::Text(left), Known::Text(right)) => left.cmp(right),
        (Known::Bool(left), Known::Bool(right)) => left.cmp(right),
        _ => {
            return match operator {
                BinaryOp::Equal => Some(left == right),
                BinaryOp::NotEqual => Some(left != right),
                _ => None,
            };
        }
    };
    Some(match operator {
        BinaryOp::Equal => order.is_eq(),
        BinaryOp::NotEqual => order.is_ne(),
        BinaryOp::Less => order.is_lt(),
        BinaryOp::LessEqual => order.is_le(),
        BinaryOp::Greater => order.is_gt(),
        BinaryOp::GreaterEqual => order.is_ge(),
        _ => return None,
    })
}
