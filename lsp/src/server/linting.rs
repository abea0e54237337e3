//! What the linter finds goes out behind the findings of the compiler: it looks through the whole project,
//! and nobody who types should wait for that.

use std::sync::Arc;

use quell_compiler::source::FileId;
use tokio::{sync::watch, task::spawn_blocking};
use tower_lsp_server::ls_types::Diagnostic;

use super::{
    convert,
    schedule::{Context, Sent, Shared, StopOnDrop},
    state::Delivery,
};
use crate::ide::lints::{self, Related};

/// So many files are looked at before the findings go out.
const BATCH: usize = 512;
/// So many of these are checked at once.
const TOGETHER: usize = 16;

/// Whose findings go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of the open documents.
    Open,
    /// Those of all files.
    All,
}

impl Shared {
    /// Sends all findings with those of the linter, as long as nothing changes.
    pub(super) async fn publish_lints(&self, sent: &mut Sent, changes: &watch::Receiver<u64>, whose: Whose) {
        let (context, open) = {
            let state = self.state();
            (Context::new(&state), state.open.clone())
        };
        let _stop = StopOnDrop(context.snapshot.stop());
        let mut files: Vec<FileId> = match context.settings.delivery {
            Delivery::Push => open.keys().copied().collect(),
            // The client asks itself for what it shows.
            Delivery::Pull => Vec::new(),
        };
        if whose == Whose::All && !self.state().pulls_all {
            files.extend(context.snapshot.workspace.own().filter(|file| !open.contains_key(file)));
        }
        if files.is_empty() {
            return;
        }
        for batch in files.chunks(BATCH) {
            let mut later = changes.clone();
            let found = tokio::select! {
                found = look_at(&context, batch) => found,
                _ = later.changed() => return,
            };
            for (file, found) in found {
                // What was found in an older text would only confuse.
                let document = open.get(&file);
                if self.state().version(file) != document.map(|document| document.version) {
                    return;
                }
                let uri = document.map(|document| document.uri.clone());
                let known = document.is_some() || !found.is_empty() || sent.hashes.contains_key(&file);
                if let Some(uri) = known.then(|| uri.or_else(|| self.uri(file))).flatten() {
                    self.send(sent, file, uri, found, document.map(|document| document.version)).await;
                }
            }
            if changes.has_changed().unwrap_or(true) {
                return;
            }
        }
    }
}

/// All findings of some files; the work is spread over the processors.
pub async fn look_at(context: &Context, files: &[FileId]) -> Vec<(FileId, Vec<Diagnostic>)> {
    let snapshot = context.snapshot.clone();
    let Ok(related) = spawn_blocking(move || Arc::new(Related::new(&snapshot))).await else {
        return Vec::new();
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let shares = files.chunks(files.len().div_ceil(workers).max(1)).map(|files| {
        let (files, context, related) = (files.to_vec(), context.clone(), related.clone());
        spawn_blocking(move || {
            let mut found = Vec::new();
            for files in files.chunks(TOGETHER) {
                let Ok(of_files) = lints::findings(&context.snapshot, &related, files) else { break };
                let convert =
                    |(file, found): (FileId, Vec<_>)| (file, convert::diagnostics(&context, &found));
                found.extend(of_files.into_iter().map(convert));
            }
            found
        })
    });
    let mut found = Vec::new();
    for share in shares.collect::<Vec<_>>() {
        found.extend(share.await.unwrap_or_default());
    }
    found
}
