//! The check, from what was loaded to all findings.

use quell_compiler::{
    check::{Checked, check_files},
    diagnostic::Diagnostic,
};

use crate::load::Loaded;

/// What is known of the modules that were asked for and of all that they use, and the findings: those
/// of the check and those about files as such.
pub fn analyse(loaded: &Loaded) -> (Checked, Vec<Diagnostic>) {
    let checked = check_files(&loaded.world, &loaded.selected);
    let findings = loaded.with(&checked.diagnostics);
    (checked, findings)
}
