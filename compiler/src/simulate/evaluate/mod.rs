//! The pure part of the language, evaluated over the HIR.
//!
//! A machine with a stack of its own: neither deep expressions nor long chains of calls touch the
//! thread's stack. Evaluation takes no virtual time and has a budget of steps (rule 26), so that it
//! always ends. What goes wrong is a value: [`EvaluationError`] with its place.

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

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use super::value::{Shape, Value, Variant};
use crate::{
    check::Checked,
    hir::{ExprId, LocalId},
    names::{Def, ItemId, VariantId},
    source::{FileId, Span},
    types::{ArgumentValue, Callee, ParameterSignature, RunMember, Type},
};
use known::{Found, ModuleMemo};
use machine::Machine;

/// What an expression may do at most: some tenths of a second.
const BUDGET: u64 = 1_000_000;

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
    modules: Vec<ModuleMemo<'a>>,
    lets: RefCell<HashMap<ItemId, Value>>,
    shapes: RefCell<HashMap<ItemId, Arc<Shape>>>,
    /// Room for the names of the next evaluation.
    spare: RefCell<Vec<Bindings>>,
}

/// The number of a module among those of an evaluator.
type ModuleIndex = usize;

/// Values for names that the scope doesn't know: parameters, the element of `each`.
pub type Bindings = Vec<(LocalId, Value)>;

impl<'a> Evaluator<'a> {
    /// For these modules.
    pub fn new(checked: &'a Checked) -> Self {
        Self {
            checked,
            modules: checked.modules.values().map(ModuleMemo::new).collect(),
            lets: RefCell::default(),
            shapes: RefCell::default(),
            spare: RefCell::default(),
        }
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
        if let Found::Value(value, _) = self.modules[module].find(expr) {
            return Ok(value.clone());
        }
        let mut locals = self.spare.borrow_mut().pop().unwrap_or_default();
        locals.extend_from_slice(bindings);
        let mut machine = Machine::new(self, module, locals, scope);
        let result = machine.run(expr);
        let Machine { mut locals, .. } = machine;
        locals.clear();
        self.spare.borrow_mut().push(locals);
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
