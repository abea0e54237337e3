//! Step that fails in every run.
//!
//! ## Why
//!
//! Something that the action needs is missing, and that is known before the run: an update for a service
//! without a status page, a call to a person without a phone number. Without this rule the failure shows
//! only during an incident.
//!
//! ## Bad
//!
//! ```quell
//! record Site {
//!   name: Text,
//!   page: Text? = none,
//! }
//!
//! action publish(site: Site, text: Text) notifies {
//!   http POST "https://status.example.com" {
//!     json { page: need(site.page, "the site has no page"), text: text }
//!   }
//! }
//!
//! let edge: Site = Site(name: "edge")
//!
//! playbook announce {
//!   communicate {
//!     step told = publish(edge, "Some requests fail.")
//! //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Site {
//!   name: Text,
//!   page: Text? = none,
//! }
//!
//! action publish(site: Site, text: Text) notifies {
//!   http POST "https://status.example.com" {
//!     json { page: need(site.page, "the site has no page"), text: text }
//!   }
//! }
//!
//! let edge: Site = Site(name: "edge", page: "kctbh9vrtdwd")
//!
//! playbook announce {
//!   communicate {
//!     step told = publish(edge, "Some requests fail.")
//!   }
//! }
//! ```

use std::rc::Rc;

use crate::{
    graph::{Callee, Meaning},
    hir::{
        Action, BinaryOp, BindingEntry, BindingKind, ExprId, ExprKind, ItemKind, Literal, LocalId, children,
    },
    lint::{Group, Pass, Profile, Rule, rule::finding},
    names::{Builtin, Def, ItemId},
    source::{FileId, Span},
    types::{ArgumentValue, Callee as Called, Member},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("always-fails", Group::Correctness, include_str!("always_fails.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let Callee::Action(item) = step.plan.callee else { continue };
            let Some(action) = pass.facts.action(item) else { continue };
            let search = Search { meaning: &pass.facts.meaning };
            let own = Place { file: pass.file, names: Names::default() };
            let Some(inside) = search.parameters(&own, step.plan.call, item) else { continue };
            let Some(missing) = search.action(&inside, action) else { continue };
            let why = match missing.why {
                Some(why) => format!("what it needs is missing: \"{why}\""),
                None => "what it needs is missing".to_owned(),
            };
            let span = pass.span(step.plan.call);
            pass.report(
                finding(span, format!("`{}` fails in every run", step.name()))
                    .label(missing.span, "this is always missing")
                    .note(why)
                    .help("provide the missing value, or remove the step"),
            );
        }
    }
}

/// What a name stands for: an expression, and where it is read.
#[derive(Clone, Default)]
struct Names(Option<Rc<Bound>>);

struct Bound {
    local: LocalId,
    value: ExprId,
    of: Place,
    next: Names,
}

/// A module, and what the names in it stand for.
#[derive(Clone)]
struct Place {
    file: FileId,
    names: Names,
}

/// What is needed and never there.
struct Missing {
    span: Span,
    why: Option<String>,
}

struct Search<'a> {
    meaning: &'a Meaning<'a>,
}

const DEPTH: u32 = 30;

