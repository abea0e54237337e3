//! Converts playbooks of other tools to Quell.
//!
//! StackPulse's are YAML with Go templates. `read` extracts the contents of a file, `book` resolves what its
//! templates mean, `plan` decides what each step becomes, `write` produces the text. What can't be converted
//! is a finding at its place in the YAML; nothing is dropped silently.

mod access;
mod blocks;
mod book;
mod calls;
mod choose;
mod comments;
mod conditions;
mod container;
mod convert;
mod express;
mod functions;
mod guess;
mod keys;
pub mod known;
mod loops;
mod model;
mod names;
mod origins;
mod plan;
mod pure;
mod read;
mod sample;
mod template;
mod write;

use crate::{
    diagnostic::Diagnostic,
    findings::import::import_assumed,
    source::{FileId, Span},
};

pub use convert::Imported;
pub use origins::{Origins, ours, translated};

/// What a file of StackPulse holds.
#[derive(Debug, Default)]
pub struct Document {
    /// Its playbooks.
    pub playbooks: Vec<model::Playbook>,
    /// Its triggers.
    pub triggers: Vec<Trigger>,
    /// What is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it isn't even YAML.
    pub broken: bool,
}

/// What starts a playbook.
#[derive(Debug)]
pub struct Trigger {
    /// The playbook that it names; empty for the one beside it.
    pub playbook: String,
    /// Where it stands.
    place: Span,
    /// The events.
    scenarios: Vec<model::Scenario>,
}

/// Reads a file of StackPulse: playbooks, triggers, or both.
pub fn stackpulse(file: FileId, text: &str) -> Document {
    read::read(file, text)
}

impl Trigger {
    /// What is assumed of a trigger that names no playbook where there are several: it starts `first`.
    pub fn assumed(&self, first: &str) -> Option<Diagnostic> {
        self.playbook.is_empty().then(|| {
            import_assumed::at(
                self.place,
                &format!("this trigger names no playbook, so it starts the first one, `{first}`"),
                "set `playbook` to the one that it starts",
            )
        })
    }
}

impl Document {
    /// What the playbooks are called.
    pub fn names(&self) -> Vec<Option<String>> {
        self.playbooks.iter().map(|playbook| playbook.name.as_ref().map(|name| name.text.clone())).collect()
    }

    /// Converts the playbooks, each with the triggers that name it or stand beside it. `fallback` is the
    /// name of a playbook that has none.
    pub fn convert(mut self, triggers: Vec<Trigger>, fallback: &str) -> (Vec<Imported>, Vec<Diagnostic>) {
        let mut triggers = triggers;
        triggers.append(&mut self.triggers);
        let mut imported = Vec::new();
        let mut diagnostics = self.diagnostics;
        for mut playbook in self.playbooks {
            let name = playbook.name.as_ref().map(|name| name.text.clone());
            let meant =
                |trigger: &Trigger| trigger.playbook.is_empty() || Some(&trigger.playbook) == name.as_ref();
            let (own, others): (Vec<_>, Vec<_>) = triggers.into_iter().partition(meant);
            triggers = others;
            playbook.scenarios.extend(own.into_iter().flat_map(|trigger| trigger.scenarios));
            match convert::convert(playbook, fallback) {
                Ok(converted) => imported.push(converted),
                Err(mut findings) => diagnostics.append(&mut findings),
            }
        }
        (imported, diagnostics)
    }
}

/// The place of a whole file.
pub fn beginning(file: FileId) -> Span {
    Span::new(file, 0, 0)
}
