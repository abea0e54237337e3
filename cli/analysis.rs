//! The check, from what was loaded to all findings.

use quell_compiler::{
    alerts::alerts,
    check::{Checked, check_files},
    diagnostic::Diagnostic,
};

use crate::load::Loaded;

/// What is known of the modules that were asked for and of all that they use, and the findings: those
/// of the check, those about alert rules, and those about files as such.
pub fn analyse(loaded: &Loaded) -> (Checked, Vec<Diagnostic>) {
    let checked = check_files(&loaded.world, &loaded.selected);
    let mut findings = checked.diagnostics.clone();
    findings.extend(alerts(&loaded.world, &checked, &loaded.selected).diagnostics);
    let findings = loaded.with(&findings);
    (checked, findings)
}
