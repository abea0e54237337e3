//! Builds the interface of a module from its items.

use std::collections::BTreeMap;

use super::{
    ActionSignature, Callable, EnumSignature, Interface, Interfaces, Order, ParameterSignature, Signature,
    SignatureKind, Type,
    alias::{self, own_type},
    written::Reader,
};
use crate::{
    diagnostic::Diagnostic,
    findings::types as findings,
    hir::{Effect, Item, ItemKind, Module, Parameter, TypeExpr},
    names::{ItemId, Names},
};

/// The interface of a module. A pure function of its items' heads and of the interfaces of the modules that
/// it uses.
pub fn interface(module: &Module, names: &Names, used: &Interfaces) -> (Interface, Vec<Diagnostic>) {
    let reader = Reader { names, interfaces: used };
    let mut diagnostics = Vec::new();
    let aliases = alias::read(module, &reader, &mut diagnostics);
    let mut builder = Builder { module, reader, aliases, diagnostics };
    let items = module.items.iter().enumerate().map(|(index, item)| Signature {
        name: item.name.text.clone(),
        span: item.name.span,
        kind: builder.signature(index as u32, item),
    });
    let interface = Interface { file: module.file, items: items.collect() };
    endless_records(module, &interface, &mut builder.diagnostics);
    (interface, builder.diagnostics)
}

struct Builder<'a> {
    module: &'a Module,
    reader: Reader<'a>,
    /// The module's own aliases expanded, by item index.
    aliases: BTreeMap<u32, Type>,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn signature(&mut self, index: u32, item: &Item) -> SignatureKind {
        match &item.kind {
            ItemKind::Record(record) => {
                let fields = record.fields.iter().map(|field| ParameterSignature {
                    name: field.name.text.clone(),
                    span: field.name.span,
                    ty: self.read(&field.ty),
                    default: field.default,
                });
                let parameters = fields.collect();
                let result = Type::Record(ItemId { file: self.module.file, index });
                SignatureKind::Record(Callable { parameters, result })
            }
            ItemKind::Enum(item) => SignatureKind::Enum(EnumSignature {
                order: if item.ordered.is_some() { Order::Ordered } else { Order::Unordered },
                variants: item.variants.iter().map(|variant| variant.name.text.clone()).collect(),
            }),
            ItemKind::Alias(_) => {
                SignatureKind::Alias(self.aliases.get(&index).cloned().unwrap_or(Type::Unknown))
            }
            // A missing type is reported with the body, which shows what it should be.
            ItemKind::Let(value) => {
                SignatureKind::Let(value.ty.as_ref().map_or(Type::Unknown, |ty| self.read(ty)))
            }
            ItemKind::Function(function) => {
                let result = function.result.as_ref().map_or(Type::Unknown, |ty| self.read(ty));
                let parameters = self.parameters(&function.parameters);
                SignatureKind::Function(Callable { parameters, result })
            }
            ItemKind::Task(task) => {
                let parameters = self.parameters(&task.parameters);
                let result = self.result(task.result.as_ref());
                SignatureKind::Task(Callable { parameters, result })
            }
            ItemKind::Action(action) => {
                let parameters = self.parameters(&action.parameters);
                let result = self.result(action.result.as_ref());
                SignatureKind::Action(ActionSignature {
                    callable: Callable { parameters, result },
                    effect: action.effect.map_or(Effect::Reads, |(effect, _)| effect),
                })
            }
            ItemKind::Trigger(trigger) => {
                let parameters = self.parameters(&trigger.parameters);
                let result = self.read(&trigger.result);
                SignatureKind::Trigger(Callable { parameters, result })
            }
            ItemKind::Playbook(_) => SignatureKind::Playbook,
            ItemKind::Scenario(_) => SignatureKind::Scenario,
        }
    }

    fn result(&mut self, ty: Option<&TypeExpr>) -> Type {
        ty.map_or(Type::Unit, |ty| self.read(ty))
    }

    fn parameters(&mut self, parameters: &[Parameter]) -> Vec<ParameterSignature> {
        let signatures = parameters.iter().map(|parameter| ParameterSignature {
            name: parameter.name.text.clone(),
            span: parameter.name.span,
            ty: match &parameter.ty {
                Some(ty) => self.read(ty),
                None => {
                    self.diagnostics.extend(findings::missing_type::of_parameter(&parameter.name));
                    Type::Unknown
                }
            },
            default: parameter.default,
        });
        signatures.collect()
    }

    fn read(&mut self, ty: &TypeExpr) -> Type {
        let Self { module, reader, aliases, diagnostics } = self;
        reader.read(ty, &mut |item| own_type(module, aliases, item), diagnostics)
    }
}

/// Records that contain themselves unconditionally: no value of them could ever be built.
fn endless_records(module: &Module, interface: &Interface, diagnostics: &mut Vec<Diagnostic>) {
    let count = interface.items.len();
    let held = |index: usize| -> Vec<(usize, usize)> {
        let SignatureKind::Record(record) = &interface.items[index].kind else { return Vec::new() };
        let fields = record.parameters.iter().enumerate();
        fields
            .filter_map(|(field, parameter)| match parameter.ty {
                Type::Record(item) if item.file == module.file => Some((item.index as usize, field)),
                _ => None,
            })
            .collect()
    };
    let mut done = vec![false; count];
    for root in 0..count {
        // The path from `root`: records with the fields that are still to be followed.
        let mut path: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
        let mut on_path = BTreeMap::new();
        if !done[root] {
            on_path.insert(root, 0);
            path.push((root, held(root)));
        }
        while let Some((at, fields)) = path.last_mut() {
            let at = *at;
            match fields.pop() {
                Some((next, field)) if on_path.contains_key(&next) => {
                    if let ItemKind::Record(record) = &module.items[at].kind {
                        let field = &record.fields[field];
                        let report = findings::recursive_type::record(
                            &module.items[next].name,
                            &field.name,
                            field.ty.span,
                        );
                        diagnostics.push(report);
                    }
                }
                Some((next, _)) if !done[next] => {
                    on_path.insert(next, path.len());
                    path.push((next, held(next)));
                }
                Some(_) => {}
                None => {
                    done[at] = true;
                    on_path.remove(&at);
                    path.pop();
                }
            }
        }
    }
}
