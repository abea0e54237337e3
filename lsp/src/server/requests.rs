//! Requests beyond the protocol: docs/formats/editor-requests.md.

use serde::{Deserialize, Serialize};
use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{TextDocumentIdentifier, Uri},
};

use super::{addresses, backend::Backend};
use crate::workspace::Place;

/// A document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentParams {
    text_document: TextDocumentIdentifier,
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
        let version = {
            let state = self.shared.state();
            state.file(&uri).and_then(|file| state.version(file))
        };
        let found = self.shared.answer(&uri, move |context, file| {
            Ok(DocumentAnswer { version, text: context.snapshot.source(file).text.to_string() })
        });
        found.await
    }
}
