//! The results of methods, as far as conditions depend on them.

use super::{
    Env, Eval, Machine,
    formula::Formula,
    value::{Term, ValueId},
};
use crate::{
    hir::{Access, ExprId, ExprKind},
    types::{Method, MethodId},
};

impl<'a> Machine<'_, 'a> {
    pub(super) fn method(
        &mut self,
        env: Env<'a>,
        expr: ExprId,
        callee: ExprId,
        method: &'static Method,
    ) -> Eval {
        let ExprKind::Field { receiver, access, .. } = &env.module.hir.exprs[callee].kind else {
            return self.unfollowed(env, expr);
        };
        let of = self.eval(env, *receiver);
        let given: Vec<ExprId> = match &env.module.hir.exprs[expr].kind {
            ExprKind::Call { arguments, .. } => arguments.iter().map(|argument| argument.value).collect(),
            _ => Vec::new(),
        };
        let (mut cases, mut missing) = (Vec::new(), of.missing);
        for (formula, term) in self.store.cases(of.value).clone() {
            let eval = match self.store.term(term).clone() {
                Term::None if *access == Access::IfPresent => {
                    let none = self.store.none();
                    self.there(none)
                }
                known => match self.of_known(env, method.id, &known, &given) {
                    Some(eval) => eval,
                    None => {
                        let part = self.store.value(vec![(Formula::TRUE, term)]);
                        self.of_unknown(env, expr, method, part, &given)
                    }
                },
            };
            let unknown = self.store.formulas.and(formula, eval.missing);
            missing = self.store.formulas.or(missing, unknown);
            for (inner, term) in self.store.cases(eval.value).clone() {
                cases.push((self.store.formulas.and(formula, inner), term));
            }
        }
        Eval { value: self.store.value(cases), missing }
    }

    /// A method of an opaque value. Lambdas that do the same are equal, regardless of the names of their
    /// parameters.
    fn of_unknown(
        &mut self,
        env: Env<'a>,
        expr: ExprId,
        method: &'static Method,
        receiver: ValueId,
        given: &[ExprId],
    ) -> Eval {
        let (mut parts, mut missing) = (vec![receiver], Formula::FALSE);
        for argument in given {
            let eval = match &env.module.hir.exprs[*argument].kind {
                ExprKind::Lambda { parameters, body } => {
                    let level = self.lambdas;
                    let mut names = Vec::new();
                    for (index, parameter) in parameters.iter().enumerate() {
                        let name = &env.module.hir.locals[*parameter].name.text;
                        let ty = env.module.types.of_local(*parameter).clone();
                        names.push((
                            *parameter,
                            self.opaque(&format!("λ{level}.{index}"), Vec::new(), &ty, name),
                        ));
                    }
                    self.lambdas += 1;
                    let eval = self.naming(env, &names, |machine| machine.eval(env, *body));
                    self.lambdas -= 1;
                    eval
                }
                _ => self.eval(env, *argument),
            };
            missing = self.store.formulas.or(missing, eval.missing);
            parts.push(eval.value);
        }
        let value = self.computed(env, expr, &format!("{:?}", method.id), parts);
        Eval { value, missing }
    }

    /// A method of a known value.
    fn of_known(
        &mut self,
        env: Env<'a>,
        method: MethodId,
        receiver: &Term,
        given: &[ExprId],
    ) -> Option<Eval> {
        let elements = match (method, receiver) {
            (MethodId::EnumToText, Term::Variant(variant)) => {
                let crate::hir::ItemKind::Enum(declared) = self.kind(variant.item)? else { return None };
                let name = declared.variants.get(variant.index as usize)?.name.text.clone();
                let text = self.store.constant(Term::Text(name));
                return Some(self.there(text));
            }
            (MethodId::TextToText, Term::Text(_)) => {
                let text = self.store.constant(receiver.clone());
                return Some(self.there(text));
            }
            (_, Term::List(elements)) => elements,
            _ => return None,
        };
        let made = match method {
            MethodId::ListLength => Term::Int(elements.len() as i64),
            MethodId::ListIsEmpty => Term::Bool(elements.is_empty()),
            MethodId::ListReverse => Term::List(elements.iter().rev().copied().collect()),
            MethodId::ListFirst | MethodId::ListLast => {
                let element = match method {
                    MethodId::ListFirst => elements.first(),
                    _ => elements.last(),
                };
                let element = element.copied().unwrap_or_else(|| self.store.none());
                return Some(self.there(element));
            }
            MethodId::ListTake | MethodId::ListDrop => {
                let count = self.eval(env, *given.first()?);
                let Some(Term::Int(count)) = self.store.only(count.value) else { return None };
                let count = usize::try_from(*count).unwrap_or(0).min(elements.len());
                let (taken, rest) = elements.split_at(count);
                Term::List(if method == MethodId::ListTake { taken.to_vec() } else { rest.to_vec() })
            }
            MethodId::ListDistinct => self.distinct(elements)?,
            MethodId::ListContains => {
                let (list, element) =
                    (self.store.constant(receiver.clone()), self.eval(env, *given.first()?));
                let contains = self.contains(list, element.value)?;
                return Some(Eval { value: self.store.bool(contains), ..element });
            }
            MethodId::ListAny
            | MethodId::ListAll
            | MethodId::ListMap
            | MethodId::ListFlatMap
            | MethodId::ListFilter
            | MethodId::ListFind => return self.with_lambda(env, method, elements, *given.first()?),
            _ => return None,
        };
        let value = self.store.constant(made);
        Some(self.there(value))
    }

    /// The elements that are distinguished; `None` if unknown.
    fn distinct(&mut self, elements: &[ValueId]) -> Option<Term> {
        let mut kept: Vec<ValueId> = Vec::new();
        for element in elements {
            let mut known = false;
            for other in &kept {
                match self.store.equal(*element, *other) {
                    Formula::TRUE => known = true,
                    Formula::FALSE => {}
                    _ => return None,
                }
            }
            if !known {
                kept.push(*element);
            }
        }
        Some(Term::List(kept))
    }

    fn with_lambda(
        &mut self,
        env: Env<'a>,
        method: MethodId,
        elements: &[ValueId],
        lambda: ExprId,
    ) -> Option<Eval> {
        let ExprKind::Lambda { parameters, body } = &env.module.hir.exprs[lambda].kind else { return None };
        let [parameter] = parameters.as_slice() else { return None };
        let (mut made, mut missing) = (Vec::new(), Formula::FALSE);
        for element in elements {
            let eval = self.naming(env, &[(*parameter, *element)], |machine| machine.eval(env, *body));
            missing = self.store.formulas.or(missing, eval.missing);
            made.push(eval.value);
        }
        let holds: Vec<Formula> = match method {
            MethodId::ListMap | MethodId::ListFlatMap => Vec::new(),
            _ => made.iter().map(|value| self.store.holds(*value)).collect(),
        };
        let value = match method {
            MethodId::ListAny => {
                let any = self.store.formulas.any(holds);
                self.store.bool(any)
            }
            MethodId::ListAll => {
                let all = self.store.formulas.all(holds);
                self.store.bool(all)
            }
            MethodId::ListMap => self.store.constant(Term::List(made)),
            MethodId::ListFlatMap => {
                let mut all = Vec::new();
                for value in made {
                    let Some(Term::List(elements)) = self.store.only(value) else { return None };
                    all.extend(elements.iter().copied());
                }
                self.store.constant(Term::List(all))
            }
            MethodId::ListFind => {
                let mut found = self.store.none();
                for (element, holds) in elements.iter().zip(holds).rev() {
                    found = self.store.choose(holds, *element, found);
                }
                found
            }
            _ => {
                let decided = |holds: &Formula| [Formula::TRUE, Formula::FALSE].contains(holds);
                if !holds.iter().all(decided) {
                    return None;
                }
                let kept = elements.iter().zip(holds).filter(|(_, holds)| *holds == Formula::TRUE);
                let kept = kept.map(|(element, _)| *element).collect();
                self.store.constant(Term::List(kept))
            }
        };
        Some(Eval { value, missing })
    }
}
