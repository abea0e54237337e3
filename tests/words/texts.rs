//! What people can read of the repository: pages, playbooks with their comments, and the texts in sources
//! that become messages, help and pages.

use std::{collections::BTreeMap, fs, path::Path};

/// A text and the line on which it starts.
pub struct Text {
    pub line: usize,
    pub text: String,
}

/// Folders that hold tests or what others made, and pages that are made from sources.
const LEFT_OUT: &[&str] = &[
    "target",
    "node_modules",
    "tests",
    "fuzz",
    "benches",
    "fixtures",
    "docs/errors",
    "docs/rules",
    "docs/std",
    "compiler/tests",
];

/// Where the rooms of the program are.
const SOURCES: &[&str] = &["compiler/src", "cli", "lsp/src", "stdlib/src", "grammar"];

/// Single files that people read besides pages and playbooks.
const FILES: &[&str] = &["action.yml", ".pre-commit-hooks.yaml", "editors/vscode/package.json"];

/// All texts by path, in a fixed order.
pub fn of_the_repository(root: &Path) -> BTreeMap<String, Vec<Text>> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let last = name.rsplit('/').next().unwrap();
            let left_out = LEFT_OUT.iter().any(|it| *it == name || *it == last);
            if path.is_dir() {
                if !left_out && (!last.starts_with('.') || last == ".github") {
                    folders.push(path);
                }
            } else if let Some(found) = of_file(&name, &path) {
                texts.insert(name, found);
            }
        }
    }
    assert!(texts.len() > 500, "{} files: they are not where they should be", texts.len());
    texts
}

fn of_file(name: &str, path: &Path) -> Option<Vec<Text>> {
    let whole = || Some(vec![Text { line: 1, text: fs::read_to_string(path).ok()? }]);
    match path.extension()?.to_str()? {
        "md" | "quell" => whole().map(|mut texts| {
            texts.iter_mut().for_each(|text| text.text = without_names_of_tests(&text.text));
            texts
        }),
        "rs" if SOURCES.iter().any(|it| name.starts_with(it)) && !name.ends_with("/tests.rs") => {
            Some(of_source(name, &fs::read_to_string(path).ok()?))
        }
        _ if FILES.contains(&name) || name.starts_with(".github/") => whole(),
        _ => None,
    }
}

/// A page without the links to tests under its rules: what they are named isn't for its readers.
fn without_names_of_tests(page: &str) -> String {
    let paragraphs = page.split("\n\n").map(|it| match it.starts_with("Tests: ") {
        true => "\n".repeat(it.matches('\n').count()),
        false => it.to_owned(),
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Literals of more than one word; comments that become pages or help, and the first words of a room.
fn of_source(name: &str, source: &str) -> Vec<Text> {
    let is_page = name.starts_with("compiler/src/findings/") || name.starts_with("compiler/src/lint/rules/");
    let is_room = name.ends_with("/mod.rs") || name.ends_with("/lib.rs");
    let is_help = name.starts_with("cli/args");
    // The tests of a file are its end.
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let mut texts: Vec<Text> = Vec::new();
    let mut rest = source;
    let mut line = 1;
    let mut pass = |rest: &mut &str, length: usize| {
        let (passed, after) = rest.split_at(length);
        let at = line;
        line += passed.matches('\n').count();
        *rest = after;
        at
    };
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            let (comment, inner, outer) = (&rest[..end], rest.starts_with("//!"), rest.starts_with("///"));
            let text = comment.trim_start_matches(['/', '!']);
            let at = pass(&mut rest, end);
            if (inner && (is_page || is_room)) || (outer && is_help) {
                add_comment(&mut texts, at, text);
            }
        } else if let Some((length, text)) = literal(rest) {
            let at = pass(&mut rest, length);
            if text.trim().contains(char::is_whitespace) {
                texts.push(Text { line: at, text });
            }
        } else {
            // A name, so that its end isn't taken for the start of a raw literal.
            let name = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
            pass(&mut rest, name.max(first.len_utf8()));
        }
    }
    texts
}

/// Lines of comments that follow each other are one text.
fn add_comment(texts: &mut Vec<Text>, line: usize, text: &str) {
    if let Some(last) = texts.last_mut()
        && last.line + last.text.matches('\n').count() + 1 == line
    {
        last.text.push('\n');
        last.text.push_str(text);
    } else {
        texts.push(Text { line, text: text.to_owned() });
    }
}

/// The literal at the start of a source: its length, and the text if it has one.
fn literal(source: &str) -> Option<(usize, String)> {
    let raw = source.strip_prefix("br").or_else(|| source.strip_prefix('r'));
    if let Some(raw) = raw
        && let hashes = raw.len() - raw.trim_start_matches('#').len()
        && raw[hashes..].starts_with('"')
    {
        let from = source.len() - raw.len() + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = source[from..].find(&close).map_or(source.len(), |it| from + it);
        return Some(((end + close.len()).min(source.len()), source[from..end].to_owned()));
    }
    if let Some(inside) = source.strip_prefix('\'') {
        // A character; what has no second quote is a lifetime.
        let escaped = inside.starts_with('\\');
        let shortest = if escaped { 2 } else { inside.chars().next()?.len_utf8() };
        let end = inside.get(shortest..)?.find('\'')?;
        let is_char = end == 0 || (escaped && end < 10);
        return is_char.then(|| (1 + shortest + end + 1, String::new()));
    }
    let from = if source.starts_with("b\"") { 2 } else { 1 };
    if !source[..from.min(source.len())].ends_with('"') {
        return None;
    }
    let mut text = String::new();
    let mut characters = source[from..].char_indices();
    while let Some((at, it)) = characters.next() {
        match it {
            '"' => return Some((from + at + 1, text)),
            '\\' => match characters.next()?.1 {
                'n' | '\n' => text.push('\n'),
                other => text.push(other),
            },
            _ => text.push(it),
        }
    }
    Some((source.len(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_pages_are_read_and_code_is_not() {
        let source = "//! A page\n//! of lines.\nfn f<'a>(x: &'a str) { // no text\n    \
                      g('\"', \"one \\\"two\\\"\", r#\"raw \"text\" here\"#, \"word\");\n}\n\
                      #[cfg(test)]\nmod tests {\n \"not this one\"\n}\n";
        let texts = of_source("compiler/src/findings/names/x.rs", source);
        let texts: Vec<_> = texts.iter().map(|it| (it.line, &*it.text)).collect();
        assert_eq!(texts, [(1, " A page\n of lines."), (4, "one \"two\""), (4, "raw \"text\" here")]);
    }
}
