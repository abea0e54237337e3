//! A `use` names a module that there is not.
//!
//! ## Why
//!
//! Nothing can be taken from a module that can't be found. Modules are those of the project's source
//! folders, of the packages that quell.toml names, and of `std`.
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

/// `path` isn't among `paths`, the modules that there are.
pub fn report<'a>(path: &str, span: Span, paths: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let paths: Vec<&str> = paths.into_iter().collect();
    let finding = Diagnostic::error(CODE, span, format!("there is no module `{path}`"));
    // The same last word in another folder is a better guess than a similar spelling.
    let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
    let moved = paths.iter().find(|known| last(known) == last(path)).copied();
    match moved.or_else(|| nearest(path, paths.iter().copied())) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace by `{near}`"),
            span,
            near,
        )),
        None => finding,
    }
}
