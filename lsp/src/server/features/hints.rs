//! Hints within lines; what they have to say on top is found when somebody asks.

use serde::{Deserialize, Serialize};
use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintParams, InlayHintTooltip, Uri},
};

use crate::{
    ide::{
        Cursor,
        hints::{self, Hint, HintKind},
    },
    server::{convert, schedule::Shared},
};

/// What a hint is about: it goes to the client and comes back.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    uri: Uri,
    version: Option<i32>,
    kind: String,
    /// The offset of the name.
    name: u32,
}

const KINDS: [(HintKind, &str); 4] = [
    (HintKind::Type, "type"),
    (HintKind::Missing, "missing"),
    (HintKind::Effect, "effect"),
    (HintKind::Time, "time"),
];

/// The hints in a range.
pub async fn hints(shared: &Shared, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
    let (range, uri) = (params.range, params.text_document.uri);
    let version = shared.version(&uri);
    let about = uri.clone();
    let found = shared.answer(&uri, move |context, file| {
        let span = context.settings.encoding.span(file, context.snapshot.source(file), range);
        let found = hints::hints(&context.snapshot, span, context.settings.hints);
        let convert = |hint: Hint| {
            let place = quell_compiler::source::Span::new(file, hint.at, hint.at);
            let kind = KINDS.iter().find(|(kind, _)| *kind == hint.kind).map_or("", |(_, word)| word);
            let about = About { uri: about.clone(), version, kind: kind.to_owned(), name: hint.about.start };
            let apart = matches!(hint.kind, HintKind::Effect | HintKind::Time);
            InlayHint {
                position: convert::range(context, place).start,
                label: InlayHintLabel::String(
                    quell_compiler::visible::visible_line(&hint.label).into_owned(),
                ),
                kind: (hint.kind == HintKind::Type).then_some(InlayHintKind::TYPE),
                text_edits: hint.edit.map(|edit| convert::text_edits(context, [&edit])),
                tooltip: None,
                padding_left: apart.then_some(true),
                padding_right: None,
                data: serde_json::to_value(about).ok(),
            }
        };
        Ok(found.into_iter().map(convert).collect())
    });
    found.await
}

/// A hint with what it has to say, if its text is still the same.
pub async fn resolve(shared: &Shared, mut hint: InlayHint) -> Result<InlayHint> {
    let about = hint.data.as_ref().and_then(|data| About::deserialize(data).ok());
    let Some(about) = about.filter(|about| about.version == shared.version(&about.uri)) else {
        return Ok(hint);
    };
    let kind = KINDS.iter().find(|(_, word)| *word == about.kind).map(|(kind, _)| *kind);
    let Some(kind) = kind else { return Ok(hint) };
    let found = shared.answer(&about.uri, move |context, file| {
        let markup = context.settings.hover_markup;
        let tooltip = hints::tooltip(&context.snapshot, Cursor { file, offset: about.name }, kind);
        Ok(tooltip.map(|text| markup.content(text)))
    });
    let tooltip = found.await?.flatten();
    hint.tooltip = tooltip.map(InlayHintTooltip::MarkupContent);
    Ok(hint)
}
