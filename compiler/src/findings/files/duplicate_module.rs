//! Two files for one module.
//!
//! ## Why
//!
//! The path of a module is the path of its file within the source folder. If a project has several source
//! folders, two files can end up with the same path, and `use` can't tell them apart.
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
    Diagnostic::error(CODE, span, format!("duplicate module `{path}`"))
        .at("this file is ignored")
        .label(first, "this one is used")
        .note("the path of a module is the path of its file within the source folder")
        .help("rename one of the files")
}
