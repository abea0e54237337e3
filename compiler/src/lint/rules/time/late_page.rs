//! First page late in the run.
//!
//! ## Why
//!
//! A page that waits for the whole triage is also late when triage fails or times out, and until then no one
//! knows. Page on what the alert shows, and report findings later. The rule uses the worst case: each
//! read-only step takes as long as it may.
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
//! action trace() -> Bool reads {
//!   timeout 20m
//! }
//!
//! action page(team: Team, text: Text) notifies {
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
//!     step slow = trace()
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down, slow: ${slow}")
//! //       ^^^^^^
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
//! action page(team: Team, text: Text) notifies {
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
//!     step called = page(shop, "the checkout is down")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use crate::{
    findings::duration::duration_text,
    graph::{MINUTE, Measure, Phase, Reason},
    lint::{Group, OptionSpec, OptionValue, Pass, Profile, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    options: &[OptionSpec {
        name: "most",
        default: OptionValue::Duration(10 * MINUTE),
        docs: "how late the first page may be sent, in the worst case",
    }],
    ..Rule::new("late-page", Group::Time, include_str!("late_page.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let most = pass.duration("most");
    for body in pass.playbooks() {
        let is_response = body.playbook.is_some_and(|playbook| !playbook.triggers.is_empty());
        if !is_response || !pass.facts.can_reach(&body, 0) {
            continue;
        }
        let Some(schedule) = pass.facts.schedule(body.id, Measure::Worst) else { continue };
        let pages = body.steps().into_iter().filter(|step| {
            let waits_for_failure = body.graph.node(step.node).phase != Phase::Response;
            !waits_for_failure && pass.facts.provides(step.plan.callee, "page")
        });
        let times = pages.filter_map(|step| {
            let entry = schedule.node(body.graph.entry(step.node));
            Some((entry.start?, entry.through, step))
        });
        let Some((start, through, step)) = times.min_by_key(|(start, _, _)| *start) else { continue };
        // Who waits on purpose for a time has said so.
        let on_purpose = through.is_some_and(
            |edge| matches!(body.graph.edge(edge).reason, Reason::After(Some(delay)) if delay > 0),
        );
        if start > most && !on_purpose {
            let mut said = finding(
                step.step.name.span,
                format!("`{}` may not be sent until {} into the run", step.name(), duration_text(start)),
            )
            .note("it is the first page, so nobody is paged before that");
            if let Some(edge) = through {
                said = said.label(body.graph.edge(edge).span, "it waits for this");
            }
            pass.report(said.help("page first, and report findings later"));
        }
    }
}
