//! Failure that nobody is notified of: the playbook has no owner.
//!
//! ## Why
//!
//! When a run fails, its owner is notified. A tool without an owner that fails halfway leaves the service as
//! it is, and only the person who started it can know, if they are still watching.
//!
//! ## Bad
//!
//! ```quell
//! action restart(host: Text) changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook restart_one {
//! //       ^^^^^^^^^^^
//!   input host: Text
//!
//!   remediate {
//!     step restarted = restart(host)
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.people (Person, Team)
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let platform: Team = Team(name: "platform", lead: lin, on_call: [lin])
//!
//! action restart(host: Text) changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook restart_one {
//!   input host: Text
//!   owner platform
//!
//!   remediate {
//!     step restarted = restart(host)
//!   }
//! }
//! ```

use crate::{
    hir::Effect,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule::new(
    "failure-reaches-nobody",
    Group::Communication,
    include_str!("failure_reaches_nobody.rs"),
    check,
);

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let has_owner = body.playbook.is_some_and(|playbook| playbook.owner.is_some());
        if !has_owner && body.graph.effect() >= Effect::Changes {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("nobody is notified when `{}` fails", name.text))
                    .note("a failed run notifies the owner, and this playbook has none")
                    .help("add `owner TEAM`"),
            );
        }
    }
}
