//! From the tree of a file to its meaning.
//!
//! Errors in the tree were reported by the syntax and become holes here. What the grammar accepts
//! although it has no meaning (a number out of range, a clause that appears twice) is reported here.

mod expression;
mod item;
mod lost;
mod number;
mod pattern;
mod playbook;
mod scenario;
mod text;

pub use number::{duration_of, size_of_text};

use std::sync::Arc;

use super::{Arena, Expr, ExprId, ExprKind, Ident, Local, LocalId, LocalKind, Module, StepId};
use crate::{
    diagnostic::Diagnostic,
    findings::syntax::duplicate_clause,
    source::{FileId, Span},
    syntax::{
        Parse, SyntaxToken,
        ast::{self, AstNode, Item},
    },
};

/// The meaning of a parsed file, and what can't mean anything in it.
pub fn lower(file: FileId, parse: &Parse) -> (Module, Vec<Diagnostic>) {
    lower_some(file, parse, |_| true)
}

/// The same, but playbooks and scenarios that aren't `wanted`, by their index, have heads and no bodies.
pub fn lower_some(file: FileId, parse: &Parse, wanted: impl Fn(usize) -> bool) -> (Module, Vec<Diagnostic>) {
    let source = parse.file();
    let module = Module {
        file,
        docs: source.file_docs(),
        uses: Vec::new(),
        items: Vec::new(),
        exprs: Arena::default(),
        locals: Arena::default(),
        steps: Arena::default(),
        lost: Vec::new(),
        broken: Vec::new(),
    };
    let mut lowering = Lowering { module, diagnostics: Vec::new() };
    let mut left_out = Vec::new();
    for item in source.items() {
        let bare = !wanted(lowering.module.items.len());
        match item {
            Item::Use(item) => {
                let lowered = lowering.use_item(&item);
                lowering.module.uses.push(lowered);
            }
            item if bare && matches!(item, Item::Playbook(_) | Item::Scenario(_)) => {
                let lowered = lowering.head(&item);
                lowering.module.items.push(lowered);
                left_out.push(item.syntax().text_range());
            }
            item => {
                let lowered = lowering.item(&item);
                lowering.module.items.push(lowered);
            }
        }
    }
    lowering.broken_text(source.syntax(), &left_out);
    (lowering.module, lowering.diagnostics)
}

struct Lowering {
    module: Module,
    diagnostics: Vec<Diagnostic>,
}

impl Lowering {
    fn file(&self) -> FileId {
        self.module.file
    }

    fn span_of(&self, token: &SyntaxToken) -> Span {
        let range = token.text_range();
        Span::new(self.file(), range.start().into(), range.end().into())
    }

    fn span(&self, node: &impl AstNode) -> Span {
        node.span(self.file())
    }

    /// A name as written; a missing one is empty and stands at the end of `owner`.
    fn ident(&self, token: Option<SyntaxToken>, owner: &impl AstNode) -> Ident {
        match token {
            Some(token) => self.name(&token),
            None => Ident { text: Arc::from(""), span: self.span(owner).at_end() },
        }
    }

    fn name(&self, token: &SyntaxToken) -> Ident {
        Ident { text: token.text().into(), span: self.span_of(token) }
    }

    fn names(&self, tokens: impl Iterator<Item = SyntaxToken>) -> Vec<Ident> {
        tokens.map(|token| self.name(&token)).collect()
    }

    fn path(&self, path: Option<ast::Path>) -> Vec<Ident> {
        path.map(|path| self.names(path.segments())).unwrap_or_default()
    }

    fn push(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.module.exprs.push(Expr { span, kind })
    }

    /// A name that lives in the item that is being lowered.
    fn local(&mut self, name: Ident, kind: LocalKind) -> LocalId {
        let item = self.current_item();
        self.module.locals.push(Local { name, kind, item })
    }

    /// The index that the item being lowered will have.
    fn current_item(&self) -> u32 {
        self.module.items.len() as u32
    }

    /// The id that the step being lowered will have.
    fn next_step(&self) -> StepId {
        StepId::new(self.module.steps.len())
    }

    /// Puts `value` into `place`, which can hold one; says so if it holds one already.
    fn once<T>(&mut self, place: &mut Option<T>, first: impl Fn(&T) -> Span, value: T, word: &str) {
        match place {
            Some(there) => {
                self.diagnostics.push(duplicate_clause::duplicate_clause(first(&value), first(there), word));
            }
            None => *place = Some(value),
        }
    }
}
