//! Unused private item.
//!
//! ## Why
//!
//! Other modules can't use it, and this one doesn't. Either it is left over, or the line that should use it
//! is missing.
//!
//! ## Bad
//!
//! ```quell
//! private let grace: Duration = 5m
//! //          ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! private let grace: Duration = 5m
//!
//! let patience: Duration = grace * 2
//! ```

use crate::{
    hir::ItemKind,
    lint::{Group, Pass, Profile, Rule, rule::finding},
    names::ItemId,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("unused-private", Group::Correctness, include_str!("unused_private.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for (index, item) in pass.hir().items.iter().enumerate() {
        let started_by_hand = matches!(item.kind, ItemKind::Playbook(_) | ItemKind::Scenario(_));
        let named = pass.facts.is_item_read(ItemId::new(pass.file, index));
        if item.private.is_some() && !started_by_hand && !named && !item.name.text.is_empty() {
            let (word, name) = (item.kind.word(), &item.name.text);
            pass.report(
                finding(item.name.span, format!("the private {word} `{name}` is never used"))
                    .help("remove it, or remove `private` to let other modules use it"),
            );
        }
    }
}
