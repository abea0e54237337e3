//! Unknown playbook.
//!
//! ## Why
//!
//! A scenario tests one playbook, which is declared in the same module or imported with `use`.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for lok {
//! //                          ^^^
//!   expect completed
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   expect completed
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{suggest::nearest, words::list},
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-playbook";

/// `name` at `span` isn't among `playbooks`.
pub fn report(name: &str, span: Span, playbooks: &[&str]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("unknown playbook `{name}`"));
    match nearest(name, playbooks.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            span,
            near,
        )),
        None if playbooks.is_empty() => finding,
        None => finding.note(format!("available: {}", list(playbooks))),
    }
}

/// `name` at `span` is a `word` and no playbook.
pub fn not_a_playbook(name: &str, span: Span, word: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` is a {word}, not a playbook"))
}
