//! Change whose failure no scenario covers.
//!
//! ## Why
//!
//! A failed change is the hardest moment of an incident: half of the work is done, and some of it may have
//! to be undone. Try what the playbook does then before it happens. One failing change in some scenario is
//! enough, plus each step that has an `on failure` of its own.
//!
//! ## Bad
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//! //       ^^^^^^^^^
//!   }
//! }
//!
//! scenario "it comes back" for repair {
//!   expect restarted ran
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!   }
//! }
//!
//! scenario "it comes back" for repair {
//!   expect restarted ran
//! }
//!
//! scenario "it doesn't come back" for repair {
//!   given restarted fails "no such host"
//!   expect failed
//! }
//! ```

use crate::{
    graph::Callee,
    hir::{Given, GivenKind, GivenOutcome},
    lint::{Group, Pass, Profile, Rule, StepFact, rule::finding},
    names::{ItemId, Target},
    source::FileId,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("untested-failure", Group::Upkeep, include_str!("untested_failure.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let scenarios = pass.facts.scenarios_of(body.id);
        if scenarios.is_empty() {
            continue;
        }
        let changes: Vec<_> = body.steps().into_iter().filter(|step| step.plan.is_change()).collect();
        let is_tried = |step: &StepFact<'_>| {
            let makes = |file: FileId, given: &Given| makes_fail(pass, file, given, step);
            scenarios.iter().any(|(file, scenario)| scenario.givens.iter().any(|given| makes(*file, given)))
        };
        // One failure shows how the run ends and what is undone; what a step does about its own is its own.
        let none = !changes.iter().any(is_tried);
        let untried = changes.iter().enumerate().filter(|(number, step)| {
            (none && *number == 0) || (step.plan.handles_failure() && !is_tried(step))
        });
        let found: Vec<_> = untried
            .map(|(_, step)| {
                finding(step.step.name.span, format!("no scenario makes `{}` fail", step.name()))
                    .help(format!("add one with `given {} fails \"...\"`", step.name()))
            })
            .collect();
        found.into_iter().for_each(|said| pass.report(said));
    }
}

/// Whether something given makes a step fail, or a step of its task, or keeps it from being approved.
fn makes_fail(pass: &Pass<'_>, file: FileId, given: &Given, step: &StepFact<'_>) -> bool {
    let Some(module) = pass.facts.checked.module(file) else { return false };
    let path = match &given.kind {
        GivenKind::Outcome { target, outcome: Some(GivenOutcome::Fails { .. }), .. } => target,
        GivenKind::Approval { step, refused: Some(_), .. } => step,
        GivenKind::Down { module, .. } => module,
        _ => return false,
    };
    match module.names.target(path) {
        Some(Target::Step(steps)) => steps.first().is_some_and(|first| first.step == step.plan.step),
        Some(Target::Item(item)) => calls(pass, step.plan.callee, &|callee| callee == *item),
        Some(Target::Module(down)) => calls(pass, step.plan.callee, &|callee| callee.file == *down),
        Some(Target::Value(..)) | None => false,
    }
}

/// Whether a call reaches an action or task, through tasks as well.
fn calls(pass: &Pass<'_>, callee: Callee, wanted: &dyn Fn(ItemId) -> bool) -> bool {
    match callee {
        Callee::Action(item) => wanted(item),
        Callee::Task(item) => {
            let graph = pass.facts.checked.graphs.get(item);
            wanted(item)
                || graph.is_some_and(|graph| graph.steps().any(|(_, plan)| calls(pass, plan.callee, wanted)))
        }
        _ => false,
    }
}
