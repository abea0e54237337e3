//! Where in a value a part of it is.

use std::{fmt, sync::Arc};

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A field of a record, or an entry of a map.
    Member(Arc<str>),
    /// An element of a list.
    Element(usize),
}

/// The way to a part, from the outside: `alert.labels` or `hosts[2].name`. Empty for the value itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Path(Vec<Part>);

impl Path {
    /// Goes into a part, until [`Path::leave`].
    pub fn enter(&mut self, part: Part) {
        self.0.push(part);
    }

    /// Goes back out of the last part.
    pub fn leave(&mut self) {
        self.0.pop();
    }

    /// The way from what is named: `hosts[2].name` for `[2].name` of `hosts`.
    pub fn of(&self, name: &str) -> String {
        match self.0.first() {
            Some(Part::Member(_)) => format!("{name}.{self}"),
            _ => format!("{name}{self}"),
        }
    }

    /// Whether this is the value itself.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, part)| match part {
            Part::Member(name) if index == 0 => f.write_str(name),
            Part::Member(name) => write!(f, ".{name}"),
            Part::Element(element) => write!(f, "[{element}]"),
        })
    }
}
