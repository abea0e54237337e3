//! The features, one file each: functions over a [`Snapshot`] that return plain data. Places are
//! [`Span`]s, byte offsets in a file; nothing here knows the protocol.

pub mod actions;
pub mod completion;
pub mod diagnostics;
pub mod hierarchy;
pub mod hints;
pub mod hover;
pub mod lenses;
pub mod links;
pub mod lints;
pub mod moves;
pub mod navigation;
pub mod occurrences;
pub mod playbooks;
pub mod previews;
pub mod rename;
pub mod scenarios;
pub mod signature;
mod snapshot;
pub mod structure;
pub mod symbols;
pub mod tokens;

pub use snapshot::{Analysis, Cancelled, Snapshot};

use quell_compiler::source::{FileId, Span};

/// Where the cursor is: before the byte at `offset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The file.
    pub file: FileId,
    /// The offset.
    pub offset: u32,
}

/// A place to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// All of it.
    pub full: Span,
    /// What to show of it: its name.
    pub focus: Span,
}

/// Replaces a range of text.
pub use quell_compiler::diagnostic::Edit;
