//! The files at one moment, with all that is known of them. What is known is found when it is asked for.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use quell_compiler::{
    check::{Checked, Edited, Memo, PRELUDE, Read, check_again, check_edited, read},
    hir::Effect,
    names::Exports,
    source::{FileId, SourceFile},
    syntax::Parse,
    world::World,
};

use super::Cursor;
use crate::workspace::Workspace;

/// What is known of the files of a session, from one moment to the next.
#[derive(Default)]
pub struct Analysis {
    memo: Mutex<Memo>,
    latest: Mutex<Latest>,
    least: Mutex<HashMap<FileId, Least>>,
}

/// The least that a call of a module does, as far as its text says.
struct Least {
    text: Arc<str>,
    effect: Option<Effect>,
}

/// What is known of the latest moment that was asked about.
#[derive(Default)]
struct Latest {
    revision: u64,
    by_file: HashMap<FileId, Arc<Checked>>,
    edited: HashMap<FileId, Edited>,
    all: Option<Arc<Checked>>,
}

/// The files at one moment.
#[derive(Clone)]
pub struct Snapshot {
    /// The files.
    pub workspace: Workspace,
    /// The number of the moment: it grows with each edit.
    pub revision: u64,
    analysis: Arc<Analysis>,
    cancelled: Arc<AtomicBool>,
}

/// Nobody waits for the result any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

impl Snapshot {
    /// The files of `workspace`; what is known of them is kept in `analysis`.
    pub fn new(workspace: Workspace, revision: u64, analysis: Arc<Analysis>) -> Self {
        Self { workspace, revision, analysis, cancelled: Arc::default() }
    }

    /// The same with texts that aren't there: to see what they would mean with [`Self::passing_all`].
    pub fn imagine(&self, workspace: Workspace) -> Self {
        // No moment has this number, so nothing that is known is taken for it.
        Self { workspace, revision: u64::MAX, ..self.clone() }
    }

    /// What tells those who work on this snapshot that nobody waits any longer.
    pub fn stop(&self) -> Arc<AtomicBool> {
        self.cancelled.clone()
    }

    /// Whether to go on; long work asks now and then.
    pub fn proceed(&self) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// A file's text.
    pub fn source(&self, file: FileId) -> &SourceFile {
        self.workspace.source(file)
    }

    /// What is known of a module and of all that it uses.
    pub fn checked(&self, file: FileId) -> Arc<Checked> {
        if let Some(known) = self.known(|latest| latest.by_file.get(&file).cloned()) {
            return known;
        }
        let mut memo = lock(&self.analysis.memo);
        // Whoever had the memo before may have been about the same.
        if let Some(known) = self.known(|latest| latest.by_file.get(&file).cloned()) {
            return known;
        }
        let checked = Arc::new(check_again(&self.workspace, &[file], &mut memo));
        drop(memo);
        self.keep(|latest| drop(latest.by_file.insert(file, checked.clone())));
        checked
    }

    /// What is known of a module that is being edited: without what the edits can't have touched. The
    /// findings are all there.
    pub fn edited(&self, file: FileId) -> Edited {
        let known = |latest: &Latest| {
            let whole = latest.by_file.get(&file).map(|checked| Edited::whole(checked.clone()));
            whole.or_else(|| latest.edited.get(&file).cloned())
        };
        if let Some(known) = self.known(known) {
            return known;
        }
        let mut memo = lock(&self.analysis.memo);
        if let Some(known) = self.known(known) {
            return known;
        }
        self.warm(&mut memo, file);
        let edited = check_edited(&self.workspace, file, &mut memo);
        drop(memo);
        self.keep(|latest| {
            if edited.left_out.is_empty() {
                latest.by_file.insert(file, edited.checked.clone());
            }
            latest.edited.insert(file, edited.clone());
        });
        edited
    }

    /// What is known of what stands at a place.
    pub fn checked_at(&self, cursor: Cursor) -> Arc<Checked> {
        let edited = self.edited(cursor.file);
        if edited.covers(cursor.file, cursor.offset) { edited.checked } else { self.checked(cursor.file) }
    }

    /// What is known of all modules that belong to people, and of all that they use.
    pub fn everything(&self) -> Arc<Checked> {
        if let Some(known) = self.known(|latest| latest.all.clone()) {
            return known;
        }
        let files: Vec<FileId> = self.workspace.own().collect();
        let checked = Arc::new(self.passing_all(&files));
        self.keep(|latest| latest.all = Some(checked.clone()));
        checked
    }

