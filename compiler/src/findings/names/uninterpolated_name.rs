//! Name that isn't interpolated.
//!
//! ## Why
//!
//! Other languages put the value of a name into a text with `{name}`, `{{ name }}` or `$name`. Quell only does so
//! with `${name}`; anything else is sent as it is written.
//!
//! ## Bad
//!
//! ```quell
//! fn told(host: Text) -> Text = "{host} is down"
//! //                            ^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn told(host: Text) -> Text = "${host} is down"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "uninterpolated-name";

/// The text at `span` has `written`, which another language would replace by the value of `name`.
pub fn report(written: &str, name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(
        CODE,
        span,
        format!("`{written}` in a text isn't replaced with the value of `{name}`"),
    )
    .help(format!("to put the value into the text, write `${{{name}}}`"))
}
