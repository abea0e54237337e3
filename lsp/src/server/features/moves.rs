//! What else changes when files and folders are renamed.

use std::{path::PathBuf, str::FromStr};

use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{RenameFilesParams, Uri, WorkspaceEdit},
};

use crate::{
    ide::moves::{self, Move},
    server::{addresses, convert, schedule::Shared},
    workspace::Place,
};

/// The edits that keep modules working.
pub async fn moves(shared: &Shared, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
    let moved =
        params.files.iter().filter_map(|it| Some(Move { from: path(&it.old_uri)?, to: path(&it.new_uri)? }));
    let moved: Vec<Move> = moved.collect();
    let found = shared.answer_all(move |context| {
        let edits = moves::moves(&context.snapshot, &moved);
        Ok((!edits.is_empty()).then(|| convert::workspace_edit(context, &edits)))
    });
    found.await
}

fn path(uri: &str) -> Option<PathBuf> {
    match addresses::place(&Uri::from_str(uri).ok()?) {
        Place::Disk(path) => Some(path),
        Place::Std(_) | Place::Editor(_) => None,
    }
}
