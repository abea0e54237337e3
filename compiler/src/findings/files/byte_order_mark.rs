//! The file begins with a byte order mark.
//!
//! ## Why
//!
//! Some editors write three invisible bytes before the text. Quell reads over them, but other tools
//! (a search for the first line, a comparison, a shell) stumble over them. `quell fmt` takes them out.
//!
//! ## Bad
//!
//! ```text
//! <U+FEFF>type Tag = Text
//! ```
//!
//! ## Good
//!
//! ```quell
//! type Tag = Text
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Level, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "byte-order-mark";

/// The mark is at `span`.
pub fn at(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, Level::Info, span, "the file begins with a byte order mark")
        .note("it is invisible, and other tools stumble over it")
        .help("`quell fmt` takes it out")
        .fix(Fix::replace(Safety::Safe, "take the mark out", span, ""))
}
