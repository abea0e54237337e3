//! Commands as one would paste them into a shell, and requests as they are sent.

use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{
    Value as Json,
    ser::{Formatter, Serializer},
};

use super::{Body, Document, Invocation, InvocationKind, Part, Word};

/// A body or an input that is longer is cut where space is short.
const SHORT: usize = 300;

/// What a query leaves as it is: RFC 3986's unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How much of a long body is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// All of it, documents indented.
    Whole,
    /// The first lines. What a command is called with is always whole.
    Short,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Secret(name) => write!(f, "<secret {name}>"),
            Part::Unknown(name) => write!(f, "<{name}>"),
        })
    }
}

impl Invocation {
    /// The command or request as text: a command on its first line, a request with a line for its
    /// address and one for each header; then what is sent.
    pub fn shown(&self, length: Length) -> String {
        let mut lines = match &self.kind {
            InvocationKind::Command { variables, input, .. } => {
                let mut words: Vec<String> = variables.iter().map(assignment).collect();
                words.extend(self.command_line());
                match input {
                    Some(input) => {
                        let input = cut(&input.to_string(), length);
                        let end = end_of(&input);
                        vec![format!("{} <<'{end}'", words.join(" ")), input, end]
                    }
                    None => vec![words.join(" ")],
                }
            }
            InvocationKind::Container { image, words, variables } => {
                let mut line = vec!["docker run --rm".to_owned()];
                line.extend(variables.iter().map(|variable| format!("--env {}", assignment(variable))));
                line.extend(std::iter::once(image).chain(words).map(quoted));
                vec![line.join(" ")]
            }
            InvocationKind::Request { method, auth, headers, body, .. } => {
                let mut lines = vec![format!("{method} {}", self.address().unwrap_or_default())];
                lines.extend(auth.as_ref().map(|(scheme, values)| authorization(scheme, values)));
                // Those that say how a message is packed tell people nothing.
                let told = headers.iter().filter(|(name, _)| {
                    !["accept", "content-type", "user-agent"].contains(&name.to_ascii_lowercase().as_str())
                });
                lines.extend(told.map(|(name, value)| format!("{name}: {value}")));
                lines.extend(body.as_ref().map(|body| match body {
                    Body::Json(document) => json(document, length),
                    Body::Form(fields) => encoded(fields),
                    Body::Text(text) => cut(&text.to_string(), length),
                }));
                lines
            }
        };
        if let (Some(runner), Some(first)) = (&self.runner, lines.first_mut()) {
            first.push_str(&format!("  # on {runner}"));
        }
        lines.join("\n")
    }

    /// The same as one would read it in a terminal: `$ ` before what a shell runs.
    pub fn prompted(&self, length: Length) -> String {
        let prompt = if matches!(self.kind, InvocationKind::Request { .. }) { "" } else { "$ " };
        format!("{prompt}{}", self.shown(length))
    }

    /// The words of a command, quoted for a shell; none for anything else.
    pub fn command_line(&self) -> Option<String> {
        match &self.kind {
            InvocationKind::Command { words, .. } => {
                Some(words.iter().map(quoted).collect::<Vec<_>>().join(" "))
            }
            _ => None,
        }
    }

    /// The address of a request with its query; none for anything else.
    pub fn address(&self) -> Option<String> {
        match &self.kind {
            InvocationKind::Request { url, query, .. } if query.is_empty() => Some(url.to_string()),
            InvocationKind::Request { url, query, .. } => {
                let url = url.to_string();
                let sign = if url.contains('?') { '&' } else { '?' };
                Some(format!("{url}{sign}{}", encoded(query)))
            }
            _ => None,
        }
    }
}

/// A line that ends an input and isn't one of its lines.
fn end_of(input: &str) -> String {
    let mut end = "EOF".to_owned();
    while input.lines().any(|line| line == end) {
        end.push('_');
    }
    end
}

fn assignment((name, value): &(Arc<str>, Word)) -> String {
    format!("{name}={}", quoted(value))
}

/// Quoted only where a shell would read it otherwise, as people write it.
fn quoted(word: &Word) -> String {
    let text = word.to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text } else { shell_words::quote(&text).into_owned() }
}

fn authorization(scheme: &str, values: &[Word]) -> String {
    match (scheme, values) {
        ("bearer", [token]) => format!("Authorization: Bearer {token}"),
        ("basic", [user, password]) => format!("Authorization: Basic {user}:{password}"),
        ("header", [name, value]) => format!("{name}: {value}"),
        // Other schemes are errors.
        _ => format!("Authorization: {scheme}"),
    }
}

