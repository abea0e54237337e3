//! Unknown time zone.
//!
//! ## Why
//!
//! Time zones are named as in the IANA time zone database: a continent and a city. The name determines local
//! time, including daylight saving, and so whether someone is asleep. An unknown name would fail the step
//! that uses it, in the middle of an incident.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person =
//!   Person(id: "ana", name: "Ana", email: "ana@example.com", time_zone: "Europe/Lisboa")
//! //                                                                    ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person =
//!   Person(id: "ana", name: "Ana", email: "ana@example.com", time_zone: "Europe/Lisbon")
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::suggest::nearest,
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-time-zone";

/// There is no time zone `name`, which stands at `span`; `names` are those that there are.
pub fn report(name: &str, span: Span, names: &[String]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("unknown time zone \"{name}\""));
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean \"{near}\"?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with \"{near}\""),
            span,
            format!("\"{near}\""),
        )),
        None => finding.help("use a name of the IANA time zone database, such as \"America/New_York\""),
    }
}
