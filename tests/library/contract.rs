//! What every action says of itself.

use quell_compiler::{
    check::CheckedModule,
    hir::{Action, BindingKind, Effect, ExprId, ExprKind, ItemKind, Literal, Module, TextPart},
    types::{SignatureKind, Type},
    world::World,
};

use crate::Library;

#[test]
fn the_library_has_no_findings() {
    let library = Library::new();
    let found: Vec<_> = library.checked.diagnostics.iter().map(|found| &found.message).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_module_says_what_it_is_for() {
    for (name, module) in Library::new().modules() {
        assert!(!module.docs.trim().is_empty(), "{name} has no `//!`");
        for item in module.items.iter().filter(|item| item.private.is_none()) {
            assert!(!item.docs.trim().is_empty(), "{name}.{} has no `///`", item.name.text);
        }
    }
}

/// Who rests on an action has to know what it may do, how long it takes, how it is put back, and where
/// its vendor describes it.
#[test]
fn each_action_keeps_the_contract_of_the_library() {
    let library = Library::new();
    let mut problems = Vec::new();
    let mut count = 0;
    for (name, item, action) in library.actions() {
        count += 1;
        let mut lacks = |holds: bool, what: &str| {
            if !holds {
                problems.push(format!("{name}: {what}"));
            }
        };
        lacks(item.docs.contains("https://"), "no link to its vendor's documentation");
        lacks(action.contract.timeout.is_some(), "no `timeout`");
        lacks(action.bindings.len() == 1, "not one binding");
        let simulate = action.simulate.as_ref();
        lacks(simulate.is_some_and(|simulate| simulate.takes.is_some()), "no `takes`");
        lacks(simulate.is_some_and(|simulate| simulate.fails.is_some()), "no `fails`");
        let effect = action.effect.map_or(Effect::Reads, |(effect, _)| effect);
        if effect >= Effect::Changes {
            lacks(!action.contract.touches.is_empty(), "changes something and doesn't say what it `touches`");
        }
        if effect == Effect::Destroys {
            lacks(action.contract.irreversible.is_some(), "destroys and isn't `irreversible`");
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count >= 250, "only {count} actions");
}

/// A secret stands for a value that is never written down: its parameter is a `Secret`, and nothing
/// that is named like one is a `Text`.
#[test]
fn what_is_secret_is_a_secret() {
    let library = Library::new();
    let secret = ["token", "password", "key", "api_key", "application_key"];
    // Keys of other kinds: of a cache, of a tracker, of an account (its public half).
    let data = ["redis.delete_key", "jira.issue", "aws.disable_key", "aws.enable_key", "aws.delete_key"];
    for interface in library.checked.interfaces.modules.values() {
        let path = library.world.module_path(interface.file);
        for item in &interface.items {
            let SignatureKind::Action(action) = &item.kind else { continue };
            let name = format!("{}.{}", path.trim_start_matches("std."), item.name);
            for parameter in &action.callable.parameters {
                if secret.contains(&&*parameter.name) && !data.contains(&&*name) {
                    assert_eq!(parameter.ty, Type::Secret, "{name}: `{}`", parameter.name);
                }
            }
        }
    }
}

/// No action runs a shell, so that no text, wherever it comes from, is a line for one.
#[test]
fn no_command_is_a_shell() {
    let library = Library::new();
    for (name, module) in library.modules() {
        for item in &module.items {
            let ItemKind::Action(action) = &item.kind else { continue };
            if let Some(program) = program(module, action) {
                let shells = ["sh", "bash", "dash", "zsh", "env", "xargs", "eval"];
                assert!(!shells.contains(&&*program), "{name}.{} runs {program}", item.name.text);
            }
        }
    }
}

/// What callers give stands in an address as one segment of its path: encoded, or a number. Only an address's
/// beginning, which is up to whoever sets the module up, stands as it is.
#[test]
fn what_callers_give_is_encoded_in_addresses() {
    let library = Library::new();
    let mut problems = Vec::new();
    let mut encoded = 0;
    for file in &library.files {
        let checked = library.checked.module(*file).unwrap();
        let module = library.world.module_path(*file);
        for item in &checked.hir.items {
            let ItemKind::Action(action) = &item.kind else { continue };
            for binding in &action.bindings {
                let BindingKind::Http { url, .. } = binding.kind else { continue };
                for raw in raw_segments(checked, url, &mut encoded) {
                    problems.push(format!("{module}.{}: `{raw}` isn't encoded", item.name.text));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(encoded >= 80, "only {encoded} segments were looked at");
}

/// The values in an address that could be more than a segment of its path; counts those that can't.
fn raw_segments(checked: &CheckedModule, url: ExprId, encoded: &mut usize) -> Vec<String> {
    let module = &*checked.hir;
    let parts = match &module.exprs[url].kind {
        ExprKind::Text(parts) => parts,
        _ => return prefix(checked, url, encoded),
    };
    let mut raw = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let TextPart::Value(value) = part else { continue };
        let begins =
            index == 0 || index == 1 && matches!(&parts[0], TextPart::Literal(text) if text == "https://");
        if begins {
            raw.extend(prefix(checked, *value, encoded));
        } else if calls(module, *value).is_some_and(|name| name == "path_segment")
            || checked.types.exprs.get(*value) == Some(&Type::Int)
        {
            *encoded += 1;
        } else {
            raw.push(format!("{:?}", module.exprs[*value].kind));
        }
    }
    raw
}

/// The beginning of an address: a value that callers set up, or a function of the module that writes it.
fn prefix(checked: &CheckedModule, value: ExprId, encoded: &mut usize) -> Vec<String> {
    let Some(name) = calls(&checked.hir, value) else { return Vec::new() };
    let function = checked.hir.items.iter().find_map(|item| match &item.kind {
        ItemKind::Function(function) if *item.name.text == *name => Some(function),
        _ => None,
    });
    function.map_or_else(Vec::new, |function| raw_segments(checked, function.body, encoded))
}

/// The name of the function that an expression calls.
fn calls(module: &Module, value: ExprId) -> Option<&str> {
    let ExprKind::Call { callee, .. } = &module.exprs[value].kind else { return None };
    match &module.exprs[*callee].kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}

/// The first word of a command, where it is written there.
fn program(module: &Module, action: &Action) -> Option<String> {
    let BindingKind::Command { arguments } = &action.bindings.first()?.kind else { return None };
    match &module.exprs[*arguments].kind {
        ExprKind::List(elements) => match &module.exprs[*elements.first()?].kind {
            ExprKind::Literal(Literal::Text(text)) => Some(text.to_string()),
            _ => None,
        },
        _ => None,
    }
}
