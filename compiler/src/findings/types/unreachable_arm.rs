//! Unreachable pattern.
//!
//! ## Why
//!
//! Earlier patterns already cover everything that this one covers. Either it is redundant, or it is in the
//! wrong place.
//!
//! ## Bad
//!
//! ```quell
//! fn share(lost: Percent) -> Text = match lost {
//!   > 2% => "some",
//!   > 20% => "many",
//! //^^^^^
//!   else => "few",
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn share(lost: Percent) -> Text = match lost {
//!   > 20% => "many",
//!   > 2% => "some",
//!   else => "few",
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unreachable-arm";

/// All that the pattern covers is covered by those before it.
pub fn report(span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, "this pattern is never reached")
        .note("earlier patterns cover everything that it covers")
        .help("remove it, or move it up")
}
