//! Unknown role.
//!
//! ## Why
//!
//! Rules and reports identify what an action is for by its role, never by its name: paging someone, gathering
//! evidence, and so on. They would ignore a misspelled role.
//!
//! ## Bad
//!
//! ```quell
//! action call_out(person: Person) notifies {
//!   provides pager
//! //         ^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action call_out(person: Person) notifies {
//!   provides page
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{suggest::nearest, words::list},
    hir::Ident,
};

/// The code.
pub const CODE: &str = "unknown-role";

/// What an action can be good for.
pub const OF_ACTIONS: [&str; 7] =
    ["page", "war_room", "incident_record", "status_update", "evidence", "verification", "postmortem"];

/// What a trigger can be: the rise of an alert whose rule its first parameter names.
pub const OF_TRIGGERS: [&str; 1] = ["alert"];

/// `name` isn't among the roles.
pub fn report(name: &Ident, roles: &[&'static str]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, name.span, format!("unknown role `{}`", name.text));
    match nearest(&name.text, roles.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            name.span,
            near,
        )),
        None => finding.note(format!("the roles are {}", list(roles))),
    }
}
