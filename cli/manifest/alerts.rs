//! `[alerts]` of quell.toml: where the rules are, and which labels alerts get behind them.

use super::{ALLOW, Manifest, Reader, Table};
use crate::fence::Wrong;

impl Reader<'_> {
    /// Reads `[alerts]`.
    pub(super) fn alerts(&mut self, table: &Table<'_>, manifest: &mut Manifest) {
        self.known_keys(table, "alerts", &["rules", "external-labels"]);
        self.rule_files(table, manifest);
        let Some(value) = table.get("external-labels") else { return };
        let Some(labels) = value.get_ref().as_array() else {
            return self.wrong_kind(value, "external-labels", "a list of labels: `[\"cluster\"]`");
        };
        for label in labels.iter() {
            let Some(text) = self.text(label, "a label") else { continue };
            if is_label(text) {
                manifest.external_labels.push(text.to_owned());
            } else {
                let help = "labels are made of letters, digits and `_`: `cluster`";
                self.say(label.span(), format!("`{text}` can't be the name of a label"), "", help);
            }
        }
    }

    fn rule_files(&mut self, table: &Table<'_>, manifest: &mut Manifest) {
        let Some(value) = table.get("rules") else { return };
        let Some(patterns) = value.get_ref().as_array() else {
            return self.wrong_kind(value, "rules", "a list of files: `[\"alerts/*.yml\"]`");
        };
        for pattern in patterns.iter() {
            let Some(text) = self.text(pattern, "a pattern of files") else { continue };
            match self.fence.matching(self.root, text) {
                Ok(found) if found.is_empty() => {
                    let help = "a pattern starts at this file; `*` stands for any name, `**` for any folders";
                    self.say(pattern.span(), format!("no file matches `{text}`"), "", help);
                }
                Ok(found) => manifest.alert_rules.extend(found),
                Err(Wrong::Pattern(why)) => {
                    self.say(pattern.span(), format!("`{text}` is not a valid pattern: {why}"), "", "");
                }
                Err(Wrong::Outside) => {
                    let message = format!("`{text}` is outside this {}", self.fence.word());
                    self.say(pattern.span(), message, "", ALLOW);
                }
                Err(Wrong::Visits(most)) => {
                    let message = format!("`{text}` would search more than {most} files and folders");
                    let help = "start the pattern at the folder with the rules: `monitoring/**/*.yml`";
                    self.say(pattern.span(), message, "", help);
                }
                Err(Wrong::Finds(most)) => {
                    let message = format!("`{text}` matches more than {most} files");
                    let help = "use a narrower pattern: `monitoring/rules/*.yml`";
                    self.say(pattern.span(), message, "", help);
                }
            }
        }
        manifest.alert_rules.sort();
        manifest.alert_rules.dedup();
    }
}

/// <https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels>
fn is_label(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
