//! From plain data to the protocol, a file for each kind of thing.

mod diagnostics;
mod places;

pub use diagnostics::{diagnostics, problems};
pub use places::{cursor, location, location_link, range, text_edits, workspace_edit};
