//! Step that can never run.
//!
//! ## Why
//!
//! Its conditions exclude each other, or they require a severity or a cause that is never possible. Or the
//! step waits for everything that `resolved after` waits for: at that moment the run is resolved, and steps
//! that still wait are skipped. The step seems to take care of something, but it never runs.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   enrich {
//!     step count = errors()
//!   }
//!
//!   remediate {
//!     step restarted = restart()
//!       when count > 100 and count < 10
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
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
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then major else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//!       when severity >= critical
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```
//!
//! ## Bad
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! action errors() -> Int reads
//!
//! action clean() notifies
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!     step count = errors()
//!       after restarted
//!     step cleaned = clean()
//!       after count
//! //    ^^^^^^^^^^^
//!     resolved after count
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   enrich {
//!     step count = errors()
//!   }
//!
//!   remediate {
//!     step restarted = restart()
//!       when count > 10 and count < 100
//!   }
//! }
//! ```

use std::collections::BTreeSet;

use crate::{
    graph::{NodeId, NodeKind},
    hir::ExprId,
    lint::{
        Body, Group, Pass, Profile, Rule,
        conditions::{Wanted, at_severity, clash, conjuncts},
        rule::finding,
    },
    names::{Def, Milestone},
    types::{CauseMember, Member},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("unreachable-step", Group::Correctness, include_str!("unreachable_step.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        // All steps of a group are out of reach for one reason.
        let mut said: BTreeSet<ExprId> = BTreeSet::new();
        for step in body.steps() {
            let guards = step.plan.guards.iter().map(|guard| body.graph.guard(*guard));
            let wanted = guards.map(|guard| Wanted { condition: guard.condition, holds: guard.wanted });
            let wanted = conjuncts(pass.facts, pass.file, wanted);
            if comes_too_late(&body, step.node) {
                let span = step.step.clauses.after.as_ref().map_or(step.step.name.span, |clause| clause.span);
                let resolved = resolved_after(&body).map(|node| body.graph.node(node).span);
                let said = finding(span, format!("`{}` can never run", step.name()))
                    .note("it waits for the step that resolves the run, and steps that still wait then are skipped")
                    .help("write `after resolved`");
                pass.report(match resolved {
                    Some(resolved) => said.label(resolved, "the run is resolved here"),
                    None => said,
                });
                continue;
            }
            let Some((at, why)) = contradiction(pass, &body, &wanted) else { continue };
            if said.insert(at) {
                let span = step.step.clauses.when.as_ref().map_or(step.step.name.span, |clause| clause.span);
                pass.report(
                    finding(span, format!("`{}` can never run", step.name()))
                        .note(why)
                        .help("change the condition, or remove what it guards"),
                );
            }
        }
    }
}

fn resolved_after(body: &Body<'_>) -> Option<NodeId> {
    body.graph.milestone(Milestone::Resolved)
}

/// Whether a step waits for all that the run needs to be resolved, and isn't one of these.
fn comes_too_late(body: &Body<'_>, step: NodeId) -> bool {
    let Some(resolved) = resolved_after(body) else { return false };
    let needed: BTreeSet<NodeId> =
        body.graph.incoming(resolved).iter().map(|edge| body.graph.edge(*edge).from).collect();
    let waits = body.waits_for(body.graph.entry(step));
    // That the run failed is known from the same steps.
    let failed = body.graph.milestone(Milestone::Failed);
    !needed.is_empty()
        && !needed.contains(&step)
        && !waits.contains(&resolved)
        && !failed.is_some_and(|failed| waits.contains(&failed))
        && needed.iter().all(|node| waits.contains(node))
}

/// The condition because of which not all can hold, and why.
fn contradiction(pass: &Pass<'_>, body: &Body<'_>, wanted: &[Wanted]) -> Option<(ExprId, String)> {
    let text = |expr: ExprId| {
        let refused = wanted.iter().any(|one| one.condition == expr && !one.holds);
        format!("{}`{}`", if refused { "not " } else { "" }, pass.facts.text(pass.span(expr)))
    };
    if let Some((one, other)) = clash(pass.facts, pass.file, wanted) {
        let why = if one == other {
            format!("{} never holds", text(one))
        } else {
            format!("{} and {} exclude each other", text(one), text(other))
        };
        return Some((other, why));
    }
    let severities = body.playbook.and_then(|_| pass.facts.severities(body));
    wanted.iter().find_map(|one| {
        let never = severities.as_ref().is_some_and(|(range, _)| {
            range.iter().all(|severity| at_severity(body, one.condition, *severity) == Some(!one.holds))
        });
        if never {
            return Some((one.condition, "no severity that this playbook can have allows it".to_owned()));
        }
        never_so(pass, body, *one).map(|why| (one.condition, why))
    })
}

/// Why a cause never gets into the state that is asked for.
fn never_so(pass: &Pass<'_>, body: &Body<'_>, wanted: Wanted) -> Option<String> {
    let crate::hir::ExprKind::Field { receiver, .. } = pass.hir().exprs[wanted.condition].kind else {
        return None;
    };
    let Some(Member::Cause(state)) = pass.module.types.members.get(wanted.condition) else { return None };
    let Some(Def::Local(local)) = pass.module.def(receiver) else { return None };
    let NodeKind::Cause(cause) = &body.graph.node(body.graph.node_of_local(local)?).kind else { return None };
    let name = &pass.hir().locals[local].name.text;
    match state {
        CauseMember::Suspected if wanted.holds && cause.suspect.is_empty() => {
            Some(format!("nothing makes `{name}` suspected"))
        }
        CauseMember::RuledOut if wanted.holds && cause.rule_out.is_empty() => {
            Some(format!("nothing rules `{name}` out"))
        }
        _ => None,
    }
}
