//! What is shown of a run in place of its log: `--explain`, `--plan`, `--who`.

use std::io::Write;

use quell_compiler::{
    findings::suggest::nearest,
    report::{contacts, contacts_rows, explain, explanation_rows, page, plan, plan_rows, severities},
    simulate::{self, Options, Run, account::Account},
};

use crate::{
    args::DryRunArguments,
    error::Failure,
    files,
    output::{self, Kind, Written},
    render,
    start::Start,
};

/// A run, and what it is a run of.
pub struct Shown<'s> {
    /// The playbook.
    pub start: Start<'s>,
    /// How it was run.
    pub options: &'s Options,
    /// What came of it.
    pub run: &'s Run,
}

/// Whether something else than the log is asked for.
pub fn wanted(arguments: &DryRunArguments) -> bool {
    arguments.explain.is_some() || arguments.plan || arguments.who || arguments.html.is_some()
}

/// Writes what is asked for.
pub fn show(arguments: &DryRunArguments, shown: &Shown<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let account = Account::new(&shown.start.loaded.world, shown.start.checked, &shown.run.trace);
    let rows = if let Some(step) = &arguments.explain {
        let explanation = explain(&account, step).map_err(|known| unknown_step(shown, step, &known))?;
        explanation_rows(&explanation)
    } else if arguments.plan {
        plan_rows(&plan(&account))
    } else if let Some(path) = &arguments.html {
        if output::write(
            &shown.start.loaded.world.fence,
            path,
            &page(&account),
            Kind::Page,
            arguments.force.into(),
        )? == Written::File
        {
            writeln!(out, "wrote {}", files::display(path))?;
        }
        return Ok(());
    } else {
        return who(shown, out);
    };
    render::timeline::rows(&rows, out)?;
    Ok(())
}

/// One run for each severity that the playbook can have; in a scenario the one that it comes to.
fn who(shown: &Shown<'_>, output: &mut dyn Write) -> Result<(), Failure> {
    let possible = match shown.options.scenario {
        Some(_) => Vec::new(),
        None => severities(shown.start.checked, shown.start.playbook),
    };
    let runs: Vec<Run> = possible
        .iter()
        .map(|severity| {
            let options = Options { severity: Some(severity.clone()), ..shown.options.clone() };
            simulate::simulate(&shown.start.loaded.world, shown.start.checked, shown.start.playbook, &options)
        })
        .collect();
    if let Some(problem) = runs.iter().find_map(|run| run.problems.first()) {
        return Err(shown.start.cannot_run(problem));
    }
    let account = |run| Account::new(&shown.start.loaded.world, shown.start.checked, run);
    let mut accounts: Vec<_> =
        possible.into_iter().zip(&runs).map(|(value, run)| (Some(value), account(&run.trace))).collect();
    if accounts.is_empty() {
        accounts.push((shown.run.values.severity.clone(), account(&shown.run.trace)));
    }
    render::timeline::rows(&contacts_rows(&contacts(&accounts)), output)?;
    Ok(())
}

fn unknown_step(shown: &Shown<'_>, name: &str, known: &[String]) -> Failure {
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let steps: Vec<&str> =
                known.iter().map(String::as_str).filter(|name| !name.contains('.')).collect();
            format!("there are {}", steps.join(", "))
        }
    };
    let playbook = shown
        .start
        .checked
        .item(shown.start.playbook)
        .map_or_else(String::new, |item| item.name.text.to_string());
    Failure::UnknownStep { playbook, name: name.to_owned(), help }
}
