//! Approval that fails as soon as one person is away.
//!
//! ## Why
//!
//! There are exactly as many possible approvers as the approval needs. If one of them is asleep, is
//! traveling, or started the run by hand, the step can't run when it matters. Name a second group, which is
//! asked if the first doesn't respond: `approve by 1 of shop, leads within 10m`. The rule applies where the
//! people are known before the run.
//!
//! ## Bad
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//! let ops: Team = Team(name: "ops", lead: kim, on_call: [kim])
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   owner ops
//!
//!   remediate {
//!     step restarted = restart()
//!       approve by 1 of kim within 10m
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let ops: Team = Team(name: "ops", lead: kim, on_call: [kim])
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   owner ops
//!
//!   remediate {
//!     step restarted = restart()
//!       approve by 1 of ops, lin within 10m
//!   }
//! }
//! ```

use crate::{
    effects::{Context, approvers},
    hir::{Approve, Clause, Effect, Playbook},
    lint::{Group, Pass, Rule, rule::finding},
    source::Span,
};

/// The rule.
pub static RULE: Rule = Rule::new("lone-approver", Group::Safety, include_str!("lone_approver.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let Some(context) = pass.facts.effects_of(pass.file) else { return };
    for body in pass.playbooks() {
        for step in body.steps() {
            let (Some(playbook), Some(clause)) = (body.playbook, &step.step.clauses.approve) else {
                continue;
            };
            let by_hand = playbook.triggers.is_empty();
            // What changes nothing needs no approval at all, which is said already.
            if step.plan.effect < Effect::Changes {
                continue;
            }
            let Some(approvers) = approvers(&context, playbook, &clause.value) else { continue };
            if approvers.count < 1 || approvers.eligible as i64 != approvers.count {
                continue;
            }
            let step = step.name();
            let message = match approvers.count {
                1 => format!("only one person can approve `{step}`"),
                count => format!("only {count} people can approve `{step}`, and all of them must"),
            };
            let mut said = finding(clause.span, message).note("if one of them is away, the step never runs");
            if by_hand {
                said = said.note("whoever starts a run by hand can't approve it");
            }
            pass.report(said.help(help(pass, &context, playbook, clause)));
        }
    }
}

/// The clause with one more to ask: the owner if that helps, else a name to fill in.
fn help(pass: &Pass<'_>, context: &Context<'_>, playbook: &Playbook, clause: &Clause<Approve>) -> String {
    let with_owner = playbook.owner.filter(|owner| {
        let mut more = clause.value.clone();
        more.groups.push(*owner);
        approvers(context, playbook, &more).is_some_and(|more| more.eligible as i64 > more.count)
    });
    let next = with_owner.map_or("NEXT", |owner| pass.facts.text(pass.span(owner)));
    let end = clause.value.groups.last().map_or(clause.span.end, |group| pass.span(*group).end);
    let part = |start, end| pass.facts.text(Span { start, end, ..clause.span });
    let (before, after) = (part(clause.span.start, end), part(end, clause.span.end));
    let whole = format!("{before}, {next}{after}");
    let clause = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    match with_owner {
        Some(_) => format!("ask the owner next: `{clause}`"),
        None => format!("name another person or team to ask next: `{clause}`"),
    }
}
