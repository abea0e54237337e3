//! Repairs, made in memory round after round, then written or shown.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Safety},
    format::format,
    lint,
    source::{FileId, SourceFile},
    syntax::parse,
    world::World,
};

use crate::{args::FindingsArguments, error::Failure, load::Loaded, output, render};

/// Repairs may make room for others; more rounds than this no chain of them needs.
const ROUNDS: usize = 30;

/// What repairs made of the files, in memory.
pub struct Repaired {
    /// How many were made.
    pub count: usize,
    /// The texts as they were, of the files that changed.
    before: BTreeMap<FileId, String>,
}

/// Repairs what was selected, until nothing is left to repair. A file that was laid out by the formatter is
/// laid out again.
pub fn repair(
    loaded: &mut Loaded,
    arguments: &FindingsArguments,
    find: &dyn Fn(&Loaded) -> (Checked, Vec<Diagnostic>),
) -> Repaired {
    let limit = if arguments.allow_unsafe { Safety::Unsafe } else { Safety::Safe };
    let mut repaired = Repaired { count: 0, before: BTreeMap::new() };
    for _ in 0..ROUNDS {
        let (_, findings) = find(loaded);
        let writable = |file: FileId| {
            loaded.selected.contains(&file)
                && loaded.world.modules.get(file.0 as usize).is_some_and(|module| module.disk.is_some())
        };
        let fixed = lint::apply(&loaded.world, &findings, limit, &writable);
        if fixed.texts.is_empty() {
            break;
        }
        repaired.count += fixed.count;
        for (file, text) in fixed.texts {
            let before = replace(loaded, file, text);
            repaired.before.entry(file).or_insert(before);
        }
    }
    for (file, before) in &repaired.before {
        if format(&parse(before)).text == *before {
            let text = format(&parse(&loaded.world.source(*file).text)).text;
            replace(loaded, *file, text);
        }
    }
    repaired
}

/// Puts another text into a module; gives the one before.
fn replace(loaded: &mut Loaded, file: FileId, text: String) -> String {
    let module = &mut loaded.world.modules[file.0 as usize];
    let source = SourceFile::new(module.source.name.clone(), text);
    std::mem::replace(&mut module.source, source).text.to_string()
}

impl Repaired {
    /// How many files changed.
    pub fn files(&self) -> usize {
        self.before.len()
    }

    /// Writes the files that changed.
    pub fn write(&self, loaded: &Loaded) -> Result<(), Failure> {
        for (file, before) in &self.before {
            let module = &loaded.world.modules[file.0 as usize];
            if let Some(disk) = &module.disk {
                output::rewrite(&loaded.world.fence, disk, before, &module.source.text)?;
            }
        }
        Ok(())
    }

    /// Shows what would change.
    pub fn show(&self, loaded: &Loaded, output: &mut dyn Write) -> io::Result<()> {
        for (file, before) in &self.before {
            let source = loaded.world.source(*file);
            render::diff::write(&source.name, before, &source.text, output)?;
        }
        Ok(())
    }
}
