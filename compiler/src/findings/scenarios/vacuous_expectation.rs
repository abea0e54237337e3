//! Expectation that always holds.
//!
//! ## Why
//!
//! An expectation that can't fail tests nothing. Most likely a value or a comparison is wrong.
//!
//! ## Bad
//!
//! ```quell
//! action scan() -> Int reads
//!
//! playbook watch {
//!   enrich {
//!     step load = scan()
//!   }
//! }
//!
//! scenario "it is slow" for watch {
//!   given load returns 95
//!   expect load > 90 or load < 100
//! //       ^^^^^^^^^^^^^^^^^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action scan() -> Int reads
//!
//! playbook watch {
//!   enrich {
//!     step load = scan()
//!   }
//! }
//!
//! scenario "it is slow" for watch {
//!   given load returns 95
//!   expect load > 90 and load < 100
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "vacuous-expectation";

/// The condition at `span` always holds.
pub fn report(span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, "this expectation holds in every run")
        .note("an expectation that can't fail tests nothing")
        .help("compare with the exact value that you expect")
}
