//! Which rules run on a file, how much they weigh, and what is set about them.

use std::collections::BTreeMap;

use super::{OptionValue, Profile, Rule};
use crate::diagnostic::Level;

/// What is set for a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Which rules run where nothing is set about them.
    pub profile: Profile,
    /// What is set about single rules, by code.
    pub rules: BTreeMap<String, RuleSettings>,
}

/// What is set about a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSettings {
    /// Whether it runs, and how much it weighs; none: as the profile and the rule say.
    pub switch: Option<Switch>,
    /// Options by name.
    pub options: BTreeMap<String, OptionValue>,
}

/// Whether a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It doesn't.
    Off,
    /// It does, at the level that the rule says.
    On,
    /// It does, at this level.
    At(Level),
}

impl Switch {
    /// As written in quell.toml; none for another word.
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Switch::Off),
            "on" => Some(Switch::On),
            "info" => Some(Switch::At(Level::Info)),
            "warn" | "warning" => Some(Switch::At(Level::Warning)),
            "error" => Some(Switch::At(Level::Error)),
            _ => None,
        }
    }
}

impl Settings {
    /// All rules of a profile.
    pub fn of(profile: Profile) -> Self {
        Self { profile, rules: BTreeMap::new() }
    }

    /// The level of what a rule finds; none if it doesn't run.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        match self.rules.get(rule.code).and_then(|settings| settings.switch) {
            Some(Switch::Off) => None,
            Some(Switch::On) => Some(rule.level),
            Some(Switch::At(level)) => Some(level),
            None => (rule.profile <= self.profile).then_some(rule.level),
        }
    }

    /// The options of a rule, in the order in which it declares them.
    pub fn options(&self, rule: &Rule) -> Vec<(&'static str, OptionValue)> {
        let set = self.rules.get(rule.code);
        let value = |spec: &super::OptionSpec| {
            set.and_then(|set| set.options.get(spec.name)).cloned().unwrap_or_else(|| spec.default.clone())
        };
        rule.options.iter().map(|spec| (spec.name, value(spec))).collect()
    }

    /// Overrides this with what is set elsewhere.
    pub fn overlay(&mut self, profile: Option<Profile>, rules: &BTreeMap<String, RuleSettings>) {
        self.profile = profile.unwrap_or(self.profile);
        for (code, over) in rules {
            let settings = self.rules.entry(code.clone()).or_default();
            settings.switch = over.switch.or(settings.switch);
            settings.options.extend(over.options.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
    }
}
