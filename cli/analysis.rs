//! The compiler, run over what a command was given.

use quell_compiler::{check::Checked, diagnostic::Diagnostic, syntax, world::World};

use crate::load::Loaded;

/// What is known of all modules, and the findings: those of the check and those about files as such.
pub fn analyse(loaded: &Loaded) -> (Checked, Vec<Diagnostic>) {
    let files = loaded.world.files();
    let diagnostics =
        files.iter().flat_map(|file| syntax::parse(&loaded.world.source(*file).text).diagnostics(*file));
    let checked = Checked { diagnostics: diagnostics.collect(), ..Checked::default() };
    let findings = loaded.with(&checked.diagnostics);
    (checked, findings)
}
