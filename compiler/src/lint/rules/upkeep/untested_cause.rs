//! Cause that no scenario covers.
//!
//! ## Why
//!
//! A cause decides what gets repaired. If no scenario ever suspects it or rules it out, its comparison may
//! be the wrong way around, and no one would notice.
//!
//! ## Bad
//!
//! ```quell
//! action free_space() -> Percent reads
//!
//! playbook look_at_disk {
//!   triage {
//!     cause disk_full "the disk is full" {
//! //        ^^^^^^^^^
//!       step free = free_space()
//!       suspect when free < 10%
//!       rule out when free > 30%
//!     }
//!   }
//! }
//!
//! scenario "there is room" for look_at_disk {
//!   given free_space returns 40%
//!   expect completed
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action free_space() -> Percent reads
//!
//! playbook look_at_disk {
//!   triage {
//!     cause disk_full "the disk is full" {
//!       step free = free_space()
//!       suspect when free < 10%
//!       rule out when free > 30%
//!     }
//!   }
//! }
//!
//! scenario "there is room" for look_at_disk {
//!   given free_space returns 40%
//!   expect disk_full.ruled_out
//! }
//! ```

use std::collections::BTreeSet;

use crate::{
    graph::NodeKind,
    hir::{ExpectKind, LocalId, descendants},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    names::{Def, ItemId},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("untested-cause", Group::Upkeep, include_str!("untested_cause.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let expected = expected_locals(pass, body.id);
        // Of a playbook without any scenario more is said elsewhere.
        let Some(expected) = expected else { continue };
        for (_, node) in body.graph.nodes() {
            let NodeKind::Cause(cause) = &node.kind else { continue };
            if !expected.contains(&cause.local) {
                let name = &pass.hir().locals[cause.local].name;
                pass.report(
                    finding(
                        name.span,
                        format!("no scenario expects `{}` to be suspected or ruled out", name.text),
                    )
                    .help(format!("expect `{0}.suspected` in one, `{0}.ruled_out` in another", name.text)),
                );
            }
        }
    }
}

/// The names of a playbook that its scenarios' expectations speak of; none without a scenario.
fn expected_locals(pass: &Pass<'_>, playbook: ItemId) -> Option<BTreeSet<LocalId>> {
    let mut found = None;
    for (file, scenario) in pass.facts.scenarios_of(playbook) {
        let found = found.get_or_insert_with(BTreeSet::new);
        let Some(module) = pass.facts.checked.module(*file) else { continue };
        for expect in &scenario.expects {
            let ExpectKind::Value(value) = expect.kind else { continue };
            found.extend(descendants(&module.hir.exprs, value).filter_map(|expr| match module.def(expr) {
                Some(Def::OfPlaybook(_, local)) => Some(local),
                _ => None,
            }));
        }
    }
    found
}
