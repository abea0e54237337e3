//! Empty file.
//!
//! ## Why
//!
//! An empty file is a module without any items. Most often something went wrong when it was written.
//!
//! ## Bad
//!
//! ```text
//! ```
//!
//! ## Good
//!
//! ```quell
//! /// The name of a host.
//! type Host = Text
//! ```

use crate::{
    diagnostic::{Diagnostic, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "empty-file";

/// The text ends at `span`.
pub fn at(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, Level::Info, span, "the file is empty").note("it declares nothing")
}
