//! The baseline: findings that a project had when it began to lint.

use std::{collections::BTreeMap, path::Path};

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    lint,
    world::World,
};
use serde::{Deserialize, Serialize};

use crate::{
    error::Failure,
    fence::Fence,
    output::{self, Force, Kind},
};

const SCHEMA: &str = "quell.dev/baseline/1";

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
        serde_json::from_str(&text).map_err(|error| wrong(format!("it is no baseline: {error}")))?;
    if document.schema != SCHEMA {
        return Err(wrong(format!("it is a `{}`, not a `{SCHEMA}`", document.schema)));
    }
    Ok(document)
}

/// Takes away what a baseline holds. Errors of the language are never in it.
pub fn compare(world: &dyn World, findings: Vec<Diagnostic>, document: &Document) -> Compared {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &document.findings {
        *held.entry(&entry.fingerprint).or_default() += 1;
    }
    let prints = lint::fingerprints(world, &findings);
    let mut compared = Compared { new: Vec::new(), known: 0, gone: 0 };
    for (finding, print) in findings.into_iter().zip(&prints) {
        match held.get_mut(&**print).filter(|count| **count > 0 && can_be_held(&finding)) {
            Some(count) => {
                *count -= 1;
                compared.known += 1;
            }
            None => compared.new.push(finding),
        }
    }
    compared.gone = held.values().sum();
    compared
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
