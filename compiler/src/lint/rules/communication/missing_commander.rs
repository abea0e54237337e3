//! Critical response without an incident commander.
//!
//! ## Why
//!
//! When several people work on one incident, one of them has to coordinate: decide what happens next and who
//! does it, without doing repairs. If no one is assigned in the first minutes, two people decide, or none. A
//! step counts if it asks for one person or looks one up, pages one person, or creates a record that assigns
//! a role to a person.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! action error_rate() -> Percent reads
//!
//! action page(team: Team, text: Text) notifies {
//!   provides page
//! }
//!
//! playbook checkout_down {
//! //       ^^^^^^^^^^^^^
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then critical else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.alertmanager
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! action error_rate() -> Percent reads
//!
//! action page(person: Person, text: Text) notifies {
//!   provides page
//! }
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then critical else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step commander = page(lin, "You are the incident commander: the checkout is down")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use std::collections::BTreeSet;

use super::{CRITICAL, responses};
use crate::{
    graph::{Callee, NodeKind},
    hir::{ExprId, ExprKind, descendants},
    lint::{Body, Group, Pass, Profile, Rule, rule::finding},
    names::ItemId,
    types::{Callee as Called, Type},
};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("can be critical but assign no incident commander"),
    profile: Profile::Strict,
    ..Rule::new("missing-commander", Group::Communication, include_str!("missing_commander.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let Some(person) = pass.facts.checked.interfaces.well_known.person else { return };
    for body in responses(pass, CRITICAL) {
        if !puts_in_charge(pass, body, &Type::Record(person)) {
            let name = &body.item.name;
            pass.report(
                finding(
                    name.span,
                    format!("`{}` can be critical but assigns no incident commander", name.text),
                )
                .note("a step that pages, asks or gives a role to one person counts")
                .help("page the incident commander: one person, `when severity >= major`"),
            );
        }
    }
}

/// Whether a playbook, or a task that it calls, chooses one person.
fn puts_in_charge(pass: &Pass<'_>, body: Body<'_>, person: &Type) -> bool {
    let mut seen: BTreeSet<ItemId> = BTreeSet::new();
    let mut work = vec![body];
    while let Some(body) = work.pop() {
        if !seen.insert(body.id) {
            continue;
        }
        let types = body.module.types;
        for (_, node) in body.graph.nodes() {
            let root = match &node.kind {
                NodeKind::Step(plan) => {
                    let chosen = types.of_call(plan.step).present() == person;
                    if chosen || pages_one(pass, &body, plan.call, plan.callee, person) {
                        return true;
                    }
                    plan.call
                }
                NodeKind::Let(named) => named.value,
                NodeKind::Return(value) => *value,
                _ => continue,
            };
            if descendants(&body.module.hir.exprs, root).any(|expr| gives_a_role(&body, expr, person)) {
                return true;
            }
        }
        work.extend(body.graph.tasks().filter_map(|task| pass.facts.body(task)));
    }
    false
}

/// Whether one person is called.
fn pages_one(pass: &Pass<'_>, body: &Body<'_>, call: ExprId, callee: Callee, person: &Type) -> bool {
    let Some(call) = body.module.call(call).filter(|_| pass.facts.provides(callee, "page")) else {
        return false;
    };
    let mut given = (0..call.arguments.len()).filter_map(|index| call.given(index));
    // Some tools page lists of people, also where there is one.
    let only = |value: ExprId| match &body.module.hir.exprs[value].kind {
        ExprKind::List(elements) if elements.len() == 1 => elements[0],
        _ => value,
    };
    given.any(|value| body.module.types.of(only(value)).present() == person)
}

/// Whether a record is made of a person and a word that says what they are.
fn gives_a_role(body: &Body<'_>, expr: ExprId, person: &Type) -> bool {
    let Some(call) = body.module.call(expr).filter(|call| matches!(call.callee, Called::Record(_))) else {
        return false;
    };
    let given = || (0..call.arguments.len()).filter_map(|index| call.given(index));
    let of = |value| body.module.types.of(value).present();
    given().any(|value| of(value) == person) && given().any(|value| matches!(of(value), Type::Enum(_)))
}
