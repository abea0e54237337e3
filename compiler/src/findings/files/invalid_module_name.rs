//! Invalid module name.
//!
//! ## Why
//!
//! Each file is a module, and `use` refers to it by its path within the source folder. So the names of files
//! and folders consist of letters, digits and `_`, don't start with a digit, and aren't `std`.
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
    Diagnostic::warning(CODE, span, format!("`{name}` isn't a valid module name"))
        .note(
            "`use` can't refer to this file: names consist of letters, digits and `_`, and don't start with a digit",
        )
        .help(format!("rename it to `{mended}`"))
}

/// The module that begins at `span` would be a part of the standard library.
pub fn is_std(span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, "a project can't have a module named `std`")
        .note("`use` can't refer to this file: `std` is the standard library")
        .help("rename the file")
}
