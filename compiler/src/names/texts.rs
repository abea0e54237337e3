//! Names in texts that other languages would replace by a value.

use super::resolve::{Resolver, RunPlace};
use crate::{findings::names as findings, source::Span};

/// What stands around a name in other languages.
const BRACES: &[(&str, &str)] =
    &[("{{", "}}"), ("#{", "}"), ("%(", ")s"), ("<%=", "%>"), ("<%", "%>"), ("$(", ")"), ("{", "}")];

impl Resolver<'_> {
    /// Warns of the first name in the literal text at `span` that is known here and isn't interpolated.
    pub(super) fn uninterpolated(&mut self, text: &str, span: Span) {
        let known = |path: &str| {
            let name = path.split('.').next().unwrap_or_default();
            self.frames.iter().any(|frame| frame.contains_key(name))
        };
        // In actions, `$name` is a variable of a shell or a query.
        let dollars = matches!(self.place.run, RunPlace::Playbook | RunPlace::After);
        let found = written(text, dollars).find(|(_, path)| known(path));
        if let Some((written, path)) = found {
            self.diagnostics.push(findings::uninterpolated_name::report(written, path, span));
        }
    }
}

/// What looks like a name that is to be replaced: all of it, and the name.
fn written(text: &str, dollars: bool) -> impl Iterator<Item = (&str, &str)> {
    let starts = text.char_indices().filter(|(_, letter)| matches!(letter, '{' | '#' | '%' | '<' | '$'));
    starts.filter_map(move |(at, letter)| {
        let rest = &text[at..];
        // `${` has been interpolated or is escaped.
        if letter == '{' && text[..at].ends_with(['$', '{', '#', '\\', '.']) {
            return None;
        }
        let braced = BRACES.iter().find_map(|(open, close)| {
            let inner = rest.strip_prefix(open)?;
            let name = path(inner.trim_start());
            let after = inner.trim_start()[name.len()..].trim_start();
            let length = rest.len() - after.len() + close.len();
            (!name.is_empty() && after.starts_with(close)).then(|| (&rest[..length], name))
        });
        braced.filter(|_| dollars || letter != '$').or_else(|| {
            let name = path(rest.strip_prefix('$').filter(|_| dollars)?);
            (!name.is_empty()).then(|| (&rest[..name.len() + 1], name))
        })
    })
}

/// The name or path at the start of a text.
fn path(text: &str) -> &str {
    if !text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return "";
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn names_are_found_in_the_manner_of_other_languages() {
        for (text, name) in [
            ("a {busy} b", Some(("{busy}", "busy"))),
            ("{{ busy }}", Some(("{{ busy }}", "busy"))),
            ("{host.name}", Some(("{host.name}", "host.name"))),
            ("#{busy}", Some(("#{busy}", "busy"))),
            ("%(busy)s", Some(("%(busy)s", "busy"))),
            ("<%= busy %>", Some(("<%= busy %>", "busy"))),
            ("$(busy)", Some(("$(busy)", "busy"))),
            ("is $busy.", Some(("$busy", "busy"))),
            ("costs $5", None),
            ("up{job=\"x\"}", None),
            ("{\"a\": 1}", None),
            ("{.items[0]}", None),
            ("{print $1}", None),
            ("100%", None),
            ("<@U123>", None),
        ] {
            assert_eq!(written(text, true).next(), name, "{text}");
        }
        assert_eq!(written("echo $busy $(busy)", false).next(), None);
    }
}
