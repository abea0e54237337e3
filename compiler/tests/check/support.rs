//! Worlds for tests: the standard library, the examples, and a module under test.

#![allow(dead_code, reason = "each test crate uses a part of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use quell_compiler::{
    check::{self, Checked, Memo, check_again},
    diagnostic::Diagnostic,
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

/// A world with the standard library.
pub fn world() -> MemoryWorld {
    MemoryWorld::with_modules(quell_stdlib::modules())
}

/// Checks as the compiler's `check_files` does. The standard library is checked once in a process: it is most of
/// the work of a test with a small program. That a check which begins with what is known finds the same is what
/// `again.rs` and `edited.rs` test.
pub fn check_files(world: &MemoryWorld, files: &[FileId]) -> Checked {
    static LIBRARY: OnceLock<(MemoryWorld, Memo)> = OnceLock::new();
    let (library, memo) = LIBRARY.get_or_init(|| {
        let (library, mut memo) = (self::world(), Memo::default());
        check_again(&library, &library.files(), &mut memo);
        (library, memo)
    });
    let known = world.files();
    let same = |file: &FileId| known.contains(file) && world.module_path(*file) == library.module_path(*file);
    // A world of a test's own may have other modules in the place of the library's.
    match library.files().iter().all(same) {
        true => check_again(world, files, &mut memo.clone()),
        false => check::check_files(world, files),
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// All `.quell` files below a folder of the repository, sorted.
pub fn quell_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut work = vec![root().join(folder)];
    while let Some(folder) = work.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "target") {
                    work.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "quell") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A world with the standard library and the examples; the examples' files.
pub fn examples() -> (MemoryWorld, Vec<FileId>) {
    let mut world = world();
    let folder = root().join("examples");
    let mut files = Vec::new();
    for path in quell_files("examples") {
        let relative = path.strip_prefix(&folder).unwrap().with_extension("");
        let module = relative.to_string_lossy().replace(['/', '\\'], ".");
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        files.push(world.add(&module, SourceFile::new(name, fs::read_to_string(&path).unwrap())));
    }
    (world, files)
}

/// Checks `text` as the module `example`, beside the standard library.
pub fn check_text(text: &str) -> (MemoryWorld, Checked) {
    let mut world = world();
    let file = world.add("example", SourceFile::new("example.quell", text));
    let checked = check_files(&world, &[file]);
    (world, checked)
}

/// A finding as one line: `file:line:column code: message`.
pub fn line(world: &dyn World, diagnostic: &Diagnostic) -> String {
    let source = world.source(diagnostic.span().file);
    let (line, column) = source.line_column(diagnostic.span().start);
    let mut text = format!("{}:{line}:{column} {}: {}", source.name, diagnostic.code, diagnostic.message);
    for label in &diagnostic.labels {
        if !label.message.is_empty() {
            let source = world.source(label.span.file);
            let (line, column) = source.line_column(label.span.start);
            text.push_str(&format!("\n    {}:{line}:{column} {}", source.name, label.message));
        }
    }
    for note in &diagnostic.notes {
        text.push_str(&format!("\n    note: {note}"));
    }
    for help in &diagnostic.help {
        text.push_str(&format!("\n    help: {help}"));
    }
    text
}

/// A mark below a line: `//   ^^^^ words`, in YAML `#   ^^^^ words`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Byte offsets in the text.
    pub start: u32,
    pub end: u32,
    /// What stands behind the carets.
    pub words: String,
}

/// The marks of a text: comment lines that hold carets. Each marks columns of the last line above it
/// that is no mark.
pub fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut above, mut offset) = (0, 0);
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let caret = body.find('^').filter(|_| body.trim_start().starts_with("//") || body.starts_with('#'));
        let before = caret.map_or("x", |caret| &body[..caret]);
        if let Some(caret) = caret
            && before.trim_start().trim_start_matches(['/', '#']).trim().is_empty()
        {
            let count = body[caret..].bytes().take_while(|byte| *byte == b'^').count();
            marks.push(Mark {
                start: (above + caret) as u32,
                end: (above + caret + count) as u32,
                words: body[caret + count..].trim().to_owned(),
            });
        } else {
            above = offset;
        }
        offset += line.len();
    }
    marks
}
