//! Two files are the same module.
//!
//! ## Why
//!
//! A module's path is the file's path in its source folder. Where a project has several source
//! folders, two files can come out with the same path, and `use` could not say which is meant.
//!
//! ## Bad
//!
//! ```text
//! playbooks/databases.quell
//! shared/databases.quell        with sources = ["playbooks", "shared"]
//! ```
//!
//! ## Good
//!
//! ```text
//! playbooks/databases.quell
//! shared/database_tasks.quell
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "duplicate-module";

/// The file at `span` is module `path`, which the file at `first` is already.
pub fn at(span: Span, path: &str, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("there are two modules `{path}`"))
        .at("this file is left out")
        .label(first, "this one is used")
        .note("a module's path is the file's path in its source folder")
        .help("rename one of the files")
}
