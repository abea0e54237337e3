//! Fixes, made in memory, compared with the files as they were, then written or shown.

use std::{
    io::{self, Write},
    sync::Arc,
};

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Safety},
    repair::{self, Files, Repaired},
    source::{FileId, SourceFile},
    world::World,
};

use crate::{args::FindingsArguments, error::Failure, load::Loaded, output, render};

/// Computes all findings of what is loaded.
pub type Find<'a> = &'a dyn Fn(&Loaded) -> (Checked, Vec<Diagnostic>);

/// What is loaded, as it is repaired.
struct InMemory<'a> {
    loaded: &'a mut Loaded,
    find: Find<'a>,
    /// What is known of the files as they are now.
    checked: Checked,
}

impl Files for InMemory<'_> {
    fn text(&self, file: FileId) -> Arc<str> {
        self.loaded.world.source(file).text.clone()
    }

    fn is_writable(&self, file: FileId) -> bool {
        self.loaded.is_writable(file)
    }

    fn replace(&mut self, file: FileId, text: Arc<str>) {
        self.loaded.replace(file, text);
    }

    fn findings(&mut self) -> Vec<Diagnostic> {
        let (checked, findings) = (self.find)(self.loaded);
        self.checked = checked;
        findings
    }
}

/// Repairs what was selected, until nothing is left to repair. Gives what is known of the result, too.
pub fn repair(loaded: &mut Loaded, arguments: &FindingsArguments, find: Find<'_>) -> (Repaired, Checked) {
    let limit = if arguments.allow_unsafe { Safety::Unsafe } else { Safety::Safe };
    let mut files = InMemory { loaded, find, checked: Checked::default() };
    let repaired = repair::repair(&mut files, limit);
    (repaired, files.checked)
}

/// Writes the files that changed. A file that is no longer what was read and repaired is left alone.
pub fn write(repaired: &Repaired, loaded: &Loaded) -> Result<(), Failure> {
    let mut failures = Vec::new();
    for (file, before) in &repaired.before {
        let module = &loaded.world.modules[file.0 as usize];
        if let Some(disk) = &module.disk {
            failures.extend(output::rewrite(&loaded.world.fence, disk, before, &module.source.text).err());
        }
    }
    Failure::all(failures).map_or(Ok(()), Err)
}

/// Shows what would change.
pub fn show(repaired: &Repaired, loaded: &Loaded, out: &mut dyn Write) -> io::Result<()> {
    for (file, before) in &repaired.before {
        let source = loaded.world.source(*file);
        render::diff::write(&source.name, before, &source.text, out)?;
    }
    Ok(())
}

impl Loaded {
    /// Whether a file may be repaired: it was asked for, is on disk, and its text is what is there.
    fn is_writable(&self, file: FileId) -> bool {
        let on_disk =
            |file: FileId| self.world.modules.get(file.0 as usize).is_some_and(|it| it.disk.is_some());
        self.selected.contains(&file) && on_disk(file) && !self.unreadable.contains(&file)
    }

    /// Puts another text into a module, with what is wrong with it as a file.
    fn replace(&mut self, file: FileId, text: Arc<str>) {
        let module = &mut self.world.modules[file.0 as usize];
        module.source = SourceFile::new(module.source.path(), text);
        self.inspect_again(file);
    }
}
