//! Unknown name.
//!
//! ## Why
//!
//! Names come from the playbook or function itself, from the module, from its imports, and from the names
//! that every module has. Some are visible only in certain places: the steps of a cause only in that cause,
//! the variable of `each` in its step, `it` in `until`, and `error` in `on failure`.
//!
//! ## Bad
//!
//! ```quell
//! fn total(prices: List<Int>) -> Int = pirces.sum()
//! //                                   ^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn total(prices: List<Int>) -> Int = prices.sum()
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{foreign::Advice, suggest::nearest},
    names::Importable,
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-name";

/// `name` is neither among `candidates` nor known otherwise; `import` would make it known.
pub fn report(name: &str, span: Span, candidates: &[&str], import: Option<&Importable>) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("unknown name `{name}`"));
    if let Some(import) = import {
        return with_import(finding, span, import);
    }
    match nearest(name, candidates.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            span,
            near,
        )),
        None => finding.help(declare(name)),
    }
}

/// How a name becomes known.
fn declare(name: &str) -> String {
    format!(
        "declare `{name}` with `let`, `step` or `input`, or import it with `use MODULE ({name})`; a text is written `\"{name}\"`"
    )
}

/// `name` comes from another language; `advice` says what to write.
pub fn foreign(name: &str, span: Span, advice: &Advice) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("unknown name `{name}`")).help(advice.help);
    match advice.instead {
        Some(ours) => finding.fix(Fix::replace(Safety::Unsafe, format!("replace with `{ours}`"), span, ours)),
        None => finding,
    }
}

/// The same for the owner of a playbook: where nothing is near, a newcomer has to know what that is.
pub fn of_owner(finding: Diagnostic, name: &str) -> Diagnostic {
    if finding.help != [declare(name)] {
        return finding;
    }
    let mut finding = finding;
    finding.help.clear();
    finding
        .note("the owner of a playbook is a `Team`")
        .help(format!("declare it with `let {name}: Team = Team(...)`, or import it with `use`"))
}

/// Says what to import.
pub(in crate::findings) fn with_import(finding: Diagnostic, span: Span, import: &Importable) -> Diagnostic {
    match &import.qualified {
        Some(qualified) => finding.help(format!("did you mean `{qualified}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{qualified}`"),
            span,
            qualified,
        )),
        None => {
            let finding = finding.help(format!("add `{}`", import.line));
            match import.behind {
                Some(behind) => finding.fix(Fix::replace(
                    Safety::Unsafe,
                    format!("add `{}`", import.line),
                    behind,
                    format!("\n{}", import.line),
                )),
                None => finding,
            }
        }
    }
}

/// `name` exists, but in a place that isn't seen from here.
pub fn hidden(name: &str, span: Span, declared: Span, owner: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the name `{name}` is visible only in {owner}"))
        .label(declared, "declared here")
        .help(format!("move it out of {owner}, or refer to {owner} itself"))
}

/// `name` means something in other places; `place` says where.
/// An outcome stands in a condition.
pub fn outcome(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` can't be part of a condition"))
        .note("a run ends `resolved`, `failed` or `completed`; each needs a separate `expect`")
        .help(match name {
            "completed" => "write `expect completed`",
            _ => "write `expect resolved`, `expect failed` or `expect not completed`",
        })
}

/// A name that means something elsewhere; `place` says where.
pub fn misplaced(name: &str, span: Span, place: &str) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("unknown name `{name}`")).note(place);
    match name {
        "it" => {
            finding.help("name the element in a lambda: `x => x.ok`; elsewhere, write the name of the step")
        }
        "error" => finding.help("use it below a step: `on failure use VALUE` or `on failure run CALL`"),
        "body" | "status" | "output" | "exit_code" => {
            finding.help("return what is needed from the action, and use the name of the step that calls it")
        }
        "run" => finding.help("add a parameter, and pass the value from the playbook"),
        _ => finding
            .help(format!("use `{name}` where it is available, or give the value another name with `let`")),
    }
}
