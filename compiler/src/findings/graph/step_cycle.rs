//! Steps wait for each other.
//!
//! ## Why
//!
//! A step starts when everything that it names is there. If two steps need each other, directly or
//! through others, neither ever starts. Not only values make steps wait: a step that changes something
//! waits for the looking and the changes above it, what stands below it in remediate waits for it, and
//! causes, severity and milestones wait for what they are made of.
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
    /// It is a change, and the other a look above it.
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
            Why::Names(_) if waiting == waited => format!("{waiting} names itself"),
            Why::Condition if waiting == waited => format!("whether {waiting} happens depends on itself"),
            Why::Names(clause) => format!("{waiting} names {waited}{clause}"),
            Why::Condition => format!("whether {waiting} happens depends on {waited}"),
            Why::After => format!("{waiting} comes after {waited}"),
            Why::Evidence => format!("{waited} is evidence for {waiting}"),
            Why::ChangeBelowLook => format!("{waiting} changes something, so it waits for {waited}, a look above it"),
            Why::BelowChange => format!("{waiting} stands below {waited}, which changes something"),
            Why::PartOf => format!("{waiting} is reached when {waited} is done"),
            Why::CanFail => format!("{waiting} is reached if {waited} fails, so it has to end first"),
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
    Some(finding.note("what waits for itself never starts").help(help(waits)))
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
            "in `until`, the latest value is called `it`".to_owned()
        }
        (_, Some(wait)) => format!(
            "move one of them, or give {} an `after`, which replaces its place among the lines",
            wait.waiting
        ),
        (_, None) => "let one of them do without the next".to_owned(),
    }
}
