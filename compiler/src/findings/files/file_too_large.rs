//! The file is too large to be a playbook.
//!
//! ## Why
//!
//! Files of more than 8 MiB are not read: a playbook of that size could not be read by a person
//! either, so it must be something else, a log or an archive that was renamed. Checking it would take
//! minutes and say nothing.
//!
//! ## Bad
//!
//! ```text
//! 10 MiB of records from a data base, written as a list of values
//! ```
//!
//! ## Good
//!
//! ```text
//! the data in a file of its own, read by an action when it is needed
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "file-too-large";

/// The file that begins at `span` has `size` bytes; `limit` are allowed.
pub fn at(span: Span, size: u64, limit: u64) -> Diagnostic {
    const MEBIBYTE: u64 = 1 << 20;
    // Rounded up: a file just over the limit must not be said to have as much as the limit.
    let size = size.div_ceil(MEBIBYTE);
    Diagnostic::error(CODE, span, format!("the file is too large: about {size} MiB"))
        .note(format!(
            "files of more than {} MiB are not read: nobody writes that much by hand",
            limit / MEBIBYTE
        ))
        .help("split it into modules, or keep the data where an action can read it")
}
