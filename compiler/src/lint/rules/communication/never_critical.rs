//! High-stakes response that can never be critical.
//!
//! ## Why
//!
//! The playbook opens a war room, informs the public or destroys data, but its severity never reaches the
//! highest level. So everything that depends on `critical`, such as a second approver or an escalation,
//! never happens. Set the threshold for critical, or remove the steps that are too much for a lower
//! severity.
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
//! action open_room(name: Text) notifies {
//!   provides war_room
//! }
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then major else minor
//! //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step room = open_room("checkout-down")
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
//! action open_room(name: Text) notifies {
//!   provides war_room
//! }
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = match errors {
//!       > 50% => critical,
//!       > 20% => major,
//!       else => minor,
//!     }
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step room = open_room("checkout-down")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use super::{ANY, providing, responses};
use crate::{
    graph::{Callee, NodeKind},
    hir::{Effect, ItemKind},
    lint::{Body, Group, Pass, Profile, Rule, rule::finding},
    types::Type,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("never-critical", Group::Communication, include_str!("never_critical.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, ANY) {
        let Some((range, count)) = pass.facts.severities(&body) else { continue };
        let Some(NodeKind::Severity(expr)) = body.graph.severity().map(|node| &body.graph.node(node).kind)
        else {
            continue;
        };
        // One that is always the same is another finding.
        if range.len() < 2 || range.contains(&count.saturating_sub(1)) {
            continue;
        }
        if let Some(stake) = stake(pass, &body) {
            pass.report(
                finding(pass.span(*expr), format!("`{}` can never be critical", body.item.name.text))
                    .note(format!("{stake}, so a lot is at stake"))
                    .help("set when the severity is critical, or remove what is too much for a lower one"),
            );
        }
    }
}

/// What a response does that is for great trouble only.
fn stake(pass: &Pass<'_>, body: &Body<'_>) -> Option<String> {
    let steps = body.steps();
    let said = |what: &str, name: &str| Some(format!("`{name}` {what}"));
    if let Some(step) = steps.iter().find(|step| step.plan.effect == Effect::Destroys) {
        return said("destroys data", step.name());
    }
    if let Some(room) = providing(pass, body, "war_room").first() {
        return said("opens a war room", room.name());
    }
    let public = steps.iter().find(|step| tells_the_public(pass, step.plan.callee))?;
    said("informs the public", public.name())
}

/// Whether an action takes text for everybody.
fn tells_the_public(pass: &Pass<'_>, callee: Callee) -> bool {
    let Callee::Action(item) = callee else { return false };
    let (Some(file), Some(ItemKind::Action(action))) =
        (pass.facts.meaning.module(item.file), pass.facts.meaning.item(item).map(|item| &item.kind))
    else {
        return false;
    };
    action.parameters.iter().any(|parameter| *file.types.of_local(parameter.local) == Type::Public)
}
