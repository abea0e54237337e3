//! How long a playbook can take can't be computed.
//!
//! ## Why
//!
//! Every playbook ends, and its worst case is known before it runs: all timeouts, retries, polls,
//! approvals and undos added up. If that comes to more than 292 years it can no longer be counted in
//! nanoseconds, and a bound like this bounds nothing. Choose bounds that somebody would wait for.
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
        Some((span, name)) => Diagnostic::error(CODE, span, message)
            .at(format!("{name} alone can take longer than can be counted")),
        None => Diagnostic::error(CODE, item.span, message).at("all its undos together take too long"),
    };
    finding.help("lower its bounds: fewer retries or elements, shorter waits and timeouts")
}
