//! Text from an alert in a query or command.
//!
//! ## Why
//!
//! Labels are written by anyone who can send metrics. Inside a query or a command, a value such as `" or 1
//! == 1` can change the meaning. Passed as a separate argument, it stays a value.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//!
//! action count(query: Text) -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! let shop: Team = Team(name: "shop", lead: ana, on_call: [ana], leads: [ana])
//!
//! playbook slow {
//!   on alertmanager.alert("CheckoutSlow") as alert
//!   owner shop
//!
//!   enrich {
//!     step errors = count("rate({job=${alert.summary}})")
//! //                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!     severity = if errors > 100 then critical else minor
//!   }
//!
//!   triage none "there is one cause"
//!
//!   communicate {
//!     step told = tell("slow: ${alert.summary}")
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
//! action count(service: Text) -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! let shop: Team = Team(name: "shop", lead: ana, on_call: [ana], leads: [ana])
//!
//! playbook slow {
//!   on alertmanager.alert("CheckoutSlow") as alert
//!   owner shop
//!
//!   enrich {
//!     step errors = count(alert.summary)
//!     severity = if errors > 100 then critical else minor
//!   }
//!
//!   triage none "there is one cause"
//!
//!   communicate {
//!     step told = tell("slow: ${alert.summary}")
//!   }
//!
//!   remediate none "people decide"
//! }
//! ```

use crate::{
    hir::{Effect, ExprId, ExprKind, LocalKind, TextPart},
    lint::{Group, Pass, Rule, rule::finding, values::possible},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("untrusted-query", Group::Safety, include_str!("untrusted_query.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        for step in body.steps() {
            // What people read may hold what others wrote.
            if matches!(step.plan.effect, Effect::Asks | Effect::Notifies | Effect::Pure) {
                continue;
            }
            let Some(call) = pass.module.types.calls.get(step.plan.call) else { continue };
            for value in (0..call.arguments.len()).filter_map(|index| call.given(index)) {
                let texts = possible(pass, &body, value);
                let Some(text) = texts.into_iter().find(|text| is_foreign(pass, *text)) else { continue };
                let said = finding(pass.span(value), "the sender of the alert can change this query")
                    .help("pass the value as a separate argument, or use it to choose between fixed texts");
                let elsewhere = text != value;
                pass.report(if elsewhere { said.label(pass.span(text), "its text is here") } else { said });
            }
        }
    }
}

/// Whether a text is put together from what the alert says.
fn is_foreign(pass: &Pass<'_>, text: ExprId) -> bool {
    let ExprKind::Text(parts) = &pass.hir().exprs[text].kind else { return false };
    let of_alert = |value: ExprId| {
        let locals = pass.facts.locals_in(pass.file, value);
        locals.iter().any(|local| pass.hir().locals[*local].kind == LocalKind::Trigger)
    };
    parts.iter().any(|part| matches!(part, TextPart::Value(value) if of_alert(*value)))
}
