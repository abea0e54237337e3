//! Several enums have a variant of this name.
//!
//! ## Why
//!
//! A variant can be written by its name alone where only one enum in sight has it, or where the place
//! says which enum is wanted.
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
    Diagnostic::error(CODE, span, format!("several enums have a variant `{name}`"))
        .help(format!("write {}", either(&names)))
}
