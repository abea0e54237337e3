//! What a run of a playbook starts with, the same for every command that runs one: typed inputs and files
//! of them, and samples of what the alert rules know.

use std::{path::Path, sync::Arc};

use quell_compiler::{
    alerts::{LABELS, alerts},
    check::Checked,
    diagnostic::{Diagnostic, Level},
    findings::suggest::nearest,
    hir::{GivenKind, ItemKind},
    names::ItemId,
    simulate::{Options, Problem, ProblemKind, Sample, Unset, entries_read, scenarios_of},
    world::World,
};

use crate::{
    analysis::analyse,
    args::OutputFormat,
    console::Console,
    error::Failure,
    fence::Fence,
    load::{self, Loaded},
    progress::Progress,
    render,
    target::Target,
};

/// A playbook without errors, found by what a command names.
pub struct Runnable<'t> {
    /// The files.
    pub loaded: Loaded,
    /// Their meaning.
    pub checked: Checked,
    /// The playbook.
    pub playbook: ItemId,
    /// The scenario, if one is named.
    pub scenario: Option<ItemId>,
    target: &'t Target,
}

impl<'t> Runnable<'t> {
    /// Loads and checks the files. None if they have errors, which are printed.
    pub fn find(
        fence: &Arc<Fence>,
        target: &'t Target,
        scenario: Option<&str>,
        console: &mut Console,
    ) -> Result<Option<Self>, Failure> {
        let progress = Progress::start("checking", &console.err);
        let loaded = load::load(fence, std::slice::from_ref(&target.path))?;
        let (checked, findings) = analyse(&loaded);
        drop(progress);
        let playbook = target.playbook(&checked, &loaded.selected)?;
        let errors: Vec<Diagnostic> =
            findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
        if !errors.is_empty() {
            render::findings(&loaded.world, &errors, OutputFormat::Human, &mut console.err)?;
            return Ok(None);
        }
        let scenario = scenario.map(|title| find_scenario(&checked, playbook, title)).transpose()?;
        Ok(Some(Runnable { loaded, checked, playbook, scenario, target }))
    }

    /// What a run of it by `command` starts with.
    pub fn start<'s>(&'s self, command: &'static str, inputs: &'s [(String, String)]) -> Start<'s> {
        let Runnable { loaded, checked, playbook, scenario, target } = self;
        Start { loaded, checked, playbook: *playbook, scenario: *scenario, inputs, command, target }
    }
}

/// The scenario with this title, or the only one whose title has it as a part.
fn find_scenario(checked: &Checked, playbook: ItemId, title: &str) -> Result<ItemId, Failure> {
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

/// A playbook that somebody wants to run.
#[derive(Clone, Copy)]
pub struct Start<'s> {
    /// The files.
    pub loaded: &'s Loaded,
    /// Their meaning.
    pub checked: &'s Checked,
    /// The playbook.
    pub playbook: ItemId,
    /// The scenario, if there is one.
    pub scenario: Option<ItemId>,
    /// As typed.
    pub inputs: &'s [(String, String)],
    /// What is run: `dry-run`.
    pub command: &'static str,
    /// Of which file.
    pub target: &'s Target,
}

/// The file that an input names with `@`.
pub fn file_of(value: &str) -> Option<&Path> {
    value.strip_prefix('@').filter(|path| !path.is_empty()).map(Path::new)
}

