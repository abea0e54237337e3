//! What the server offers, and what the client can do with it.

use serde::Deserialize;
use tower_lsp_server::ls_types::*;

use super::{
    addresses::StdAddresses,
    convert::Markup,
    features,
    positions::Encoding,
    state::{Delivery, Settings},
};
use crate::ide::{hints::Wanted, tokens::TokenKind};

/// What a client may say in `initializationOptions`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    /// `"scheme"`: it asks for the texts of `quell-std:` addresses. Else they are laid out as files.
    standard_modules: Option<String>,
    /// `"push"` or `"pull"`: how it wants findings, if it can do both.
    diagnostics: Option<String>,
    /// Which kinds of hints it wants; all of those that it doesn't speak of.
    inlay_hints: HintOptions,
}

/// The kinds of hints, each `false` where it isn't wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct HintOptions {
    types: Option<bool>,
    missing: Option<bool>,
    effects: Option<bool>,
    times: Option<bool>,
}

/// What is agreed on with a client.
pub fn settle(params: &InitializeParams) -> Settings {
    let options = params.initialization_options.clone();
    let options: Options = options.and_then(|it| serde_json::from_value(it).ok()).unwrap_or_default();
    let client = &params.capabilities;
    let general = client.general.as_ref();
    let text = client.text_document.as_ref();
    let workspace = client.workspace.as_ref();
    let pulls = text.is_some_and(|text| text.diagnostic.is_some());
    let refreshes = workspace.and_then(|it| it.diagnostics.as_ref()).and_then(|it| it.refresh_support);
    let refreshes_hints = workspace.and_then(|it| it.inlay_hint.as_ref()).and_then(|it| it.refresh_support);
    let refreshes_lenses = workspace.and_then(|it| it.code_lens.as_ref()).and_then(|it| it.refresh_support);
    let item = text.and_then(|it| it.completion.as_ref()).and_then(|it| it.completion_item.as_ref());
    let hover = text.and_then(|it| it.hover.as_ref());
    let signature =
        text.and_then(|it| it.signature_help.as_ref()).and_then(|it| it.signature_information.as_ref());
    let watching = workspace.and_then(|it| it.did_change_watched_files.as_ref());
    Settings {
        encoding: Encoding::negotiate(general.and_then(|it| it.position_encodings.as_deref())),
        std: match options.standard_modules.as_deref() {
            Some("scheme") => StdAddresses::Scheme,
            _ => StdAddresses::Files,
        },
        delivery: match options.diagnostics.as_deref() {
            Some("push") => Delivery::Push,
            _ if pulls => Delivery::Pull,
            _ => Delivery::Push,
        },
        snippets: item.and_then(|it| it.snippet_support).unwrap_or_default(),
        hover_markup: Markup::settle(hover.and_then(|it| it.content_format.as_deref())),
        completion_markup: Markup::settle(item.and_then(|it| it.documentation_format.as_deref())),
        signature_markup: Markup::settle(signature.and_then(|it| it.documentation_format.as_deref())),
        progress: client.window.as_ref().and_then(|it| it.work_done_progress).unwrap_or_default(),
        watches: watching.and_then(|it| it.dynamic_registration).unwrap_or_default(),
        refresh: refreshes.unwrap_or_default(),
        refresh_hints: refreshes_hints.unwrap_or_default(),
        refresh_lenses: refreshes_lenses.unwrap_or_default(),
        hints: Wanted {
            types: options.inlay_hints.types.unwrap_or(true),
            missing: options.inlay_hints.missing.unwrap_or(true),
            effects: options.inlay_hints.effects.unwrap_or(true),
            times: options.inlay_hints.times.unwrap_or(true),
        },
    }
}

/// What the server offers.
pub fn offered(settings: Settings) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        ..TextDocumentSyncOptions::default()
    };
    let pull = DiagnosticOptions {
        identifier: Some("quell".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(settings.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        diagnostic_provider: (settings.delivery == Delivery::Pull)
            .then_some(DiagnosticServerCapabilities::Options(pull)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([".", "(", ",", " ", "=", "\n"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(["(", ","].map(str::to_owned).to_vec()),
            ..SignatureHelpOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: "}".to_owned(),
            more_trigger_character: Some(vec!["\n".to_owned()]),
        }),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(colours())),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(features::actions::kinds()),
            ..CodeActionOptions::default()
        })),
        inlay_hint_provider: Some(OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
            resolve_provider: Some(true),
            ..InlayHintOptions::default()
        }))),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: None,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                will_rename: Some(moved()),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}

/// The files and folders whose new names the server wants to know before they have them.
fn moved() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, matches| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(matches), options: None },
    };
    let filters = vec![
        filter("**/*.quell", FileOperationPatternKind::File),
        filter("**", FileOperationPatternKind::Folder),
    ];
    FileOperationRegistrationOptions { filters }
}

fn colours() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TokenKind::ALL.iter().map(|(_, name)| SemanticTokenType::new(name)).collect(),
            token_modifiers: vec![SemanticTokenModifier::DECLARATION, SemanticTokenModifier::DEFAULT_LIBRARY],
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    }
}

/// The files whose changes the client is asked to tell of.
pub fn watched() -> Vec<Registration> {
    let watcher =
        |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
    let watchers = ["**/*.quell", "**/quell.toml", "**/*.{yml,yaml}"].map(watcher).to_vec();
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    vec![Registration {
        id: "quell/files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }]
}
