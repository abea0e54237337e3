//! Retry of a change that isn't idempotent.
//!
//! ## Why
//!
//! An attempt that failed or timed out may still have had its effect. Repeating it is only safe if doing it
//! twice has the same result as doing it once: then declare the action `idempotent`. A task is idempotent if
//! all its changes are. Manual work never is.
//!
//! ## Bad
//!
//! ```quell
//! action add_replica(service: Text) changes {
//!   irreversible "it serves already"
//! }
//!
//! playbook grow {
//!   remediate {
//!     step added = add_replica("checkout")
//!       retry 3 times
//! //    ^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action set_replicas(service: Text, replicas: Int) changes {
//!   idempotent
//!   irreversible "they serve already"
//! }
//!
//! playbook grow {
//!   remediate {
//!     step grown = set_replicas("checkout", replicas: 7)
//!       retry 3 times
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "repeated-change";

/// The clause `word` repeats `call`, a call of `name`, which is declared at `declared`.
pub fn repeated_change(
    clause: Span,
    word: &str,
    name: &str,
    call: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let mut finding = Diagnostic::error(CODE, clause, format!("`{word}` may repeat the change `{name}`"))
        .label(call, format!("`{name}` changes things and isn't `idempotent`"))
        .note("a failed attempt may still have had its effect, so the change could be made twice");
    if let Some(declared) = declared {
        finding = finding.label(declared, "declared here");
    }
    finding.help(format!("remove `{word}`, or add `idempotent` to the action if repeating it is safe"))
}
