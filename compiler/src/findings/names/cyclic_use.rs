//! Circular imports.
//!
//! ## Why
//!
//! A module builds on the modules that it uses. If modules import each other in a circle, neither the compiler
//! nor a reader has a place to start.
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
    Diagnostic::error(CODE, span, "modules import each other in a circle")
        .at("the circle starts here")
        .note(format!("the circle is {}", way.join(" → ")))
        .help("move what both need into a third module")
}

/// A module uses itself.
pub fn itself(path: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the module `{path}` uses itself"))
        .help("remove the line: a module can use its own items directly")
}
