//! Unused input.
//!
//! ## Why
//!
//! The person who starts the playbook has to provide it, but it has no effect. Often the line that should
//! read it is missing.
//!
//! ## Bad
//!
//! ```quell
//! /// How full a disk is.
//! action used(host: Text) -> Percent reads
//!
//! /// Inspects the disk.
//! playbook look {
//!   input host: Text
//!   input volume: Text
//! //      ^^^^^^
//!
//!   enrich {
//!     step free = used(host)
//!   }
//!
//!   communicate {
//!     step told = tell("${free}")
//!   }
//! }
//!
//! /// Tells whoever started it.
//! action tell(text: Text) notifies
//! ```
//!
//! ## Good
//!
//! ```quell
//! /// How full a disk is.
//! action used(host: Text) -> Percent reads
//!
//! /// Inspects the disk.
//! playbook look {
//!   input host: Text
//!
//!   enrich {
//!     step free = used(host)
//!   }
//!
//!   communicate {
//!     step told = tell("${free}")
//!   }
//! }
//!
//! /// Tells whoever started it.
//! action tell(text: Text) notifies
//! ```

use crate::lint::{Group, Pass, Profile, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("unused-input", Group::Correctness, include_str!("unused_input.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        for input in body.playbook.iter().flat_map(|playbook| &playbook.inputs) {
            if !pass.facts.is_read(pass.file, input.local) {
                let name = &input.name;
                pass.report(
                    finding(name.span, format!("the input `{}` is never used", name.text))
                        .help("remove it, or use it where it was meant to be used"),
                );
            }
        }
    }
}
