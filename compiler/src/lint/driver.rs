//! Runs the rules, and removes what was allowed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AlertsPass, Check, Facts, Pass, Rule, Settings,
    rules::{
        self,
        upkeep::{renamed_suppression, suppression_without_reason, unknown_suppression, unused_suppression},
    },
    suppression::{self, Suppression},
};
use crate::{
    check::Checked,
    diagnostic::{self, Diagnostic, Level},
    findings,
    source::FileId,
    world::World,
};

/// Lints some files. Returns what the rules found in them and `found`, the findings of the stages before,
/// without what their authors allowed; in the order in which all outputs show findings.
///
/// A file with errors is left to the compiler: what the rules say about half of a playbook is noise.
pub fn lint(
    world: &dyn World,
    checked: &Checked,
    files: &[FileId],
    settings: &dyn Fn(FileId) -> Settings,
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let facts = Facts::new(world, checked);
    let broken: BTreeSet<FileId> =
        found.iter().filter(|found| found.level == Level::Error).map(|found| found.span().file).collect();
    let mut all = found;
    let mut suppressions: BTreeMap<FileId, Vec<Suppression>> = BTreeMap::new();
    let mut about: Vec<(FileId, Settings)> = Vec::new();
    for file in files {
        let Some(module) = checked.module(*file) else { continue };
        suppressions.insert(*file, suppression::read(*file, world.source(*file), module));
        if broken.contains(file) {
            continue;
        }
        let settings = settings(*file);
        for rule in rules::all() {
            let (Some(level), Check::Modules(check)) = (settings.level(rule), rule.check) else { continue };
            let options = settings.options(rule);
            let mut pass = Pass { facts: &facts, file: *file, module, options, found: Vec::new() };
            check(&mut pass);
            all.extend(pass.found.into_iter().map(|found| levelled(found, rule, level)));
        }
        about.push((*file, settings));
    }
    for module in whole_projects(world, files, &broken) {
        all.extend(about_alerts(&facts, module, settings));
    }
    all.retain(|found| !is_allowed(found, &suppressions));
    for (file, settings) in &about {
        let own = suppressions.get(file).map_or(&[][..], Vec::as_slice);
        all.extend(about_suppressions(own, settings));
        let rule = &unknown_suppression::RULE;
        if let Some(level) = settings.level(rule) {
            let misspelt = suppression::misspelt(*file, world.source(*file)).into_iter();
            all.extend(misspelt.map(|span| levelled(unknown_suppression::misspelt(span), rule, level)));
        }
    }
    diagnostic::sort(&mut all);
    all
}

/// A module of each project with alert rules of which all modules are linted, and none is broken: only then
/// it is known what answers its alerts.
fn whole_projects(world: &dyn World, files: &[FileId], broken: &BTreeSet<FileId>) -> Vec<FileId> {
    let files: BTreeSet<FileId> = files.iter().copied().collect();
    let mut projects: BTreeMap<Vec<FileId>, (FileId, bool)> = BTreeMap::new();
    for module in world.files() {
        let rules = world.alert_rules(module);
        if rules.is_empty() {
            continue;
        }
        let known = files.contains(&module)
            && !broken.contains(&module)
            && rules.iter().all(|file| !broken.contains(file));
        let (_, whole) = projects.entry(rules).or_insert((module, true));
        *whole &= known;
    }
    projects.into_values().filter(|(_, whole)| *whole).map(|(module, _)| module).collect()
}

/// What the rules for alerts find in the project of a module.
fn about_alerts(facts: &Facts<'_>, module: FileId, settings: &dyn Fn(FileId) -> Settings) -> Vec<Diagnostic> {
    let alerts = facts.alerts(module);
    let mut found = Vec::new();
    for file in facts.world.alert_rules(module) {
        let settings = settings(file);
        for rule in rules::all() {
            let (Some(level), Check::Alerts(check)) = (settings.level(rule), rule.check) else { continue };
            let options = settings.options(rule);
            let mut pass = AlertsPass { alerts: &alerts, file, options, found: Vec::new() };
            check(&mut pass);
            found.extend(pass.found.into_iter().map(|found| levelled(found, rule, level)));
        }
    }
    found
}

/// `found`, the findings of the stages before, without what their authors allowed: what [`lint`] leaves
/// of them.
pub fn without_allowed(world: &dyn World, checked: &Checked, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let milder = found.iter().filter(|found| found.level != Level::Error).map(|found| found.span().file);
    let files: BTreeSet<FileId> = milder.collect();
    let read = |file| Some((file, suppression::read(file, world.source(file), checked.module(file)?)));
    let suppressions = files.into_iter().filter_map(read).collect();
    found.retain(|found| !is_allowed(found, &suppressions));
    found
}

fn levelled(found: Diagnostic, rule: &Rule, level: Level) -> Diagnostic {
    Diagnostic { code: rule.code, level, ..found }
}

/// Whether a suppression allows it; marks that suppression as used.
fn is_allowed(found: &Diagnostic, suppressions: &BTreeMap<FileId, Vec<Suppression>>) -> bool {
    if found.level == Level::Error && rules::find(found.code).is_none() {
        return false;
    }
    let span = found.span();
    let mut allowed = false;
    for suppression in suppressions.get(&span.file).into_iter().flatten() {
        let covers = suppression.covers;
        if span.start < covers.start || span.start > covers.end {
            continue;
        }
        for rule in suppression.rules.iter().filter(|rule| rule.code == found.code) {
            rule.used.set(true);
            allowed = true;
        }
    }
    allowed
}

fn about_suppressions(suppressions: &[Suppression], settings: &Settings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut say = |rule: &Rule, finding: Diagnostic| {
        found.extend(settings.level(rule).map(|level| levelled(finding, rule, level)));
    };
    for suppression in suppressions {
        if !suppression.has_reason && !suppression.rules.is_empty() {
            say(&suppression_without_reason::RULE, suppression_without_reason::report(suppression.place()));
        }
        for allowed in &suppression.rules {
            if allowed.written != allowed.code {
                let renamed = renamed_suppression::report(&allowed.written, &allowed.code, allowed.span);
                say(&renamed_suppression::RULE, renamed);
            }
            match rules::find(&allowed.code) {
                None if findings::find(&allowed.code).is_none() => {
                    say(&unknown_suppression::RULE, unknown_suppression::report(&allowed.code, allowed.span));
                }
                // What doesn't run here can find nothing.
                Some(rule) if settings.level(rule).is_none() => {}
                _ if allowed.used.get() => {}
                _ => {
                    let alone = suppression.rules.len() == 1;
                    let comment = alone.then_some(suppression.removal);
                    say(
                        &unused_suppression::RULE,
                        unused_suppression::report(&allowed.written, allowed.span, comment),
                    );
                }
            }
        }
    }
    found
}
