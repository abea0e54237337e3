//! The conditions around a destroying step are too many to prove its approval.
//!
//! ## Why
//!
//! That two people approve what destroys is proved by trying all values of the conditions on the way
//! there. With more than 16 different ones this isn't done.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//! let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
//! let cy: Person = Person(id: "cy", name: "Cy", email: "cy@example.com")
//!
//! action flags() -> List<Bool> reads
//!
//! action promote(host: Text) destroys {
//!   irreversible "the old primary has lost touch"
//! }
//!
//! playbook failover {
//!   enrich {
//!     step f = flags()
//!   }
//!   remediate {
//!     step promoted = promote("db-2")
//! //                  ^^^^^^^^^^^^^^^
//!       when f[0] or f[1] or f[2] or f[3] or f[4] or f[5] or f[6] or f[7] or f[8] or f[9]
//!         or f[10] or f[11] or f[12] or f[13] or f[14] or f[15] or f[16]
//!       approve by 2 of [ana, bo, cy] when f[0] within 10m
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//! let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
//! let cy: Person = Person(id: "cy", name: "Cy", email: "cy@example.com")
//!
//! action flags() -> List<Bool> reads
//!
//! action promote(host: Text) destroys {
//!   irreversible "the old primary has lost touch"
//! }
//!
//! playbook failover {
//!   enrich {
//!     step f = flags()
//!   }
//!   remediate {
//!     step promoted = promote("db-2")
//!       when f.any(flag => flag)
//!       approve by 2 of [ana, bo, cy] within 10m
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "approval-undecidable";

/// `atoms` different conditions decide about `step`.
pub fn approval_undecidable(span: Span, step: &str, atoms: usize) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("{atoms} conditions decide whether `{step}` is approved: too many to try"))
        .note("it destroys something, so that two people must approve it at the highest severity")
        .help("ask for the approval without `when`, or join the conditions in a step's value")
}
