//! Which entries are allowed in which binding, and the roles of actions.

use crate::{
    diagnostic::Diagnostic,
    findings::names as findings,
    hir::{Action, Binding, BindingEntry, BindingKind, Ident, Module},
    source::Span,
};

/// The entries of a binding of each kind, besides `expect`, `let` and `return`.
const HTTP: [&str; 6] = ["auth", "headers", "query", "json", "form", "body"];
const COMMAND: [&str; 3] = ["env", "stdin", "output"];
const CONTAINER: [&str; 4] = ["args", "env", "stdin", "output"];
/// A request has at most one of these.
const BODIES: [&str; 3] = ["json", "form", "body"];

/// Checks the entries of an action's bindings and its roles.
pub(super) fn check(action: &Action, module: &Module, diagnostics: &mut Vec<Diagnostic>) {
    roles(&action.contract.provides, &findings::unknown_role::OF_ACTIONS, diagnostics);
    let mut first: Option<Span> = action.narrows.map(|narrows| module.exprs[narrows].span);
    for binding in &action.bindings {
        let span = Span {
            end: binding.span.end.min(binding.span.start + word(binding).len() as u32),
            ..binding.span
        };
        match first {
            Some(first) => diagnostics.push(findings::duplicate_entry::binding(span, first)),
            None => first = Some(span),
        }
        entries(binding, module, diagnostics);
    }
}

/// Checks the roles of an action or a trigger.
pub(super) fn roles(provided: &[Ident], known: &[&'static str], diagnostics: &mut Vec<Diagnostic>) {
    let unknown = provided.iter().filter(|role| !role.text.is_empty() && !known.contains(&&*role.text));
    diagnostics.extend(unknown.map(|role| findings::unknown_role::report(role, known)));
}

fn word(binding: &Binding) -> &'static str {
    match binding.kind {
        BindingKind::Http { .. } => "http",
        BindingKind::Command { .. } => "command",
        BindingKind::Container { .. } => "container",
    }
}

fn entries(binding: &Binding, module: &Module, diagnostics: &mut Vec<Diagnostic>) {
    let allowed: &[&str] = match binding.kind {
        BindingKind::Http { .. } => &HTTP,
        BindingKind::Command { .. } => &COMMAND,
        BindingKind::Container { .. } => &CONTAINER,
    };
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for entry in &binding.entries {
        let (name, span) = match entry {
            BindingEntry::Auth { scheme, .. } => ("auth", scheme.span),
            BindingEntry::Data { kind, .. } => (&*kind.text, kind.span),
            BindingEntry::Output(format) => ("output", format.span),
            BindingEntry::Return(value) => ("return", module.exprs[*value].span),
            // Several conditions and several names are allowed.
            BindingEntry::Expect { .. } | BindingEntry::Let(..) => continue,
        };
        if name != "return" && !allowed.contains(&name) {
            diagnostics.push(findings::misplaced_entry::report(name, span, word(binding), allowed));
            continue;
        }
        let same = |other: &str| other == name || BODIES.contains(&other) && BODIES.contains(&name);
        match seen.iter().find(|(other, _)| same(other)) {
            Some((other, first)) => {
                diagnostics.push(findings::duplicate_entry::report(name, span, other, *first));
            }
            None => seen.push((name, span)),
        }
    }
}