impl Start<'_> {
    /// How the playbook starts.
    pub fn options(&self) -> Result<Options, Failure> {
        let inputs = self.inputs.iter().map(|(name, value)| {
            let value = match file_of(value) {
                Some(path) => self.text_of(name, value, path)?,
                None => value.clone(),
            };
            Ok((name.clone(), value))
        });
        // A scenario gives all that it is about.
        let samples = if self.scenario.is_none() { Some(self.samples()) } else { None };
        let inputs = inputs.collect::<Result<_, Failure>>()?;
        Ok(Options { scenario: self.scenario, inputs, samples, ..Options::default() })
    }

    fn text_of(&self, name: &str, value: &str, path: &Path) -> Result<String, Failure> {
        let fence = &self.loaded.world.fence;
        if fence.holds(path) && !fence.is_file(path) {
            return Err(Failure::Arguments {
                message: format!("`--input {name}={value}` names a file that doesn't exist"),
                help: Some(format!(
                    "to pass the text itself, put it in quotes: {}",
                    quoted(&format!("{name}=\"{value}\""))
                )),
            });
        }
        // The end of the last line is the editor's, not the text's.
        fence.read_text(path).map(|text| text.trim_end_matches(['\n', '\r']).to_owned())
    }

    fn samples(&self) -> Vec<Sample> {
        let world = &self.loaded.world;
        let file = self.playbook.file;
        let Some(module) = self.checked.module(file) else { return Vec::new() };
        let read = entries_read(self.checked, self.playbook);
        let labels = read.into_iter().filter(|read| *read.field == *LABELS);
        let wanted: Vec<_> = labels.filter_map(|read| Some((read.event, read.key?))).collect();
        let known = alerts(world, self.checked, &[file]).samples(self.playbook, &wanted);
        let samples = known.into_iter().map(|sample| {
            let (line, _) = world.source(sample.span.file).line_column(sample.span.start);
            Sample {
                event: module.hir.locals[sample.alert].name.text.clone(),
                field: sample.field.into(),
                key: sample.key,
                value: sample.value.into(),
                from: format!("{}:{line}", world.place(sample.span.file)).into(),
                is_made_up: sample.is_made_up,
            }
        });
        samples.collect()
    }

    /// Why the run can't begin, or was given up, with the place where there is one.
    pub fn cannot_run(&self, problem: &Problem) -> Failure {
        let name =
            self.checked.item(self.playbook).map_or_else(String::new, |item| item.name.text.to_string());
        let place = problem.span.map(|span| {
            let source = self.loaded.world.source(span.file);
            let (line, column) = source.line_column(span.start);
            format!(" ({}:{line}:{column})", source.name)
        });
        let why = format!("{problem}{}", place.unwrap_or_default());
        match &problem.kind {
            ProblemKind::Unset(unset) => self.unset(name, why, unset),
            _ => Failure::NoRun { name, why, help: problem.help(), commands: Vec::new() },
        }
    }

    /// With command lines that set what isn't, ready to paste.
    fn unset(&self, name: String, why: String, unset: &[Unset]) -> Failure {
        let command = format!("quell {} {}", self.command, quoted(&self.target.to_string()));
        let typed = self.inputs.iter().filter(|(name, _)| unset.iter().all(|unset| unset.name != *name));
        let typed = typed.map(|(name, value)| match self.holds_secret(name) {
            // Logs keep what is printed.
            true => format!("{name}=..."),
            false => format!("{name}={value}"),
        });
        let all = typed.chain(unset.iter().map(|unset| unset.argument.clone()));
        let inputs: String = all.map(|input| format!(" --input {}", quoted(&input))).collect();
        let mut commands = vec![format!("{command}{inputs}")];
        let mut help = "pass values of your own".to_owned();
        if let Some(event) = unset.iter().find(|unset| !unset.parts.is_empty()) {
            help.push_str(&format!(" (`--input {0}=@{0}.json` reads them from a file)", event.name));
        }
        if let Some(scenario) = self.scenario_that_gives(unset.iter().map(|unset| unset.name.as_str())) {
            commands.push(format!("{command} --scenario {}", quoted(&scenario)));
            help.push_str(", or run a scenario");
        }
        help.push(':');
        Failure::NoRun { name, why, help: Some(help), commands }
    }

    fn holds_secret(&self, input: &str) -> bool {
        let Some(ItemKind::Playbook(playbook)) = self.checked.item(self.playbook).map(|item| &item.kind)
        else {
            return false;
        };
        let Some(module) = self.checked.module(self.playbook.file) else { return false };
        let found = playbook.inputs.iter().find(|declared| *declared.name.text == *input);
        found.is_some_and(|found| self.checked.interfaces.holds_secret(module.types.of_local(found.local)))
    }

    /// The first scenario that gives all of these.
    fn scenario_that_gives<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
        scenarios_of(self.checked, self.playbook).into_iter().find_map(|item| {
            let item = self.checked.item(item)?;
            let ItemKind::Scenario(scenario) = &item.kind else { return None };
            let gives = |name: &str| {
                scenario.givens.iter().any(|given| match &given.kind {
                    GivenKind::Value(given, _) | GivenKind::File(given, _) => *given.text == *name,
                    _ => false,
                })
            };
            names.clone().all(gives).then(|| item.name.text.to_string())
        })
    }
}

/// An argument as a shell takes it.
fn quoted(argument: &str) -> String {
    // What holds a zero byte was never typed in a shell.
    shell_words::quote(argument).into_owned()
}
