//! The protocol: takes in what the client says, and answers from snapshots.
//!
//! The state changes before the first `await` of a notification's handler, and a request takes its
//! snapshot before its own: so both see the messages before them, in their order, and nothing else.

mod addresses;
mod capabilities;
mod convert;
mod positions;
mod schedule;
mod state;

use std::{path::PathBuf, sync::Arc};

use tower_lsp_server::{
    LanguageServer, LspService, Server,
    jsonrpc::Result,
    ls_types::{
        DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
        DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams,
        DocumentDiagnosticReport, DocumentDiagnosticReportResult, FileChangeType,
        FullDocumentDiagnosticReport, InitializeParams, InitializeResult, InitializedParams,
        RelatedFullDocumentDiagnosticReport, ServerInfo, Uri, WorkspaceFolder,
    },
};

use crate::{ide, workspace::Disk};
use schedule::Shared;
use state::State;

/// Enough for the deepest nesting that the parser lets through, in an unoptimized build as well.
const STACK: usize = 64 << 20;
/// So many requests are worked on at once: enough that a notification never waits behind them.
const CONCURRENCY: usize = 64;

/// Serves one client on standard input and output until it goes away.
pub fn serve(disk: Arc<dyn Disk>, version: &'static str) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK)
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let (service, socket) = LspService::build(|client| {
            let shared = Arc::new(Shared::new(client, State::new(disk)));
            tokio::spawn(shared.clone().publish());
            Backend { shared, version }
        })
        .finish();
        let server = Server::new(tokio::io::stdin(), tokio::io::stdout(), socket);
        server.concurrency_level(CONCURRENCY).serve(service).await;
    });
    // A thread that still works on what nobody waits for mustn't keep the process.
    runtime.shutdown_background();
    Ok(())
}

/// What the protocol's messages arrive at.
struct Backend {
    shared: Arc<Shared>,
    version: &'static str,
}

fn folder_path(folder: &WorkspaceFolder) -> Option<PathBuf> {
    folder.uri.to_file_path().map(|path| path.components().collect())
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let settings = capabilities::settle(&params);
        #[expect(deprecated, reason = "older clients say nothing else")]
        let root = params.root_uri.as_ref().and_then(Uri::to_file_path).map(|path| path.into_owned());
        {
            let mut state = self.shared.state();
            state.settings = settings;
            state.folders = match &params.workspace_folders {
                Some(folders) => folders.iter().filter_map(folder_path).collect(),
                None => root.into_iter().collect(),
            };
        }
        self.shared.lay_out();
        let info = ServerInfo { name: "quell".to_owned(), version: Some(self.version.to_owned()) };
        Ok(InitializeResult {
            capabilities: capabilities::offered(settings),
            server_info: Some(info),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.shared.state().settings.watches {
            // A client that refuses only sees changes on disk later.
            let _ = self.shared.client.register_capability(capabilities::watched()).await;
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let new = self.shared.state().open(document.uri, document.version, document.text);
        if new {
            self.shared.lay_out();
        }
        self.shared.announce();
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.shared.state().change(&document.uri, document.version, params.content_changes);
        self.shared.announce();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.shared.state().close(&params.text_document.uri);
        self.shared.announce();
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let layout = params.changes.iter().any(|event| {
            event.typ != FileChangeType::CHANGED || !event.uri.path().as_str().ends_with(".quell")
        });
        {
            let mut state = self.shared.state();
            params.changes.iter().for_each(|event| state.changed_on_disk(&event.uri));
        }
        if layout {
            self.shared.lay_out();
        }
        self.shared.announce();
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        {
            let mut state = self.shared.state();
            let removed: Vec<PathBuf> = params.event.removed.iter().filter_map(folder_path).collect();
            state.folders.retain(|folder| !removed.contains(folder));
            state.folders.extend(params.event.added.iter().filter_map(folder_path));
        }
        self.shared.lay_out();
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let found = self.shared.answer(&params.text_document.uri, |context, file| {
            let found = ide::diagnostics::diagnostics(&context.snapshot, file);
            Ok(convert::diagnostics(context, &found))
        });
        let items = found.await?.unwrap_or_default();
        let report = FullDocumentDiagnosticReport { result_id: None, items };
        let report = RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: report,
        };
        Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report)))
    }
}
