//! Unknown item of a module.
//!
//! ## Why
//!
//! The name after a module's name, or in the parentheses of a `use`, has to be declared in that module.
//!
//! ## Bad
//!
//! ```quell
//! use std.slack (Chanel)
//! //             ^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.slack (Channel)
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{suggest::nearest, words::list},
    hir::Ident,
};

/// The code.
pub const CODE: &str = "unknown-item";

/// `module` offers `names`, and `name` isn't among them.
pub fn report<'a>(module: &str, name: &Ident, names: impl Iterator<Item = &'a str>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, name.span, format!("`{module}` has no `{}`", name.text));
    let names: Vec<&str> = names.collect();
    if let Some(near) = nearest(&name.text, names.iter().copied()) {
        return finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            name.span,
            near,
        ));
    }
    if names.is_empty() || names.len() > 20 {
        return finding;
    }
    finding.note(format!("the module has {}", list(&names)))
}
