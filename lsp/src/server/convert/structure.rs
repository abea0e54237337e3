//! Symbols, folds, selections and colours.

use quell_compiler::{source::Span, visible::visible_line};
use tower_lsp_server::ls_types::{
    DocumentSymbol, FoldingRange, FoldingRangeKind, OneOf, SelectionRange, SemanticToken,
    SymbolKind as Protocol, WorkspaceSymbol,
};

use super::{location, range};
use crate::{
    ide::{
        structure::{Fold, FoldKind},
        symbols::{Symbol, SymbolKind},
        tokens::{Token, TokenKind},
    },
    server::schedule::Context,
};

/// What a file declares.
pub fn document_symbols(context: &Context, found: &[Symbol]) -> Vec<DocumentSymbol> {
    let convert = |it: &Symbol| {
        #[expect(deprecated, reason = "the field must be given")]
        DocumentSymbol {
            name: visible_line(&it.name).into_owned(),
            detail: None,
            kind: symbol_kind(it.kind),
            tags: None,
            deprecated: None,
            range: range(context, it.full),
            selection_range: range(context, it.focus),
            children: (!it.children.is_empty()).then(|| document_symbols(context, &it.children)),
        }
    };
    found.iter().map(convert).collect()
}

/// Names of all files.
pub fn workspace_symbols(context: &Context, found: &[Symbol]) -> Vec<WorkspaceSymbol> {
    let convert = |it: &Symbol| {
        Some(WorkspaceSymbol {
            name: visible_line(&it.name).into_owned(),
            kind: symbol_kind(it.kind),
            tags: None,
            container_name: None,
            location: OneOf::Left(location(context, it.focus)?),
            data: None,
        })
    };
    found.iter().filter_map(convert).collect()
}

/// What a declared name is.
pub fn symbol_kind(kind: SymbolKind) -> Protocol {
    match kind {
        SymbolKind::Record => Protocol::STRUCT,
        SymbolKind::Enum => Protocol::ENUM,
        SymbolKind::Alias => Protocol::TYPE_PARAMETER,
        SymbolKind::Value => Protocol::CONSTANT,
        SymbolKind::Function | SymbolKind::Task => Protocol::FUNCTION,
        SymbolKind::Action => Protocol::METHOD,
        SymbolKind::Trigger => Protocol::EVENT,
        SymbolKind::Playbook => Protocol::CLASS,
        SymbolKind::Scenario => Protocol::OBJECT,
        SymbolKind::Field => Protocol::FIELD,
        SymbolKind::Variant => Protocol::ENUM_MEMBER,
        SymbolKind::Part => Protocol::NAMESPACE,
        SymbolKind::Step | SymbolKind::Input => Protocol::VARIABLE,
        SymbolKind::Cause => Protocol::BOOLEAN,
    }
}

/// What can be folded away.
pub fn folds(context: &Context, found: &[Fold]) -> Vec<FoldingRange> {
    let convert = |it: &Fold| {
        let range = range(context, it.span);
        // The line with the closing bracket stays.
        let end = if it.kind == FoldKind::Code { range.end.line.saturating_sub(1) } else { range.end.line };
        FoldingRange {
            start_line: range.start.line,
            end_line: end.max(range.start.line),
            kind: match it.kind {
                FoldKind::Code => None,
                FoldKind::Comment => Some(FoldingRangeKind::Comment),
                FoldKind::Imports => Some(FoldingRangeKind::Imports),
            },
            ..FoldingRange::default()
        }
    };
    found.iter().map(convert).filter(|it| it.start_line < it.end_line).collect()
}

/// Ranges from inside out.
pub fn selections(context: &Context, spans: &[Span]) -> Option<SelectionRange> {
    spans.iter().rev().fold(None, |parent, span| {
        Some(SelectionRange { range: range(context, *span), parent: parent.map(Box::new) })
    })
}

/// Colours, each place counted from the one before.
pub fn tokens(context: &Context, found: &[Token]) -> Vec<SemanticToken> {
    let (mut line, mut start) = (0, 0);
    let mut all = Vec::new();
    for token in found {
        let place = range(context, token.span);
        let number = TokenKind::ALL.iter().position(|(kind, _)| *kind == token.kind).unwrap_or_default();
        all.push(SemanticToken {
            delta_line: place.start.line - line,
            delta_start: if place.start.line == line {
                place.start.character - start
            } else {
                place.start.character
            },
            length: place.end.character.saturating_sub(place.start.character),
            token_type: number as u32,
            token_modifiers_bitset: u32::from(token.declares) | u32::from(token.std) << 1,
        });
        (line, start) = (place.start.line, place.start.character);
    }
    all
}
