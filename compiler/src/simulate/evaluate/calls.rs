//! The part of the machine that calls: functions, records, builtins, methods with and without lambdas.

use std::sync::Arc;

use super::{
    ErrorKind, builtins,
    machine::{Each, Frame, Machine, Next, Step},
    methods,
};
use crate::{
    hir::{Access, ExprId, ExprKind, ItemKind},
    names::ItemId,
    simulate::value::{Record, Value},
    types::{ArgumentValue, Call, Callee, Method, Shape},
};

impl<'a> Machine<'_, 'a> {
    pub(super) fn call(&mut self, expr: ExprId, callee: ExprId) -> Step {
        let module = self.module;
        let Some(call) = module.types.calls.get(expr) else { return self.fail(expr, ErrorKind::Broken) };
        match (call.callee, &module.hir.exprs[callee].kind) {
            (Callee::Method(method), ExprKind::Field { receiver, access, .. }) => {
                self.then(Frame::Receiver { expr, method, access: *access }, *receiver)
            }
            _ => self.arguments(expr, call, 0, Vec::with_capacity(call.arguments.len())),
        }
    }

    pub(super) fn method(
        &mut self,
        expr: ExprId,
        method: &'static Method,
        access: Access,
        receiver: Value,
    ) -> Step {
        if receiver.is_none() && access == Access::IfPresent {
            return Ok(Next::Give(Value::None));
        }
        let module = self.module;
        let Some(call) = module.types.calls.get(expr) else { return self.fail(expr, ErrorKind::Broken) };
        let applies = method.parameters.iter().any(|parameter| matches!(parameter.shape, Shape::Function(_)));
        if !applies {
            return self.arguments(expr, call, 0, vec![receiver]);
        }
        let lambda = call.given(0).map(|lambda| &module.hir.exprs[lambda].kind);
        match (lambda, receiver) {
            (Some(ExprKind::Lambda { parameters, body }), Value::List(elements)) if parameters.len() == 1 => {
                if let Err(kind) = self.budget.list(elements.len()) {
                    return self.fail(expr, kind);
                }
                let results = Vec::with_capacity(elements.len());
                let (parameter, body) = (parameters[0], *body);
                self.each(Box::new(Each { expr, method, elements, results, parameter, body }))
            }
            _ => self.fail(expr, ErrorKind::Broken),
        }
    }

    pub(super) fn each(&mut self, each: Box<Each>) -> Step {
        let decided = each.results.last().is_some_and(|last| methods::decides(each.method.id, last));
        match each.elements.get(each.results.len()).filter(|_| !decided) {
            Some(element) => {
                self.locals.push((each.parameter, element.clone()));
                let body = each.body;
                self.then(Frame::Each(each), body)
            }
            None => {
                let Each { expr, method, elements, results, .. } = *each;
                self.budget.spent += elements.len() as u64;
                let result = methods::applied(method.id, &elements, results, &mut self.budget);
                self.result(expr, result)
            }
        }
    }

    /// Goes on with the arguments of a call; the receiver of a method is the first of `done`.
    pub(super) fn arguments(
        &mut self,
        expr: ExprId,
        call: &'a Call,
        mut next: usize,
        mut done: Vec<Value>,
    ) -> Step {
        while let Some(argument) = call.arguments.get(next) {
            let index = next;
            next += 1;
            match argument {
                ArgumentValue::Given(value) => {
                    return self.then(Frame::Arguments { expr, call, next, done }, *value);
                }
                ArgumentValue::Missing => done.push(Value::None),
                ArgumentValue::Default => {
                    let Some((file, value)) = self.evaluator.default(call.callee, index) else {
                        return self.fail(expr, ErrorKind::Broken);
                    };
                    self.stack.push(Frame::Arguments { expr, call, next, done });
                    return self.enter(expr, ItemId::new(file, 0), value);
                }
            }
        }
        self.called(expr, call.callee, done)
    }

    /// All arguments are there.
    pub(super) fn called(&mut self, expr: ExprId, callee: Callee, arguments: Vec<Value>) -> Step {
        match callee {
            Callee::Function(item) => {
                let Some(ItemKind::Function(function)) =
                    self.evaluator.checked.item(item).map(|item| &item.kind)
                else {
                    return self.fail(expr, ErrorKind::Broken);
                };
                let next = self.enter(expr, item, function.body)?;
                let names = function.parameters.iter().map(|parameter| parameter.local);
                self.locals.extend(names.zip(arguments));
                Ok(next)
            }
            Callee::Record(item) => match self.evaluator.shape(item) {
                Some(shape) => {
                    let built =
                        self.budget.list(arguments.len()).and_then(|()| self.budget.holds(&arguments));
                    let record = || Value::Record(Arc::new(Record { shape, fields: arguments }));
                    match built {
                        Ok(_) => Ok(Next::Give(record())),
                        Err(kind) => self.fail(expr, kind),
                    }
                }
                None => self.fail(expr, ErrorKind::Broken),
            },
            Callee::Builtin(builtin) => {
                let result = builtins::builtin(builtin, &arguments, &mut self.budget);
                self.result(expr, result)
            }
            Callee::Method(method) => match arguments.split_first() {
                Some((receiver, arguments)) => {
                    self.budget.spent += methods::cost(receiver);
                    let result = self.module.types.of(expr);
                    let result = methods::plain(method.id, receiver, arguments, result, &mut self.budget);
                    self.result(expr, result)
                }
                None => self.fail(expr, ErrorKind::Broken),
            },
            // These make steps and are never part of an expression.
            Callee::Action(_) | Callee::Task(_) | Callee::Trigger(_) => self.fail(expr, ErrorKind::Broken),
        }
    }
}
