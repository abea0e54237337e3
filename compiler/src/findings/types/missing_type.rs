//! Missing type of a public item.
//!
//! ## Why
//!
//! Inside playbooks and tasks the compiler infers all types. At the boundary of a module (a `let`, and the
//! parameters and results of functions, tasks and actions) they are written out, for readers and so that
//! editing a body can't change anything in other modules.
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
        let finding = finding.help(format!("add the type after the name: `let {}: {ty} = ...`", name.text));
        match found {
            Some(found) => finding.fix(Fix::replace(
                Safety::Safe,
                format!("add the type `{found}`"),
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
        Diagnostic::error(CODE, name.span, format!("the function `{}` has no result type", name.text))
            .help(format!("add `-> {ty}` after its parameters"))
    })
}

/// The parameter has no type; nothing is said of one whose name is missing too.
pub fn of_parameter(name: &Ident) -> Option<Diagnostic> {
    (!name.text.is_empty()).then(|| {
        Diagnostic::error(CODE, name.span, format!("the parameter `{}` has no type", name.text))
            .help(format!("add the type after the name: `{}: TYPE`", name.text))
    })
}
