//! Who works when: requests on threads of their own over a snapshot, findings behind each change, the
//! layout of files when some come or go.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use quell_compiler::source::FileId;
use tokio::{sync::watch, task::spawn_blocking, time::sleep};
use tower_lsp_server::{
    Client,
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{Diagnostic, MessageType, ProgressToken, Uri},
};

use super::{
    addresses::LaidOut,
    convert,
    features::{colours, lenses, pulled},
    linting::Whose,
    state::{Delivery, State},
};
use crate::ide::{self, Cancelled, Snapshot};

/// So long after the last edit the linter looks at what is open.
const PAUSE: Duration = Duration::from_millis(50);
/// So long after that the files that nobody has open are looked at.
const QUIET: Duration = Duration::from_millis(150);
/// So many of these are looked at before the findings go out.
const BATCH: usize = 128;
/// So many of these are checked at once.
const TOGETHER: usize = 16;

/// What all parts of the server share.
pub struct Shared {
    pub client: Client,
    state: Mutex<State>,
    /// Whether it is known which files there are.
    ready: watch::Sender<bool>,
    /// The number of the latest change.
    changed: watch::Sender<u64>,
    /// What came of scenarios.
    pub results: lenses::Results,
    /// The colours that clients have.
    pub colours: colours::Colours,
    /// The reports that clients have.
    pub reports: Arc<pulled::Reports>,
}

/// Waits, unless something changes meanwhile; whether nothing did.
async fn rest(changes: &mut watch::Receiver<u64>, time: Duration) -> bool {
    tokio::select! {
        () = sleep(time) => true,
        _ = changes.changed() => {
            changes.mark_changed();
            false
        }
    }
}

