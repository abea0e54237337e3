//! Unknown module.
//!
//! ## Why
//!
//! Modules come from the project's source folders, from the packages listed in quell.toml, and from `std`.
//!
//! ## Bad
//!
//! ```quell
//! use std.slak
//! //  ^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.slack
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::suggest::nearest,
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-module";

/// The module among `paths` that was meant by `path`, if one is near enough.
pub fn meant<'a>(path: &str, paths: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let paths: Vec<&str> = paths.into_iter().collect();
    // The same last word in another folder is a better guess than a similar spelling.
    let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
    let moved = paths.iter().find(|known| last(known) == last(path)).copied();
    moved.or_else(|| nearest(path, paths.iter().copied()))
}

/// There is no module `path`; maybe `near` was meant.
pub fn report(path: &str, span: Span, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("unknown module `{path}`"));
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            span,
            near,
        )),
        None => finding.help(
            "write the path of the file with dots, without `.quell`: `use ops.tracker` for `ops/tracker.quell`; modules of the standard library start with `std.`",
        ),
    }
}
