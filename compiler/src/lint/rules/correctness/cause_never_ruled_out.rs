//! Cause that nothing can rule out.
//!
//! ## Why
//!
//! A cause that always stays open keeps people guessing. Evidence that rules a cause out is as useful as
//! evidence for it.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   triage {
//!     cause overload "too many requests come in" {
//! //        ^^^^^^^^
//!       step count = errors()
//!       suspect when count > 100
//!     }
//!   }
//!
//!   communicate {
//!     step told = tell("more requests than usual")
//!       when overload.suspected
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   triage {
//!     cause overload "too many requests come in" {
//!       step count = errors()
//!       suspect when count > 100
//!       rule out when count < 10
//!     }
//!   }
//!
//!   communicate {
//!     step told = tell("more requests than usual")
//!       when overload.suspected
//!   }
//! }
//! ```

use crate::{
    graph::NodeKind,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("have causes that nothing can rule out"),
    ..Rule::new("cause-never-ruled-out", Group::Correctness, include_str!("cause_never_ruled_out.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        for (_, node) in body.graph.nodes() {
            let NodeKind::Cause(cause) = &node.kind else { continue };
            let name = &pass.hir().locals[cause.local].name;
            if cause.rule_out.is_empty() && !cause.suspect.is_empty() && !name.text.is_empty() {
                pass.report(
                    finding(name.span, format!("nothing can rule out `{}`", name.text))
                        .help("add what would disprove it: `rule out when ...`"),
                );
            }
        }
    }
}
