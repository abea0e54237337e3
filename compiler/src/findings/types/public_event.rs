//! The payload of an event holds a `Public`.
//!
//! ## Why
//!
//! Customers read `Public` texts as they are. An event comes from outside: whoever sends it would write on
//! your status page.
//!
//! ## Bad
//!
//! ```quell
//! record Complaint {
//!   customer: Text,
//!   words: Public = "It's broken",
//! }
//!
//! trigger complaint(least: Int) -> Complaint = Complaint(customer: "a customer")
//! //                               ^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Complaint {
//!   customer: Text,
//!   words: Text = "It's broken",
//! }
//!
//! trigger complaint(least: Int) -> Complaint = Complaint(customer: "a customer")
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "public-event";

/// The payload, of type `ty`, holds a `Public`: in a field called `field`, if it is one.
pub fn report(ty: &str, field: Option<(&str, Span)>, span: Span) -> Diagnostic {
    let message = match field {
        Some((name, _)) => format!("an event can't hold a `Public`, and `{name}` of `{ty}` is one"),
        None => format!("an event can't hold a `Public`, and `{ty}` does"),
    };
    let finding = Diagnostic::error(CODE, span, message)
        .note("an event comes from outside, and what comes from outside is never shown to customers as it is")
        .help("declare it as `Text`, and choose among your own texts for what customers read");
    match field {
        Some((_, at)) => finding.label(at, "declared here"),
        None => finding,
    }
}