/// Tells the work that nobody waits for it any longer.
pub struct StopOnDrop(pub Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Shared {
    pub fn new(client: Client, state: State) -> Self {
        let (ready, _) = watch::channel(false);
        let (changed, _) = watch::channel(0);
        Self {
            client,
            state: Mutex::new(state),
            ready,
            changed,
            results: lenses::Results::default(),
            colours: colours::Colours::default(),
            reports: Arc::default(),
        }
    }

    /// The state; never held across an `await`.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of a document's text.
    pub fn version(&self, uri: &Uri) -> Option<i32> {
        let state = self.state();
        state.file(uri).and_then(|file| state.version(file))
    }

    /// Answers a request about a document from a snapshot of this moment. The work must not be started
    /// behind an `await` of the handler. An answer about a text that has changed meanwhile is none.
    pub async fn answer<T: Send + 'static>(
        &self,
        uri: &Uri,
        work: impl FnOnce(&Context, FileId) -> std::result::Result<T, Cancelled> + Send + 'static,
    ) -> Result<Option<T>> {
        self.until_ready().await;
        let (context, file, version) = {
            let state = self.state();
            let Some(file) = state.file(uri) else { return Ok(None) };
            (Context::new(&state), file, state.version(file))
        };
        let result = self.run(move |context| work(context, file), context).await?;
        if self.state().version(file) != version {
            return Err(content_modified());
        }
        Ok(Some(result))
    }

    /// All as it is once it is known which files there are.
    pub async fn context(&self) -> Context {
        self.until_ready().await;
        Context::new(&self.state())
    }

    /// Answers a request about all files.
    pub async fn answer_all<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Context) -> std::result::Result<T, Cancelled> + Send + 'static,
    ) -> Result<T> {
        let context = self.context().await;
        self.run(work, context).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Context) -> std::result::Result<T, Cancelled> + Send + 'static,
        context: Context,
    ) -> Result<T> {
        let _stop = StopOnDrop(context.snapshot.stop());
        let done = spawn_blocking(move || {
            context.snapshot.proceed()?;
            work(&context)
        });
        match done.await {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(Cancelled)) => Err(Error::request_cancelled()),
            // The panic was printed where it happened; the client hears of it and can go on.
            Err(_) => Err(Error::internal_error()),
        }
    }

    async fn until_ready(&self) {
        if !*self.ready.borrow() {
            // The sender lives as long as the server.
            let _ = self.ready.subscribe().wait_for(|ready| *ready).await;
        }
    }

    /// Says that something changed: findings may be others now.
    pub fn announce(&self) {
        let revision = self.state().revision;
        self.changed.send_replace(revision);
    }

    /// Finds out anew which files there are, in the background.
    pub fn lay_out(self: &Arc<Self>) {
        self.state().layouts += 1;
        self.ready.send_replace(false);
        let shared = self.clone();
        spawn_blocking(move || {
            let notes = loop {
                let (asked, disk) = {
                    let state = shared.state();
                    (state.asked(), state.workspace.disk().clone())
                };
                let (number, folders, files) = asked;
                let layout = disk.layout(&folders, &files);
                let mut state = shared.state();
                // If it was asked for once more, another one of these is on its way.
                if state.layouts != number {
                    return;
                }
                if state.asked().2 == files {
                    break state.lay_out(layout);
                }
            };
            shared.ready.send_replace(true);
            shared.announce();
            let settings = shared.state().settings;
            let client = shared.client.clone();
            // What was pulled before may be otherwise now; a client that refuses asks later.
            tokio::spawn(async move {
                for note in notes {
                    client.log_message(MessageType::INFO, note).await;
                }
                if settings.refresh {
                    let _ = client.workspace_diagnostic_refresh().await;
                }
                if settings.refresh_hints {
                    let _ = client.inlay_hint_refresh().await;
                }
                if settings.refresh_lenses {
                    let _ = client.code_lens_refresh().await;
                }
            });
        });
    }

    /// Sends findings whenever something changed, as long as the server lives.
    pub async fn publish(self: Arc<Self>) {
        let mut changes = self.changed.subscribe();
        let mut sent = Sent::default();
        while changes.changed().await.is_ok() {
            self.until_ready().await;
            let revision = *changes.borrow_and_update();
            self.publish_problems(&mut sent).await;
            if self.publish_open(revision, &mut sent).await {
                if sent.rounds > 0 {
                    if !rest(&mut changes, PAUSE).await {
                        continue;
                    }
                    self.publish_lints(&mut sent, &changes, Whose::Open).await;
                    if !rest(&mut changes, QUIET).await {
                        continue;
                    }
                }
                self.publish_closed(&mut sent, &changes).await;
                self.publish_lints(&mut sent, &changes, Whose::All).await;
            }
        }
    }

    /// The findings of the open documents, the one that was changed last first. Whether nothing changed
    /// meanwhile.
    async fn publish_open(&self, revision: u64, sent: &mut Sent) -> bool {
        let mut files: Vec<FileId> = self.state().open.keys().copied().collect();
        let edited = self.state().edited;
        files.sort_by_key(|file| (Some(*file) != edited, *file));
        let delivery = self.state().settings.delivery;
        for file in files {
            // The client asks itself for what it shows; what it was sent before that would stay.
            if delivery == Delivery::Pull && !sent.hashes.contains_key(&file) {
                continue;
            }
            let (context, document) = {
                let state = self.state();
                let Some(document) = state.open.get(&file).cloned() else { continue };
                (Context::new(&state), document)
            };
            let found = spawn_blocking(move || match delivery {
                Delivery::Pull => Vec::new(),
                Delivery::Push => {
                    let found = ide::diagnostics::diagnostics(&context.snapshot, file);
                    convert::diagnostics(&context, &found)
                }
            });
            let Ok(found) = found.await else { continue };
            // What was found in an older text would only confuse.
            if self.state().version(file) == Some(document.version) {
                self.send(sent, file, document.uri, found, Some(document.version)).await;
            }
        }
        self.state().revision <= revision
    }

    /// The findings of all other files, as long as nothing changes.
    async fn publish_closed(&self, sent: &mut Sent, changes: &watch::Receiver<u64>) {
        let context = Context::new(&self.state());
        let open: Vec<FileId> = self.state().open.keys().copied().collect();
        // Who asks for the findings of all files is sent none.
        let wanted = !self.state().pulls_all;
        let own = context.snapshot.workspace.own().filter(|file| wanted && !open.contains(file));
        let closed: Vec<FileId> = own.collect();
        for gone in sent.without(&closed, &open) {
            if let Some(uri) = self.uri(gone) {
                self.send(sent, gone, uri, Vec::new(), None).await;
            }
        }
        let first = sent.rounds == 0;
        // Later rounds go over them together with the linter.
        let closed = if first { closed } else { Vec::new() };
        let progress =
            if first && closed.len() > BATCH { self.progress("Checking playbooks").await } else { None };
        let changed = || changes.has_changed().unwrap_or(true);
        let _stop = StopOnDrop(context.snapshot.stop());
        let mut done = true;
        for batch in closed.chunks(BATCH) {
            let mut later = changes.clone();
            let found = tokio::select! {
                found = look_at(&context, batch) => found,
                _ = later.changed() => Vec::new(),
            };
            for (file, found) in found {
                let known = sent.hashes.contains_key(&file);
                if let Some(uri) = (!found.is_empty() || known).then(|| self.uri(file)).flatten() {
                    self.send(sent, file, uri, found, None).await;
                }
            }
            if changed() {
                done = false;
                break;
            }
        }
        if let Some(progress) = progress {
            progress.finish().await;
        }
        if done {
            sent.rounds += 1;
        }
    }

    async fn progress(
        &self,
        title: &str,
    ) -> Option<
        tower_lsp_server::OngoingProgress<tower_lsp_server::Unbounded, tower_lsp_server::NotCancellable>,
    > {
        if !self.state().settings.progress {
            return None;
        }
        let token = ProgressToken::String("quell/checking".to_owned());
        self.client.create_work_done_progress(token.clone()).await.ok()?;
        Some(self.client.progress(token, title).begin().await)
    }

    /// What is wrong with project files.
    async fn publish_problems(&self, sent: &mut Sent) {
        let context = Context::new(&self.state());
        let mut all = convert::problems(&context);
        for uri in &sent.problems {
            all.entry(uri.clone()).or_default();
        }
        sent.problems =
            all.iter().filter(|(_, found)| !found.is_empty()).map(|(uri, _)| uri.clone()).collect();
        for (uri, found) in all {
            self.client.publish_diagnostics(uri, found, None).await;
        }
    }

    pub(super) fn uri(&self, file: FileId) -> Option<Uri> {
        let context = Context::new(&self.state());
        context.uri(file)
    }

    pub(super) async fn send(
        &self,
        sent: &mut Sent,
        file: FileId,
        uri: Uri,
        found: Vec<Diagnostic>,
        version: Option<i32>,
    ) {
        let mut hasher = DefaultHasher::new();
        (version, serde_json::to_string(&found).unwrap_or_default()).hash(&mut hasher);
        let hash = hasher.finish();
        if sent.hashes.insert(file, hash) != Some(hash) {
            self.client.publish_diagnostics(uri, found, version).await;
        }
    }
}

