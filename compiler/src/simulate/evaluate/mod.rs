//! The pure part of the language, evaluated over the HIR.
//!
//! A machine with a stack of its own: neither deep expressions nor long chains of calls touch the
//! thread's stack. Evaluation takes no virtual time and has a budget of steps (rule 26), so that it
//! always ends. An error is a value: [`EvaluationError`] with its place.

mod budget;
mod builtins;
mod calls;
mod convert;
mod error;
mod known;
mod machine;
mod methods;
mod operators;
mod patterns;
mod reads;
mod table;

pub use error::{ErrorKind, EvaluationError};
pub use patterns::fits;
pub use reads::{Read, reads};

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    sync::Arc,
};

use super::{
    bounds::{Bound, Bounds, Exceeded},
    value::{Shape, Value, Variant, weigh},
};
use crate::{
    check::Checked,
    hir::{ExprId, LocalId},
    names::{Def, ItemId, VariantId},
    source::{FileId, Span},
    types::{ArgumentValue, Callee, ParameterSignature, RunMember, Type},
};
use known::{Found, ModuleMemo};
use machine::Machine;

/// What an expression reads from where it stands.
pub trait Scope {
    /// The value of a name that the expression itself doesn't bind.
    fn named(&self, file: FileId, def: Def) -> Option<Value>;
    /// A member of the run, now.
    fn run(&self, member: RunMember) -> Option<Value>;
}

/// Where nothing can be read.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Scope for Nowhere {
    fn named(&self, _: FileId, _: Def) -> Option<Value> {
        None
    }
    fn run(&self, _: RunMember) -> Option<Value> {
        None
    }
}

/// Evaluates expressions of checked modules, and remembers what can't change.
#[derive(Debug)]
pub struct Evaluator<'a> {
    /// The modules.
    pub checked: &'a Checked,
    bounds: Bounds,
    modules: Vec<ModuleMemo<'a>>,
    /// With what they cost.
    lets: RefCell<HashMap<ItemId, (Value, u64)>>,
    shapes: RefCell<HashMap<ItemId, Arc<Shape>>>,
    /// Room for the names of the next evaluation.
    spare: RefCell<Vec<Bindings>>,
    /// What all evaluations have spent.
    spent: Cell<u64>,
    /// About how many bytes are remembered.
    kept: Cell<u64>,
    /// The first evaluation that was given up.
    exceeded: RefCell<Option<(Span, Exceeded)>>,
}

/// So much of what can't change is remembered, in bytes; what is more is evaluated again.
pub const KEPT: u64 = 64 << 20;

/// The number of a module among those of an evaluator.
type ModuleIndex = usize;

/// Values for names that the scope doesn't know: parameters, the element of `each`.
pub type Bindings = Vec<(LocalId, Value)>;

impl<'a> Evaluator<'a> {
    /// For these modules.
    pub fn new(checked: &'a Checked) -> Self {
        Self::bounded(checked, Bounds::default())
    }

    /// The same with other bounds.
    pub fn bounded(checked: &'a Checked, bounds: Bounds) -> Self {
        Self {
            checked,
            bounds,
            modules: checked.modules.values().map(ModuleMemo::new).collect(),
            lets: RefCell::default(),
            shapes: RefCell::default(),
            spare: RefCell::default(),
            spent: Cell::default(),
            kept: Cell::default(),
            exceeded: RefCell::default(),
        }
    }

    /// The first evaluation that was given up, whoever asked for it: where, and why.
    pub fn exceeded(&self) -> Option<(Span, Exceeded)> {
        self.exceeded.borrow().clone()
    }

    /// Whether an evaluation was given up.
    pub fn has_exceeded(&self) -> bool {
        self.exceeded.borrow().is_some()
    }

    /// Begins to count anew, and keeps what is remembered.
    pub fn reset(&self) {
        self.spent.set(0);
        self.exceeded.take();
    }

    /// Whether there is room to keep a value until the end.
    pub fn keeps(&self, value: &Value) -> bool {
        let kept = self.kept.get().saturating_add(weigh(value, KEPT));
        let fits = kept <= KEPT;
        if fits {
            self.kept.set(kept);
        }
        fits
    }

    fn remember_let(&self, item: ItemId, value: &Value, cost: u64) {
        if self.keeps(value) {
            self.lets.borrow_mut().insert(item, (value.clone(), cost));
        }
    }

    /// Counts what an evaluation spent.
    fn spend(&self, span: Span, steps: u64) -> Result<(), EvaluationError> {
        let before = self.spent.get();
        self.spent.set(before.saturating_add(steps));
        match self.spent.get() > self.bounds.expressions {
            true => self.give_up(span, Bound::Expressions),
            false => Ok(()),
        }
    }

    fn give_up(&self, span: Span, bound: Bound) -> Result<(), EvaluationError> {
        let limit = bound.limit(&self.bounds);
        self.exceeded.borrow_mut().get_or_insert((span, Exceeded::outside(bound, limit)));
        Err(ErrorKind::Exceeded(bound, limit).at(span))
    }

