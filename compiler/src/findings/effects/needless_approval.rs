//! Needless approval.
//!
//! ## Why
//!
//! Every approval costs minutes of the incident, so approvals belong only where something can go wrong. A
//! step that only reads or notifies needs none. Texts for the public are the exception.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! action post(text: Text) notifies
//!
//! playbook inform {
//!   communicate {
//!     step sent = post("we are on it")
//!       approve by 1 of [ana] within 10m
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action post(text: Text) notifies
//!
//! playbook inform {
//!   communicate {
//!     step sent = post("we are on it")
//!   }
//! }
//! ```

use super::effect_not_allowed::says;
use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    hir::Effect,
    source::Span,
};

/// The code.
pub const CODE: &str = "needless-approval";

/// The approval `clause` of `step`, whose `call` has at most `effect`.
pub fn needless_approval(clause: Span, call: Span, step: &str, effect: Effect) -> Diagnostic {
    Diagnostic::warning(CODE, clause, format!("`{step}` waits for an approval that it doesn't need"))
        .label(call, format!("this only {}", says(effect)))
        .fix(Fix::replace(Safety::Unsafe, "remove the approval", clause, ""))
}
