//! Two people with the same id.
//!
//! ## Why
//!
//! Ids identify people: who may approve, who has approved, and who started the run. If two people share an
//! id, they count as one person, so neither can be the second approver of the other's request.
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
        .label(first, "first used here")
        .note("people are identified by their ids, for approvals as well")
        .help("give each person a unique id; if it is the same person, use the first value")
}
