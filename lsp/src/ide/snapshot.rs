//! The files at one moment, with all that is known of them. What is known is found when it is asked for.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use quell_compiler::{
    check::{Checked, Memo, Read, check_again},
    source::{FileId, SourceFile},
    syntax::Parse,
    world::World,
};

use crate::workspace::Workspace;

/// What is known of the files of a session, from one moment to the next.
#[derive(Default)]
pub struct Analysis {
    memo: Mutex<Memo>,
    latest: Mutex<Latest>,
}

/// What is known of the latest moment that was asked about.
#[derive(Default)]
struct Latest {
    revision: u64,
    by_file: HashMap<FileId, Arc<Checked>>,
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

    /// What is known of all modules that belong to people, and of all that they use.
    pub fn everything(&self) -> Arc<Checked> {
        if let Some(known) = self.known(|latest| latest.all.clone()) {
            return known;
        }
        let mut memo = lock(&self.analysis.memo);
        let files: Vec<FileId> = self.workspace.own().collect();
        let checked = Arc::new(check_again(&self.workspace, &files, &mut memo));
        drop(memo);
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

    /// A module's text, read.
    pub fn read(&self, file: FileId) -> Option<Arc<Read>> {
        let text = &self.source(file).text;
        let known = |memo: &Memo| memo.read(file).filter(|read| read.text == *text).cloned();
        let read = known(&lock(&self.analysis.memo));
        if read.is_some() {
            return read;
        }
        self.passing(file);
        known(&lock(&self.analysis.memo))
    }

    /// A module's tree.
    pub fn parse(&self, file: FileId) -> Parse {
        match self.read(file) {
            Some(read) => read.parse.clone(),
            None => quell_compiler::syntax::parse(&self.source(file).text),
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

/// A panic elsewhere, which was reported there, leaves nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
