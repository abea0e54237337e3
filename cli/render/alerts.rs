//! Which alerts have a playbook, as tables.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use quell_compiler::{
    alerts::{AlertCoverage, AlertEntry, Place},
    visible::visible_line,
};

use super::{
    counted,
    style::{ADDED, QUIET, REMOVED, RESET, STRONG},
};
use crate::console::Output;

/// As the published JSON.
pub fn json(coverage: &AlertCoverage, output: &mut Output) -> io::Result<()> {
    super::document(coverage, output)
}

/// For people.
pub fn human(coverage: &AlertCoverage, output: &mut dyn Write) -> io::Result<()> {
    if coverage.alerts.is_empty() {
        return Ok(());
    }
    totals(coverage, output)?;
    for severity in &coverage.severities {
        let word = visible_line(severity.severity.as_deref().unwrap_or("without a severity"));
        let word = &*word;
        let alerts = || coverage.alerts.iter().filter(|alert| alert.severity == severity.severity);
        covered(word, alerts().filter(|alert| !alert.playbooks.is_empty()), output)?;
        if severity.for_people {
            open(word, alerts().filter(|alert| alert.playbooks.is_empty()), output)?;
        }
    }
    if !coverage.without_rule.is_empty() {
        writeln!(output, "\n{STRONG}Playbooks for alerts that no rule has{RESET}")?;
    }
    for entry in &coverage.without_rule {
        let meant =
            entry.did_you_mean.as_ref().map(|name| format!("; did you mean `{}`?", visible_line(name)));
        writeln!(
            output,
            "  {REMOVED}{}{RESET}  {} {QUIET}{}{RESET}{}",
            visible_line(&entry.alert),
            entry.playbook.name,
            line(&entry.playbook.place),
            meant.unwrap_or_default()
        )?;
    }
    Ok(())
}

fn totals(coverage: &AlertCoverage, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{STRONG}{:<12}  {:>6}  {:>15}{RESET}", "severity", "alerts", "with a playbook")?;
    for severity in &coverage.severities {
        let word = visible_line(severity.severity.as_deref().unwrap_or("(none said)"));
        write!(output, "{word:<12}  {:>6}  {:>15}", severity.alerts, severity.with_playbook)?;
        writeln!(output, "{}", if severity.for_people { "" } else { "  not for people" })?;
    }
    let all = counted(coverage.alerts.len(), "alert");
    writeln!(output, "{:.0} % of those for people, of {all}", coverage.percent())
}

/// Alerts, and who answers them.
fn covered<'a>(
    severity: &str,
    alerts: impl Iterator<Item = &'a AlertEntry> + Clone,
    output: &mut dyn Write,
) -> io::Result<()> {
    if alerts.clone().next().is_some() {
        writeln!(output, "\n{STRONG}With a playbook, {severity}{RESET}")?;
    }
    let width = alerts.clone().map(|alert| alert.name.chars().count()).max().unwrap_or(0).min(40);
    for alert in alerts {
        let names: Vec<&str> = alert.playbooks.iter().map(|playbook| playbook.name.as_str()).collect();
        writeln!(output, "  {ADDED}{:<width$}{RESET}  {}", visible_line(&alert.name), names.join(", "))?;
    }
    Ok(())
}

/// Alerts that nobody answers, by file, with the lines of their rules.
fn open<'a>(
    severity: &str,
    alerts: impl Iterator<Item = &'a AlertEntry>,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut files: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    for alert in alerts {
        for rule in alert.rules.iter().take(1) {
            files.entry(&rule.file).or_default().push((rule.line, &alert.name));
        }
    }
    if !files.is_empty() {
        writeln!(output, "\n{STRONG}Without a playbook, {severity}{RESET}")?;
    }
    for (file, mut rules) in files {
        rules.sort_unstable();
        writeln!(output, "  {QUIET}{}{RESET}", visible_line(file))?;
        for (line, name) in rules {
            writeln!(output, "  {QUIET}{line:>5}{RESET}  {}", visible_line(name))?;
        }
    }
    Ok(())
}

fn line(place: &Place) -> String {
    format!("{}:{}", visible_line(&place.file), place.line)
}
