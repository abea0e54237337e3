//! What a rule is, and what it can read while it runs.

use std::{borrow::Cow, fmt};

use super::{Body, Facts, suppression};
use crate::{
    alerts::{AlertRule, Alerts},
    check::CheckedModule,
    diagnostic::{Diagnostic, Fix, Level, Safety},
    graph::Nanoseconds,
    hir::{ExprId, Module},
    source::{FileId, Span},
};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the titles say it")]
pub enum Group {
    Correctness,
    Safety,
    Time,
    Communication,
    Clarity,
    Upkeep,
}

impl Group {
    /// All, in the order of the table of rules.
    pub const ALL: [Group; 6] =
        [Group::Correctness, Group::Safety, Group::Time, Group::Communication, Group::Clarity, Group::Upkeep];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Group::Correctness => "correctness",
            Group::Safety => "safety",
            Group::Time => "time",
            Group::Communication => "communication",
            Group::Clarity => "clarity",
            Group::Upkeep => "upkeep",
        }
    }

    /// What its rules guard, as a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Group::Correctness => "Code that can't do what it seems to do.",
            Group::Safety => "Repairs that can do harm.",
            Group::Time => "Waits that take too long or too little.",
            Group::Communication => "Who is told, and when.",
            Group::Clarity => "What the next reader needs to know.",
            Group::Upkeep => "What goes out of date.",
        }
    }
}

/// How much a team asks of its playbooks. Each has the rules of the milder ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Profile {
    /// Almost certain mistakes.
    Minimal,
    /// What most teams want.
    #[default]
    Recommended,
    /// Every rule.
    Strict,
}

impl Profile {
    /// All, from the mildest on.
    pub const ALL: [Profile; 3] = [Profile::Minimal, Profile::Recommended, Profile::Strict];

    /// As written in quell.toml.
    pub fn word(self) -> &'static str {
        match self {
            Profile::Minimal => "minimal",
            Profile::Recommended => "recommended",
            Profile::Strict => "strict",
        }
    }
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// A number, from 0 on.
    Count(u32),
    /// A length of time, written as a text: `"10m"`.
    Duration(Nanoseconds),
    /// Words: `["critical", "page"]`.
    Words(Cow<'static, [Cow<'static, str>]>),
}

impl OptionValue {
    /// What to write in quell.toml, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            OptionValue::Count(_) => "a whole number, 0 or more",
            OptionValue::Duration(_) => "a duration: `\"10m\"`",
            OptionValue::Words(_) => "a list of texts: `[\"critical\"]`",
        }
    }
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OptionValue::Count(count) => write!(f, "{count}"),
            OptionValue::Duration(length) => {
                write!(f, "\"{}\"", crate::findings::duration::duration_text(*length))
            }
            OptionValue::Words(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
                write!(f, "[{}]", quoted.join(", "))
            }
        }
    }
}

/// What can be set about a rule, beside its level.
#[derive(Debug, Clone)]
pub struct OptionSpec {
    /// Its name in quell.toml.
    pub name: &'static str,
    /// Its value where nothing is set; a set one is of the same kind.
    pub default: OptionValue,
    /// What it sets, as a sentence.
    pub docs: &'static str,
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name.
    pub code: &'static str,
    /// The names that it had in earlier versions, which still work.
    pub former: &'static [&'static str],
    /// The version that it came with.
    pub since: &'static str,
    /// What it is about.
    pub group: Group,
    /// The level of what it finds, where nothing else is set.
    pub level: Level,
    /// The mildest profile that has it.
    pub profile: Profile,
    /// How safe its repair is, if it has one.
    pub fix: Option<Safety>,
    /// What can be set about it.
    pub options: &'static [OptionSpec],
    /// What several responses with the same finding do, after their number: "can be major but never open a
    /// post-mortem". With it, one finding stands for most responses of a project.
    pub plural: Option<&'static str>,
    /// Its source file, whose `//!` comment is its page.
    pub source: &'static str,
    /// Finds what it is about.
    pub check: Check,
}

/// The version that the first rules came with.
const FIRST: &str = "0.1.0";