/// `name=value&name=value`. Placeholders stay readable: they are never sent.
fn encoded(pairs: &[(Arc<str>, Word)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| {
        let value = value.0.iter().map(|part| match part {
            Part::Text(text) => utf8_percent_encode(text, ESCAPED).to_string(),
            other => Word(vec![other.clone()]).to_string(),
        });
        format!("{}={}", utf8_percent_encode(name, ESCAPED), value.collect::<String>())
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn json(document: &Document, length: Length) -> String {
    let document = document.with(&|part| Word(vec![part.clone()]).to_string());
    match length {
        // Texts and numbers: nothing that Json can't say.
        Length::Whole => serde_json::to_string_pretty(&document).unwrap_or_default(),
        Length::Short => cut(&spaced(&document), length),
    }
}

/// On one line with blanks, so that it can be wrapped.
fn spaced(document: &Json) -> String {
    let mut out = Vec::new();
    let written = serde::Serialize::serialize(document, &mut Serializer::with_formatter(&mut out, Spaced));
    written.ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }
    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }
    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

fn cut(text: &str, length: Length) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) if length == Length::Short => format!("{}...", text[..end].trim_end()),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(text: &str) -> Word {
        Word(vec![Part::Text(text.to_owned())])
    }

    fn command(words: &[&str]) -> Invocation {
        let words = words.iter().map(|word| known(word)).collect();
        let kind = InvocationKind::Command { words, variables: Vec::new(), input: None };
        Invocation { kind, runner: None, problem: None }
    }

    #[test]
    fn commands_are_quoted_as_people_quote_them() {
        let plain = ["kubectl", "rollout", "undo", "deployment/website", "--to-revision=41"];
        assert_eq!(command(&plain).shown(Length::Whole), plain.join(" "));
        assert_eq!(command(&["echo", "it's", "", "a b"]).shown(Length::Whole), r"echo 'it'\''s' '' 'a b'");
        let unknown = Word(vec![Part::Text("--to=".to_owned()), Part::Unknown("revision".to_owned())]);
        assert_eq!(quoted(&unknown), "'--to=<revision>'");
    }

    #[test]
    fn variables_come_first_and_input_last() {
        let kind = InvocationKind::Command {
            words: vec![known("psql"), known("-f"), known("-")],
            variables: vec![("PGPASSWORD".into(), Word(vec![Part::Secret("orders".into())]))],
            input: Some(known("select 1;\nEOF\n")),
        };
        let shown = Invocation { kind, runner: Some(known("edge")), problem: None }.shown(Length::Whole);
        assert_eq!(
            shown,
            "PGPASSWORD='<secret orders>' psql -f - <<'EOF_'  # on edge\nselect 1;\nEOF\n\nEOF_"
        );
    }

    #[test]
    fn containers_are_run_as_docker_runs_them() {
        let kind = InvocationKind::Container {
            image: known("ghcr.io/example/tool:1"),
            words: vec![known("dump"), known("a b")],
            variables: vec![("REGION".into(), known("eu"))],
        };
        let shown = Invocation { kind, runner: None, problem: None }.shown(Length::Whole);
        assert_eq!(shown, "docker run --rm --env REGION=eu ghcr.io/example/tool:1 dump 'a b'");
    }

    #[test]
    fn requests_name_secrets_and_leave_out_how_they_are_packed() {
        // Data that looks like a secret elsewhere is only data.
        let body = Document::Map(vec![
            ("text".into(), Document::Plain(serde_json::json!({ "secret": "KEY" }))),
            ("key".into(), Document::Text(vec![Part::Secret("KEY".into())])),
            ("to".into(), Document::Plain(serde_json::json!(["a", "b"]))),
        ]);
        let kind = InvocationKind::Request {
            method: "POST".into(),
            url: known("https://example.com/v1?trace=1"),
            query: vec![("limit".into(), known("5")), ("q".into(), known("a b&c"))],
            auth: Some(("bearer".into(), vec![Word(vec![Part::Secret("TOKEN".into())])])),
            headers: vec![("Accept".into(), known("text/plain")), ("From".into(), known("ana@example.com"))],
            body: Some(Body::Json(body)),
        };
        let request = Invocation { kind, runner: None, problem: None };
        assert_eq!(
            request.shown(Length::Short),
            "POST https://example.com/v1?trace=1&limit=5&q=a%20b%26c\nAuthorization: Bearer <secret TOKEN>\n\
             From: ana@example.com\n{\"text\": {\"secret\": \"KEY\"}, \"key\": \"<secret KEY>\", \"to\": [\"a\", \"b\"]}"
        );
    }

    #[test]
    fn only_bodies_are_cut_and_only_where_space_is_short() {
        let long = "x".repeat(1000);
        assert_eq!(command(&["echo", &long]).shown(Length::Short).len(), 1005);
        let kind = InvocationKind::Command {
            words: vec![known("cat")],
            variables: Vec::new(),
            input: Some(known(&long)),
        };
        let invocation = Invocation { kind, runner: None, problem: None };
        assert!(invocation.shown(Length::Short).len() < 330);
        assert!(invocation.shown(Length::Whole).contains(&long));
    }

    proptest! {
        /// Whoever pastes what is shown runs what would be run.
        #[test]
        fn a_shell_reads_the_words_that_are_run(words in prop::collection::vec(any::<String>(), 1..6)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let shown = command(&words).command_line().unwrap();
            prop_assert_eq!(shlex::split(&shown), Some(words.iter().map(|word| (*word).to_owned()).collect()));
        }
    }
}
