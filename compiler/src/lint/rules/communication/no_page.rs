//! Critical response that pages nobody.
//!
//! ## Why
//!
//! The playbook runs, and people find out the next morning. Even if it fixes the problem by itself, someone
//! has to know.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//!
//! action errors() -> Int reads
//!
//! action page(people: People, text: Text) notifies {
//!   provides page
//! }
//!
//! action post(text: Text) notifies {
//!   provides status_update
//! }
//!
//! action room(name: Text) notifies {
//!   provides war_room
//! }
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! let shop: Team = Team(name: "shop", lead: ana, on_call: [ana], leads: [ana])
//!
//! playbook slow {
//! //       ^^^^
//!   on alertmanager.alert("CheckoutSlow")
//!   owner shop
//!
//!   enrich {
//!     step count = errors()
//!     severity = if count > 100 then critical else minor
//!   }
//!
//!   triage none "there is one cause"
//!
//!   communicate {
//!     step briefing = post("errors: ${count}")
//!       every 10m
//!     step gathered = room("slow")
//!       when severity >= major
//!   }
//!
//!   remediate none "people decide"
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.alertmanager
//!
//! action errors() -> Int reads
//!
//! action page(people: People, text: Text) notifies {
//!   provides page
//! }
//!
//! action post(text: Text) notifies {
//!   provides status_update
//! }
//!
//! action room(name: Text) notifies {
//!   provides war_room
//! }
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! let shop: Team = Team(name: "shop", lead: ana, on_call: [ana], leads: [ana])
//!
//! playbook slow {
//!   on alertmanager.alert("CheckoutSlow")
//!   owner shop
//!
//!   enrich {
//!     step count = errors()
//!     severity = if count > 100 then critical else minor
//!   }
//!
//!   triage none "there is one cause"
//!
//!   communicate {
//!     step paged = page(shop.on_call, "${count} errors")
//!     step escalated = page(shop.leads, "still ${count} errors")
//!       after assessed + 15m
//!     step briefing = post("${count} errors")
//!       every 10m
//!     step gathered = room("slow")
//!       when severity >= major
//!   }
//!
//!   remediate none "people decide"
//! }
//! ```

use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("can be critical but page nobody"),
    ..Rule::new("no-page", Group::Communication, include_str!("no_page.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let is_response = body.playbook.is_some_and(|playbook| !playbook.triggers.is_empty());
        if !is_response || !pass.facts.can_reach(&body, 0) {
            continue;
        }
        let steps = body.steps();
        if !steps.iter().any(|step| pass.facts.provides(step.plan.callee, "page")) {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` can be critical but pages nobody", name.text))
                    .help("add a step to communicate whose action `provides page`"),
            );
        }
    }
}
