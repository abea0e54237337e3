//! An item of a module has no type where others look.
//!
//! ## Why
//!
//! Inside of playbooks and tasks the compiler finds all types. At the edge of a module (`let`, the
//! parameters and results of functions, tasks and actions) they are written down, for readers and so that
//! a change of a body changes nothing elsewhere.
//!
//! ## Bad
//!
//! ```quell
//! let limit = 5%
//! //  ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let limit: Percent = 5%
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    hir::Ident,
};

/// The code.
pub const CODE: &str = "missing-type";

/// The `let` has no type; its value has the type `found`, if that is known. Nothing is said of one
/// whose name is missing too.
pub fn of_let(name: &Ident, found: Option<String>) -> Option<Diagnostic> {
    (!name.text.is_empty()).then(|| {
        let finding = Diagnostic::error(CODE, name.span, format!("the value `{}` has no type", name.text));
        let ty = found.as_deref().unwrap_or("TYPE");
        let finding = finding.help(format!("write it behind the name: `let {}: {ty} = ...`", name.text));
        match found {
            Some(found) => finding.fix(Fix::replace(
                Safety::Safe,
                format!("write the type `{found}`"),
                name.span.at_end(),
                format!(": {found}"),
            )),
            None => finding,
        }
    })
}

/// The function has no type of result; its body has the type `found`, if that is known.
pub fn of_result(name: &Ident, found: Option<String>) -> Option<Diagnostic> {
    (!name.text.is_empty()).then(|| {
        let ty = found.as_deref().unwrap_or("TYPE");
        Diagnostic::error(CODE, name.span, format!("the function `{}` doesn't say what it gives", name.text))
            .help(format!("write `-> {ty}` behind its parameters"))
    })
}

/// The parameter has no type; nothing is said of one whose name is missing too.
pub fn of_parameter(name: &Ident) -> Option<Diagnostic> {
    (!name.text.is_empty()).then(|| {
        Diagnostic::error(CODE, name.span, format!("the parameter `{}` has no type", name.text))
            .help(format!("write it behind the name: `{}: TYPE`", name.text))
    })
}
