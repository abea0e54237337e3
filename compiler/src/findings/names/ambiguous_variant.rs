//! Ambiguous variant.
//!
//! ## Why
//!
//! A variant can be written by its name alone only if a single visible enum has it, or if the context
//! determines which enum is expected.
//!
//! ## Bad
//!
//! ```quell
//! enum Light { off, on }
//! enum Heater { off, low, high }
//!
//! fn shown() -> Text = "${off}"
//! //                      ^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! enum Light { off, on }
//! enum Heater { off, low, high }
//!
//! fn shown() -> Text = "${Light.off}"
//!
//! fn dark(light: Light) -> Bool = light == off
//! ```

use std::sync::Arc;

use crate::{diagnostic::Diagnostic, findings::words::either, source::Span};

/// The code.
pub const CODE: &str = "ambiguous-variant";

/// `name` is a variant of all of `enums`.
pub fn report(name: &str, span: Span, enums: &[Arc<str>]) -> Diagnostic {
    let names: Vec<String> = enums.iter().map(|owner| format!("{owner}.{name}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Diagnostic::error(CODE, span, format!("the variant `{name}` exists in several enums"))
        .help(format!("write {}", either(&names)))
}
