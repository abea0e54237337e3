//! `given` that can't happen.
//!
//! ## Why
//!
//! The line has no effect: for example a failure in 0% of the attempts, or an answer after the question has
//! closed. The scenario doesn't test what it seems to test.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! playbook watch {
//!   triage {
//!     step go: Bool = ask(ana, "Go?", within: 5m)
//!   }
//! }
//!
//! scenario "ana is slow" for watch {
//!   given ana answer go with true after 6m
//! //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   expect go unanswered
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! playbook watch {
//!   triage {
//!     step go: Bool = ask(ana, "Go?", within: 5m)
//!   }
//! }
//!
//! scenario "nobody answers" for watch {
//!   expect go unanswered
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "impossible-given";

/// The line at `span` can't happen.
pub fn report(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, "this can't happen")
        .note(why)
        .help("remove the line, or change it to something that can happen")
}
