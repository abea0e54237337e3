//! Unused `let` in a playbook or task.
//!
//! ## Why
//!
//! Either what used the value is gone, or the line that should use it is missing. A value that only a
//! scenario reads counts as used: it costs nothing, and it names what the scenario expects.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step count = errors()
//!     let double = count * 2
//! //      ^^^^^^
//!   }
//!
//!   communicate {
//!     step told = tell("${count} errors")
//!   }
//! }
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step count = errors()
//! //      ^^^^^^
//!   }
//!
//!   communicate {
//!     step told = tell("${count} errors")
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
//!   enrich {
//!     step count = errors()
//!     let double = count * 2
//!   }
//!
//!   communicate {
//!     step told = tell("${double} errors")
//!   }
//! }
//! ```

use crate::{
    diagnostic::Safety,
    graph::NodeKind,
    lint::{Group, Pass, Profile, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    fix: Some(Safety::Safe),
    ..Rule::new("unused-let", Group::Correctness, include_str!("unused_let.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for (_, node) in body.graph.nodes() {
            let NodeKind::Let(named) = &node.kind else { continue };
            let name = &pass.hir().locals[named.local].name;
            let used =
                pass.facts.is_read(pass.file, named.local) || pass.facts.is_tried(pass.file, named.local);
            if used || name.text.is_empty() {
                continue;
            }
            let lines = pass.facts.lines_of(node.span);
            pass.report(
                finding(name.span, format!("`{}` is never used", name.text))
                    .fix(pass.removal("remove the line", lines)),
            );
        }
    }
}
