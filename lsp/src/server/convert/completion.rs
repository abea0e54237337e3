//! Completions and signatures.

use quell_compiler::visible::visible_line;
use tower_lsp_server::ls_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList, CompletionTextEdit,
    InsertTextFormat, ParameterInformation, ParameterLabel, SignatureHelp, SignatureInformation, TextEdit,
};

use super::{range, text_edits};
use crate::{
    ide::{
        completion::{Completion, Completions, Form, Kind},
        signature::Signature,
    },
    server::{positions::Encoding, schedule::Context},
};

/// Completions in their order.
pub fn completions(context: &Context, found: Completions) -> CompletionList {
    let range = range(context, found.replace);
    let items = found.items.into_iter().enumerate().map(|(number, it)| {
        let snippets = context.settings.snippets;
        let snippet = it.form == Form::Snippet && snippets;
        let text = if snippet || it.form == Form::Plain { it.insert.clone() } else { plain(&it) };
        CompletionItem {
            kind: Some(kind(it.kind)),
            detail: it.detail.map(|detail| visible_line(&detail).into_owned()),
            documentation: it.docs.map(|docs| context.settings.completion_markup.documentation(docs)),
            tags: it.deprecated.then(|| vec![CompletionItemTag::DEPRECATED]),
            sort_text: Some(format!("{number:04}")),
            filter_text: None,
            insert_text_format: Some(if snippet {
                InsertTextFormat::SNIPPET
            } else {
                InsertTextFormat::PLAIN_TEXT
            }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, text))),
            additional_text_edits: (!it.edits.is_empty()).then(|| text_edits(context, &it.edits)),
            label: visible_line(&it.label).into_owned(),
            ..CompletionItem::default()
        }
    });
    // The order depends on the word, so it is asked for again with each letter.
    CompletionList { is_incomplete: false, items: items.collect() }
}

/// What is typed where the client knows no holes.
fn plain(completion: &Completion) -> String {
    match completion.kind {
        Kind::Snippet | Kind::Keyword => format!("{} ", completion.label),
        _ => completion.label.clone(),
    }
}

fn kind(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Keyword => CompletionItemKind::KEYWORD,
        Kind::Snippet => CompletionItemKind::SNIPPET,
        Kind::Module => CompletionItemKind::MODULE,
        Kind::Action | Kind::Task | Kind::Function => CompletionItemKind::FUNCTION,
        Kind::Method => CompletionItemKind::METHOD,
        Kind::Field => CompletionItemKind::FIELD,
        Kind::Parameter => CompletionItemKind::PROPERTY,
        Kind::Local | Kind::Step | Kind::Cause => CompletionItemKind::VARIABLE,
        Kind::Constant => CompletionItemKind::CONSTANT,
        Kind::Variant | Kind::Milestone => CompletionItemKind::ENUM_MEMBER,
        Kind::Type => CompletionItemKind::STRUCT,
        Kind::Playbook => CompletionItemKind::CLASS,
        Kind::Trigger => CompletionItemKind::EVENT,
    }
}

/// The parameters of a call.
pub fn signature(context: &Context, found: Signature) -> SignatureHelp {
    let encoding: Encoding = context.settings.encoding;
    let units = |at: u32| encoding.length(&found.label[..at as usize]);
    let parameters = found.parameters.iter().map(|(start, end)| ParameterInformation {
        // The protocol counts these in UTF-16 unless another encoding was agreed on.
        label: ParameterLabel::LabelOffsets([units(*start), units(*end)]),
        documentation: None,
    });
    let parameters = parameters.collect();
    let active = found.active.filter(|number| (*number as usize) < found.parameters.len());
    SignatureHelp {
        signatures: vec![SignatureInformation {
            documentation: (!found.docs.is_empty())
                .then(|| context.settings.signature_markup.documentation(found.docs)),
            parameters: Some(parameters),
            active_parameter: active,
            label: found.label,
        }],
        active_signature: Some(0),
        active_parameter: active,
    }
}
