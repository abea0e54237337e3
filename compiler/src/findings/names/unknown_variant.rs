//! Unknown variant.
//!
//! ## Why
//!
//! The values of an enum are its variants and nothing else.
//!
//! ## Bad
//!
//! ```quell
//! fn wakes(severity: Severity) -> Bool = severity >= Severity.mayor
//! //                                                          ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn wakes(severity: Severity) -> Bool = severity >= Severity.major
//! ```

use std::sync::Arc;

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{suggest::nearest, words::list},
    hir::Ident,
};

/// The code.
pub const CODE: &str = "unknown-variant";

/// The enum `owner` has `variants`, and `name` isn't among them.
pub fn report(name: &Ident, owner: &str, variants: &[Arc<str>]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, name.span, format!("`{owner}` has no variant `{}`", name.text));
    let names: Vec<&str> = variants.iter().map(|variant| &**variant).collect();
    match nearest(&name.text, names.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            name.span,
            near,
        )),
        None => finding.help(format!("its variants are {}", list(&names))),
    }
}

/// `owner` is a `word` and no enum, so it has no variants.
pub fn not_an_enum(name: &Ident, owner: &str, word: &str) -> Diagnostic {
    let message = format!("`{owner}` is a {word} and has no variant `{}`", name.text);
    Diagnostic::error(CODE, name.span, message)
}
