//! `[lint]` of quell.toml: profile, levels and options of rules, and where they differ.

use std::{borrow::Cow, collections::BTreeMap, path::Path};

use glob::{MatchOptions, Pattern};
use quell_compiler::{
    findings::suggest::nearest,
    hir::duration_of,
    lint::{self, Named, OptionValue, Profile, Rule, RuleSettings, Settings, Switch},
};
use toml::de::DeValue;

use super::{Reader, Table, Value};

const SWITCHES: &str = "`\"off\"`, `\"on\"`, `\"info\"`, `\"warn\"` or `\"error\"`";

/// What `[lint]` says.
#[derive(Debug, Clone, Default)]
pub struct LintTable {
    profile: Option<Profile>,
    rules: BTreeMap<String, RuleSettings>,
    overrides: Vec<Override>,
    renamed: Vec<(String, &'static str)>,
}

/// `[[lint.overrides]]`.
#[derive(Debug, Clone)]
struct Override {
    paths: Vec<Pattern>,
    profile: Option<Profile>,
    rules: BTreeMap<String, RuleSettings>,
}

impl LintTable {
    /// The former names of rules that it uses, each with the current one.
    pub fn renamed(&self) -> &[(String, &'static str)] {
        &self.renamed
    }

    /// What is set for a file, by its path from the project's folder on.
    pub fn settings(&self, path: &Path) -> Settings {
        let mut settings = Settings::default();
        settings.overlay(self.profile, &self.rules);
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
        for over in &self.overrides {
            if over.paths.iter().any(|pattern| pattern.matches_path_with(path, options)) {
                settings.overlay(over.profile, &over.rules);
            }
        }
        settings
    }
}

impl Reader<'_> {
    /// Reads `[lint]`.
    pub(super) fn lint(&mut self, table: &Table<'_>) -> LintTable {
        self.known_keys(table, "lint", &["profile", "rules", "overrides"]);
        let (profile, rules) = (self.profile(table), self.rules(table));
        let overrides = self.overrides(table);
        LintTable { profile, rules, overrides, renamed: std::mem::take(&mut self.renamed) }
    }

    fn overrides(&mut self, table: &Table<'_>) -> Vec<Override> {
        let mut found = Vec::new();
        let Some(overrides) = table.get("overrides") else { return found };
        let Some(list) = overrides.get_ref().as_array() else {
            self.wrong_kind(overrides, "overrides", "tables: `[[lint.overrides]]`");
            return found;
        };
        for entry in list.iter() {
            let Some(table) = self.table(entry, "lint.overrides") else { continue };
            self.known_keys(table, "lint.overrides", &["paths", "profile", "rules"]);
            let paths = self.patterns(table, entry);
            let over = Override { paths, profile: self.profile(table), rules: self.rules(table) };
            found.push(over);
        }
        found
    }

    fn patterns(&mut self, table: &Table<'_>, entry: &Value<'_>) -> Vec<Pattern> {
        let Some(value) = table.get("paths") else {
            self.say(entry.span(), "the override has no paths", "", "add `paths = [\"drills/**\"]`");
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_kind(value, "paths", "a list of patterns: `[\"drills/**\"]`");
            return Vec::new();
        };
        let mut found = Vec::new();
        for pattern in list.iter() {
            let Some(text) = self.text(pattern, "a pattern of files") else { continue };
            match Pattern::new(text) {
                Ok(read) => found.push(read),
                Err(why) => {
                    self.say(pattern.span(), format!("`{text}` is not a valid pattern: {}", why.msg), "", "")
                }
            }
        }
        found
    }

    fn profile(&mut self, table: &Table<'_>) -> Option<Profile> {
        let value = table.get("profile")?;
        let word = self.text(value, "profile")?;
        let found = Profile::ALL.into_iter().find(|profile| profile.word() == word);
        if found.is_none() {
            let help = "available: `minimal`, `recommended` and `strict`";
            self.say(value.span(), format!("there is no profile `{word}`"), "", help);
        }
        found
    }

