//! File too large.
//!
//! ## Why
//!
//! Files of more than 8 MiB aren't read. No one could review a playbook of that size, so the file is probably
//! something else, such as a log or an archive.
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
        .note(format!("files of more than {} MiB aren't read", limit / MEBIBYTE))
        .help("split it into modules, or move the data to where an action can read it")
}
