//! Unknown parameter.
//!
//! ## Why
//!
//! `touches` names the parameter that identifies the resource that the action changes; rules that look for
//! two steps changing the same resource read it. `expect ... called with` compares the argument of a
//! parameter.
//!
//! ## Bad
//!
//! ```quell
//! action restart(host: Text) -> Text changes {
//!   irreversible "what it held in memory is gone"
//!   touches hosts
//! //        ^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart(host: Text) -> Text changes {
//!   irreversible "what it held in memory is gone"
//!   touches host
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{suggest::nearest, words::list},
    hir::Ident,
};

/// The code.
pub const CODE: &str = "unknown-parameter";

/// The action or task `owner` has `parameters`, and `name` isn't among them.
pub fn call(name: &Ident, owner: &str, parameters: &[&str]) -> Diagnostic {
    let message = format!("`{owner}` has no parameter `{}`", name.text);
    suggest(Diagnostic::error(CODE, name.span, message), name, parameters)
}

/// `name` isn't among `parameters`.
pub fn touches<'a>(name: &Ident, parameters: impl Iterator<Item = &'a str>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, name.span, format!("the action has no parameter `{}`", name.text));
    let parameters: Vec<&str> = parameters.collect();
    suggest(finding, name, &parameters)
}

fn suggest(finding: Diagnostic, name: &Ident, parameters: &[&str]) -> Diagnostic {
    match nearest(&name.text, parameters.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            name.span,
            near,
        )),
        None if parameters.is_empty() => finding.help("remove it: there are no parameters"),
        None => finding.help(format!("use one of its parameters: {}", list(parameters))),
    }
}
