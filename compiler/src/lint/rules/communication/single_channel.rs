//! On-call person with a single contact channel.
//!
//! ## Why
//!
//! People are contacted through their contacts in order, and a channel that is down is skipped. With a
//! single contact there is no fallback: if its channel is part of the outage, the person can't be reached.
//! The rule checks the people in a team's lists, and counts channels, not addresses.
//!
//! ## Bad
//!
//! ```quell
//! use std.people (on_pagerduty)
//!
//! let lin: Person = Person(
//! //  ^^^
//!   id: "lin",
//!   name: "Lin Aoki",
//!   email: "lin@example.com",
//!   contacts: [on_pagerduty("PLIN001")],
//! )
//!
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.people (by_phone, on_pagerduty)
//!
//! let lin: Person = Person(
//!   id: "lin",
//!   name: "Lin Aoki",
//!   email: "lin@example.com",
//!   contacts: [on_pagerduty("PLIN001"), by_phone("+351 555 0101")],
//! )
//!
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    hir::{ExprId, ExprKind, ItemKind},
    lint::{Facts, Group, Pass, Profile, Rule, rule::finding},
    names::{Def, ItemId},
    types::{Callee, Type},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("single-channel", Group::Communication, include_str!("single_channel.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let on_call = on_call(pass.facts);
    for (index, item) in pass.hir().items.iter().enumerate() {
        let ItemKind::Let(declared) = &item.kind else { continue };
        if !on_call.contains(&ItemId::new(pass.file, index)) {
            continue;
        }
        let Some(media) = media(pass, declared.value).filter(|media| media.len() < 2) else { continue };
        let name = &item.name.text;
        let said = |message: String| finding(item.name.span, message);
        pass.report(if media.is_empty() {
            said(format!("`{name}` is on call but has no contacts")).help("add two, on different channels")
        } else {
            said(format!("`{name}` has a single contact channel"))
                .note("if that channel is down too, nobody can be reached")
                .help("add a contact on a second channel")
        });
    }
}

/// The people in the lists of all teams.
fn on_call(facts: &Facts<'_>) -> BTreeSet<ItemId> {
    let mut found = BTreeSet::new();
    let Some(team) = facts.checked.interfaces.well_known.team else { return found };
    for module in facts.meaning.modules.values() {
        for item in &module.hir.items {
            let ItemKind::Let(declared) = &item.kind else { continue };
            let Some(call) = module.call(declared.value).filter(|call| call.callee == Callee::Record(team))
            else {
                continue;
            };
            for value in (0..call.arguments.len()).filter_map(|index| call.given(index)) {
                let ExprKind::List(elements) = &module.hir.exprs[value].kind else { continue };
                found.extend(elements.iter().filter_map(|element| match module.def(*element) {
                    Some(Def::Item(person)) => Some(person),
                    _ => None,
                }));
            }
        }
    }
    found
}

/// The media of a person's contacts; none if they aren't spelled out.
fn media(pass: &Pass<'_>, person: ExprId) -> Option<BTreeSet<String>> {
    let types = &pass.module.types;
    let call = types.calls.get(person)?;
    if call.callee != Callee::Record(pass.facts.checked.interfaces.well_known.person?) {
        return None;
    }
    // Contacts are the only list of records that a person has.
    let contacts = (0..call.arguments.len()).filter_map(|index| call.given(index)).find(
        |value| matches!(types.of(*value), Type::List(element) if matches!(**element, Type::Record(_))),
    );
    let Some(contacts) = contacts else { return Some(BTreeSet::new()) };
    let ExprKind::List(elements) = &pass.hir().exprs[contacts].kind else { return None };
    elements.iter().map(|element| medium(pass, *element)).collect()
}

/// What tells one medium from another: the function that makes the contact, or the record's enum.
fn medium(pass: &Pass<'_>, contact: ExprId) -> Option<String> {
    let call = pass.module.types.calls.get(contact)?;
    match call.callee {
        Callee::Function(function) => Some(format!("{}:{}", function.file.0, function.index)),
        Callee::Record(_) => {
            let mut given = (0..call.arguments.len()).filter_map(|index| call.given(index));
            let by = given.find(|value| matches!(pass.module.types.of(*value), Type::Enum(_)))?;
            Some(pass.facts.resource(pass.file, by, &BTreeMap::new()))
        }
        _ => None,
    }
}
