//! A secret would be seen.
//!
//! ## Why
//!
//! What is shown, logged, compared or put into a command line is known to others. A `Secret` is passed to
//! parameters that are declared `Secret`, held in fields, and used by a binding for credentials, headers,
//! environment and what is sent; it can be asked whether it is there (`!= none`), and nothing else.
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
        .note("it goes only where `Secret` is declared")
}

/// A value that is or holds a secret is shown.
pub fn shown(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` is or holds a secret, and would be shown here"))
        .help("show the fields that aren't secret, one by one")
}

/// A value that is or holds a secret is compared or computed with.
pub fn compared(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` is or holds a secret, and can't be compared or computed with"))
        .note("whoever sees what comes of it could guess the secret")
        .help("all that can be asked of a secret is whether it is there: `!= none`")
}
