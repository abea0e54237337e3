//! Reads Rust sources just well enough to see what they use.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::rooms::room_of;

/// A source file.
pub struct SourceFile {
    /// From the root of the repository.
    pub path: String,
    /// As it is.
    pub text: String,
    /// Without comments, the content of strings, and the tests at the end; same lines.
    pub code: String,
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All sources that the rooms are made of, sorted.
pub fn sources() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    for folder in ["grammar/src", "stdlib/src", "compiler/src", "lsp/src", "cli"] {
        collect(&root().join(folder), &mut paths);
    }
    paths.sort();
    let file = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        SourceFile { path, code: without_tests(&code_only(&text)).to_owned(), text }
    };
    let files: Vec<_> = paths.into_iter().map(file).collect();
    assert!(files.len() > 50, "the sources are not where they should be");
    files
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            paths.push(path);
        }
    }
}

impl SourceFile {
    /// The names in the code, with their lines.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().flat_map(|(line, text)| {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.filter(|word| !word.is_empty()).map(move |word| (line + 1, word))
        })
    }

    /// Where a range of a text is taken, and nothing if it isn't one: `text.get(a..b).unwrap_or_default()`.
    pub fn slices_or_nothing(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices(".get(") {
            let from = at + ".get(".len();
            let mut depth = 1;
            let inside = self.code[from..].find(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth == 0
            });
            let Some(end) = inside.map(|length| from + length) else { continue };
            let receiver =
                self.code[..at].trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
            let is_text = receiver.is_some_and(|name| {
                ["text", "source", "before", "after", "rest", "line", "comment", "fragment"].contains(&name)
            });
            let falls_back = self.code[end + 1..].trim_start().starts_with(".unwrap_or");
            if is_text && falls_back && self.code[from..end].contains("..") {
                let line = self.code[..at].matches('\n').count() + 1;
                found.push((line, self.code[at..=end].trim().to_owned()));
            }
        }
        found
    }

    /// The rooms that the file names, with the lines: what follows `crate::` or a crate's name, in
    /// `use` lines and elsewhere, and what it reaches by `super::`.
    pub fn arrows(&self) -> Vec<(usize, &'static str)> {
        let mut arrows = Vec::new();
        let in_compiler = self.path.starts_with("compiler/");
        // `super::` leaves the crate's modules where it goes up as often as the file is deep.
        let depth = self.path.trim_end_matches("/mod.rs").matches('/').count().saturating_sub(1);
        let up = "super::".repeat(depth);
        let own = in_compiler.then_some(["crate::", up.as_str()]).into_iter().flatten();
        for prefix in own.chain(["quell_compiler::"]).filter(|prefix| !prefix.is_empty()) {
            for (at, _) in self.code.match_indices(prefix) {
                let line = self.code[..at].matches('\n').count() + 1;
                let mut paths = Vec::new();
                expand(&self.code[at + prefix.len()..], &mut Vec::new(), &mut paths);
                arrows.extend(paths.iter().filter_map(|path| Some((line, target(path)?))));
            }
        }
        for (line, word) in self.words() {
            let crates = [("quell_grammar", "grammar"), ("quell_stdlib", "stdlib")];
            arrows.extend(crates.iter().filter(|(name, _)| *name == word).map(|(_, room)| (line, *room)));
        }
        arrows
    }
}

/// The room that a path from the compiler's root leads to; none for what is no room.
fn target(path: &[String]) -> Option<&'static str> {
    let file = format!("compiler/src/{}.rs", path.join("/"));
    room_of(&file).map(|room| room.name)
}

/// The paths that a group means: `a::{b, c::d}` is a/b and a/c/d. Gives what follows.
fn expand<'t>(text: &'t str, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) -> &'t str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = expand(rest, before, paths).trim_start();
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    before.push(word.to_owned());
    let rest = match rest.strip_prefix("::") {
        Some(after) => expand(after, before, paths),
        None => {
            paths.push(before.clone());
            // `as other` and `*` change nothing.
            let end = rest.find([',', '}', ';']).unwrap_or(rest.len());
            &rest[end..]
        }
    };
    before.pop();
    rest
}

/// The text with comments and the content of strings blanked out.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if rest.starts_with('"') {
            string_end(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find('\'').map_or(rest.len(), |_| if rest.starts_with("'\"'") { 3 } else { 4 })
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
        rest = &rest[skipped..];
    }
    code
}

/// Where the string that the text begins with ends.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The code in front of `#[cfg(test)]`: tests may use what they like.
/// Tests in a file of their own are only declared, wherever that is.
fn without_tests(code: &str) -> &str {
    let tests = code.match_indices("#[cfg(test)]");
    let mut inline = tests.filter(|(at, _)| !code[*at..].starts_with("#[cfg(test)]\nmod tests;"));
    inline.next().map_or(code, |(at, _)| &code[..at])
}

#[test]
fn the_reader_sees_what_code_uses() {
    let text = "//! crate::types\nuse crate::{\n  hir::{self, x as y},\n  names::*, findings::{effects, suggest::near},\n};\n\
        let t = \"crate::types\"; // crate::types\nlet q = '\"'; crate::syntax::f();\n\
        #[cfg(test)]\nuse crate::types;\n";
    let code = without_tests(&code_only(text)).to_owned();
    let file = SourceFile { path: "compiler/src/graph/model.rs".into(), text: String::new(), code };
    let arrows: Vec<&str> = file.arrows().into_iter().map(|(_, room)| room).collect();
    assert_eq!(arrows, ["hir", "hir", "names", "effects", "findings", "syntax"]);
    assert_eq!(file.arrows()[5].0, 7);
}

#[test]
fn the_reader_sees_slices_that_become_nothing() {
    let found = |code: &str| {
        let file = SourceFile { path: "cli/a.rs".into(), text: String::new(), code: code.into() };
        file.slices_or_nothing().len()
    };
    assert_eq!(found("a.text.get(at..).unwrap_or_default()"), 1);
    assert_eq!(found("text\n  .get(f(a)..b as usize)\n  .unwrap_or(\"\")"), 1);
    assert_eq!(found("text.get(f(a)..b as usize)\n    .unwrap_or_else(|| x)"), 1);
    assert_eq!(found("text.get(a..b)?; names.get(at).unwrap_or_default()"), 0);
}

#[test]
fn the_reader_sees_what_goes_up_and_out() {
    let arrows = |path: &str, code: &str| {
        SourceFile { path: path.into(), text: String::new(), code: code.into() }.arrows()
    };
    assert_eq!(arrows("compiler/src/graph/model.rs", "use super::names;"), []);
    assert_eq!(arrows("compiler/src/graph/model.rs", "use super::super::names;"), [(1, "names")]);
    assert_eq!(arrows("compiler/src/graph/mod.rs", "use super::names;"), [(1, "names")]);
    assert_eq!(arrows("compiler/src/findings/names/a.rs", "use super::super::super::types;"), [(1, "types")]);
}
