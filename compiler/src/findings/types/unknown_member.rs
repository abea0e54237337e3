//! Unknown field or method.
//!
//! ## Why
//!
//! The name after a dot is a field of a record, a method of a list, text or number, or a property of the run
//! or of a cause.
//!
//! ## Bad
//!
//! ```quell
//! fn loud(text: Text) -> Text = text.uper()
//! //                                 ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn loud(text: Text) -> Text = text.upper()
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::{foreign, suggest::nearest, words::list},
    hir::Ident,
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-member";

/// The type has members `names`, and `name` isn't among them.
pub fn report(ty: &str, name: &Ident, names: &[String]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, name.span, format!("a `{ty}` has no `{}`", name.text));
    let bare = || names.iter().map(|name| name.trim_end_matches("()"));
    if let Some(near) = foreign::member(&name.text, bare()).or_else(|| nearest(&name.text, bare())) {
        let near =
            names.iter().find(|known| known.trim_end_matches("()") == near).cloned().unwrap_or_default();
        return finding.help(format!("did you mean `{near}`?")).fix(Fix::replace(
            Safety::Unsafe,
            format!("replace with `{near}`"),
            name.span,
            near.trim_end_matches("()"),
        ));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let advice = foreign::missing_member(&name.text);
    match names.as_slice() {
        [] => finding
            .note("it has no fields or methods")
            .help(advice.unwrap_or("use the value itself, by its name alone")),
        names if names.len() <= 30 => match advice {
            Some(advice) => finding.note(format!("available: {}", list(names))).help(advice),
            None => finding.help(format!("use one of these: {}", list(names))),
        },
        _ => finding.help(advice.unwrap_or("remove it, or convert the value first")),
    }
}

/// The name is that of a method, which isn't called.
pub fn method_not_called(ty: &str, name: &Ident) -> Diagnostic {
    let message = format!("`{}` is a method of `{ty}` and has to be called", name.text);
    Diagnostic::error(CODE, name.span, message).help(format!("write `{}(...)`", name.text))
}

/// The elements have a member of this name, the list hasn't.
pub fn of_elements(ty: &str, name: &Ident) -> Diagnostic {
    let message = format!("a `{ty}` has no `{}`, but its elements do", name.text);
    Diagnostic::error(CODE, name.span, message).help(format!(
        "use it for each element: `.map(x => x.{})`, or for the first: `.first()?.{}`",
        name.text, name.text
    ))
}

/// A key of a map is taken like a field.
pub fn of_map(ty: &str, name: &Ident) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("a `{ty}` has no `{}`", name.text)).help(format!(
        "use brackets for a key: `[\"{}\"]`, or `.get(\"{}\")` if it may be missing",
        name.text, name.text
    ))
}

/// A method is called on a Json.
pub fn of_json(name: &Ident) -> Diagnostic {
    Diagnostic::error(CODE, name.span, format!("a `Json` has no method `{}`", name.text))
        .note("the content of a Json document is only known when it is read")
        .help(format!("convert it first: `(... as List<Json>).{}(...)`", name.text))
}

/// A value has no elements to be taken by number or key.
pub fn no_elements(ty: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{ty}` has no elements"))
        .note("`[...]` selects an element of a list, a value of a map, or a part of a Json")
        .help(match ty {
            "Text" | "Public" => "for a part of a text, use `.take(n)`, `.drop(n)` or `.split(\"...\")`",
            _ => "write `.NAME` for a field; the name of a step is its value itself",
        })
}
