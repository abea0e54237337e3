//! Secret that would be exposed.
//!
//! ## Why
//!
//! Whatever is shown, logged, compared or put into a command line can become known to others. A `Secret` may
//! be passed to parameters declared `Secret`, kept in fields, and used by a binding for credentials, headers,
//! the environment and the request body. The only question you can ask about it is whether it is set (`!=
//! none`).
//!
//! ## Bad
//!
//! ```quell
//! fn greeting(token: Secret) -> Text = "my token is ${token}"
//! //                                                  ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Login {
//!   user: Text,
//!   token: Secret,
//! }
//!
//! fn greeting(login: Login) -> Text = "my name is ${login.user}"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "secret-leak";

/// It goes where an `expected` is wanted.
pub fn passed(span: Span, expected: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a secret can't be passed as `{expected}`"))
        .note("secrets can only be passed where `Secret` is declared")
}

/// A value that is or holds a secret is shown.
pub fn shown(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` is or contains a secret, and would be shown here"))
        .help("show the individual fields that aren't secret")
}

/// A value that is or holds a secret is compared or computed with.
pub fn compared(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        CODE,
        span,
        format!("`{what}` is or contains a secret, so it can't be compared or used in a computation"),
    )
    .note("the result could reveal the secret")
    .help("to check whether the secret is set, compare it with `none`: `!= none`")
}
