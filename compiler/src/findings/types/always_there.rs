//! A value that is always there is treated as if it might be missing.
//!
//! ## Why
//!
//! The test, the other value or the `?.` never does anything. Most likely another value was meant, or the
//! value could be missing once and no longer can.
//!
//! ## Bad
//!
//! ```quell
//! fn shown(name: Text) -> Text = name ?? "nobody"
//! //                             ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn shown(name: Text?) -> Text = name ?? "nobody"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "always-there";

/// It is compared with `none`.
pub fn compared(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is always there", named(name)))
        .note("comparing it with `none` always gives the same answer")
}

/// Another value is given in its place.
pub fn replaced(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is always there", named(name)))
        .note("the value behind `??` is never taken")
        .help("remove `??` and what stands behind it")
}

/// `?.` takes a member of it.
pub fn member(name: &str, member: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is always there", named(name)))
        .help(format!("write `.{member}`"))
}

/// `need` is asked for it.
pub fn needed(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is always there", named(name)))
        .note("`need` never fails here")
}

fn named(name: &str) -> String {
    if name.contains('…') { "this value".to_owned() } else { format!("`{name}`") }
}
