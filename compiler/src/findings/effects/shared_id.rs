//! One id is used for two people.
//!
//! ## Why
//!
//! People are told apart by their ids: who may approve, who has approved, who started the run. If two people
//! share an id, one of them can never be the second pair of eyes, and what one says counts for the other.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana Sousa", email: "ana.sousa@example.com")
//! let other: Person = Person(id: "ana", name: "Ana Weber", email: "ana.weber@example.com")
//! //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person = Person(id: "ana.sousa", name: "Ana Sousa", email: "ana.sousa@example.com")
//! let other: Person = Person(id: "ana.weber", name: "Ana Weber", email: "ana.weber@example.com")
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "shared-id";

/// The person at `span` has the `id` of another one, at `first`.
pub fn finding(span: Span, id: &str, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("two people have the id `{id}`"))
        .label(first, "the other one")
        .note("people are told apart by their ids, also when they approve something")
        .help("give each person an id of their own; for the same person name the first value")
}