    fn rules(&mut self, table: &Table<'_>) -> BTreeMap<String, RuleSettings> {
        let mut found = BTreeMap::new();
        let Some(value) = table.get("rules") else { return found };
        let Some(rules) = self.table(value, "lint.rules") else { return found };
        let mut entries: Vec<_> = rules.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let code = key.get_ref().as_ref();
            let Some(rule) = lint::resolve(code).and_then(|named| match named {
                Named::Rule(rule) => Some(rule),
                Named::Finding(_) => None,
            }) else {
                if self.is_full() {
                    self.more += 1;
                    continue;
                }
                let help = match nearest(code, lint::all().map(|rule| rule.code)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`quell explain` lists all rules".to_owned(),
                };
                self.say(key.span(), format!("there is no rule `{code}`"), "", help);
                continue;
            };
            if rule.code != code {
                if found.contains_key(rule.code) || rules.keys().any(|key| key.get_ref() == rule.code) {
                    let message = format!("`{code}` is the former name of `{}`, which is set too", rule.code);
                    self.say(key.span(), message, "", format!("remove `{code}`"));
                    continue;
                }
                self.renamed.push((code.to_owned(), rule.code));
            }
            found.insert(rule.code.to_owned(), self.rule(rule, value));
        }
        found
    }

    fn rule(&mut self, rule: &Rule, value: &Value<'_>) -> RuleSettings {
        let mut settings = RuleSettings::default();
        match value.get_ref() {
            DeValue::String(word) => settings.switch = self.switch(word, value),
            DeValue::Table(table) => {
                let names: Vec<&str> =
                    std::iter::once("level").chain(rule.options.iter().map(|option| option.name)).collect();
                self.known_keys(table, rule.code, &names);
                if let Some(level) = table.get("level")
                    && let Some(word) = self.text(level, "level")
                {
                    settings.switch = self.switch(word, level);
                }
                for option in rule.options {
                    let Some(value) = table.get(option.name) else { continue };
                    match read_option(&option.default, value) {
                        Some(read) => drop(settings.options.insert(option.name.to_owned(), read)),
                        None => self.wrong_option(value, option.name, &option.default),
                    }
                }
            }
            _ => self.wrong_kind(value, rule.code, SWITCHES),
        }
        settings
    }

    /// A value that an option can't have: one of another kind, or one that is out of its range.
    fn wrong_option(&mut self, value: &Value<'_>, name: &str, default: &OptionValue) {
        let help = format!("write {}", default.kind());
        match (default, value.get_ref()) {
            (OptionValue::Count(_), DeValue::Integer(number)) => {
                self.say(value.span(), format!("`{name}` can't be {}", number.as_str()), "", help);
            }
            (OptionValue::Duration(_), DeValue::String(text)) => {
                self.say(value.span(), format!("`{text}` is not a duration"), "", help);
            }
            _ => self.wrong_kind(value, name, default.kind()),
        }
    }

    fn switch(&mut self, word: &str, value: &Value<'_>) -> Option<Switch> {
        let read = Switch::read(word);
        if read.is_none() {
            self.say(value.span(), format!("there is no level `{word}`"), "", format!("write {SWITCHES}"));
        }
        read
    }
}

/// The value of an option, if it is of the kind of its default.
fn read_option(default: &OptionValue, value: &Value<'_>) -> Option<OptionValue> {
    match (default, value.get_ref()) {
        (OptionValue::Count(_), DeValue::Integer(number)) => {
            number.as_str().parse().ok().map(OptionValue::Count)
        }
        (OptionValue::Duration(_), DeValue::String(text)) => duration_of(text).map(OptionValue::Duration),
        (OptionValue::Words(_), DeValue::Array(list)) => {
            let words =
                list.iter().map(|word| word.get_ref().as_str().map(|word| Cow::Owned(word.to_owned())));
            words.collect::<Option<Vec<_>>>().map(|words| OptionValue::Words(words.into()))
        }
        _ => None,
    }
}
