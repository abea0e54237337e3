//! Requests beyond the protocol: docs/formats/editor-requests.md.

use std::collections::BTreeMap;

use quell_compiler::{emit, simulate::trace::wire, source::FileId, visible::visible_line};
use serde::{Deserialize, Serialize};
use tower_lsp_server::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{Position, TextDocumentIdentifier, Uri},
};

use super::{addresses, backend::Backend, convert, schedule::Context};
use crate::{
    ide::previews::{self, Given, Preview, Subject},
    workspace::Place,
};

/// The protocol's `RequestFailed`: nothing is wrong with the question.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

/// A document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentParams {
    text_document: TextDocumentIdentifier,
}

/// A playbook or task, and with what it is run.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewParams {
    text_document: TextDocumentIdentifier,
    playbook: Option<String>,
    position: Option<Position>,
    scenario: Option<String>,
    #[serde(default)]
    inputs: BTreeMap<String, String>,
}

impl PreviewParams {
    fn subject(&self, context: &Context, file: FileId) -> Subject {
        let offset = self.position.map(|position| convert::cursor(context, file, position).offset);
        Subject { file, playbook: self.playbook.clone(), offset }
    }
}

/// A page, and what it shows as data.
#[derive(Debug, Serialize)]
pub struct PageAnswer<D> {
    title: String,
    html: String,
    data: D,
}

impl<D> From<Preview<D>> for PageAnswer<D> {
    fn from(preview: Preview<D>) -> Self {
        let Preview { title, html, data } = preview;
        PageAnswer { title: visible_line(&title).into_owned(), html, data }
    }
}

/// A module of the standard library.
#[derive(Debug, Deserialize)]
pub struct ModuleParams {
    uri: Uri,
}

/// A text.
#[derive(Debug, Serialize)]
pub struct TextAnswer {
    text: String,
}

/// The playbooks of a document.
#[derive(Debug, Serialize)]
pub struct PlaybooksAnswer {
    playbooks: Vec<PlaybookAnswer>,
}

/// A playbook with its scenarios.
#[derive(Debug, Serialize)]
pub struct PlaybookAnswer {
    name: String,
    scenarios: Vec<String>,
}

/// A document's text as the server has it: what tests compare.
#[derive(Debug, Serialize)]
pub struct DocumentAnswer {
    version: Option<i32>,
    text: String,
}

impl Backend {
    /// `quell/standardModule`.
    pub async fn standard_module(&self, params: ModuleParams) -> Result<Option<TextAnswer>> {
        if !matches!(addresses::place(&params.uri), Place::Std(_)) {
            return Ok(None);
        }
        let found = self.shared.answer(&params.uri, |context, file| {
            Ok(TextAnswer { text: context.snapshot.source(file).text.to_string() })
        });
        found.await
    }

    /// `quell/stepGraph`.
    pub async fn step_graph(&self, params: PreviewParams) -> Result<Option<PageAnswer<emit::Document>>> {
        let uri = params.text_document.uri.clone();
        let found = self.shared.answer(&uri, move |context, file| {
            Ok(previews::step_graph(&context.snapshot, &params.subject(context, file)))
        });
        Ok(found.await?.flatten().map(PageAnswer::from))
    }

    /// `quell/dryRun`.
    pub async fn dry_run(&self, params: PreviewParams) -> Result<Option<PageAnswer<wire::Document>>> {
        let uri = params.text_document.uri.clone();
        let found = self.shared.answer(&uri, move |context, file| {
            let subject = params.subject(context, file);
            let given = Given { scenario: params.scenario, inputs: params.inputs.into_iter().collect() };
            Ok(previews::dry_run(&context.snapshot, &subject, given))
        });
        match found.await? {
            None | Some(Ok(None)) => Ok(None),
            Some(Ok(Some(preview))) => Ok(Some(preview.into())),
            Some(Err(why)) => Err(Error { code: REQUEST_FAILED, message: why.into(), data: None }),
        }
    }

    /// `quell/playbooks`.
    pub async fn playbooks(&self, params: DocumentParams) -> Result<PlaybooksAnswer> {
        let found = self.shared.answer(&params.text_document.uri, |context, file| {
            let found = crate::ide::playbooks::playbooks(&context.snapshot, file);
            let answer = |it: crate::ide::playbooks::Playbook| PlaybookAnswer {
                name: it.name,
                scenarios: it.scenarios,
            };
            Ok(found.into_iter().map(answer).collect())
        });
        Ok(PlaybooksAnswer { playbooks: found.await?.unwrap_or_default() })
    }

    /// `quell/text`: a document as the server has it.
    pub async fn text(&self, params: DocumentParams) -> Result<Option<DocumentAnswer>> {
        let uri = params.text_document.uri;
        let version = self.shared.version(&uri);
        let found = self.shared.answer(&uri, move |context, file| {
            Ok(DocumentAnswer { version, text: context.snapshot.source(file).text.to_string() })
        });
        found.await
    }
}
