//! Computed name of a secret.
//!
//! ## Why
//!
//! Checks and generated files list the secrets that a playbook needs. So the names have to be known before it
//! runs, as literals.
//!
//! ## Bad
//!
//! ```quell
//! fn token(team: Text) -> Secret = secret("TOKEN_${team}")
//! //                                      ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn token(shop: Bool) -> Secret = if shop then secret("TOKEN_SHOP") else secret("TOKEN_DATA")
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "secret-name";

/// The argument of `secret` is no literal.
pub fn report(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "the name of a secret must be a literal")
        .note("the secrets that a playbook needs have to be known before it runs")
}
