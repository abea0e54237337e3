//! Effect not allowed in this part.
//!
//! ## Why
//!
//! Whoever starts a playbook can rely on these limits: enrich only reads, triage only reads and asks, and
//! communicate also contacts people and updates incident records. Only remediate may change production.
//!
//! ## Bad
//!
//! ```quell
//! action restart(service: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook scan {
//!   triage {
//!     step restarted = restart("checkout")
//! //                   ^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart(service: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook scan {
//!   remediate {
//!     step restarted = restart("checkout")
//!   }
//! }
//! ```

use crate::{
    diagnostic::Diagnostic,
    effects::{Link, Why},
    hir::{Effect, PartKind},
    source::Span,
};

/// The code.
pub const CODE: &str = "effect-not-allowed";

/// A call in `part` that has `effect`; the part allows at most `limit`. `chain` are the calls that
/// lead to it, `declared` is where its action says so.
pub fn effect_not_allowed(
    span: Span,
    part: PartKind,
    effect: Effect,
    limit: Effect,
    chain: &[Link],
    declared: Option<Span>,
) -> Diagnostic {
    let name = chain.first().map_or("this call", |link| &link.name);
    let finding = Diagnostic::error(
        CODE,
        span,
        format!("`{name}` {}; {} may only {}", says(effect), part.word(), infinitive(limit)),
    );
    let finding = with_chain(finding, chain, declared, effect);
    let allowed = match effect {
        Effect::Pure | Effect::Reads => PartKind::Enrich,
        Effect::Asks => PartKind::Triage,
        Effect::Notifies => PartKind::Communicate,
        Effect::Changes | Effect::Destroys => PartKind::Remediate,
    };
    finding.help(format!("move the step to {}", allowed.word()))
}

/// Adds the calls that lead to an effect, and where it is declared.
pub fn with_chain(
    mut finding: Diagnostic,
    chain: &[Link],
    declared: Option<Span>,
    effect: Effect,
) -> Diagnostic {
    if let [_, .., last] = chain {
        let links = chain.iter().enumerate().map(|(index, link)| match (index, link.why) {
            (0, _) => format!("`{}`", link.name),
            (_, Why::Call) => format!(" calls `{}`", link.name),
            (_, Why::Undo) => format!(" is undone by `{}`", link.name),
        });
        finding = finding.note(format!("{}, which {}", links.collect::<String>(), says(effect)));
        finding = finding.label(last.span, format!("`{}` is called here", last.name));
    }
    if let Some(declared) = declared {
        finding = finding.label(declared, "declared here");
    }
    finding
}

/// "changes production".
pub fn says(effect: Effect) -> &'static str {
    match effect {
        Effect::Pure => "does nothing",
        Effect::Reads => "reads",
        Effect::Asks => "asks people",
        Effect::Notifies => "notifies people",
        Effect::Changes => "changes production",
        Effect::Destroys => "destroys something",
    }
}

fn infinitive(effect: Effect) -> &'static str {
    match effect {
        Effect::Pure => "compute",
        Effect::Reads => "read",
        Effect::Asks => "read and ask",
        Effect::Notifies => "read, ask and notify people",
        Effect::Changes => "change",
        Effect::Destroys => "destroy",
    }
}
