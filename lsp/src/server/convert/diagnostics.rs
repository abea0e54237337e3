//! Findings.

use std::collections::HashMap;

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    source::{FileId, SourceFile, Span},
    visible::visible,
};
use tower_lsp_server::ls_types::{
    self as protocol, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    NumberOrString, Uri,
};

use super::{location, range};
use crate::server::schedule::Context;

/// Findings of one document.
pub fn diagnostics(context: &Context, found: &[Diagnostic]) -> Vec<protocol::Diagnostic> {
    found.iter().map(|finding| diagnostic(context, finding)).collect()
}

/// A finding.
pub fn diagnostic(context: &Context, finding: &Diagnostic) -> protocol::Diagnostic {
    let related = finding.labels.iter().skip(1).filter_map(|label| {
        let message =
            if label.message.is_empty() { "here".to_owned() } else { visible(&label.message).into_owned() };
        Some(DiagnosticRelatedInformation { location: location(context, label.span)?, message })
    });
    let related: Vec<_> = related.collect();
    let page = context.laid_out.page(&context.snapshot.workspace, finding.code);
    protocol::Diagnostic {
        range: range(context, finding.span()),
        severity: Some(match finding.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: page.map(|href| CodeDescription { href }),
        source: Some("quell".to_owned()),
        message: message(finding),
        related_information: (!related.is_empty()).then_some(related),
        tags: tag(finding.code).map(|tag| vec![tag]),
        data: None,
    }
}

/// What is wrong, why, and what to do: editors show nothing but this.
fn message(finding: &Diagnostic) -> String {
    let mut text = finding.message.clone();
    let own = finding.labels.first().map(|label| &*label.message).filter(|it| !it.is_empty());
    for line in own.into_iter().chain(finding.notes.iter().map(String::as_str)) {
        text.push('\n');
        text.push_str(line);
    }
    for line in &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(line);
    }
    visible(&text).into_owned()
}

fn tag(code: &str) -> Option<DiagnosticTag> {
    if ["unused", "unreachable", "redundant", "needless"].iter().any(|word| code.starts_with(word)) {
        Some(DiagnosticTag::UNNECESSARY)
    } else if code.starts_with("deprecated") {
        Some(DiagnosticTag::DEPRECATED)
    } else {
        None
    }
}

/// What is wrong with project files, by their addresses.
pub fn problems(context: &Context) -> HashMap<Uri, Vec<protocol::Diagnostic>> {
    let mut all: HashMap<Uri, Vec<protocol::Diagnostic>> = HashMap::new();
    for problem in context.snapshot.workspace.problems() {
        let Some(uri) = Uri::from_file_path(&problem.path) else { continue };
        let source = SourceFile::new("quell.toml", problem.text.as_str());
        let span = Span::new(FileId(0), problem.range.start as u32, problem.range.end as u32);
        all.entry(uri).or_default().push(protocol::Diagnostic {
            range: context.settings.encoding.range(&source, span),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some("quell".to_owned()),
            message: visible(&problem.message).into_owned(),
            ..protocol::Diagnostic::default()
        });
    }
    all
}
