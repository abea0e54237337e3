//! `on failure run` that does more than notify.
//!
//! ## Why
//!
//! After a failed step the state of the system is uncertain. That is the moment to tell someone, not to
//! change more. Put what has to be reverted in `undo`, and what should be tried instead in a step of its own.
//!
//! ## Bad
//!
//! ```quell
//! action scan() -> Int reads
//!
//! action restart(service: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step seen = scan()
//!       on failure run restart("checkout")
//! //                   ^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action scan() -> Int reads
//!
//! action post(text: Text) notifies
//!
//! playbook repair {
//!   remediate {
//!     step seen = scan()
//!       on failure run post("check failed: ${error}")
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
    let message = format!("`{name}` {}; `on failure run` may only notify people", says(effect));
    with_chain(Diagnostic::error(CODE, span, message), chain, declared, effect)
        .help("revert changes with `undo`, or move the call to a separate step with `after failed`")
}
