//! Places and edits.

use std::collections::HashMap;

use quell_compiler::{
    diagnostic::Edit,
    source::{FileId, Span},
};
use tower_lsp_server::ls_types::{Location, Position, Range, TextEdit, Uri, WorkspaceEdit};

use crate::{ide::Cursor, server::schedule::Context};

/// The cursor at a position.
pub fn cursor(context: &Context, file: FileId, position: Position) -> Cursor {
    Cursor { file, offset: context.settings.encoding.offset(context.snapshot.source(file), position) }
}

/// The range of a span.
pub fn range(context: &Context, span: Span) -> Range {
    context.settings.encoding.range(context.snapshot.source(span.file), span)
}

/// A place.
pub fn location(context: &Context, span: Span) -> Option<Location> {
    Some(Location::new(context.uri(span.file)?, range(context, span)))
}

/// Edits of one document.
pub fn text_edits<'e>(context: &Context, edits: impl IntoIterator<Item = &'e Edit>) -> Vec<TextEdit> {
    let edit = |edit: &Edit| TextEdit::new(range(context, edit.span), edit.replacement.clone());
    edits.into_iter().map(edit).collect()
}

/// Edits of several documents; those of the standard library, which nobody can write, are left out.
pub fn workspace_edit(context: &Context, edits: &[Edit]) -> WorkspaceEdit {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for edit in edits.iter().filter(|edit| !context.snapshot.workspace.is_std(edit.span.file)) {
        if let Some(uri) = context.uri(edit.span.file) {
            changes.entry(uri).or_default().extend(text_edits(context, [edit]));
        }
    }
    WorkspaceEdit::new(changes)
}
