//! The protocol's messages: each takes a snapshot, has `ide` do the work, and converts what comes of it.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use quell_compiler::visible::visible;
use tower_lsp_server::{
    LanguageServer,
    jsonrpc::{Error, Result},
    ls_types::*,
};

use super::{capabilities, convert, features, schedule::Shared};
use crate::ide;

/// What the protocol's messages arrive at.
pub struct Backend {
    /// What all parts of the server share.
    pub shared: Arc<Shared>,
    /// Of the program.
    pub version: &'static str,
    /// Whether the client asked for the end.
    pub shutdown: Arc<AtomicBool>,
}

fn folder_path(folder: &WorkspaceFolder) -> Option<PathBuf> {
    folder.uri.to_file_path().map(|path| path.components().collect())
}

/// A request that can't be met, in words for people.
fn refused(why: String) -> Error {
    Error { message: visible(&why).into_owned().into(), ..Error::invalid_params("") }
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
        self.shutdown.store(true, Ordering::Relaxed);
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
        let closed = self.shared.state().close(&params.text_document.uri);
        if let Some(file) = closed {
            self.shared.results.forget(file);
            self.shared.colours.forget(file);
        }
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
        features::pulled::of_document(&self.shared, params).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        features::pulled::of_all(&self.shared, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::completion::completions(&context.snapshot, cursor);
            Ok(convert::completions(context, found))
        });
        Ok(found.await?.map(CompletionResponse::List))
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let at = params.text_document_position_params;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::signature::signature(&context.snapshot, cursor);
            Ok(found.map(|found| convert::signature(context, found)))
        });
        Ok(found.await?.flatten())
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::hover::hover(&context.snapshot, cursor);
            Ok(found.map(|found| Hover {
                contents: HoverContents::Markup(context.settings.hover_markup.content(found.markdown)),
                range: Some(convert::range(context, found.span)),
            }))
        });
        Ok(found.await?.flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::navigation::definition(&context.snapshot, cursor);
            Ok(found.and_then(|(_, target)| convert::location(context, target.focus)))
        });
        Ok(found.await?.flatten().map(GotoDefinitionResponse::Scalar))
    }

    async fn goto_declaration(
        &self,
        params: request::GotoDeclarationParams,
    ) -> Result<Option<request::GotoDeclarationResponse>> {
        self.goto_definition(params).await
    }

    async fn goto_type_definition(
        &self,
        params: request::GotoTypeDefinitionParams,
    ) -> Result<Option<request::GotoTypeDefinitionResponse>> {
        let at = params.text_document_position_params;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::navigation::type_definition(&context.snapshot, cursor);
            Ok(found.and_then(|(_, target)| convert::location(context, target.focus)))
        });
        Ok(found.await?.flatten().map(GotoDefinitionResponse::Scalar))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let declaration = params.context.include_declaration;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let mut found = ide::navigation::references(&context.snapshot, cursor);
            found.retain(|it| declaration || !ide::navigation::declares(it));
            Ok(found.iter().filter_map(|it| convert::location(context, it.span)).collect())
        });
        found.await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::navigation::highlights(&context.snapshot, cursor);
            let convert = |it: &ide::occurrences::Occurrence| DocumentHighlight {
                range: convert::range(context, it.span),
                kind: Some(match ide::navigation::declares(it) {
                    true => DocumentHighlightKind::WRITE,
                    false => DocumentHighlightKind::READ,
                }),
            };
            Ok(found.iter().map(convert).collect())
        });
        found.await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let at = params.position;
        let found = self.shared.answer(&params.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at);
            let found = ide::rename::prepare(&context.snapshot, cursor);
            Ok(found.map(|span| convert::range(context, span)))
        });
        match found.await? {
            None => Ok(None),
            Some(Ok(range)) => Ok(Some(PrepareRenameResponse::Range(range))),
            Some(Err(why)) => Err(refused(why)),
        }
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            let found = ide::rename::rename(&context.snapshot, cursor, &params.new_name);
            Ok(found.map(|edits| convert::workspace_edit(context, &edits)))
        });
        match found.await? {
            None => Ok(None),
            Some(Ok(edit)) => Ok(Some(edit)),
            Some(Err(why)) => Err(refused(why)),
        }
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let found = self.shared.answer(&params.text_document.uri, |context, file| {
            let found = ide::symbols::document_symbols(&context.snapshot, file);
            Ok(convert::document_symbols(context, &found))
        });
        Ok(found.await?.map(DocumentSymbolResponse::Nested))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let found = self.shared.answer_all(move |context| {
            let found = ide::symbols::workspace_symbols(&context.snapshot, &params.query);
            Ok(convert::workspace_symbols(context, &found))
        });
        Ok(Some(WorkspaceSymbolResponse::Nested(found.await?)))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let found = self.shared.answer(&params.text_document.uri, |context, file| {
            Ok(convert::text_edits(context, &ide::structure::format(&context.snapshot, file)))
        });
        found.await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let range = params.range;
        let found = self.shared.answer(&params.text_document.uri, move |context, file| {
            let start = convert::cursor(context, file, range.start).offset;
            let end = convert::cursor(context, file, range.end).offset.max(start);
            let span = quell_compiler::source::Span::new(file, start, end);
            Ok(convert::text_edits(context, &ide::structure::format_range(&context.snapshot, span)))
        });
        found.await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let at = params.text_document_position;
        let found = self.shared.answer(&at.text_document.uri, move |context, file| {
            let cursor = convert::cursor(context, file, at.position);
            Ok(convert::text_edits(context, &ide::structure::format_typed(&context.snapshot, cursor)))
        });
        found.await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let found = self.shared.answer(&params.text_document.uri, |context, file| {
            Ok(convert::folds(context, &ide::structure::folds(&context.snapshot, file)))
        });
        found.await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let found = self.shared.answer(&params.text_document.uri, move |context, file| {
            let of = |position: &Position| {
                let cursor = convert::cursor(context, file, *position);
                let spans = ide::structure::selections(&context.snapshot, cursor);
                let here = SelectionRange { range: Range::new(*position, *position), parent: None };
                convert::selections(context, &spans).unwrap_or(here)
            };
            Ok(params.positions.iter().map(of).collect())
        });
        found.await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let found = features::colours::colours(&self.shared, &params.text_document.uri, None);
        Ok(found.await?.and_then(|found| match found {
            SemanticTokensFullDeltaResult::Tokens(tokens) => Some(SemanticTokensResult::Tokens(tokens)),
            _ => None,
        }))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let previous = Some(params.previous_result_id);
        features::colours::colours(&self.shared, &params.text_document.uri, previous).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let found = self.shared.answer(&params.text_document.uri, move |context, file| {
            let start = convert::cursor(context, file, range.start).offset;
            let end = convert::cursor(context, file, range.end).offset.max(start);
            let span = quell_compiler::source::Span::new(file, start, end);
            Ok(convert::tokens(context, &ide::tokens::tokens(&context.snapshot, file, Some(span))))
        });
        let tokens = |data| SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data });
        Ok(found.await?.map(tokens))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        features::hints::hints(&self.shared, params).await
    }

    async fn inlay_hint_resolve(&self, hint: InlayHint) -> Result<InlayHint> {
        features::hints::resolve(&self.shared, hint).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        features::lenses::lenses(&self.shared, params).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        features::lenses::resolve(&self.shared, lens).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        features::hierarchy::prepare(&self.shared, params.text_document_position_params).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        features::hierarchy::incoming(&self.shared, params.item).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        features::hierarchy::outgoing(&self.shared, params.item).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        features::links::links(&self.shared, &params.text_document.uri).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        features::moves::moves(&self.shared, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        features::actions::actions(&self.shared, params).await
    }
}
