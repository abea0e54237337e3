//! Binding entry in the wrong kind of binding.
//!
//! ## Why
//!
//! An `http` binding has credentials, headers, a query and a body; a `command` has an environment, an input
//! and an output; a `container` has arguments as well.
//!
//! ## Bad
//!
//! ```quell
//! action uptime(host: Text) -> Text reads {
//!   command ["uptime"] {
//!     headers { Host: host }
//! //  ^^^^^^^
//!     return output
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action uptime(host: Text) -> Text reads {
//!   command ["uptime"] {
//!     env { HOST: host }
//!     return output
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, findings::words::list, source::Span};

/// The code.
pub const CODE: &str = "misplaced-entry";

/// The entry `word` stands in a `binding`, which has only `allowed`.
pub fn report(word: &str, span: Span, binding: &str, allowed: &[&str]) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{word}` isn't allowed in `{binding}`"))
        .note(format!("`{binding}` allows {}", list(allowed)))
}
