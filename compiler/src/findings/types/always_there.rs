//! Needless check for a missing value.
//!
//! ## Why
//!
//! This value is never missing, so the comparison with `none`, the default or the `?.` has no effect. Most
//! likely another value was meant, or the value used to be optional.
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
    Diagnostic::warning(CODE, span, format!("{} is never missing", named(name)))
        .note("comparing it with `none` always has the same result")
}

/// Another value is given in its place.
pub fn replaced(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is never missing", named(name)))
        .note("the default after `??` is never used")
        .help("remove `??` and the default")
}

/// `?.` takes a member of it.
pub fn member(name: &str, member: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is never missing", named(name)))
        .help(format!("write `.{member}`"))
}

/// `need` is asked for it.
pub fn needed(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{} is never missing", named(name)))
        .note("`need` never fails here")
}

fn named(name: &str) -> String {
    if name.contains('…') { "this value".to_owned() } else { format!("`{name}`") }
}
