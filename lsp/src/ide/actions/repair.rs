//! The repairs that findings bring along.

use quell_compiler::{
    diagnostic::{Diagnostic, Fix, Safety},
    repair::{Surfacing, applicable, fits_in},
};

use super::{Action, ActionKind, Place, trial};
use crate::ide::Edit;

/// The repairs of a finding.
pub fn actions(place: &Place<'_>, finding: &Diagnostic, all: &mut Vec<Action>) {
    let fine = |fix: &&Fix| match fix.safety {
        // What has holes can't be checked yet.
        Safety::Suggestion => trial::keeps_texts(place, &fix.edits, fix.safety),
        safety => trial::keeps_sound(place, &fix.edits, safety, Surfacing::AsMany(finding.code)),
    };
    for fix in finding.fixes.iter().filter(fine) {
        let title = match fix.safety {
            Safety::Safe => fix.title.clone(),
            // What may change what a playbook does says so where it is chosen.
            Safety::Unsafe => format!("{} (review before applying)", fix.title),
            Safety::Suggestion => format!("{} (complete it by hand)", fix.title),
        };
        let action = Action::repair(title, fix.edits.clone(), finding);
        all.push(if fix.safety == Safety::Safe { action.preferred() } else { action });
    }
}

/// All safe repairs of a file at once, as far as they don't touch each other and none does harm.
pub fn fix_all(place: &Place<'_>, findings: &[Diagnostic]) -> Option<Action> {
    let file = place.span.file;
    let own = |other| other == file;
    let fixes = findings.iter().filter_map(|finding| applicable(finding, Safety::Safe, &own));
    let sound = |edits: &[Edit]| trial::keeps_sound(place, edits, Safety::Safe, Surfacing::None);
    let mut edits = together(fixes.clone());
    if !edits.is_empty() && !sound(&edits) {
        edits = together(fixes.filter(|fix| sound(&fix.edits)));
        if !sound(&edits) {
            return None;
        }
    }
    edits.sort_by_key(|edit| edit.span);
    let some = !edits.is_empty();
    some.then(|| Action::change("Apply all safe fixes", ActionKind::FixAll, edits))
}

fn together<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Vec<Edit> {
    fixes.fold(Vec::new(), |mut edits: Vec<Edit>, fix| {
        if fits_in(fix, &edits.iter().collect::<Vec<_>>()) {
            edits.extend(fix.edits.iter().cloned());
        }
        edits
    })
}
