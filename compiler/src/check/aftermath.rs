//! Leaves out what only follows from broken text.
//!
//! Where a part of an item can't be read, nothing is said about what the item lacks: the part may well
//! have it. Where a brace is missing, nothing is said about the item at all, since it isn't known what
//! belongs to what. The broken text itself has been reported.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    findings::{self, effects, graph, names, types},
    hir::{self, BrokenExtent},
    source::{FileId, Span},
};

/// Findings that something isn't there.
const ABSENCES: &[&str] = &[
    names::missing_owner::CODE,
    names::missing_part::CODE,
    names::missing_return::CODE,
    names::missing_severity::CODE,
    names::no_severity::CODE,
    types::always_there::CODE,
    types::value_may_be_missing::CODE,
    effects::change_without_undo::CODE,
    effects::missing_approval::CODE,
    effects::repeated_change::CODE,
    effects::unbounded_wait::CODE,
    graph::milestone_never_comes::CODE,
    graph::needs_after_failed::CODE,
    graph::resolve_within_exceeded::CODE,
    graph::resolve_within_needs_people::CODE,
    graph::resolve_within_unresolved::CODE,
    graph::resolved_after_unsure::CODE,
];

/// Removes what only follows from broken text.
pub(super) fn leave_out(modules: &BTreeMap<FileId, Arc<hir::Module>>, diagnostics: &mut Vec<Diagnostic>) {
    let doubtful: Vec<Doubtful> = modules.values().flat_map(|module| doubtful_items(module)).collect();
    if doubtful.is_empty() {
        return;
    }
    diagnostics.retain(|diagnostic| {
        let of_text = findings::syntax::ALL.iter().any(|finding| finding.code == diagnostic.code);
        let of_file = findings::files::ALL.iter().any(|finding| finding.code == diagnostic.code);
        // What a scenario says of a playbook that can't be read is not known to be wrong.
        let of_scenarios = findings::scenarios::ALL.iter().any(|finding| finding.code == diagnostic.code);
        of_text || of_file || !of_scenarios && !doubtful.iter().any(|item| item.brings_about(diagnostic))
    });
}

/// An item with broken text in it or right behind: a brace too many cuts off an item's end.
struct Doubtful {
    /// Up to the next item.
    reach: Span,
    extent: BrokenExtent,
}

impl Doubtful {
    fn brings_about(&self, diagnostic: &Diagnostic) -> bool {
        let at = diagnostic.span();
        let inside = self.reach.file == at.file && self.reach.start <= at.start && at.end <= self.reach.end;
        inside && (self.extent == BrokenExtent::Structure || ABSENCES.contains(&diagnostic.code))
    }
}

fn doubtful_items(module: &hir::Module) -> impl Iterator<Item = Doubtful> {
    let ends = module.items.iter().skip(1).map(|item| item.span.start).chain([u32::MAX]);
    let reach = module.items.iter().zip(ends).map(|(item, end)| Span { end, ..item.span });
    reach.filter_map(|reach| {
        let inside =
            |broken: &&hir::Broken| reach.start <= broken.span.start && broken.span.start < reach.end;
        let broken: Vec<_> = module.broken.iter().filter(inside).collect();
        let structure = broken.iter().any(|broken| broken.extent == BrokenExtent::Structure);
        let extent = if structure { BrokenExtent::Structure } else { BrokenExtent::Place };
        (!broken.is_empty()).then_some(Doubtful { reach, extent })
    })
}