/// What a rule checks.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One module after the other.
    Modules(fn(&mut Pass<'_>)),
    /// The files of alert rules of a project, once all of its modules are known.
    Alerts(fn(&mut AlertsPass<'_>)),
}

impl Rule {
    /// A warning of the profile `recommended`, without repair and options.
    pub const fn new(
        code: &'static str,
        group: Group,
        source: &'static str,
        check: fn(&mut Pass<'_>),
    ) -> Self {
        Self::of(code, group, source, Check::Modules(check))
    }

    /// The same for a rule that checks alert rules.
    pub const fn of_alerts(
        code: &'static str,
        group: Group,
        source: &'static str,
        check: fn(&mut AlertsPass<'_>),
    ) -> Self {
        Self::of(code, group, source, Check::Alerts(check))
    }

    const fn of(code: &'static str, group: Group, source: &'static str, check: Check) -> Self {
        Self {
            code,
            former: &[],
            since: FIRST,
            group,
            level: Level::Warning,
            profile: Profile::Recommended,
            fix: None,
            options: &[],
            plural: None,
            source,
            check,
        }
    }

    /// The page in Markdown: the file's `//!` comment.
    pub fn page(&self) -> String {
        crate::findings::Finding { code: self.code, former: self.former, source: self.source }.page()
    }

    /// The first line of the page.
    pub fn summary(&self) -> String {
        self.page().lines().next().unwrap_or_default().to_owned()
    }

    /// What is set about it where nothing is set: the last part of its page.
    pub fn facts(&self) -> String {
        let mut text = format!(
            "## Settings\n\nGroup `{}`, level `{}`, in the profile `{}` and stricter ones",
            self.group.word(),
            self.level.word(),
            self.profile.word()
        );
        text.push_str(match self.fix {
            Some(Safety::Safe) => "; `--fix` applies its fix.\n",
            Some(Safety::Unsafe) => "; `--fix --unsafe` applies its fix.\n",
            Some(Safety::Suggestion) => "; it suggests code to write.\n",
            None => ".\n",
        });
        text.push_str(&format!("\nSince version {}", self.since));
        for former in self.former {
            text.push_str(&format!("; formerly named `{former}`"));
        }
        text.push_str(".\n");
        for option in self.options {
            text.push_str(&format!("\n* `{} = {}`: {}", option.name, option.default, option.docs));
        }
        text
    }
}

/// A rule at work on one module.
pub struct Pass<'a> {
    /// What is known of all modules.
    pub facts: &'a Facts<'a>,
    /// The module's file.
    pub file: FileId,
    /// What is known of the module.
    pub module: &'a CheckedModule,
    /// The rule's options as they are set here, in the order of [`Rule::options`].
    pub(super) options: Vec<(&'static str, OptionValue)>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Pass<'a> {
    /// Reports a finding. Its code and level are those of the rule.
    pub fn report(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// The module without its spelling.
    pub fn hir(&self) -> &'a Module {
        &self.module.hir
    }

    /// Where an expression is.
    pub fn span(&self, expr: ExprId) -> Span {
        self.module.hir.exprs[expr].span
    }

    /// A fix that removes `span`. It needs a review if a comment for people would be removed with it.
    pub fn removal(&self, title: &str, span: Span) -> Fix {
        let safety = if suppression::has_remarks(self.facts.source(span.file), span) {
            Safety::Unsafe
        } else {
            Safety::Safe
        };
        Fix::replace(safety, title, span, "")
    }

    /// The playbooks and tasks of the module.
    pub fn bodies(&self) -> Vec<Body<'a>> {
        self.facts.bodies(self.file)
    }

    /// The playbooks of the module.
    pub fn playbooks(&self) -> Vec<Body<'a>> {
        self.bodies().into_iter().filter(|body| body.playbook.is_some()).collect()
    }

    /// An option that is a number.
    pub fn count(&self, name: &str) -> u32 {
        match self.option(name) {
            Some(OptionValue::Count(count)) => *count,
            _ => 0,
        }
    }

    /// An option that is a length of time.
    pub fn duration(&self, name: &str) -> Nanoseconds {
        match self.option(name) {
            Some(OptionValue::Duration(length)) => *length,
            _ => 0,
        }
    }

    fn option(&self, name: &str) -> Option<&OptionValue> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// A rule at work on one file of alert rules.
pub struct AlertsPass<'a> {
    /// All alerts of the project, and what answers them.
    pub alerts: &'a Alerts,
    /// The file.
    pub file: FileId,
    /// The rule's options as they are set for the file, in the order of [`Rule::options`].
    pub(super) options: Vec<(&'static str, OptionValue)>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> AlertsPass<'a> {
    /// Reports a finding. Its code and level are those of the rule.
    pub fn report(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// The alert rules of the file.
    pub fn rules(&self) -> impl Iterator<Item = &'a AlertRule> + use<'a> {
        let file = self.file;
        self.alerts.rules.iter().filter(move |rule| rule.span.file == file)
    }

    /// An option that is a list of words.
    pub fn words(&self, name: &str) -> Vec<Cow<'static, str>> {
        match self.options.iter().find(|(known, _)| *known == name) {
            Some((_, OptionValue::Words(words))) => words.to_vec(),
            _ => Vec::new(),
        }
    }
}

/// A finding at `span`, for [`Pass::report`].
pub(super) fn finding(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new("", Level::Info, span, message)
}
