//! Steps that wait for each other.
//!
//! ## Why
//!
//! A step starts when everything it names is available. If two steps need each other, directly or through
//! others, neither ever starts. There are other reasons to wait as well: a change waits for the reads and
//! changes above it, the steps below it in remediate wait for it, and causes, the severity and milestones
//! wait for what determines them.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds as many pods as there are.
//! task double() -> Text {
//!   step before = kubernetes.deployment(shop)
//!     after scaled
//! //        ^^^^^^
//!   step scaled = kubernetes.scale(shop, replicas: before.replicas + before.replicas)
//!     undo kubernetes.scale(shop, replicas: before.replicas)
//!   return before.tag
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds as many pods as there are.
//! task double() -> Text {
//!   step before = kubernetes.deployment(shop)
//!   step scaled = kubernetes.scale(shop, replicas: before.replicas + before.replicas)
//!     undo kubernetes.scale(shop, replicas: before.replicas)
//!   return before.tag
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "step-cycle";

/// So many places of a long way are shown.
const SHOWN: usize = 8;

/// One thing waits for the next.
#[derive(Debug, Clone)]
pub struct Wait {
    /// What makes it wait.
    pub span: Span,
    /// What waits: `` `moved` ``, `` cause `region_down` ``.
    pub waiting: String,
    /// For what.
    pub waited: String,
    /// Why.
    pub why: Why,
}

/// Why one thing waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It names the value; the text says in which clause.
    Names(&'static str),
    /// One of its guards names the value.
    Condition,
    /// It says `after`.
    After,
    /// The other is evidence for this cause.
    Evidence,
    /// It is a change, and the other a read-only step above it.
    ChangeBelowLook,
    /// The other is a change above it.
    BelowChange,
    /// The other is what this milestone consists of.
    PartOf,
    /// The other's failure is what this milestone is.
    CanFail,
}

impl Wait {
    fn sentence(&self) -> String {
        let Wait { waiting, waited, .. } = self;
        match self.why {
            Why::Names(_) if waiting == waited => format!("{waiting} uses itself"),
            Why::Condition if waiting == waited => {
                format!("whether {waiting} runs depends on {waiting} itself")
            }
            Why::Names(clause) => format!("{waiting} uses {waited}{clause}"),
            Why::Condition => format!("whether {waiting} runs depends on {waited}"),
            Why::After => format!("{waiting} waits for {waited} with `after`"),
            Why::Evidence => format!("{waited} is evidence for {waiting}"),
            Why::ChangeBelowLook => {
                format!("{waiting} is a change, so it waits for {waited}, a read-only step above it")
            }
            Why::BelowChange => format!("{waiting} is below the change {waited}"),
            Why::PartOf => format!("{waiting} is reached when {waited} is done"),
            Why::CanFail => format!("{waiting} depends on whether {waited} fails"),
        }
    }
}

/// Each of `waits` waits for the next one, and the last for the first; none if there is none.
pub fn finding(waits: &[Wait]) -> Option<Diagnostic> {
    let first = waits.first()?;
    let mut finding = Diagnostic::error(CODE, first.span, message(waits)).at(first.sentence());
    for wait in waits.iter().skip(1).take(SHOWN) {
        finding = finding.label(wait.span, wait.sentence());
    }
    if waits.len() > SHOWN + 1 {
        finding = finding.note(format!("and so on, over {} steps", waits.len()));
    }
    Some(finding.note("a step that waits for itself never starts").help(help(waits)))
}

fn message(waits: &[Wait]) -> String {
    if let [only] = waits {
        return format!("{} waits for itself", only.waiting);
    }
    let mut names: Vec<_> = waits.iter().take(SHOWN).map(|wait| wait.waiting.as_str()).collect();
    if waits.len() > SHOWN {
        names.push("...");
    }
    names.push(&waits[0].waiting);
    format!("these wait for each other: {}", names.join(" → "))
}

fn help(waits: &[Wait]) -> String {
    let place = waits.iter().find(|wait| matches!(wait.why, Why::ChangeBelowLook | Why::BelowChange));
    match (waits, place) {
        ([only], _) if only.why == Why::Names(" in `until`") => {
            "in `until`, use `it` for the latest value".to_owned()
        }
        (_, Some(wait)) => format!(
            "move one of them, or add an `after` to {}, which replaces the order of the lines",
            wait.waiting
        ),
        (_, None) => "remove one of these dependencies".to_owned(),
    }
}
