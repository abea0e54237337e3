//! Name that shadows an item of the module.
//!
//! ## Why
//!
//! Inside a lambda, an `each` or a pattern, the local name wins. A reader may take it for the module's
//! value, and someone who later removes the local name gets the module's value without any error.
//!
//! ## Bad
//!
//! ```quell
//! let host: Text = "db-1"
//!
//! let hosts: List<Text> = ["db-1", "db-2"]
//!
//! let others: List<Text> = hosts.filter(host => host != "db-2")
//! //                                    ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let host: Text = "db-1"
//!
//! let hosts: List<Text> = ["db-1", "db-2"]
//!
//! let others: List<Text> = hosts.filter(h => h != "db-2")
//! ```

use std::collections::BTreeMap;

use crate::{
    hir::{ItemKind, LocalKind, Use},
    lint::{Group, Pass, Rule, rule::finding},
    source::Span,
};

/// The rule.
pub static RULE: Rule = Rule::new("shadowed-name", Group::Clarity, include_str!("shadowed_name.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let hir = pass.hir();
    let mut outer: BTreeMap<&str, Span> = hir.uses.iter().flat_map(bound).collect();
    let items = hir.items.iter().filter(|item| !matches!(item.kind, ItemKind::Scenario(_)));
    outer.extend(items.map(|item| (&*item.name.text, item.name.span)));
    for (_, local) in hir.locals.iter() {
        let name = &local.name;
        // Names of a whole playbook or task hide nothing (`hidden-item`), and parameters are words that
        // callers say.
        let inner = matches!(
            local.kind,
            LocalKind::Lambda | LocalKind::Each(_) | LocalKind::Pattern | LocalKind::Let
        );
        let is_variant = pass.module.types.patterns.contains_key(&name.span)
            || pass.module.names.patterns.contains_key(&name.span);
        if let Some(hidden) = outer.get(&*name.text).filter(|_| inner && !is_variant && !name.text.is_empty())
        {
            pass.report(
                finding(name.span, format!("`{0}` shadows the module's own `{0}` here", name.text))
                    .label(*hidden, "this is shadowed")
                    .help("rename one of them"),
            );
        }
    }
}

/// What an import binds.
fn bound(line: &Use) -> Vec<(&str, Span)> {
    match (&line.names, &line.alias) {
        (Some(names), _) => {
            let names = names.iter().map(|name| name.alias.as_ref().unwrap_or(&name.name));
            names.map(|name| (&*name.text, name.span)).collect()
        }
        (None, Some(alias)) => vec![(&alias.text, alias.span)],
        (None, None) => {
            let last = line.path.text.rsplit('.').next().unwrap_or_default();
            vec![(last, line.path.span)]
        }
    }
}
