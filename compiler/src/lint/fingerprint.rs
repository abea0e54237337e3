//! What makes a finding the same one tomorrow, though lines have moved and messages have been reworded.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::resolve;
use crate::{
    diagnostic::Diagnostic,
    source::FileId,
    syntax::{self, SyntaxNode},
    world::World,
};

/// What identifies a finding: its code, its module, the definition around it and the text of its line.
/// Of several that share these, each has its number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    code: &'static str,
    module: String,
    definition: String,
    line: String,
    number: u32,
}

/// The identities of findings, in their order.
pub fn identities(world: &dyn World, findings: &[Diagnostic]) -> Vec<Identity> {
    let modules: BTreeSet<FileId> = world.files().into_iter().collect();
    let mut definitions: BTreeMap<FileId, Vec<(u32, String)>> = BTreeMap::new();
    let mut seen: BTreeMap<Identity, u32> = BTreeMap::new();
    let one = |finding: &Diagnostic| {
        let span = finding.span();
        let source = world.source(span.file);
        let of_file = definitions
            .entry(span.file)
            .or_insert_with(|| if modules.contains(&span.file) { starts(&source.text) } else { Vec::new() });
        let before = of_file.partition_point(|(start, _)| *start <= span.start);
        let definition = before.checked_sub(1).and_then(|last| of_file.get(last));
        let mut identity = Identity {
            code: finding.code,
            module: world.module_path(span.file).to_owned(),
            definition: definition.map(|(_, name)| name.clone()).unwrap_or_default(),
            line: source.line(source.lines().line(span.start)).trim().to_owned(),
            number: 0,
        };
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        identity.number = *count;
        identity
    };
    findings.iter().map(one).collect()
}

/// A fingerprint for each finding.
pub fn fingerprints(world: &dyn World, findings: &[Diagnostic]) -> Vec<String> {
    identities(world, findings).iter().map(Identity::fingerprint).collect()
}

impl Identity {
    /// The fingerprint under the current code.
    pub fn fingerprint(&self) -> String {
        self.under(self.code)
    }

    /// All fingerprints that it can be recorded with: under its current code, and under former ones.
    pub fn recorded(&self) -> impl Iterator<Item = String> {
        self.codes().map(|code| self.under(code))
    }

    /// Its code and the former ones.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let former = resolve(self.code).map_or(&[][..], |named| named.former());
        std::iter::once(self.code).chain(former.iter().copied())
    }

    /// The module that it is in.
    pub fn module(&self) -> &str {
        &self.module
    }

    fn under(&self, code: &str) -> String {
        let words: Vec<&str> = self.line.split_whitespace().collect();
        hash(&[code, &self.module, &self.definition, &words.join(" ")], self.number)
    }

    /// The fingerprint in the first version of baselines, which included the message: what it would have
    /// been with this code, message and number.
    pub fn with_message(&self, code: &str, message: &str, number: u32) -> String {
        hash(&[code, &self.module, &self.line, message], number)
    }
}

/// Where each definition of a file starts, with the words that name it: `playbook checkout_down`.
fn starts(text: &str) -> Vec<(u32, String)> {
    let parsed = syntax::parse(text);
    let items = parsed.syntax().children();
    items.map(|item| (item.text_range().start().into(), heading(&item))).collect()
}

fn heading(item: &SyntaxNode) -> String {
    let tokens = item.descendants_with_tokens().filter_map(|element| element.into_token());
    let words = tokens.filter(|token| !token.kind().is_trivia()).map(|token| token.text().to_owned());
    let words = words.filter(|word| word != "private");
    let words: Vec<String> =
        words.take_while(|word| !matches!(&**word, "{" | "(" | "=" | ":" | "->")).collect();
    // What an import names is its line, which is compared anyway.
    if words.first().is_some_and(|first| first == "use") { String::new() } else { words.join(" ") }
}

fn hash(parts: &[&str], number: u32) -> String {
    let hash = parts.iter().fold(OFFSET, |hash, part| fold(fold(hash, part.as_bytes()), &[0]));
    format!("{:016x}", fold(hash, &number.to_le_bytes()))
}

/// FNV-1a, written out: the standard library's hash may change from one release to the next.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fold(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        source::{SourceFile, Span},
        world::MemoryWorld,
    };

    fn of(text: &str, message: &str) -> Vec<String> {
        let mut world = MemoryWorld::default();
        let file = world.add("a", SourceFile::new("a.quell", text));
        let places = text.match_indices("here").map(|(at, _)| at as u32);
        let found: Vec<_> =
            places.map(|at| Diagnostic::warning("code", Span::new(file, at, at + 4), message)).collect();
        fingerprints(&world, &found)
    }

    #[test]
    fn they_survive_moved_lines_and_differ_for_twins() {
        let before = of("here\n  here\n", "message");
        assert_eq!(before, of("// a line more\nhere\nhere\n", "message"));
        assert_ne!(before[0], before[1]);
        assert_ne!(before[0], of("here it is\n", "message")[0]);
    }

    #[test]
    fn they_survive_other_words_and_other_blanks() {
        assert_eq!(of("let a = here\n", "message"), of("let  a   = here\n", "in other words"));
    }

    #[test]
    fn they_differ_between_definitions_and_survive_a_change_of_their_order() {
        let (a, b) = ("record A {\n  x: here,\n}\n", "record B {\n  x: here,\n}\n");
        let (mut both, mut turned) = (of(&format!("{a}{b}"), "m"), of(&format!("{b}{a}"), "m"));
        assert_ne!(both[0], both[1]);
        assert_eq!([&turned[0], &turned[1]], [&both[1], &both[0]]);
        both.sort();
        turned.sort();
        assert_eq!(both, turned);
        assert_eq!(of(&format!("private {a}"), "m"), of(a, "m"));
    }
}
