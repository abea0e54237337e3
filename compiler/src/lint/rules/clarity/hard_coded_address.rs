//! Hard-coded address of a person or machine.
//!
//! ## Why
//!
//! People leave and machines move. An address in a step has to be found in every playbook; one in a `let` of
//! the catalog is changed once. The rule checks the calls of steps for email addresses, IP addresses and
//! URLs.
//!
//! ## Bad
//!
//! ```quell
//! /// Sends a mail.
//! action mail(to: Text, text: Text) notifies
//!
//! /// Where the people of the platform read mail.
//! let platform_mail: Text = "platform@example.com"
//!
//! playbook tell {
//!   communicate {
//!     step told = mail("lin@example.com", "the disk is full")
//! //                   ^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! /// Sends a mail.
//! action mail(to: Text, text: Text) notifies
//!
//! /// Where the people of the platform read mail.
//! let platform_mail: Text = "platform@example.com"
//!
//! playbook tell {
//!   communicate {
//!     step told = mail(platform_mail, "the disk is full")
//!   }
//! }
//! ```

use core::net::IpAddr;

use crate::{
    hir::{ExprKind, Literal, descendants},
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("hard-coded-address", Group::Clarity, include_str!("hard_coded_address.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let mut found = Vec::new();
    for body in pass.playbooks() {
        for step in body.steps() {
            for expr in descendants(&pass.hir().exprs, step.plan.call) {
                let ExprKind::Literal(Literal::Text(text)) = &pass.hir().exprs[expr].kind else { continue };
                if let Some(what) = address(text) {
                    found.push(
                        finding(pass.span(expr), format!("{what} is hard-coded in a playbook"))
                            .note("people leave and machines move, and then every copy has to be found")
                            .help("name it in the catalog: `let platform_mail: Text = ...`"),
                    );
                }
            }
        }
    }
    found.into_iter().for_each(|said| pass.report(said));
}

/// What kind of address a text is, if it is nothing else.
fn address(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return None;
    }
    if let Some((name, host)) = text.split_once('@') {
        let is_mail = !name.is_empty() && host.contains('.') && !host.contains(['@', '/']);
        return is_mail.then_some("an email address");
    }
    if text.starts_with("http://") || text.starts_with("https://") {
        return Some("a URL");
    }
    text.parse::<IpAddr>().ok().map(|_| "an IP address")
}
