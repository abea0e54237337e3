//! The baseline: findings that a project had when it began to lint.

use std::{collections::BTreeMap, path::Path};

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    lint::{self, Identity},
    world::World,
};
use serde::{Deserialize, Serialize};

use crate::{
    error::Failure,
    fence::Fence,
    output::{self, Force, Kind},
};

const SCHEMA: &str = "quell.dev/baseline/2";
/// Fingerprints of this version include the message. It is still read.
const WITH_MESSAGES: &str = "quell.dev/baseline/1";
/// So many findings with one code and message on equal lines are told apart in a baseline of the first version.
const TWINS: u32 = 64;

/// A baseline, as it is kept.
#[derive(Serialize, Deserialize)]
pub struct Document {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    fingerprint: String,
    code: String,
    module: String,
    message: String,
}

/// What a baseline made of findings.
pub struct Compared {
    /// What it doesn't hold.
    pub new: Vec<Diagnostic>,
    /// How many it keeps quiet.
    pub known: usize,
    /// How many of it are gone.
    pub gone: usize,
}

/// Reads the baseline in `file`.
pub fn read(fence: &Fence, file: &Path) -> Result<Document, Failure> {
    let text = fence.read_document(file)?;
    let wrong = |why: String| Failure::unreadable(file, why);
    let document: Document =
        serde_json::from_str(&text).map_err(|error| wrong(format!("not a baseline: {error}")))?;
    if document.schema != SCHEMA && document.schema != WITH_MESSAGES {
        return Err(wrong(format!("it is a `{}`, not a `{SCHEMA}`", document.schema)));
    }
    Ok(document)
}

/// Separates the findings that a baseline holds from new ones. Errors of the language are never in it.
pub fn compare(world: &dyn World, findings: Vec<Diagnostic>, document: &Document) -> Compared {
    let mut held = Held::new(document);
    let identities = lint::identities(world, &findings);
    let mut compared = Compared { new: Vec::new(), known: 0, gone: 0 };
    for (finding, identity) in findings.into_iter().zip(&identities) {
        if can_be_held(&finding) && held.take(identity) {
            compared.known += 1;
        } else {
            compared.new.push(finding);
        }
    }
    compared.gone = held.left;
    compared
}

/// The entries of a baseline that no finding has been matched with yet.
struct Held<'d> {
    /// Of the current version: how many by fingerprint.
    prints: BTreeMap<&'d str, usize>,
    /// Of the first version, whose fingerprints included the message: by code and module.
    worded: BTreeMap<(String, String), Vec<&'d Entry>>,
    left: usize,
}

impl<'d> Held<'d> {
    fn new(document: &'d Document) -> Self {
        let mut held =
            Self { prints: BTreeMap::new(), worded: BTreeMap::new(), left: document.findings.len() };
        for entry in &document.findings {
            if document.schema == SCHEMA {
                *held.prints.entry(&entry.fingerprint).or_default() += 1;
            } else {
                let key = (entry.code.clone(), entry.module.clone());
                held.worded.entry(key).or_default().push(entry);
            }
        }
        held
    }

    /// Whether a finding is recorded; its entry is used up.
    fn take(&mut self, identity: &Identity) -> bool {
        let taken = self.take_print(identity) || self.take_worded(identity);
        self.left -= usize::from(taken);
        taken
    }

    fn take_print(&mut self, identity: &Identity) -> bool {
        for print in identity.recorded() {
            if let Some(count) = self.prints.get_mut(&*print).filter(|count| **count > 0) {
                *count -= 1;
                return true;
            }
        }
        false
    }

    /// The entry has the message of its time, which the fingerprint is computed with.
    fn take_worded(&mut self, identity: &Identity) -> bool {
        for code in identity.codes() {
            let Some(entries) = self.worded.get_mut(&(code.to_owned(), identity.module().to_owned())) else {
                continue;
            };
            let most = entries.len() as u32;
            let is_it = |entry: &&Entry| {
                (1..=most.min(TWINS))
                    .any(|number| identity.with_message(code, &entry.message, number) == entry.fingerprint)
            };
            if let Some(at) = entries.iter().position(is_it) {
                entries.remove(at);
                return true;
            }
        }
        false
    }
}

/// Writes the findings into the baseline in `file`.
pub fn write(
    world: &dyn World,
    fence: &Fence,
    findings: &[Diagnostic],
    file: &Path,
    force: Force,
) -> Result<Document, Failure> {
    let prints = lint::fingerprints(world, findings);
    let entries = findings.iter().zip(prints).filter(|(finding, _)| can_be_held(finding));
    let findings: Vec<Entry> = entries
        .map(|(finding, fingerprint)| Entry {
            fingerprint,
            code: finding.code.to_owned(),
            module: world.module_path(finding.span().file).to_owned(),
            message: finding.message.clone(),
        })
        .collect();
    let document = Document { schema: SCHEMA.to_owned(), findings };
    let text = serde_json::to_string_pretty(&document).map_err(std::io::Error::from)?;
    output::write(fence, file, &(text + "\n"), Kind::Baseline, force)?;
    Ok(document)
}

impl Document {
    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.findings.len()
    }
}

fn can_be_held(finding: &Diagnostic) -> bool {
    finding.level != Level::Error || lint::find(finding.code).is_some()
}
