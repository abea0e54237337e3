//! The errors after a change, compared with those before.
//!
//! What was reported once is reported by no later stage again: a name that isn't known has no type that
//! could be wrong. So a change that cures an error may bring others to light.

use std::collections::BTreeMap;

use super::Harm;
use crate::{
    diagnostic::{Diagnostic, Level},
    findings,
    source::FileId,
};

/// Which errors may come to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surfacing {
    /// None.
    None,
    /// Those of stages after the one of the finding with this code, as many as are cured. For changes that
    /// somebody asks for and looks at.
    AsMany(&'static str),
    /// All of stages after that. For a change after which there is more to be said, such as an import.
    All(&'static str),
}

/// An error, without its place: that moves.
type Error<'d> = (FileId, &'static str, &'d str);

/// By stage, the errors and how often each is there. Those of the linter come last.
fn by_stage(findings: &[Diagnostic]) -> BTreeMap<usize, BTreeMap<Error<'_>, usize>> {
    let mut all: BTreeMap<usize, BTreeMap<Error<'_>, usize>> = BTreeMap::new();
    for error in findings.iter().filter(|finding| finding.level == Level::Error) {
        let stage = findings::stage(error.code).unwrap_or(RULES);
        let identity = (error.span().file, error.code, &*error.message);
        *all.entry(stage).or_default().entry(identity).or_default() += 1;
    }
    all
}

/// The rules of the linter come after all stages.
const RULES: usize = usize::MAX;

/// The harm that was done where `after` has an error that `before` hadn't.
///
/// Where fewer texts are broken, or others, whole items are read that weren't before: then whatever is
/// reported in them isn't new. How a rule's level is set is its author's business: of errors from rules
/// only the number counts, since a repair often brings the next finding of its kind.
pub fn worse(before: &[Diagnostic], after: &[Diagnostic], surfacing: Surfacing) -> Option<Harm> {
    let (old, new) = (by_stage(before), by_stage(after));
    let none = BTreeMap::new();
    let of = |all: &BTreeMap<usize, BTreeMap<_, usize>>, stage| all.get(&stage).unwrap_or(&none).clone();
    let total = |errors: &BTreeMap<Error<'_>, usize>| errors.values().sum::<usize>();
    let cured = match surfacing {
        Surfacing::None => None,
        Surfacing::AsMany(code) | Surfacing::All(code) => findings::stage(code),
    };
    let syntax = findings::stage("unexpected-text").unwrap_or(0);
    let (unread, still) = (of(&old, syntax), of(&new, syntax));
    if total(&still) > total(&unread) {
        return Some(Harm::Syntax);
    }
    if still != unread {
        // A broken text may be broken in another place then, if that is what the change was about.
        let better = total(&still) < total(&unread) || cured == Some(syntax);
        return (!better).then_some(Harm::Unfit);
    }
    let mut surfaced = None;
    for stage in new.keys().copied() {
        let (was, is) = (of(&old, stage), of(&new, stage));
        let first = is.iter().find(|(error, count)| was.get(*error).is_none_or(|known| known < *count));
        let Some(((_, code, message), _)) = first else { continue };
        let harm = Harm::Error { code, message: (*message).to_owned() };
        if stage == RULES {
            if total(&is) > total(&was) {
                return Some(harm);
            }
        } else if cured.is_none_or(|cured| stage <= cured) {
            return Some(harm);
        } else {
            surfaced = surfaced.or(Some(harm));
        }
    }
    let count = |all: &BTreeMap<usize, BTreeMap<Error<'_>, usize>>| all.values().map(total).sum::<usize>();
    let more = !matches!(surfacing, Surfacing::All(_)) && count(&new) > count(&old);
    surfaced.filter(|_| more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn errors(codes: &[&'static str]) -> Vec<Diagnostic> {
        let error = |code| Diagnostic::error(code, Span::new(FileId(0), 0, 0), code);
        codes.iter().copied().map(error).collect()
    }

    fn harm(before: &[&'static str], after: &[&'static str], surfacing: Surfacing) -> Option<&'static str> {
        match worse(&errors(before), &errors(after), surfacing)? {
            Harm::Error { code, .. } => Some(code),
            Harm::Syntax => Some("syntax"),
            _ => None,
        }
    }

    #[test]
    fn a_new_error_is_found_and_an_old_one_is_not_new() {
        let none = Surfacing::None;
        assert_eq!(harm(&["type-mismatch"], &["type-mismatch"], none), None);
        assert_eq!(harm(&["type-mismatch"], &[], none), None);
        assert_eq!(harm(&[], &["type-mismatch"], none), Some("type-mismatch"));
        assert_eq!(harm(&["unknown-name"], &["type-mismatch"], none), Some("type-mismatch"));
        assert_eq!(harm(&["unknown-name"], &["unknown-name"; 2], none), Some("unknown-name"));
    }

    #[test]
    fn what_could_not_be_read_hides_what_comes_later() {
        let hidden = ["unknown-name", "type-mismatch"];
        assert_eq!(harm(&["unexpected-text"], &hidden, Surfacing::None), None);
        assert_eq!(
            harm(
                &["unexpected-text"; 2],
                &["unknown-word", "unexpected-text"],
                Surfacing::AsMany("unknown-word")
            ),
            None
        );
        assert_eq!(harm(&["unknown-name"], &["unknown-word"], Surfacing::None), Some("syntax"));
    }

    #[test]
    fn a_cured_error_may_bring_others_of_later_stages_to_light() {
        let (some, all) = (Surfacing::AsMany("unknown-name"), Surfacing::All("unknown-name"));
        assert_eq!(harm(&["unknown-name"], &["type-mismatch"], some), None);
        assert_eq!(harm(&["unknown-name"], &["type-mismatch"; 2], some), Some("type-mismatch"));
        assert_eq!(harm(&["unknown-name"], &["type-mismatch"; 2], all), None);
        assert_eq!(harm(&["unknown-name"], &["unknown-type"], all), Some("unknown-type"));
    }

    #[test]
    fn of_rules_that_are_errors_only_the_number_counts() {
        assert_eq!(harm(&["unused-let"], &["unused-step"], Surfacing::None), None);
        assert_eq!(
            harm(&["unused-let"], &["unused-let", "unused-step"], Surfacing::None),
            Some("unused-step")
        );
    }
}
