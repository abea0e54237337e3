//! Manual step that an action could do.
//!
//! ## Why
//!
//! Manual work is slow at night, and everyone does it slightly differently. The library has an action for
//! it: the text of the step names the module and the operation. This is only a hint, since the text may mean
//! something else.
//!
//! ## Bad
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! playbook repair {
//!   remediate {
//!     step restarted = manual(kim, "Restart the checkout pods in Kubernetes", within: 20m)
//! //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!       irreversible "requests in flight are lost"
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! let checkout: Workload = Workload(name: "checkout", image: "ghcr.io/example/checkout")
//!
//! playbook repair {
//!   remediate {
//!     step restarted = kubernetes.restart(checkout)
//!   }
//! }
//! ```

use std::collections::BTreeSet;

use crate::{
    diagnostic::Level,
    graph::Callee,
    hir::{self, ExprKind, ItemKind, Literal, TextPart, descendants},
    lint::{Group, Pass, Rule, rule::finding},
    syntax,
};

/// The rule.
pub static RULE: Rule = Rule {
    level: Level::Info,
    ..Rule::new("automatable-step", Group::Upkeep, include_str!("automatable_step.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let mut known: Option<Vec<Known>> = None;
    for body in pass.bodies() {
        for step in body.steps().iter().filter(|step| step.plan.callee == Callee::Manual) {
            let said = words(&text_of(pass, step.plan.call));
            let known = known.get_or_insert_with(|| actions(pass));
            let does = |action: &&Known| {
                said.contains(&stem(&action.module)) && action.words.iter().all(|word| said.contains(word))
            };
            // The one of which the text says most.
            let Some(action) = known.iter().filter(does).max_by_key(|action| action.words.len()) else {
                continue;
            };
            let sentence = action.summary.split(". ").next().unwrap_or_default();
            pass.report(
                finding(pass.span(step.plan.call), format!("`{}` could be automated", step.name()))
                    .note(format!("`{}`: {sentence}", action.name))
                    .help(format!(
                        "if that is what the step means, `use {}` and call `{}.{}`",
                        action.path, action.module, action.name
                    )),
            );
        }
    }
}

/// An action that this module could import.
struct Known {
    path: String,
    module: String,
    name: String,
    words: BTreeSet<String>,
    summary: String,
}

fn actions(pass: &Pass<'_>) -> Vec<Known> {
    let world = pass.facts.world;
    let mut found = Vec::new();
    for (path, file) in world.importable(pass.file) {
        let module = path.rsplit('.').next().unwrap_or_default().to_lowercase();
        let text = || hir::lower(file, &syntax::parse(&world.source(file).text)).0;
        let hir = pass.facts.meaning.module(file).map_or_else(text, |known| known.hir.clone());
        for item in hir.items.iter().filter(|item| item.private.is_none()) {
            if !matches!(item.kind, ItemKind::Action(_)) {
                continue;
            }
            let name = item.name.text.to_string();
            let words = name.split('_').map(stem).collect();
            let summary = item.docs.lines().next().unwrap_or_default().to_owned();
            found.push(Known { path: path.clone(), module: module.clone(), name, words, summary });
        }
    }
    found
}

/// All texts of a call.
fn text_of(pass: &Pass<'_>, call: hir::ExprId) -> String {
    let texts = descendants(&pass.hir().exprs, call).map(|expr| match &pass.hir().exprs[expr].kind {
        ExprKind::Literal(Literal::Text(text)) => text.clone(),
        ExprKind::Text(parts) => {
            let literal = |part: &TextPart| match part {
                TextPart::Literal(text) => text.clone(),
                TextPart::Value(_) => " ".to_owned(),
            };
            parts.iter().map(literal).collect()
        }
        _ => String::new(),
    });
    texts.collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem).collect()
}

/// A word without its ending: `restarts`, `restarted` and `restart` are one.
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    let ending = ["ing", "ed", "es", "s"]
        .iter()
        .find(|ending| word.strip_suffix(**ending).is_some_and(|rest| rest.chars().count() >= 3));
    ending.map_or_else(|| word.clone(), |ending| word.trim_end_matches(ending).to_owned())
}