/// The findings of files that nobody has open; the work is spread over the processors.
pub async fn look_at(context: &Context, files: &[FileId]) -> Vec<(FileId, Vec<Diagnostic>)> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let shares = files.chunks(files.len().div_ceil(workers).max(1)).map(|files| {
        let (files, context) = (files.to_vec(), context.clone());
        spawn_blocking(move || {
            let mut found = Vec::new();
            for files in files.chunks(TOGETHER) {
                if context.snapshot.proceed().is_err() {
                    break;
                }
                for (file, of_file) in ide::diagnostics::of_closed(&context.snapshot, files) {
                    found.push((file, convert::diagnostics(&context, &of_file)));
                }
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

/// What the client was told.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) hashes: HashMap<FileId, u64>,
    problems: Vec<Uri>,
    /// How often all files were looked at.
    rounds: usize,
}

impl Sent {
    /// The files that the client was told of and that aren't there any longer.
    fn without(&self, closed: &[FileId], open: &[FileId]) -> Vec<FileId> {
        let mut gone: Vec<FileId> =
            self.hashes.keys().copied().filter(|it| !closed.contains(it) && !open.contains(it)).collect();
        gone.sort();
        gone
    }
}

/// A snapshot with what is needed to speak of it in the protocol.
#[derive(Clone)]
pub struct Context {
    /// The files.
    pub snapshot: Snapshot,
    /// What was agreed on.
    pub settings: super::state::Settings,
    /// The addresses that the client uses for what it has open.
    pub uris: Arc<HashMap<FileId, Uri>>,
    /// The numbers that the client gave the texts of what it has open.
    pub versions: Arc<HashMap<FileId, i32>>,
    /// What was laid out for the client to open.
    pub laid_out: Arc<LaidOut>,
}

impl Context {
    /// All as it is now.
    pub fn new(state: &State) -> Self {
        let uris = state.open.iter().map(|(file, document)| (*file, document.uri.clone()));
        let versions = state.open.iter().map(|(file, document)| (*file, document.version));
        Self {
            snapshot: state.snapshot(),
            settings: state.settings,
            uris: Arc::new(uris.collect()),
            versions: Arc::new(versions.collect()),
            laid_out: state.laid_out.clone(),
        }
    }
}

/// The text has changed since the request was made.
pub fn content_modified() -> Error {
    Error {
        code: ErrorCode::ContentModified,
        message: "the document has changed in the meantime".into(),
        data: None,
    }
}
