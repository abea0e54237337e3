//! What each word of a file is, for its colour.

use quell_compiler::{
    hir::{ItemKind, LocalKind},
    source::{FileId, Span},
    syntax::SyntaxKind,
};

use super::{
    Snapshot,
    occurrences::{self, Meaning, Occurrence, Role},
};

/// A word with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, within one line.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is declared here.
    pub declares: bool,
    /// Whether the standard library has it.
    pub std: bool,
}

/// What a word is: the order is that of [`TokenKind::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TokenKind {
    Keyword,
    Comment,
    Text,
    Number,
    Operator,
    Module,
    Type,
    Variant,
    Field,
    Parameter,
    Variable,
    Function,
    Action,
    Playbook,
    Effect,
}

impl TokenKind {
    /// All, with their names in the protocol.
    pub const ALL: [(TokenKind, &'static str); 15] = [
        (TokenKind::Keyword, "keyword"),
        (TokenKind::Comment, "comment"),
        (TokenKind::Text, "string"),
        (TokenKind::Number, "number"),
        (TokenKind::Operator, "operator"),
        (TokenKind::Module, "namespace"),
        (TokenKind::Type, "type"),
        (TokenKind::Variant, "enumMember"),
        (TokenKind::Field, "property"),
        (TokenKind::Parameter, "parameter"),
        (TokenKind::Variable, "variable"),
        (TokenKind::Function, "function"),
        (TokenKind::Action, "method"),
        (TokenKind::Playbook, "class"),
        (TokenKind::Effect, "modifier"),
    ];
}

/// The words of a file, or of a range of it, in their order.
pub fn tokens(snapshot: &Snapshot, file: FileId, range: Option<Span>) -> Vec<Token> {
    let checked = snapshot.checked(file);
    let names = occurrences::occurrences(&checked, file);
    let root = snapshot.parse(file).syntax();
    let source = snapshot.source(file);
    let mut all = Vec::new();
    let mut next = 0;
    for token in root.descendants_with_tokens().filter_map(|it| it.into_token()) {
        let (start, end) = (u32::from(token.text_range().start()), u32::from(token.text_range().end()));
        if range.is_some_and(|range| end < range.start || range.end < start) {
            continue;
        }
        while names.get(next).is_some_and(|name| name.span.end <= start) {
            next += 1;
        }
        let name = names.get(next).filter(|name| name.span.start <= start && end <= name.span.end);
        let kind = match (name, of_syntax(token.kind())) {
            (Some(name), None) => of_name(&checked, name),
            (_, kind) => kind,
        };
        let Some(kind) = kind else { continue };
        let declares = name.is_some_and(|name| name.role == Role::Declares);
        let target = name.and_then(|name| super::navigation::target(&checked, name.meaning));
        let std = target.is_some_and(|target| snapshot.workspace.is_std(target.focus.file));
        // A token of several lines is one of each.
        let mut at = start;
        for line in token.text().split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            if !words.is_empty() {
                let span = Span::new(file, at, at + words.len() as u32);
                all.push(Token { span, kind, declares, std });
            }
            at += line.len() as u32;
        }
        debug_assert_eq!(at as usize - start as usize, token.text().len());
    }
    debug_assert!(all.iter().all(|token| token.span.end as usize <= source.text.len()));
    all
}

fn of_syntax(kind: SyntaxKind) -> Option<TokenKind> {
    Some(match kind {
        SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc => TokenKind::Comment,
        SyntaxKind::Quote
        | SyntaxKind::BlockQuote
        | SyntaxKind::StringText
        | SyntaxKind::BlockText
        | SyntaxKind::Escape => TokenKind::Text,
        SyntaxKind::Int
        | SyntaxKind::Float
        | SyntaxKind::Percent
        | SyntaxKind::Duration
        | SyntaxKind::Size => TokenKind::Number,
        SyntaxKind::OpMinus
        | SyntaxKind::OpCompare
        | SyntaxKind::OpCoalesce
        | SyntaxKind::OpAdd
        | SyntaxKind::OpMultiply
        | SyntaxKind::Arrow
        | SyntaxKind::FatArrow => TokenKind::Operator,
        SyntaxKind::Effect => TokenKind::Effect,
        kind if kind.is_keyword() => TokenKind::Keyword,
        _ => return None,
    })
}

fn of_name(checked: &quell_compiler::check::Checked, name: &Occurrence) -> Option<TokenKind> {
    Some(match name.meaning {
        Meaning::Item(id) => match &checked.item(id)?.kind {
            ItemKind::Record(_) | ItemKind::Enum(_) | ItemKind::Alias(_) => TokenKind::Type,
            ItemKind::Let(_) => TokenKind::Variable,
            ItemKind::Function(_) => TokenKind::Function,
            ItemKind::Task(_) | ItemKind::Action(_) | ItemKind::Trigger(_) => TokenKind::Action,
            ItemKind::Playbook(_) | ItemKind::Scenario(_) => TokenKind::Playbook,
        },
        Meaning::Variant(_) | Meaning::Milestone(_) => TokenKind::Variant,
        Meaning::Module(_) => TokenKind::Module,
        Meaning::Local(file, local) => match checked.module(file)?.hir.locals[local].kind {
            LocalKind::Parameter | LocalKind::Input | LocalKind::Lambda => TokenKind::Parameter,
            _ => TokenKind::Variable,
        },
        Meaning::Parameter(id, _) => match &checked.item(id)?.kind {
            ItemKind::Record(_) => TokenKind::Field,
            _ => TokenKind::Parameter,
        },
        Meaning::Builtin(_) | Meaning::Method(_) => TokenKind::Function,
        Meaning::BuiltinType(_) => TokenKind::Type,
        Meaning::Severity => TokenKind::Variable,
        Meaning::Run(_) | Meaning::Cause(_) => TokenKind::Field,
    })
}
