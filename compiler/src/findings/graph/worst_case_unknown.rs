//! Worst case too long to compute.
//!
//! ## Why
//!
//! Every playbook ends, and its worst case is known before it runs: the sum of all timeouts, retries, polls,
//! approvals and undos. More than 292 years can't be represented in nanoseconds, and no one would wait that
//! long. Choose realistic limits.
//!
//! ## Bad
//!
//! ```quell
//! action probe(host: Text) -> Int reads
//!
//! playbook check_host {
//!   enrich {
//!     step seen = probe("web-1")
//! //       ^^^^
//!       retry 1000000000 times every 10000w
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action probe(host: Text) -> Int reads
//!
//! playbook check_host {
//!   enrich {
//!     step seen = probe("web-1")
//!       retry 3 times every 10s
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "worst-case-unknown";

/// The worst case of `item` is too long to count; `culprit` is the first part of it that is.
pub fn finding(item: &Ident, culprit: Option<(Span, String)>) -> Diagnostic {
    let message = format!("the worst case of `{}` is longer than 292 years", item.text);
    let finding = match culprit {
        Some((span, name)) => {
            Diagnostic::error(CODE, span, message).at(format!("{name} alone takes longer than that"))
        }
        None => Diagnostic::error(CODE, item.span, message).at("its undos together take longer than that"),
    };
    finding.help("lower its limits: fewer retries or elements, shorter waits and timeouts")
}
