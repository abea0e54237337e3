//! A scenario approves a step that needs no approval.
//!
//! ## Why
//!
//! The step runs whoever approves it: the scenario would show a safety that isn't there.
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
        .help("add `approve by N of PEOPLE within D` to the step, or take this line away")
}