    /// What is known of a module, for this once: it takes no place.
    pub fn passing(&self, file: FileId) -> Arc<Checked> {
        match self.known(|latest| latest.by_file.get(&file).cloned()) {
            Some(known) => known,
            None => Arc::new(check_again(&self.workspace, &[file], &mut lock(&self.analysis.memo))),
        }
    }

    /// What is known of some modules, for this once: of these modules nothing is kept. Others can go on
    /// meanwhile.
    pub fn passing_all(&self, files: &[FileId]) -> Checked {
        let mut copy = lock(&self.analysis.memo).clone();
        let checked = check_again(&self.workspace, files, &mut copy);
        lock(&self.analysis.memo).learn(copy, files);
        checked
    }

    /// A module's text, read.
    pub fn read(&self, file: FileId) -> Option<Arc<Read>> {
        Some(lock(&self.analysis.memo).current(file, &self.source(file).text))
    }

    /// The names that a module offers.
    pub fn exports(&self, file: FileId) -> Arc<Exports> {
        lock(&self.analysis.memo).exports(file, &self.source(file).text)
    }

    /// A module's text, read for this once: it takes no place.
    pub fn glance(&self, file: FileId) -> Read {
        let text = &self.source(file).text;
        let known = lock(&self.analysis.memo).read(file).filter(|read| read.text == *text).cloned();
        known.map_or_else(|| read(file, text, None), |known| (*known).clone())
    }

    /// The least that a call of a module does, as `read` reads it from its text; that is done once.
    pub fn least_effect(&self, file: FileId, read: impl FnOnce(&str) -> Option<Effect>) -> Option<Effect> {
        let text = &self.source(file).text;
        let mut known = lock(&self.analysis.least);
        match known.get(&file) {
            Some(least) if Arc::ptr_eq(&least.text, text) => least.effect,
            _ => {
                let effect = read(text);
                known.insert(file, Least { text: text.clone(), effect });
                effect
            }
        }
    }

    /// A module's tree.
    pub fn parse(&self, file: FileId) -> Parse {
        lock(&self.analysis.memo).parse(file, &self.source(file).text)
    }

    /// Reads a module that nobody has read yet, with all that it uses, on all processors.
    fn warm(&self, memo: &mut Memo, file: FileId) {
        if memo.read(file).is_some() {
            return;
        }
        let prelude = self.workspace.resolve(file, PRELUDE);
        let mut next: Vec<FileId> = prelude.into_iter().chain([file]).collect();
        let mut seen: BTreeSet<FileId> = next.iter().copied().collect();
        while !next.is_empty() {
            let unread: Vec<FileId> =
                next.iter().copied().filter(|file| memo.read(*file).is_none()).collect();
            for (file, read) in read_all(&self.workspace, &unread) {
                memo.add(file, read);
            }
            let lines = next.iter().filter_map(|file| Some((*file, &memo.read(*file)?.hir.uses)));
            let used = lines.flat_map(|(file, uses)| uses.iter().map(move |line| (file, &line.path.text)));
            let used = used.filter_map(|(file, path)| self.workspace.resolve(file, path));
            next = used.filter(|file| seen.insert(*file)).collect();
        }
    }

    fn known<T>(&self, find: impl FnOnce(&Latest) -> Option<T>) -> Option<T> {
        let latest = lock(&self.analysis.latest);
        if latest.revision == self.revision { find(&latest) } else { None }
    }

    fn keep(&self, put: impl FnOnce(&mut Latest)) {
        let mut latest = lock(&self.analysis.latest);
        if latest.revision < self.revision {
            *latest = Latest { revision: self.revision, ..Latest::default() };
        }
        if latest.revision == self.revision {
            put(&mut latest);
        }
    }
}

fn read_all(workspace: &Workspace, files: &[FileId]) -> Vec<(FileId, Read)> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(workers).max(1);
    let read = |file: &FileId| (*file, read(*file, &workspace.source(*file).text, None));
    thread::scope(|scope| {
        let threads: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || files.iter().map(read).collect::<Vec<_>>()))
            .collect();
        // What a thread couldn't read is read again, and fails, where it is needed.
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

/// A panic elsewhere, which was reported there, leaves nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
