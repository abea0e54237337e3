//! What can go wrong while an expression is evaluated.

use std::{fmt, sync::Arc};

use crate::{simulate::bounds::Bound, source::Span};

/// What went wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationError {
    /// The expression that has no value.
    pub span: Span,
    /// Why.
    pub kind: ErrorKind,
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The result is more than its type can hold.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// The result isn't a finite number.
    NotFinite,
    /// `need`: with its reason.
    Needed(Arc<str>),
    /// A list has no element with this index.
    NoElement {
        /// The index.
        index: i64,
        /// How many there are.
        length: usize,
    },
    /// A map or document has no entry of this name.
    NoEntry(Arc<str>),
    /// `as`: the document isn't of the type.
    Shape(Mismatch),
    /// A text of another form than needed.
    Text {
        /// The text.
        text: Arc<str>,
        /// What it should be: `a whole number`.
        wanted: &'static str,
    },
    /// It takes more than it may: whoever evaluates gives up.
    Exceeded(Bound, u64),
    /// The expression doesn't fit its type: playbooks with errors don't run, so this is a bug in Quell.
    Broken,
}

/// A document that isn't of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where in the document: `labels.service`, `items[2]`; empty for the whole.
    pub path: String,
    /// What it should be.
    pub wanted: String,
    /// What it is.
    pub found: String,
}

impl ErrorKind {
    /// The error at a place.
    pub fn at(self, span: Span) -> EvaluationError {
        EvaluationError { span, kind: self }
    }
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::Overflow => write!(f, "the result is too large"),
            ErrorKind::DivisionByZero => write!(f, "division by zero"),
            ErrorKind::NotFinite => write!(f, "the result isn't a finite number"),
            ErrorKind::Needed(why) => write!(f, "{why}"),
            ErrorKind::NoElement { index, length: 0 } => {
                write!(f, "the list is empty, so it has no element {index}")
            }
            ErrorKind::NoElement { index, length } => {
                let elements = if *length == 1 { "element" } else { "elements" };
                write!(f, "the list has {length} {elements}, so it has no element {index}")
            }
            ErrorKind::NoEntry(name) => write!(f, "there is no `{name}`"),
            ErrorKind::Shape(Mismatch { path, wanted, found }) if path.is_empty() => {
                write!(f, "expected {wanted}, found {found}")
            }
            ErrorKind::Shape(Mismatch { path, wanted, found }) => {
                write!(f, "`{path}`: expected {wanted}, found {found}")
            }
            ErrorKind::Text { text, wanted } => {
                write!(f, "\"{}\" isn't {wanted}", shortened(text))
            }
            ErrorKind::Exceeded(bound, limit) => f.write_str(&bound.sentence(*limit)),
            ErrorKind::Broken => write!(
                f,
                "internal error: the expression has no meaning that the checker knows (please report this)"
            ),
        }
    }
}

/// Enough of a text to know it by.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
