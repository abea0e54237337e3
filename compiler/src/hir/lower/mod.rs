//! From the tree of a file to its meaning: [`lower`].
//!
//! Needs the tree alone. Holes and broken text become `Missing`, which later stages pass over in
//! silence, since the syntax has reported them. What is reported here is what the grammar can't say:
//! numbers that don't fit, clauses written twice.

mod action;
mod expression;
mod item;
mod literal;
mod nodes;
mod playbook;
mod scenario;
mod step;
mod text;

use nodes::{docs, ident_of, node_span};

use super::{Arena, Expr, ExprId, ExprKind, Ident, Local, LocalId, LocalKind, Module};
use crate::{
    diagnostic::Diagnostic,
    source::{FileId, Span},
    syntax::{Parse, SyntaxKind, SyntaxNode},
};

/// The meaning of a parsed file, and what is wrong with it beyond its syntax.
pub fn lower(file: FileId, parse: &Parse) -> (Module, Vec<Diagnostic>) {
    let root = parse.syntax();
    let mut lowering = Lowering::new(file);
    lowering.module.docs = docs(&root, SyntaxKind::FileDoc, "//!");
    for node in root.children() {
        lowering.item(&node);
    }
    (lowering.module, lowering.diagnostics)
}

/// The module being made.
struct Lowering {
    file: FileId,
    module: Module,
    /// The index of the item being made.
    item: u32,
    diagnostics: Vec<Diagnostic>,
}

impl Lowering {
    fn new(file: FileId) -> Self {
        let module = Module {
            file,
            docs: String::new(),
            uses: Vec::new(),
            items: Vec::new(),
            exprs: Arena::default(),
            locals: Arena::default(),
            steps: Arena::default(),
        };
        Self { file, module, item: 0, diagnostics: Vec::new() }
    }

    fn span(&self, node: &SyntaxNode) -> Span {
        node_span(self.file, node)
    }

    fn expr_of(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.module.exprs.push(Expr { span, kind })
    }

    fn missing(&mut self, span: Span) -> ExprId {
        self.expr_of(span, ExprKind::Missing)
    }

    fn local(&mut self, name: &Ident, kind: LocalKind) -> LocalId {
        self.module.locals.push(Local { name: name.clone(), kind, item: self.item })
    }

    /// The first name that is a token of `node` itself; an empty one at its place if it is missing.
    fn name(&self, node: &SyntaxNode) -> Ident {
        ident_of(self.file, node)
    }
}
