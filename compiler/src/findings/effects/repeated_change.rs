//! A change is repeated that may not be done twice.
//!
//! ## Why
//!
//! An attempt that failed or ran out of time may have acted all the same. Doing it again is only
//! safe if doing it twice is the same as doing it once: then the action says `idempotent`. A task is
//! idempotent if all that it changes is. Work by hand never is.
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
    let mut finding = Diagnostic::error(CODE, clause, format!("`{word}` would repeat the change `{name}`"))
        .label(call, format!("`{name}` changes things and isn't `idempotent`"))
        .note("an attempt that failed may have acted: doing it again could do it twice");
    if let Some(declared) = declared {
        finding = finding.label(declared, "declared here");
    }
    finding.help(format!("take `{word}` away; or write `idempotent` into the action, if twice is the same as once"))
}
