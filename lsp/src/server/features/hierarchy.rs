//! Call hierarchies. An item is found again by the place of its name.

use quell_compiler::visible::visible_line;
use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{
        CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range,
        TextDocumentPositionParams,
    },
};

use crate::{
    ide::hierarchy::{self, Entry, Link},
    server::{
        convert,
        schedule::{Context, Shared},
    },
};

/// What is called, or waited for, at a position.
pub async fn prepare(
    shared: &Shared,
    at: TextDocumentPositionParams,
) -> Result<Option<Vec<CallHierarchyItem>>> {
    let found = shared.answer(&at.text_document.uri, move |context, file| {
        let cursor = convert::cursor(context, file, at.position);
        let found = hierarchy::prepare(&context.snapshot, cursor);
        Ok(found.and_then(|entry| item(context, &entry)))
    });
    Ok(found.await?.flatten().map(|item| vec![item]))
}

/// Who calls it, or waits for it.
pub async fn incoming(
    shared: &Shared,
    declared: CallHierarchyItem,
) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
    let found = shared.answer(&declared.uri, move |context, file| {
        let cursor = convert::cursor(context, file, declared.selection_range.start);
        let found = hierarchy::incoming(&context.snapshot, cursor);
        let call = |link: &Link| {
            let (from, from_ranges) = (item(context, &link.entry)?, places(context, link));
            Some(CallHierarchyIncomingCall { from, from_ranges })
        };
        Ok(found.iter().filter_map(call).collect())
    });
    found.await
}

/// What it calls, or waits for.
pub async fn outgoing(
    shared: &Shared,
    declared: CallHierarchyItem,
) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
    let found = shared.answer(&declared.uri, move |context, file| {
        let cursor = convert::cursor(context, file, declared.selection_range.start);
        let found = hierarchy::outgoing(&context.snapshot, cursor);
        let call = |link: &Link| {
            let (to, from_ranges) = (item(context, &link.entry)?, places(context, link));
            Some(CallHierarchyOutgoingCall { to, from_ranges })
        };
        Ok(found.iter().filter_map(call).collect())
    });
    found.await
}

fn item(context: &Context, entry: &Entry) -> Option<CallHierarchyItem> {
    Some(CallHierarchyItem {
        name: visible_line(&entry.name).into_owned(),
        kind: convert::symbol_kind(entry.kind),
        tags: None,
        detail: Some(visible_line(&entry.detail).into_owned()).filter(|detail| !detail.is_empty()),
        uri: context.uri(entry.target.full.file)?,
        range: convert::range(context, entry.target.full),
        selection_range: convert::range(context, entry.target.focus),
        data: None,
    })
}

fn places(context: &Context, link: &Link) -> Vec<Range> {
    link.places.iter().map(|span| convert::range(context, *span)).collect()
}
