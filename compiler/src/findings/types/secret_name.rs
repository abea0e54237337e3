//! The name of a secret is computed.
//!
//! ## Why
//!
//! What a playbook needs is known before it runs: emitted files and checks list its secrets. So their names
//! are literals.
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
    Diagnostic::error(CODE, span, "the name of a secret is a literal")
        .note("so that it is known beforehand which secrets a playbook needs")
}
