//! Undo that does more than its action.
//!
//! ## Why
//!
//! Readers rely on `reads` or `notifies`, also when a run fails and its changes are undone. So the `undo` in
//! the contract of an action may do at most what the action declares. Declare the larger effect, or choose a
//! smaller undo.
//!
//! ## Bad
//!
//! ```quell
//! action release(host: Text) changes {
//!   irreversible "it serves again"
//! }
//!
//! action hold(host: Text) -> Text reads {
//!   undo release(host) always
//! //     ^^^^^^^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action release(host: Text) changes {
//!   irreversible "it serves again"
//! }
//!
//! action hold(host: Text) -> Text changes {
//!   undo release(host) always
//! }
//! ```

use super::effect_not_allowed::{says, with_chain};
use crate::{diagnostic::Diagnostic, effects::Link, hir::Effect, source::Span};

/// The code.
pub const CODE: &str = "undo-exceeds-effect";

/// The undo at a place has an effect; the action's name, what it declares, and where. `chain` are the
/// calls that lead to the undo's effect, `reason` is where that is declared.
pub fn finding(
    (span, effect): (Span, Effect),
    (action, declared, declared_at): (&str, Effect, Span),
    chain: &[Link],
    reason: Option<Span>,
) -> Diagnostic {
    let message = format!("`{action}` {}, but its undo {}", says(declared), says(effect));
    let finding = Diagnostic::error(CODE, span, message).at(format!("this {}", says(effect)));
    let finding = finding.label(declared_at, "declared effect");
    let finding = match chain {
        [_, _, ..] => with_chain(finding, chain, reason, effect),
        _ => finding,
    };
    finding.help(format!("declare `{action}` as `{}`", effect.word()))
}
