//! Code actions, one file for each kind: the fixes of findings, and optional refactorings.

mod allow;
mod extract;
mod fill;
mod imports;
mod inline;
mod manual;
mod missing;
mod optional;
mod repair;
mod scenario;
mod trial;

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Safety},
    repair::Surfacing,
    source::{FileId, Span},
};
use std::sync::Arc;

use super::{Cancelled, Edit, Snapshot, lints};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind,
    /// The edits.
    pub edits: Vec<Edit>,
    /// Whether it is likely what is wanted.
    pub preferred: bool,
    /// The finding that it repairs.
    pub finding: Option<Diagnostic>,
}

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionKind {
    /// It repairs a finding.
    QuickFix,
    /// It gives a name to what stands somewhere.
    Extract,
    /// It puts what a name stands for in its place.
    Inline,
    /// It writes something in another way, or adds to it.
    Rewrite,
    /// All safe repairs of the document.
    FixAll,
    /// It sorts the imports and takes away those that nobody uses.
    OrganizeImports,
}

impl ActionKind {
    /// All kinds.
    pub const ALL: [ActionKind; 6] = [
        ActionKind::QuickFix,
        ActionKind::Extract,
        ActionKind::Inline,
        ActionKind::Rewrite,
        ActionKind::FixAll,
        ActionKind::OrganizeImports,
    ];
}

impl Action {
    /// Repairs something.
    pub fn repair(title: impl Into<String>, edits: Vec<Edit>, finding: &Diagnostic) -> Self {
        let finding = Some(finding.clone());
        Self { title: title.into(), kind: ActionKind::QuickFix, edits, preferred: false, finding }
    }

    /// Changes something that needs no repair.
    pub fn change(title: impl Into<String>, kind: ActionKind, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), kind, edits, preferred: false, finding: None }
    }

    /// As what is likely wanted.
    pub fn preferred(mut self) -> Self {
        self.preferred = true;
        self
    }
}

/// Where actions are asked for, with what is known there.
pub(super) struct Place<'a> {
    /// The files.
    pub snapshot: &'a Snapshot,
    /// What is known of the module.
    pub checked: Arc<Checked>,
    /// The cursor, or what is selected.
    pub span: Span,
}

impl Place<'_> {
    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.snapshot.source(self.span.file).text
    }

    /// The text of a part of the file.
    pub fn said(&self, span: Span) -> &str {
        span.of(self.text())
    }

    /// Whether a place and what is selected have something in common.
    pub fn touches(&self, span: Span) -> bool {
        span.file == self.span.file && span.start <= self.span.end && self.span.start <= span.end
    }
}

/// What can be done in `span`, of the kinds that are wanted.
pub fn actions(
    snapshot: &Snapshot,
    span: Span,
    wanted: &dyn Fn(ActionKind) -> bool,
) -> Result<Vec<Action>, Cancelled> {
    let mut all = Vec::new();
    if snapshot.workspace.is_std(span.file) {
        return Ok(all);
    }
    let place = Place { snapshot, checked: snapshot.checked(span.file), span };
    let repairs = [ActionKind::QuickFix, ActionKind::FixAll, ActionKind::OrganizeImports];
    if repairs.into_iter().any(wanted) {
        let findings = lints::of_file(snapshot, span.file)?;
        if wanted(ActionKind::QuickFix) {
            for finding in findings.iter().filter(|it| place.touches(it.span())) {
                repair::actions(&place, finding, &mut all);
                let mut found = Vec::new();
                missing::actions(&place, finding, &mut found);
                optional::actions(&place, finding, &mut found);
                found.retain(|it| trial::keeps_sound(&place, &it.edits, Safety::Unsafe, Surfacing::None));
                // Once a name is known there may be more to say about how it is used.
                let mut imports = Vec::new();
                imports::actions(&place, finding, &mut imports);
                let more = Surfacing::All(finding.code);
                imports.retain(|it| trial::keeps_sound(&place, &it.edits, Safety::Unsafe, more));
                found.extend(imports);
                // What the finding brings along already isn't offered twice.
                found.retain(|it| all.iter().all(|known| !known.title.eq_ignore_ascii_case(&it.title)));
                all.extend(found);
                allow::actions(&place, finding, &mut all);
            }
        }
        if wanted(ActionKind::FixAll) {
            all.extend(repair::fix_all(&place, &findings));
        }
        if wanted(ActionKind::OrganizeImports) {
            let organized = imports::organize(&place, &findings);
            let sound = |it: &Action| trial::keeps_sound(&place, &it.edits, Safety::Safe, Surfacing::None);
            all.extend(organized.filter(sound));
        }
    }
    let mut changes = Vec::new();
    if wanted(ActionKind::Extract) {
        changes.extend(extract::action(&place));
    }
    if wanted(ActionKind::Inline) {
        changes.extend(inline::action(&place));
    }
    if wanted(ActionKind::Rewrite) {
        changes.extend(manual::actions(&place));
    }
    snapshot.proceed()?;
    changes.retain(|it| trial::keeps_sound(&place, &it.edits, Safety::Unsafe, Surfacing::None));
    all.extend(changes);
    if wanted(ActionKind::Rewrite) {
        // What it says is tried out as it is made.
        let fine = |it: &Action| trial::keeps_texts(&place, &it.edits, Safety::Unsafe);
        all.extend(scenario::action(&place).filter(fine));
    }
    Ok(all)
}

/// All safe repairs of a file at once, as far as they don't touch each other.
pub fn fix_all(snapshot: &Snapshot, file: FileId) -> Result<Vec<Edit>, Cancelled> {
    if snapshot.workspace.is_std(file) {
        return Ok(Vec::new());
    }
    let place = Place { snapshot, checked: snapshot.checked(file), span: Span::new(file, 0, 0) };
    let all = repair::fix_all(&place, &lints::of_file(snapshot, file)?);
    Ok(all.map(|action| action.edits).unwrap_or_default())
}
