//! Reads Rust sources just well enough to see what they use.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::rooms::{ROOMS, room_of};

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
    for folder in ["grammar/src", "stdlib/src", "compiler/src", "cli"] {
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

    /// The rooms that the file names: what follows `crate::` or a crate's name, in `use` lines and
    /// elsewhere, and the file's own crate where it goes up by `super::`.
    pub fn arrows(&self) -> Vec<(usize, String)> {
        let mut arrows = Vec::new();
        let in_compiler = self.path.starts_with("compiler/");
        for prefix in ["crate::", "quell_compiler::"] {
            if prefix == "crate::" && !in_compiler {
                continue;
            }
            for (at, _) in self.code.match_indices(prefix) {
                let line = self.code[..at].matches('\n').count() + 1;
                let names = heads(&self.code[at + prefix.len()..]);
                arrows.extend(names.into_iter().map(|name| (line, name)));
            }
        }
        for (line, word) in self.words() {
            let crates = [("quell_grammar", "grammar"), ("quell_stdlib", "stdlib")];
            arrows.extend(
                crates.iter().filter(|(name, _)| *name == word).map(|(_, room)| (line, (*room).to_owned())),
            );
        }
        // `super::super::other` leaves the room where it goes up more often than the file is deep.
        let depth = room_of(&self.path).map_or(0, |room| {
            let inner = self.path[room.place.len()..].trim_end_matches("/mod.rs");
            inner.matches('/').count()
        });
        let up = "super::".repeat(depth + 1);
        for (at, _) in self.code.match_indices(up.as_str()).filter(|_| in_compiler) {
            let line = self.code[..at].matches('\n').count() + 1;
            let names = heads(&self.code[at + up.len()..]);
            let rooms = names.into_iter().filter(|name| ROOMS.iter().any(|room| room.name == name));
            arrows.extend(rooms.map(|name| (line, name)));
        }
        arrows
    }
}

/// The first names of a path or of a group of paths: `a::b` gives a; `{a::{b, c}, d}` gives a and d.
fn heads(path: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![word(path)] };
    let mut depth = 0;
    let mut heads = vec![word(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(word(&group[at + 1..])),
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
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
fn without_tests(code: &str) -> &str {
    code.find("#[cfg(test)]").map_or(code, |at| &code[..at])
}

#[test]
fn the_reader_sees_what_code_uses() {
    let text = "//! crate::no\nuse crate::{\n  a::{self, x},\n  b,\n};\nlet t = \"crate::no\"; // crate::no\n\
        let q = '\"'; crate::c::f();\n#[cfg(test)]\nuse crate::no;\n";
    let code = without_tests(&code_only(text)).to_owned();
    let file = SourceFile { path: "compiler/src/graph/model.rs".into(), text: String::new(), code };
    let arrows: Vec<(usize, String)> = file.arrows();
    let expected = [(2, "a"), (2, "b"), (7, "c")].map(|(line, name)| (line, name.to_owned()));
    assert_eq!(arrows, expected);
}

#[test]
fn the_reader_sees_what_goes_up_and_out() {
    let file =
        |path: &str, code: &str| SourceFile { path: path.into(), text: String::new(), code: code.into() };
    assert_eq!(file("compiler/src/graph/model.rs", "use super::names;").arrows(), []);
    let arrows = file("compiler/src/graph/model.rs", "use super::super::names;").arrows();
    assert_eq!(arrows, [(1, "names".to_owned())]);
    let arrows = file("compiler/src/graph/mod.rs", "use super::names;").arrows();
    assert_eq!(arrows, [(1, "names".to_owned())]);
}
