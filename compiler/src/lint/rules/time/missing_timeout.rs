//! Action without a time limit.
//!
//! ## Why
//!
//! Without `timeout` the limit is one minute: long for a query at three in the morning, and short for a
//! failover. The author of the action knows best.
//!
//! ## Bad
//!
//! ```quell
//! action page_of(url: Text) -> Text reads {
//! //     ^^^^^^^
//!   command ["curl", url] {
//!     return output
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action page_of(url: Text) -> Text reads {
//!   timeout 10s
//!   command ["curl", url] {
//!     return output
//!   }
//! }
//! ```

use crate::{
    hir::ItemKind,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule::new("missing-timeout", Group::Time, include_str!("missing_timeout.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for item in &pass.hir().items {
        let ItemKind::Action(action) = &item.kind else { continue };
        if !action.bindings.is_empty() && action.contract.timeout.is_none() {
            pass.report(
                finding(item.name.span, format!("`{}` has no time limit", item.name.text))
                    .help("add a limit such as `timeout 15s`"),
            );
        }
    }
}
