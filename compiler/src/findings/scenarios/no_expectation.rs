//! Scenario without expectations.
//!
//! ## Why
//!
//! Whatever the playbook does, the scenario passes, so it tests nothing.
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
//! //       ^^^^^^^^^^^^
//!   given load returns 95
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
//!   expect load > 90
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "no-expectation";

/// The scenario named at `span` expects nothing.
pub fn report(title: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("the scenario \"{title}\" expects nothing"))
        .note("it passes whatever the playbook does")
        .help(
            "add an expectation, such as `expect resolved`, `expect STEP ran` or `expect ACTION not called`",
        )
}
