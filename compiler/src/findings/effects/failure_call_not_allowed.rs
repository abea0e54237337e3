//! `on failure run` does more than telling people.
//!
//! ## Why
//!
//! A step that failed leaves things in a state that nobody foresaw. That is the moment to tell
//! somebody, not to change more. What must be put back belongs in `undo`; what must be tried instead
//! is a step of its own.
//!
//! ## Bad
//!
//! ```quell
//! action look() -> Int reads
//!
//! action restart(service: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step seen = look()
//!       on failure run restart("checkout")
//! //                   ^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action look() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook repair {
//!   remediate {
//!     step seen = look()
//!       on failure run tell("can't look: ${error}")
//!   }
//! }
//! ```

use super::effect_not_allowed::{says, with_chain};
use crate::{diagnostic::Diagnostic, effects::Link, hir::Effect, source::Span};

/// The code.
pub const CODE: &str = "failure-call-not-allowed";

/// A call in `on failure run` that has `effect`.
pub fn failure_call_not_allowed(
    span: Span,
    effect: Effect,
    chain: &[Link],
    declared: Option<Span>,
) -> Diagnostic {
    let name = chain.first().map_or("this call", |link| &link.name);
    let message = format!("`{name}` {}, and `on failure run` may only tell people", says(effect));
    with_chain(Diagnostic::error(CODE, span, message), chain, declared, effect)
        .help("put things back with `undo`, or make it a step of its own `after failed`")
}
