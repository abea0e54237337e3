//! What the server knows: the files with the unsaved texts over them. It changes only under a lock that
//! is never held while anything is computed or awaited.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use quell_compiler::source::FileId;
use tower_lsp_server::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::{
    addresses::{LaidOut, StdAddresses, place},
    convert::Markup,
    positions::Encoding,
};
use crate::{
    ide::{Analysis, Snapshot, hints::Wanted},
    workspace::{Disk, Layout, Place, Workspace},
};

/// What the server knows.
pub struct State {
    /// The files.
    pub workspace: Workspace,
    /// Grows with each change.
    pub revision: u64,
    /// Grows when it may have changed which files there are.
    pub layouts: u64,
    /// The documents that the client has open.
    pub open: BTreeMap<FileId, Document>,
    /// The document that was changed last.
    pub edited: Option<FileId>,
    /// The folders that the client works in.
    pub folders: Vec<PathBuf>,
    /// What the last layout left out, as it was told to the client.
    pub notes: Vec<String>,
    /// Whether the client asks for the findings of all files.
    pub pulls_all: bool,
    /// What was agreed on.
    pub settings: Settings,
    /// What was laid out for the client to open.
    pub laid_out: Arc<LaidOut>,
    analysis: Arc<Analysis>,
}

/// A document that the client has open.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its address, as the client writes it.
    pub uri: Uri,
    /// The number that the client gave its text.
    pub version: i32,
}

/// What was agreed on with the client.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// What a character of a position counts.
    pub encoding: Encoding,
    /// How modules of the standard library are opened.
    pub std: StdAddresses,
    /// How findings get to the client.
    pub delivery: Delivery,
    /// Whether completions may have places to fill in.
    pub snippets: bool,
    /// As what hovers and the notes of hints are shown.
    pub hover_markup: Markup,
    /// As what the docs of completions are shown.
    pub completion_markup: Markup,
    /// As what the docs of signatures are shown.
    pub signature_markup: Markup,
    /// Whether the client shows progress that it wasn't asked to wait for.
    pub progress: bool,
    /// Whether the client can be asked to watch files.
    pub watches: bool,
    /// Whether the client can be told to ask for findings again.
    pub refresh: bool,
    /// Whether the client can be told to ask for hints again.
    pub refresh_hints: bool,
    /// Whether the client can be told to ask for lenses again.
    pub refresh_lenses: bool,
    /// Which hints the client wants.
    pub hints: Wanted,
}

/// How findings get to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delivery {
    /// They are sent when they change.
    #[default]
    Push,
    /// The client asks.
    Pull,
}

impl State {
    /// Nothing is open.
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self {
            workspace: Workspace::new(disk),
            revision: 1,
            layouts: 0,
            open: BTreeMap::new(),
            edited: None,
            folders: Vec::new(),
            notes: Vec::new(),
            pulls_all: false,
            settings: Settings::default(),
            laid_out: Arc::default(),
            analysis: Arc::default(),
        }
    }

    /// All as it is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.workspace.clone(), self.revision, self.analysis.clone())
    }

    /// The number of a document's text.
    pub fn version(&self, file: FileId) -> Option<i32> {
        self.open.get(&file).map(|document| document.version)
    }

    fn set(&mut self, workspace: Workspace) {
        self.workspace = workspace;
        self.revision += 1;
    }

    /// A document was opened; returns whether its file is new here.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) -> bool {
        let known = self.file(&uri);
        let (workspace, file) = match known {
            Some(file) => (self.workspace.clone(), file),
            None => self.workspace.with_place(&place(&uri)),
        };
        // The texts of the standard library are what they are.
        let workspace = if workspace.is_std(file) { workspace } else { workspace.with_text(file, text) };
        self.set(workspace);
        self.open.insert(file, Document { uri, version });
        self.edited = Some(file);
        let on_disk = matches!(self.workspace.place_of(file), Place::Disk(_));
        known.is_none() && on_disk
    }

    /// A document was changed, by edits in their order.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(file) = self.file(uri) else { return };
        let Some(document) = self.open.get_mut(&file) else { return };
        document.version = version;
        if self.workspace.is_std(file) {
            return;
        }
        let mut source = self.workspace.edited(file);
        for change in changes {
            let text: String = match change.range {
                None => change.text,
                Some(range) => {
                    let span = self.settings.encoding.span(file, &source, range);
                    let (start, end) = (span.start as usize, span.end as usize);
                    [&source.text[..start], &change.text, &source.text[end..]].concat()
                }
            };
            source = quell_compiler::source::SourceFile::new(source.path(), text);
        }
        let workspace = self.workspace.with_text(file, source.text);
        self.set(workspace);
        self.edited = Some(file);
    }

    /// A document was closed: its text on disk counts again. Gives its file.
    pub fn close(&mut self, uri: &Uri) -> Option<FileId> {
        let file = self.file(uri)?;
        self.open.remove(&file);
        let workspace = self.workspace.from_disk(file);
        self.set(workspace);
        Some(file)
    }

    /// A file changed on disk.
    pub fn changed_on_disk(&mut self, uri: &Uri) {
        if let Some(file) = self.file(uri).filter(|file| !self.open.contains_key(file)) {
            let workspace = self.workspace.from_disk(file);
            self.set(workspace);
        }
    }

    /// What the layout of the files is asked from.
    pub fn asked(&self) -> (u64, Vec<PathBuf>, Vec<PathBuf>) {
        let files = self.open.keys().filter_map(|file| match self.workspace.place_of(*file) {
            Place::Disk(path) => Some(path.clone()),
            Place::Std(_) | Place::Editor(_) => None,
        });
        (self.layouts, self.folders.clone(), files.collect())
    }

    /// Takes in which files there are; gives what was left out, if that is new.
    pub fn lay_out(&mut self, mut layout: Layout) -> Vec<String> {
        let notes = std::mem::take(&mut layout.notes);
        let is_new = notes != self.notes;
        self.notes.clone_from(&notes);
        let workspace = self.workspace.laid_out(layout);
        self.set(workspace);
        if is_new { notes } else { Vec::new() }
    }
}
