//! Approval that can't be verified.
//!
//! ## Why
//!
//! That two people approve a destroying step is proven for all values of the conditions that lead to it. With
//! more than 64 different conditions no reviewer could follow the proof, so it is an error.
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
//!       when f[0] or f[1] or f[2] or f[3] or f[4] or f[5] or f[6] or f[7] or f[8] or f[9] or f[10] or f[11] or f[12]
//!         or f[13] or f[14] or f[15] or f[16] or f[17] or f[18] or f[19] or f[20] or f[21] or f[22] or f[23] or f[24] or f[25]
//!         or f[26] or f[27] or f[28] or f[29] or f[30] or f[31] or f[32] or f[33] or f[34] or f[35] or f[36] or f[37] or f[38]
//!         or f[39] or f[40] or f[41] or f[42] or f[43] or f[44] or f[45] or f[46] or f[47] or f[48] or f[49] or f[50] or f[51]
//!         or f[52] or f[53] or f[54] or f[55] or f[56] or f[57] or f[58] or f[59] or f[60] or f[61] or f[62] or f[63] or f[64]
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
    Diagnostic::error(CODE, span, format!("too many conditions decide whether `{step}` is approved: {atoms}"))
        .note("it destroys something, so it needs a two-person approval at the highest severity")
        .help("remove `when` from the approval, or compute the conditions in a step")
}

/// The call at `span` leads to something that destroys, through more tasks than are followed.
pub fn too_deep(span: Span, step: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{step}` is nested in too many tasks to verify its approval"))
        .note("it destroys something, so it needs a two-person approval at the highest severity")
        .help("call it from fewer nested tasks")
}
