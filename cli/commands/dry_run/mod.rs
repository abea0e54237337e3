//! `quell dry-run`: what a playbook would do, on a virtual clock.

mod interactive;
mod views;

use std::{io::Write, sync::Arc};

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Level},
    findings::suggest::nearest,
    names::ItemId,
    simulate::{
        self, Chance, Options,
        account::Account,
        invocation::Length,
        judge, scenarios_of,
        timeline::{Invocations, timeline},
        trace::wire,
    },
};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{DryRunArguments, OutputFormat, RunFormat},
    console::Console,
    error::Failure,
    fence::Fence,
    load,
    progress::Progress,
    render,
    start::Start,
};

/// Runs the command.
pub fn run(
    arguments: &DryRunArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let progress = Progress::start("checking", &console.err);
    let loaded = load::load(fence, std::slice::from_ref(&arguments.target.path))?;
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    let playbook = arguments.target.playbook(&checked, &loaded.selected)?;
    let errors: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    if !errors.is_empty() {
        render::findings(&loaded.world, &errors, OutputFormat::Human, &mut console.err)?;
        return Ok(Outcome::Findings);
    }
    let scenario = match &arguments.scenario {
        Some(title) => Some(find_scenario(&checked, playbook, title)?),
        None => None,
    };
    let start = Start {
        loaded: &loaded,
        checked: &checked,
        playbook,
        scenario,
        inputs: &arguments.inputs,
        command: "dry-run",
        target: &arguments.target,
    };
    let options = Options {
        seed: arguments.seed.unwrap_or_default(),
        chance: if arguments.seed.is_some() { Chance::Drawn } else { Chance::Median },
        ..start.options()?
    };
    if arguments.interactive {
        return interactive::run(arguments, start, options, console);
    }
    let run = simulate::simulate(&loaded.world, &checked, playbook, &options);
    if let Some(problem) = run.problems.first() {
        return Err(start.cannot_run(problem));
    }
    if views::wanted(arguments) {
        let run = views::Shown { start, options: &options, run: &run };
        views::show(arguments, &run, &mut console.out)?;
        return Ok(Outcome::Fine);
    }
    let unmet = match scenario.map(|scenario| judge(&loaded.world, &checked, &run, scenario)) {
        Some(Ok(unmet)) => unmet,
        Some(Err(problem)) => return Err(start.cannot_run(&problem)),
        None => Vec::new(),
    };
    if arguments.output_format == RunFormat::Json {
        let account = Account::new(&loaded.world, &checked, &run.trace);
        write!(console.out.exact(), "{}", wire::json(&wire::document(&account)))?;
    } else {
        let timeline = timeline(&loaded.world, &run.trace);
        let account = Account::new(&loaded.world, &checked, &run.trace);
        let which = if arguments.verbose { Invocations::All } else { Invocations::Approved };
        let shown = timeline.clone().with_invocations(&account, which, Length::Short);
        let shown = if arguments.verbose { shown } else { shown.folded() };
        render::timeline::timeline(&shown, &mut console.out)?;
        if scenario.is_some() {
            writeln!(console.out)?;
            render::timeline::expectations(&loaded.world, &timeline, &unmet, &mut console.out)?;
        }
    }
    Ok(if unmet.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// The scenario with this title, or the only one whose title has it as a part.
pub fn find_scenario(checked: &Checked, playbook: ItemId, title: &str) -> Result<ItemId, Failure> {
    let all = scenarios_of(checked, playbook);
    let title_of = |item: &ItemId| checked.item(*item).map_or("", |item| &item.name.text);
    let same = all.iter().copied().find(|item| title_of(item) == title);
    let mut parts = all.iter().copied().filter(|item| title_of(item).contains(title));
    if let Some(found) = same.or_else(|| parts.next().filter(|_| parts.next().is_none())) {
        return Ok(found);
    }
    let titles: Vec<&str> = all.iter().map(title_of).collect();
    let help = match nearest(title, titles.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if titles.is_empty() => {
            "it has none yet: `scenario \"title\" for NAME { ... }` makes one".to_owned()
        }
        None => format!("there are\n{}", titles.join("\n")),
    };
    let playbook = checked.item(playbook).map_or_else(String::new, |item| item.name.text.to_string());
    Err(Failure::UnknownScenario { playbook, title: title.to_owned(), help })
}
