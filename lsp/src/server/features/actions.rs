//! What can be done at a place: repairs, and changes of the whole document.

use quell_compiler::{source::Span, visible::visible_line};
use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse},
};

use crate::{
    ide::actions::{self, Action, ActionKind},
    server::{
        convert,
        schedule::{Context, Shared},
    },
};

/// All kinds of actions, as the client is told of them.
pub fn kinds() -> Vec<CodeActionKind> {
    ActionKind::ALL.map(kind).to_vec()
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Inline => CodeActionKind::REFACTOR_INLINE,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        ActionKind::FixAll => CodeActionKind::from("source.fixAll.quell"),
        ActionKind::OrganizeImports => CodeActionKind::SOURCE_ORGANIZE_IMPORTS,
    }
}

/// What can be done in a range.
pub async fn actions(shared: &Shared, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
    let (range, only) = (params.range, params.context.only);
    let found = shared.answer(&params.text_document.uri, move |context, file| {
        // A client that asks for `refactor` means `refactor.extract` too.
        let within = |kind: &str, wanted: &str| {
            kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let wanted = |action: ActionKind| match &only {
            Some(only) => only.iter().any(|it| within(kind(action).as_str(), it.as_str())),
            // Of the whole document these are, so they come when they are asked for.
            None => !matches!(action, ActionKind::FixAll | ActionKind::OrganizeImports),
        };
        let start = convert::cursor(context, file, range.start).offset;
        let end = convert::cursor(context, file, range.end).offset.max(start);
        let found = actions::actions(&context.snapshot, Span::new(file, start, end), &wanted)?;
        Ok(found.into_iter().map(|action| convert(context, action)).collect())
    });
    found.await
}

fn convert(context: &Context, action: Action) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: visible_line(&action.title).into_owned(),
        kind: Some(kind(action.kind)),
        diagnostics: action.finding.map(|it| vec![convert::diagnostic(context, &it)]),
        edit: Some(convert::workspace_edit(context, &action.edits)),
        is_preferred: Some(action.preferred),
        ..CodeAction::default()
    })
}