    /// The value of an expression of a module.
    pub fn evaluate(
        &self,
        file: FileId,
        expr: ExprId,
        bindings: &[(LocalId, Value)],
        scope: &dyn Scope,
    ) -> Result<Value, EvaluationError> {
        let module = self.module(file, expr)?;
        let span = self.modules[module].module.hir.exprs[expr].span;
        if let Found::Value(value, cost) = self.modules[module].find(expr) {
            self.spend(span, cost)?;
            return Ok(value.clone());
        }
        self.spend(span, 0)?;
        let mut locals = self.spare.borrow_mut().pop().unwrap_or_default();
        locals.extend_from_slice(bindings);
        let mut machine = Machine::new(self, module, locals, scope);
        let result = machine.run(expr);
        let Machine { mut locals, budget, .. } = machine;
        locals.clear();
        self.spare.borrow_mut().push(locals);
        if let Err(EvaluationError { span, kind: ErrorKind::Exceeded(bound, _) }) = &result {
            self.give_up(*span, *bound)?;
        }
        self.spend(span, budget.spent)?;
        result
    }

    /// The values of a call's parameters, in the order of the callee's parameters; `none` for those
    /// that a builtin can do without.
    pub fn arguments(
        &self,
        file: FileId,
        call: ExprId,
        bindings: &[(LocalId, Value)],
        scope: &dyn Scope,
    ) -> Result<Vec<Value>, EvaluationError> {
        let module = self.modules[self.module(file, call)?].module;
        let span = module.hir.exprs[call].span;
        let Some(meant) = module.types.calls.get(call) else { return Err(ErrorKind::Broken.at(span)) };
        let values = meant.arguments.iter().enumerate().map(|(index, argument)| match argument {
            ArgumentValue::Given(expr) => self.evaluate(file, *expr, bindings, scope),
            ArgumentValue::Missing => Ok(Value::None),
            ArgumentValue::Default => {
                let (file, expr) =
                    self.default(meant.callee, index).ok_or_else(|| ErrorKind::Broken.at(span))?;
                self.evaluate(file, expr, &[], scope)
            }
        });
        values.collect()
    }

    /// The value of a document that is to be of a type (rule T11).
    pub fn convert(
        &self,
        document: &serde_json::Value,
        ty: &Type,
        span: Span,
    ) -> Result<Value, EvaluationError> {
        convert::convert(self, document, ty).map_err(|error| error.at(span))
    }

    /// A variant's value.
    pub fn variant(&self, id: VariantId) -> Option<Value> {
        let name = self.checked.interfaces.variants(id.item)?.variants.get(id.index as usize)?.clone();
        Some(Value::Variant(Variant { id, name }))
    }

    /// What all records of a kind share.
    pub fn shape(&self, item: ItemId) -> Option<Arc<Shape>> {
        if let Some(shape) = self.shapes.borrow().get(&item) {
            return Some(shape.clone());
        }
        let signature = self.checked.interfaces.get(item)?;
        let fields = self.checked.interfaces.record(item)?.parameters.iter();
        let fields = fields.map(|field| field.name.clone()).collect();
        let shape = Arc::new(Shape { item, name: signature.name.clone(), fields });
        self.shapes.borrow_mut().insert(item, shape.clone());
        Some(shape)
    }

    /// The parameters of what can be called.
    pub fn parameters(&self, item: ItemId) -> &'a [ParameterSignature] {
        let callable = self.checked.interfaces.get(item).and_then(|signature| signature.kind.callable());
        callable.map_or(&[], |callable| callable.parameters.as_slice())
    }

    /// The same, with nothing in the place of those that have no value yet.
    pub fn known_arguments(
        &self,
        file: FileId,
        call: ExprId,
        bindings: &[(LocalId, Value)],
        scope: &dyn Scope,
    ) -> Vec<Option<Value>> {
        let Ok(module) = self.module(file, call) else { return Vec::new() };
        let Some(meant) = self.modules[module].module.types.calls.get(call) else { return Vec::new() };
        let values = meant.arguments.iter().enumerate().map(|(index, argument)| match argument {
            ArgumentValue::Given(expr) => self.evaluate(file, *expr, bindings, scope).ok(),
            ArgumentValue::Missing => Some(Value::None),
            ArgumentValue::Default => {
                let (file, expr) = self.default(meant.callee, index)?;
                self.evaluate(file, expr, &[], scope).ok()
            }
        });
        values.collect()
    }

    /// The default of a parameter, with its module.
    fn default(&self, callee: Callee, index: usize) -> Option<(FileId, ExprId)> {
        let item = match callee {
            Callee::Function(item)
            | Callee::Record(item)
            | Callee::Action(item)
            | Callee::Task(item)
            | Callee::Trigger(item) => item,
            Callee::Builtin(_) | Callee::Method(_) => return None,
        };
        Some((item.file, self.parameters(item).get(index)?.default?))
    }

    fn module(&self, file: FileId, expr: ExprId) -> Result<ModuleIndex, EvaluationError> {
        let found = self.modules.binary_search_by_key(&file, |memo| memo.module.hir.file).ok();
        found
            .filter(|index| expr.index() < self.modules[*index].module.hir.exprs.len())
            .ok_or_else(|| ErrorKind::Broken.at(Span::new(file, 0, 0)))
    }
}
