//! Modules use each other in a circle.
//!
//! ## Why
//!
//! A module is understood from those that it uses. In a circle there is no first one, neither for the
//! compiler nor for a reader.
//!
//! ## Bad
//!
//! This file is the module `example`.
//!
//! ```quell
//! use example
//! //  ^^^^^^^
//! ```
//!
//! ## Good
//!
//! What both need moves to a module of its own, which both use.
//!
//! ```quell
//! use std.people
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "cyclic-use";

/// The modules on `path` use each other, the last the first; `span` is where the first one does it.
pub fn report(path: &[String], span: Span) -> Diagnostic {
    let mut way: Vec<String> = path.iter().map(|module| format!("`{module}`")).collect();
    way.extend(way.first().cloned());
    Diagnostic::error(CODE, span, "modules use each other in a circle")
        .at("the circle begins here")
        .note(format!("the circle is {}", way.join(" → ")))
        .help("move what both need to a module of its own")
}

/// A module uses itself.
pub fn itself(path: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the module `{path}` uses itself"))
        .help("what a module declares is known in all of it; remove the line")
}
