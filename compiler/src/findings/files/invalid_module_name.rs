//! The file's name can't be the name of a module.
//!
//! ## Why
//!
//! A file is a module, and its path in the source folder is what `use` names. So file and folder
//! names are made of letters, digits and `_`, don't begin with a digit, and `std` is taken.
//!
//! ## Bad
//!
//! ```text
//! playbooks/disk-full.quell
//! ```
//!
//! ## Good
//!
//! ```text
//! playbooks/disk_full.quell
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "invalid-module-name";

/// The file that begins at `span` has `name` in its path; `mended` could stand there.
pub fn at(span: Span, name: &str, mended: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("`{name}` can't be the name of a module"))
        .note(
            "no `use` can name this file: names are made of letters, digits and `_`, and begin with no digit",
        )
        .help(format!("rename it to `{mended}`"))
}

/// The module that begins at `span` would be a part of the standard library.
pub fn is_std(span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, "a module of a project can't be called `std`")
        .note("no `use` can name this file: `std` is the standard library")
        .help("rename it")
}
