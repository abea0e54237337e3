//! `Public` in the payload of an event.
//!
//! ## Why
//!
//! Customers see `Public` texts as they are. An event comes from outside, so whoever sends it could write on
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
        Some((name, _)) => format!("an event can't carry a `Public`, and `{name}` of `{ty}` is one"),
        None => format!("an event can't carry a `Public`, and `{ty}` contains one"),
    };
    let finding = Diagnostic::error(CODE, span, message)
        .note("events come from outside, and text from outside is never shown to customers as it is")
        .help("declare it as `Text`, and choose between texts of your own for customers");
    match field {
        Some((_, at)) => finding.label(at, "declared here"),
        None => finding,
    }
}
