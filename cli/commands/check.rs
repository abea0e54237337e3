//! `quell check` and `quell lint`: what is wrong with playbooks.

use std::{io::Write, sync::Arc};

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Level},
    lint::find,
};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{CheckArguments, FindingsArguments, LintArguments, OutputFormat},
    baseline,
    console::Console,
    error::Failure,
    fence::Fence,
    linting::{self, Selection},
    load::{self, Loaded},
    progress::Progress,
    render::{self, counted, durations},
    repair,
};

/// Which findings a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All.
    All,
    /// Those of the linter, and errors: what can't be read can't be judged.
    Rules,
}

/// Runs `quell check`.
pub fn run(
    arguments: &CheckArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let shared = &arguments.findings;
    let Some(run) = start(shared, Scope::All, fence, console)? else { return Ok(Outcome::Findings) };
    let rows = arguments.durations.then(|| {
        let Loaded { world, selected, .. } = &run.loaded;
        durations::rows(world, &run.checked, selected)
    });
    match (&rows, shared.output_format) {
        (Some(rows), OutputFormat::Json) => {
            render::json::findings_and_durations(&run.loaded.world, &run.findings, rows, &mut console.out)?;
        }
        _ => show(&run, shared, console)?,
    }
    let by_table = matches!(shared.output_format, OutputFormat::Human | OutputFormat::Short);
    if let Some(rows) = rows.filter(|_| by_table) {
        durations::table(&rows, &mut console.out)?;
    }
    Ok(outcome(&run.findings))
}

/// Runs `quell lint`.
pub fn lint(
    arguments: &LintArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let shared = &arguments.findings;
    let Some(run) = start(shared, Scope::Rules, fence, console)? else { return Ok(Outcome::Findings) };
    show(&run, shared, console)?;
    Ok(outcome(&run.findings))
}

fn outcome(findings: &[Diagnostic]) -> Outcome {
    let fine = findings.iter().all(|finding| finding.level == Level::Info);
    if fine { Outcome::Fine } else { Outcome::Findings }
}

/// What a command found.
struct Run {
    loaded: Loaded,
    checked: Checked,
    findings: Vec<Diagnostic>,
}

/// Loads, repairs, checks, and holds the findings against the baseline; none where the repairs were only
/// shown, and there were some.
fn start(
    arguments: &FindingsArguments,
    scope: Scope,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Option<Run>, Failure> {
    let selection = Selection::new(arguments)?;
    if arguments.allow_unsafe && !arguments.fix && !arguments.diff {
        let help = Some("use `--fix --unsafe` or `--diff --unsafe`".to_owned());
        return Err(Failure::Arguments { message: "`--unsafe` alone fixes nothing".to_owned(), help });
    }
    let progress = Progress::start("checking", &console.err);
    let mut loaded = match load::load(fence, &arguments.paths) {
        Ok(loaded) => loaded,
        Err(failure) => {
            if arguments.output_format == OutputFormat::Json {
                render::json::failure(&failure, &mut console.out)?;
            }
            return Err(failure);
        }
    };
    for note in linting::renamed(&loaded, arguments) {
        writeln!(console.err, "note: {note}")?;
    }
    let find = |loaded: &Loaded| shown(loaded, &selection, scope);
    let (checked, mut findings) = if arguments.fix || arguments.diff {
        let (repaired, checked) = repair::repair(&mut loaded, arguments, &find);
        drop(progress);
        if arguments.diff && !repaired.before.is_empty() {
            repair::show(&repaired, &loaded, &mut console.out)?;
            render::findings(&loaded.world, &repaired.faults, OutputFormat::Human, &mut console.err)?;
            return Ok(None);
        }
        if arguments.fix {
            repair::write(&repaired, &loaded)?;
        }
        if repaired.count > 0 {
            let (repairs, files) =
                (counted(repaired.count, "repair"), counted(repaired.before.len(), "file"));
            writeln!(console.err, "{repairs} made in {files}")?;
        }
        (checked, repaired.findings)
    } else {
        let found = find(&loaded);
        drop(progress);
        found
    };
    if let Some(file) = &arguments.baseline {
        // What was just written isn't read again: it may have gone into a pipe.
        let document = if arguments.update_baseline {
            let document = baseline::write(&loaded.world, fence, &findings, file, arguments.force.into())?;
            writeln!(console.err, "{} written to the baseline", counted(document.len(), "finding"))?;
            document
        } else {
            baseline::read(fence, file)?
        };
        let compared = baseline::compare(&loaded.world, findings, &document);
        findings = compared.new;
        if compared.gone > 0 && !arguments.update_baseline {
            let (gone, verb) =
                (counted(compared.gone, "finding"), if compared.gone == 1 { "exists" } else { "exist" });
            writeln!(
                console.err,
                "{gone} of the baseline no longer {verb}: `--update-baseline` removes them"
            )?;
        }
        if compared.known > 0 && !arguments.update_baseline {
            writeln!(console.err, "{} known to the baseline", counted(compared.known, "finding"))?;
        }
    }
    // Programs track findings by place, so they get each one.
    if matches!(arguments.output_format, OutputFormat::Human | OutputFormat::Short | OutputFormat::Github) {
        findings = linting::together(&loaded, &checked, findings);
    }
    Ok(Some(Run { loaded, checked, findings }))
}

/// What a command shows. What is wrong in a module that these use is wrong with them: its errors count, its
/// style is its own.
fn shown(loaded: &Loaded, selection: &Selection, scope: Scope) -> (Checked, Vec<Diagnostic>) {
    let (checked, found) = analyse(loaded);
    let mut findings = linting::findings(loaded, &checked, found, selection);
    findings.retain(|found| {
        let of_scope = scope == Scope::All || found.level == Level::Error || find(found.code).is_some();
        let file = found.span().file;
        let asked_for = loaded.selected.contains(&file) || loaded.world.rule_file(file).is_some();
        of_scope && (found.level == Level::Error || asked_for)
    });
    (checked, findings)
}

fn show(run: &Run, arguments: &FindingsArguments, console: &mut Console) -> Result<(), Failure> {
    if arguments.statistics {
        return Ok(render::statistics(&run.findings, arguments.output_format, &mut console.out)?);
    }
    render::findings(&run.loaded.world, &run.findings, arguments.output_format, &mut console.out)?;
    if arguments.output_format == OutputFormat::Human && run.findings.is_empty() {
        let files = counted(run.loaded.selected.len(), "file");
        writeln!(console.out, "{files} checked, nothing to report")?;
    }
    Ok(())
}
