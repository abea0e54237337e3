//! `quell coverage`: which alerts have no playbook, and which playbooks have no alert.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{
    alerts::{alerts, coverage},
    diagnostic::{Diagnostic, Level},
};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{CoverageArguments, CoverageFormat, OutputFormat},
    console::Console,
    error::Failure,
    fence::Fence,
    files, load,
    progress::Progress,
    render,
};

/// Runs the command.
pub fn run(
    arguments: &CoverageArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let progress = Progress::start("checking", &console.err);
    let mut loaded = load::load(fence, &arguments.paths)?;
    let rules = rule_files(fence, &arguments.rules)?;
    let mut projects: Vec<usize> =
        loaded.selected.iter().map(|file| loaded.world.modules[file.0 as usize].project).collect();
    projects.sort_unstable();
    projects.dedup();
    for project in projects.iter().filter(|_| !rules.is_empty()) {
        loaded.add_alert_rules(*project, &rules)?;
    }
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    let errors: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    render::findings(&loaded.world, &errors, OutputFormat::Human, &mut console.err)?;
    let alerts = alerts(&loaded.world, &checked, &loaded.selected);
    if alerts.rules.is_empty() && errors.is_empty() {
        return Err(Failure::Arguments {
            message: "no alert rules to compare the playbooks with".to_owned(),
            help: Some(
                "pass their files with `--rules`, or add them to `quell.toml`:\n[alerts]\nrules = [\"alerts/*.yml\"]"
                    .to_owned(),
            ),
        });
    }
    let coverage = coverage(&loaded.world, &checked, &alerts);
    match arguments.output_format {
        CoverageFormat::Human => render::alerts::human(&coverage, &mut console.out)?,
        CoverageFormat::Json => render::alerts::json(&coverage, &mut console.out)?,
    }
    let enough = arguments.min.is_none_or(|least| coverage.percent() >= f64::from(least));
    Ok(if enough && errors.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// What `--rules` names: files, and all YAML files in folders.
fn rule_files(fence: &Fence, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if fence.is_dir(path) {
            for pattern in ["**/*.yml", "**/*.yaml"] {
                let matching = fence.matching(path, pattern).map_err(|wrong| Failure::Arguments {
                    message: format!("the rules in `{}` can't be read: {wrong}", files::display(path)),
                    help: Some("pass the folder with the rules".to_owned()),
                })?;
                found.extend(matching);
            }
        } else if fence.is_file(path) {
            found.push(files::absolute(path));
        } else {
            return Err(missing(path));
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn missing(path: &Path) -> Failure {
    Failure::MissingPath { path: files::display(path), help: None }
}
