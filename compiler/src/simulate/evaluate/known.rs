//! Values that no run can change: an expression that reads nothing of a run is evaluated once.

use std::cell::OnceCell;

use crate::{
    check::CheckedModule,
    hir::{ExprId, ExprKind, children},
    names::{Builtin, Def},
    simulate::value::Value,
    types::Callee,
};

/// A module, and what its expressions are known to give.
#[derive(Debug)]
pub(super) struct ModuleMemo<'a> {
    pub module: &'a CheckedModule,
    known: OnceCell<Vec<Known>>,
}

/// What is known of an expression.
#[derive(Debug)]
enum Known {
    /// It depends on the run, or can't be evaluated.
    Varies,
    /// It gives the same each time; set once it was evaluated, with what that cost.
    Fixed(OnceCell<(Value, u64)>),
}

/// What to do with an expression.
pub(super) enum Found<'m> {
    /// Evaluate it.
    Varies,
    /// Evaluate it and remember what it gives.
    New,
    /// It gives this, and costs so much.
    Value(&'m Value, u64),
}

impl<'a> ModuleMemo<'a> {
    pub(super) fn new(module: &'a CheckedModule) -> Self {
        Self { module, known: OnceCell::new() }
    }

    pub(super) fn find(&self, expr: ExprId) -> Found<'_> {
        match self.known().get(expr.index()) {
            Some(Known::Fixed(cell)) => match cell.get() {
                Some((value, cost)) => Found::Value(value, *cost),
                None => Found::New,
            },
            _ => Found::Varies,
        }
    }

    pub(super) fn remember(&self, expr: ExprId, value: Value, cost: u64) {
        if let Some(Known::Fixed(cell)) = self.known().get(expr.index()) {
            // Nobody else evaluates it meanwhile; if it were so, both values are the same.
            let _ = cell.set((value, cost));
        }
    }

    fn known(&self) -> &[Known] {
        self.known.get_or_init(|| {
            let exprs = &self.module.hir.exprs;
            let mut known: Vec<Known> = Vec::with_capacity(exprs.len());
            // Parts come before what they are parts of.
            for (expr, declared) in exprs.iter() {
                let mut fixed = reads_nothing(self.module, expr);
                if !fixed || self.module.def(expr).is_none() {
                    children(declared, &mut |part| {
                        fixed &= matches!(known.get(part.index()), Some(Known::Fixed(_)));
                    });
                }
                known.push(if fixed { Known::Fixed(OnceCell::new()) } else { Known::Varies });
            }
            known
        })
    }
}

/// Whether an expression itself, its parts aside, reads nothing of a run.
fn reads_nothing(module: &CheckedModule, expr: ExprId) -> bool {
    let means_the_same = |def: Def| match def {
        Def::Item(_) | Def::Variant(_) | Def::Module(_) => true,
        Def::Builtin(builtin) => builtin != Builtin::Run,
        _ => false,
    };
    match &module.hir.exprs[expr].kind {
        ExprKind::Missing | ExprKind::Lambda { .. } => false,
        ExprKind::Name(_) => module.def(expr).is_some_and(means_the_same),
        ExprKind::Field { .. } => module.def(expr).is_none_or(means_the_same),
        ExprKind::Call { .. } => module.types.calls.get(expr).is_some_and(|call| {
            !matches!(call.callee, Callee::Action(_) | Callee::Task(_) | Callee::Trigger(_))
        }),
        _ => true,
    }
}
