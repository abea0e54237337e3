//! More steps than anyone can keep track of.
//!
//! ## Why
//!
//! Anyone who opens a playbook during an incident has to read all of it. Move steps that belong together
//! into a task with a name of its own; other playbooks can use it too.
//!
//! ## Bad
//!
//! ```quell
//! /// How full a disk is.
//! action used() -> Percent reads
//!
//! /// Inspects the disk, and tells.
//! playbook look {
//! //       ^^^^
//!   enrich {
//!     step look_1 = used()
//!     step look_2 = used()
//!     step look_3 = used()
//!     step look_4 = used()
//!     step look_5 = used()
//!     step look_6 = used()
//!     step look_7 = used()
//!     step look_8 = used()
//!     step look_9 = used()
//!     step look_10 = used()
//!     step look_11 = used()
//!     step look_12 = used()
//!     step look_13 = used()
//!     step look_14 = used()
//!     step look_15 = used()
//!     step look_16 = used()
//!     step look_17 = used()
//!     step look_18 = used()
//!     step look_19 = used()
//!     step look_20 = used()
//!     step look_21 = used()
//!     step look_22 = used()
//!     step look_23 = used()
//!     step look_24 = used()
//!     step look_25 = used()
//!     step look_26 = used()
//!     step look_27 = used()
//!     step look_28 = used()
//!     step look_29 = used()
//!     step look_30 = used()
//!     step look_31 = used()
//!     step look_32 = used()
//!     step look_33 = used()
//!     step look_34 = used()
//!     step look_35 = used()
//!     step look_36 = used()
//!     step look_37 = used()
//!     step look_38 = used()
//!     step look_39 = used()
//!     step look_40 = used()
//!     step look_41 = used()
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! /// How full a disk is.
//! action used() -> Percent reads
//!
//! /// Tells whoever started it.
//! action tell(text: Text) notifies
//!
//! /// Inspects the disk, and tells.
//! playbook look {
//!   enrich {
//!     step first = used()
//!   }
//!
//!   communicate {
//!     step told = tell("${first}")
//!   }
//! }
//! ```

use crate::lint::{Group, OptionSpec, OptionValue, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    options: &[OptionSpec {
        name: "most",
        default: OptionValue::Count(40),
        docs: "how many steps a playbook or task may have",
    }],
    ..Rule::new("too-many-steps", Group::Clarity, include_str!("too_many_steps.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let most = pass.count("most");
    for body in pass.bodies() {
        let count = body.graph.steps().count();
        if count > most as usize {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` has {count} steps", name.text))
                    .note(format!("the limit is {most}: more are hard to keep track of"))
                    .help("move steps that belong together into a task"),
            );
        }
    }
}
