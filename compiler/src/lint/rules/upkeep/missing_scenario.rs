//! Playbook without a scenario.
//!
//! ## Why
//!
//! A playbook that was never tried fails for the first time during an incident. A scenario runs in
//! milliseconds, documents what the playbook is for, and fails when a change breaks it. It may be in any
//! file that imports the playbook.
//!
//! ## Bad
//!
//! ```quell
//! action free_space() -> Percent reads
//!
//! playbook look_at_disk {
//! //       ^^^^^^^^^^^^
//!   enrich {
//!     step free = free_space()
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action free_space() -> Percent reads
//!
//! playbook look_at_disk {
//!   enrich {
//!     step free = free_space()
//!   }
//! }
//!
//! scenario "there is room" for look_at_disk {
//!   given free returns 40%
//!   expect free ran
//! }
//! ```

use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule =
    Rule::new("missing-scenario", Group::Upkeep, include_str!("missing_scenario.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        if !pass.facts.has_scenario(body.id) {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("no scenario covers `{}`", name.text))
                    .help(format!("add `scenario \"...\" for {} {{ ... }}` below it", name.text)),
            );
        }
    }
}
