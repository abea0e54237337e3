//! Playbook or task without a description.
//!
//! ## Why
//!
//! A playbook replaces a wiki page: the person who runs it at night has to learn from it what the alert
//! means and what the playbook will do. Its `///` comment is that page. Tasks that other modules use need
//! one too.
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
//! action free_space() -> Percent reads
//!
//! /// The disk of a host fills up. Looks how much is left, and tells.
//! playbook look_at_disk {
//!   enrich {
//!     step free = free_space()
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

use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule =
    Rule::new("missing-description", Group::Clarity, include_str!("missing_description.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        let is_seen = body.playbook.is_some() || body.item.private.is_none();
        if is_seen && body.item.docs.trim().is_empty() {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` has no description", name.text))
                    .help("add a description above it, in lines that start with `///`"),
            );
        }
    }
}
