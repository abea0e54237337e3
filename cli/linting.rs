//! Which rules run on which file: quell.toml, and what the command line says on top.

use std::path::Path;

use quell_compiler::{
    check::Checked,
    diagnostic::Diagnostic,
    findings::suggest::nearest,
    lint::{self, Group, Rule, Settings, Switch},
    source::FileId,
};

use crate::{args::FindingsArguments, error::Failure, files, load::Loaded, manifest};

/// What the command line says about rules.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    profile: Option<lint::Profile>,
    select: Option<Vec<String>>,
    ignore: Vec<String>,
}

impl Selection {
    /// Reads it; a name that is neither a rule nor a group is refused.
    pub fn new(arguments: &FindingsArguments) -> Result<Self, Failure> {
        let select = codes(&arguments.select)?;
        Ok(Self {
            profile: arguments.profile.map(Into::into),
            select: (!arguments.select.is_empty()).then_some(select),
            ignore: codes(&arguments.ignore)?,
        })
    }

    fn overlay(&self, settings: &mut Settings) {
        settings.profile = self.profile.unwrap_or(settings.profile);
        for rule in lint::all() {
            let entry = |settings: &mut Settings, switch| {
                settings.rules.entry(rule.code.to_owned()).or_default().switch = Some(switch);
            };
            let selected = self.select.as_ref().map(|select| select.iter().any(|code| code == rule.code));
            match selected {
                // A level that is set stays; what is off or left out by the profile runs.
                Some(true) if settings.level(rule).is_none() => entry(settings, Switch::On),
                Some(false) => entry(settings, Switch::Off),
                Some(true) | None => {}
            }
            if self.ignore.iter().any(|code| code == rule.code) {
                entry(settings, Switch::Off);
            }
        }
    }

    /// Whether a warning of the compiler was asked not to be shown.
    fn ignores(&self, found: &Diagnostic) -> bool {
        found.level != quell_compiler::diagnostic::Level::Error
            && self.ignore.iter().any(|code| code == found.code)
    }
}

/// The codes of rules and groups, and of findings of the compiler.
fn codes(names: &[String]) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let group: Vec<&Rule> = lint::all().filter(|rule| rule.group.word() == name).collect();
        if !group.is_empty() {
            found.extend(group.iter().map(|rule| rule.code.to_owned()));
        } else if let Some(named) = lint::resolve(name) {
            found.push(named.code().to_owned());
        } else {
            let rules = lint::all().map(|rule| rule.code);
            let known = rules.chain(Group::ALL.iter().map(|group| group.word()));
            let help = match nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`quell explain` lists all rules".to_owned(),
            };
            let message = format!("there is no rule and no group `{name}`");
            return Err(Failure::Arguments { message, help: Some(help) });
        }
    }
    Ok(found)
}

/// All findings of what was loaded, with those of the linter, without what was allowed.
pub fn findings(
    loaded: &Loaded,
    checked: &Checked,
    found: Vec<Diagnostic>,
    selection: &Selection,
) -> Vec<Diagnostic> {
    let settings = |file: FileId| {
        let home = loaded.world.home(file);
        let mut settings = match home.and_then(|(project, disk)| Some((project.manifest.as_ref()?, disk))) {
            Some((manifest, disk)) => {
                let inside: &Path = disk.strip_prefix(&manifest.root).unwrap_or(disk);
                manifest.lint.settings(inside)
            }
            None => Settings::default(),
        };
        selection.overlay(&mut settings);
        settings
    };
    let mut all = lint::lint(&loaded.world, checked, &loaded.selected, &settings, found);
    all.retain(|found| !selection.ignores(found));
    all
}

/// Findings, where one stands for all responses of a project that share it.
pub fn together(loaded: &Loaded, checked: &Checked, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let project = |file: FileId| {
        let (project, _) = loaded.world.home(file)?;
        Some(project.manifest.as_ref()?.root.clone())
    };
    lint::together(checked, &loaded.selected, &project, found)
}

/// Which former names of rules quell.toml and the command line use, a sentence each.
pub fn renamed(loaded: &Loaded, arguments: &FindingsArguments) -> Vec<String> {
    let manifests = loaded.world.projects.list.iter().filter_map(|project| project.manifest.as_ref());
    let mut notes: Vec<String> = manifests
        .flat_map(|manifest| {
            let file = files::display(&manifest.root.join(manifest::NAME));
            let renamed = manifest.lint.renamed().iter();
            renamed.map(move |(old, new)| format!("in {file}, `{old}` is now named `{new}`"))
        })
        .collect();
    let typed = arguments.select.iter().chain(&arguments.ignore).map(|name| name.trim());
    notes.extend(typed.filter_map(|name| {
        let named = lint::resolve(name).filter(|named| named.was(name))?;
        Some(format!("`{name}` is now named `{}`", named.code()))
    }));
    notes.sort();
    notes.dedup();
    notes
}