impl Search<'_> {
    /// The place in which the body of what is called is read.
    fn parameters(&self, at: &Place, call: ExprId, item: ItemId) -> Option<Place> {
        let arguments = &self.meaning.module(at.file)?.call(call)?.arguments;
        let parameters = match &self.meaning.item(item)?.kind {
            ItemKind::Action(action) => &action.parameters,
            ItemKind::Function(function) => &function.parameters,
            _ => return None,
        };
        let mut names = Names::default();
        for (parameter, argument) in parameters.iter().zip(arguments) {
            let (value, of) = match (argument, parameter.default) {
                (ArgumentValue::Given(value), _) => (*value, at.clone()),
                (_, Some(value)) => (value, Place { file: item.file, names: Names::default() }),
                _ => continue,
            };
            names = Names(Some(Rc::new(Bound { local: parameter.local, value, of, next: names })));
        }
        Some(Place { file: item.file, names })
    }

    fn action(&self, at: &Place, action: &Action) -> Option<Missing> {
        let binding = action.bindings.first()?;
        let head = match &binding.kind {
            BindingKind::Http { url, .. } => *url,
            BindingKind::Command { arguments } => *arguments,
            BindingKind::Container { image } => *image,
        };
        let data = binding.entries.iter().filter_map(|entry| match entry {
            BindingEntry::Data { value, .. } => Some(*value),
            _ => None,
        });
        std::iter::once(head).chain(data).find_map(|expr| self.search(at, expr, DEPTH))
    }

    /// A `need` that is evaluated in any case, of what is `none` in any case.
    fn search(&self, at: &Place, expr: ExprId, depth: u32) -> Option<Missing> {
        let depth = depth.checked_sub(1)?;
        let module = self.meaning.module(at.file)?;
        let node = &module.hir.exprs[expr];
        match &node.kind {
            // What only happens sometimes.
            ExprKind::If { branches, .. } => {
                return branches.first().and_then(|(condition, _)| self.search(at, *condition, depth));
            }
            ExprKind::Match { subject, .. } => return self.search(at, *subject, depth),
            ExprKind::Binary(BinaryOp::And | BinaryOp::Or | BinaryOp::Coalesce, left, _) => {
                return self.search(at, *left, depth);
            }
            ExprKind::Lambda { .. } => return None,
            ExprKind::Call { .. } => {
                let call = module.call(expr);
                if let Some(call) = call
                    && call.callee == Called::Builtin(Builtin::Need)
                    && let Some(value) = call.given(0)
                    && self.is_none(at, value, depth)
                {
                    let why = call.given(1).and_then(|why| match &module.hir.exprs[why].kind {
                        ExprKind::Literal(Literal::Text(text)) => Some(text.clone()),
                        _ => None,
                    });
                    return Some(Missing { span: module.span(value), why });
                }
                if let Some(Called::Function(item)) = call.map(|call| call.callee)
                    && let Some(inside) = self.parameters(at, expr, item)
                    && let Some(ItemKind::Function(function)) = self.meaning.item(item).map(|item| &item.kind)
                    && let Some(missing) = self.search(&inside, function.body, depth)
                {
                    return Some(missing);
                }
            }
            _ => {}
        }
        let mut parts = Vec::new();
        children(node, &mut |child| parts.push(child));
        parts.into_iter().find_map(|part| self.search(at, part, depth))
    }

    fn is_none(&self, at: &Place, expr: ExprId, depth: u32) -> bool {
        self.value(at, expr, depth).is_some_and(|(place, value)| {
            let module = self.meaning.module(place.file);
            module.is_some_and(|module| {
                matches!(module.hir.exprs[value].kind, ExprKind::Literal(Literal::None))
            })
        })
    }

    /// The expression that says what a name or field is: a literal, or a record that is built.
    fn value(&self, at: &Place, expr: ExprId, depth: u32) -> Option<(Place, ExprId)> {
        let depth = depth.checked_sub(1)?;
        let module = self.meaning.module(at.file)?;
        match &module.hir.exprs[expr].kind {
            ExprKind::Literal(_) => Some((at.clone(), expr)),
            ExprKind::Name(_) | ExprKind::Field { .. } if module.def(expr).is_some() => {
                match module.def(expr)? {
                    Def::Local(local) => {
                        let mut names = &at.names;
                        while let Some(bound) = &names.0 {
                            if bound.local == local {
                                return self.value(&bound.of, bound.value, depth);
                            }
                            names = &bound.next;
                        }
                        None
                    }
                    Def::Item(item) => match &self.meaning.item(item)?.kind {
                        ItemKind::Let(declared) => {
                            let there = Place { file: item.file, names: Names::default() };
                            self.value(&there, declared.value, depth)
                        }
                        _ => None,
                    },
                    _ => None,
                }
            }
            ExprKind::Field { receiver, .. } => {
                let Some(Member::Field(record, field)) = module.types.members.get(expr) else { return None };
                let (place, built) = self.value(at, *receiver, depth)?;
                let there = self.meaning.module(place.file)?;
                if let ExprKind::Literal(Literal::None) = there.hir.exprs[built].kind {
                    // `none?.field`.
                    return Some((place, built));
                }
                match there.call(built)?.arguments.get(*field as usize)? {
                    ArgumentValue::Given(value) => self.value(&place, *value, depth),
                    ArgumentValue::Default => {
                        let ItemKind::Record(declared) = &self.meaning.item(*record)?.kind else {
                            return None;
                        };
                        let default = declared.fields.get(*field as usize)?.default?;
                        self.value(&Place { file: record.file, names: Names::default() }, default, depth)
                    }
                    ArgumentValue::Missing => None,
                }
            }
            ExprKind::Call { .. } => match module.call(expr)?.callee {
                Called::Record(_) => Some((at.clone(), expr)),
                Called::Builtin(Builtin::Need) => self.value(at, module.call(expr)?.given(0)?, depth),
                Called::Function(item) => {
                    let ItemKind::Function(function) = &self.meaning.item(item)?.kind else { return None };
                    self.value(&self.parameters(at, expr, item)?, function.body, depth)
                }
                _ => None,
            },
            _ => None,
        }
    }
}
