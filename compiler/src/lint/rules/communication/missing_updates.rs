//! Major response without status updates.
//!
//! ## Why
//!
//! People who depend on the service want regular status updates. Without them they ask, which takes the
//! responders' time. A step counts if it recurs with `every` and its action `provides status_update`.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//! use std.people (Person, Team)
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! action error_rate() -> Percent reads
//!
//! action post(text: Text) notifies {
//!   provides status_update
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
//!     step told = post("the checkout is down")
//!     step all_clear = post("the checkout works again")
//!       after resolved
//!   }
//!
//!   remediate {
//!     step recovered = error_rate()
//!       repeat every 30s until it < 1%, at most 30m
//!     resolved after recovered
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.alertmanager
//! use std.people (Person, Team)
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! action error_rate() -> Percent reads
//!
//! action post(text: Text) notifies {
//!   provides status_update
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
//!     step briefing = post(run.status)
//!       when severity >= major
//!       every 30m
//!     step all_clear = post("the checkout works again")
//!       after resolved
//!   }
//!
//!   remediate {
//!     step recovered = error_rate()
//!       repeat every 30s until it < 1%, at most 30m
//!     resolved after recovered
//!   }
//! }
//! ```

use super::{MAJOR, providing, responses};
use crate::{
    graph::Callee,
    lint::{Group, Pass, Rule, StepFact, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("can be major but post no status updates"),
    ..Rule::new("missing-updates", Group::Communication, include_str!("missing_updates.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, MAJOR) {
        let updates = providing(pass, &body, "status_update");
        if !updates.iter().any(|step| repeats(pass, step)) {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` can be major but posts no status updates", name.text))
                    .note("a step counts if its action `provides status_update` and it recurs with `every`")
                    .help("post `run.status`, `every 30m`"),
            );
        }
    }
}

/// Whether a step is made anew from time to time, or a step of its task is.
fn repeats(pass: &Pass<'_>, step: &StepFact<'_>) -> bool {
    let inner = match step.plan.callee {
        Callee::Task(task) => pass.facts.body(task),
        _ => None,
    };
    step.plan.every.is_some()
        || inner.is_some_and(|body| {
            providing(pass, &body, "status_update").iter().any(|step| repeats(pass, step))
        })
}
