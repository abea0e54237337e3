//! Codes and the names that they had before. Suppressions, settings, command lines, baselines and
//! `quell explain` all look names up here, so that a renamed code keeps working wherever it is written.

use super::{Rule, rules};
use crate::findings::{self, Finding};

/// What a code names.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    /// A rule of the linter.
    Rule(&'static Rule),
    /// A finding of the compiler.
    Finding(&'static Finding),
}

impl Named {
    /// The current code.
    pub fn code(self) -> &'static str {
        match self {
            Named::Rule(rule) => rule.code,
            Named::Finding(finding) => finding.code,
        }
    }

    /// The names that it had in earlier versions.
    pub fn former(self) -> &'static [&'static str] {
        match self {
            Named::Rule(rule) => rule.former,
            Named::Finding(finding) => finding.former,
        }
    }

    /// Whether `name` is a former name of it.
    pub fn was(self, name: &str) -> bool {
        self.former().contains(&name)
    }
}

/// What a current or former code names.
pub fn resolve(name: &str) -> Option<Named> {
    let named = || rules::all().map(Named::Rule).chain(findings::all().map(Named::Finding));
    look_up(name, named)
}

/// A current name wins over a former one, in whatever order they are declared.
fn look_up<I: Iterator<Item = Named>>(name: &str, all: impl Fn() -> I) -> Option<Named> {
    all().find(|named| named.code() == name).or_else(|| all().find(|named| named.was(name)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lint::Group;

    static NEW: Rule = Rule { former: &["old", "older"], ..Rule::new("new", Group::Upkeep, "", |_| {}) };
    static TAKEN: Rule = Rule { former: &["new"], ..Rule::new("taken", Group::Upkeep, "", |_| {}) };
    static FINDING: Finding = Finding { code: "unread", former: &["unseen"], source: "" };

    fn code(name: &str) -> Option<&'static str> {
        let all = || [Named::Rule(&TAKEN), Named::Rule(&NEW), Named::Finding(&FINDING)].into_iter();
        look_up(name, all).map(Named::code)
    }

    #[test]
    fn former_names_lead_to_the_current_one() {
        assert_eq!([code("new"), code("old"), code("older")], [Some("new"); 3]);
        assert_eq!(code("unseen"), Some("unread"));
        assert_eq!(code("other"), None);
    }

    #[test]
    fn a_former_name_is_never_a_current_or_a_second_former_one() {
        let named = || rules::all().map(Named::Rule).chain(findings::all().map(Named::Finding));
        let mut taken: BTreeSet<&str> = named().map(Named::code).collect();
        assert_eq!(taken.len(), named().count(), "a code is taken twice");
        for former in named().flat_map(Named::former) {
            assert!(taken.insert(former), "`{former}` is taken");
            assert!(resolve(former).is_some_and(|named| named.was(former)));
        }
    }
}
