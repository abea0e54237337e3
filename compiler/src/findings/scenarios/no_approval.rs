//! Approval of a step that needs none.
//!
//! ## Why
//!
//! The step runs with or without the approval, so the scenario would suggest a safeguard that doesn't exist.
//!
//! ## Bad
//!
//! ```quell
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! let mo: Person = Person(id: "mo", name: "Mo Haddad", email: "mo@example.com")
//!
//! let web: Team = Team(name: "web", lead: lin, on_call: [lin, mo])
//!
//! action restart(host: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook again {
//!   owner web
//!
//!   remediate {
//!     step restarted = restart("db1")
//!   }
//! }
//!
//! scenario "mo agrees" for again {
//!   given approval of restarted by mo
//! //                  ^^^^^^^^^
//!   expect completed
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! let mo: Person = Person(id: "mo", name: "Mo Haddad", email: "mo@example.com")
//!
//! let web: Team = Team(name: "web", lead: lin, on_call: [lin, mo])
//!
//! action restart(host: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook again {
//!   owner web
//!
//!   remediate {
//!     step restarted = restart("db1")
//!       approve by 1 of web within 10m
//!   }
//! }
//!
//! scenario "mo agrees" for again {
//!   given approval of restarted by mo
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "no-approval";

/// `step` has no `approve`.
pub fn report(step: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{step}` needs no approval"))
        .help("add `approve by 1 of PEOPLE within 10m` to the step, or remove this line")
}
