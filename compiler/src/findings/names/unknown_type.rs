//! Unknown type.
//!
//! ## Why
//!
//! A type is built in, or a record, enum or `type` of this module, of an imported module or of the prelude.
//!
//! ## Bad
//!
//! ```quell
//! fn twice(number: Integer) -> Int = 2
//! //               ^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn twice(number: Int) -> Int = number * 2
//! ```

use super::unknown_name::with_import;
use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{
        foreign::{self, signs::Sign},
        suggest::nearest,
    },
    hir::Ident,
    names::Importable,
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-type";

/// `path` names no type; `candidates` are the types known here, `import` would make it known.
pub fn report(path: &[Ident], candidates: &[String], import: Option<&Importable>) -> Diagnostic {
    let (name, span) = written(path);
    let finding = Diagnostic::error(CODE, span, format!("unknown type `{name}`"));
    if let Some(import) = import {
        return with_import(finding, span, import);
    }
    if matches!(&*name, "Optional" | "Option" | "Maybe") {
        return finding.help(Sign::OptionalType.help());
    }
    match foreign::type_name(&name).or_else(|| nearest(&name, candidates.iter().map(String::as_str))) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            span,
            near,
        )),
        None if matches!(&*name, "void" | "Void" | "None" | "Unit" | "never") => {
            finding.help("leave out `->` and the type if there is no result")
        }
        None => finding.help(format!(
            "declare it with `record {0} {{ ... }}`, or import it with `use MODULE ({0})`",
            name.rsplit('.').next().unwrap_or(&name)
        )),
    }
}

/// `path` names something that is no type: a `word`.
pub fn not_a_type(path: &[Ident], word: &str) -> Diagnostic {
    let (name, span) = written(path);
    Diagnostic::error(CODE, span, format!("`{name}` is a {word}, not a type"))
        .help("write a type such as `Text`, `List<Int>` or `Duration?`")
}

fn written(path: &[Ident]) -> (String, Span) {
    let name = path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".");
    let span = match path {
        [] => Span::new(crate::source::FileId(0), 0, 0),
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
    };
    (name, span)
}
