//! Call of a deprecated action.
//!
//! ## Why
//!
//! It works for now but will be removed. The action's documentation names the replacement.
//!
//! ## Bad
//!
//! ```quell
//! /// How full a disk is, of one host.
//! action used(host: Text) -> Percent reads {
//!   deprecated "use `usage`, which also knows volumes"
//! }
//!
//! /// How full the volumes of a host are.
//! action usage(host: Text) -> Percent reads
//!
//! /// Inspects the disk.
//! playbook look {
//!   input host: Text
//!
//!   enrich {
//!     step free = used(host)
//! //              ^^^^^^^^^^
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
//! /// How full a disk is, of one host.
//! action used(host: Text) -> Percent reads {
//!   deprecated "use `usage`, which also knows volumes"
//! }
//!
//! /// How full the volumes of a host are.
//! action usage(host: Text) -> Percent reads
//!
//! /// Inspects the disk.
//! playbook look {
//!   input host: Text
//!
//!   enrich {
//!     step free = usage(host)
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

use crate::{
    graph::Constant,
    lint::{Group, Pass, Rule, rule::finding},
    types::Callee,
};

/// The rule.
pub static RULE: Rule =
    Rule::new("deprecated-action", Group::Upkeep, include_str!("deprecated_action.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let mut found = Vec::new();
    for (expr, call) in pass.module.types.calls.iter() {
        let Callee::Action(item) = call.callee else { continue };
        let Some(action) = pass.facts.action(item) else { continue };
        let Some(why) = action.contract.deprecated else { continue };
        let Some(declared) = pass.facts.checked.item(item) else { continue };
        let mut said = finding(pass.span(expr), format!("`{}` is deprecated", declared.name.text))
            .label(declared.name.span, "declared here");
        if let Some(Constant::Text(why)) = pass.facts.constant(item.file, why) {
            said = said.help(why.to_string());
        }
        found.push(said);
    }
    found.into_iter().for_each(|said| pass.report(said));
}
