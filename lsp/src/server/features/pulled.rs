//! Findings that the client asks for: of a document, and of all. Each report has a name made from what it
//! says; a client that has that report already isn't sent it again.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Mutex, PoisonError},
};

use quell_compiler::source::FileId;
use tower_lsp_server::{jsonrpc::Result, ls_types::*};

use crate::{
    ide::lints,
    server::{
        convert,
        linting::look_at,
        schedule::{Context, Shared, StopOnDrop},
    },
};

/// The names of the last reports on all documents, with the moment that they were about.
#[derive(Debug, Default)]
pub struct Reports {
    names: Mutex<(u64, HashMap<FileId, String>)>,
}

impl Reports {
    /// The name of the report on a document, if it was made at this moment.
    fn known(&self, revision: u64, file: FileId) -> Option<String> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.1.get(&file).filter(|_| names.0 == revision).cloned()
    }

    fn keep(&self, revision: u64, file: FileId, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.0 != revision {
            *names = (revision, HashMap::new());
        }
        names.1.insert(file, name.to_owned());
    }
}

/// The findings of a document.
pub async fn of_document(
    shared: &Shared,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let found = shared.answer(&params.text_document.uri, |context, file| {
        let found = lints::of_file(&context.snapshot, file)?;
        Ok(convert::diagnostics(context, &found))
    });
    let items = found.await?.unwrap_or_default();
    let name = name(&items);
    let report = if params.previous_result_id.as_ref() == Some(&name) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(name), items },
        })
    };
    Ok(DocumentDiagnosticReportResult::Report(report))
}

/// The findings of all documents. In one answer, whatever the client offers: what is sent apart from the
/// answer can arrive behind it, and would be lost.
pub async fn of_all(
    shared: &Shared,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let is_first = {
        let mut state = shared.state();
        !std::mem::replace(&mut state.pulls_all, true)
    };
    if is_first {
        // What was sent of closed files before would be there twice.
        shared.announce();
    }
    let known = params.previous_result_ids.into_iter().map(|it| (it.uri, it.value));
    let mut known: HashMap<Uri, String> = known.collect();
    let context = shared.context().await;
    let _stop = StopOnDrop(context.snapshot.stop());
    let revision = context.snapshot.revision;
    let (mut all, mut changed) = (Vec::new(), Vec::new());
    for file in context.snapshot.workspace.own() {
        let Some(uri) = context.uri(file) else { continue };
        match shared.reports.known(revision, file).filter(|name| known.get(&uri) == Some(name)) {
            Some(name) => {
                known.remove(&uri);
                all.push(unchanged(&context, file, uri, name));
            }
            None => changed.push(file),
        }
    }
    for (file, items) in look_at(&context, &changed).await {
        let Some(uri) = context.uri(file) else { continue };
        let name = name(&items);
        shared.reports.keep(revision, file, &name);
        all.push(match known.remove(&uri).filter(|known| *known == name) {
            Some(name) => unchanged(&context, file, uri, name),
            None => WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version: version(&context, file),
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(name),
                    items,
                },
            }),
        });
    }
    // Of what isn't there any longer nothing is wrong.
    let gone = known.into_keys().map(|uri| {
        let full_document_diagnostic_report = FullDocumentDiagnosticReport::default();
        let report =
            WorkspaceFullDocumentDiagnosticReport { uri, version: None, full_document_diagnostic_report };
        WorkspaceDocumentDiagnosticReport::Full(report)
    });
    all.extend(gone);
    Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: all }))
}

fn unchanged(context: &Context, file: FileId, uri: Uri, name: String) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
        uri,
        version: version(context, file),
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
    })
}

fn version(context: &Context, file: FileId) -> Option<i64> {
    context.versions.get(&file).copied().map(i64::from)
}

/// The name of a report: the same findings have the same one.
fn name(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
