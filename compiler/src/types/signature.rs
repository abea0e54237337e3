//! From a module's items to its interface.

use std::collections::BTreeMap;

use super::{
    ActionSignature, Callable, EnumSignature, Interface, Interfaces, Order, ParameterSignature, Signature,
    SignatureKind, Type, written::Reader,
};
use crate::{
    diagnostic::Diagnostic,
    findings::types as findings,
    hir::{Effect, Item, ItemKind, Module, Parameter, TypeExpr},
    names::{ItemId, Names},
};

/// What others may know of a module. A pure function of its items' heads and of the interfaces of
/// what it uses.
pub fn interface(module: &Module, names: &Names, used: &Interfaces) -> (Interface, Vec<Diagnostic>) {
    let mut builder = Builder {
        module,
        reader: Reader { names, interfaces: used },
        aliases: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
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
    /// The module's own aliases as far as they are known; `None` while one is being read.
    aliases: BTreeMap<u32, Option<Type>>,
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
            ItemKind::Alias(ty) => SignatureKind::Alias(self.alias(index, ty)),
            ItemKind::Let(value) => SignatureKind::Let(match &value.ty {
                Some(ty) => self.read(ty),
                None => {
                    self.diagnostics.extend(findings::missing_type::of_let(&item.name));
                    Type::Unknown
                }
            }),
            ItemKind::Function(function) => {
                let result = match &function.result {
                    Some(ty) => self.read(ty),
                    None => {
                        self.diagnostics.extend(findings::missing_type::of_result(&item.name));
                        Type::Unknown
                    }
                };
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
        // Findings within an alias are reported with the alias.
        let mut found = Vec::new();
        let read = reader.read(ty, &mut |item| own_type(module, reader, aliases, item, 0), &mut found);
        diagnostics.append(&mut found);
        read
    }

    fn alias(&mut self, index: u32, ty: &TypeExpr) -> Type {
        self.aliases.insert(index, None);
        let Self { module, reader, aliases, diagnostics } = self;
        let mut found = Vec::new();
        let mut circle = false;
        let read = reader.read(
            ty,
            &mut |item| {
                let own = own_type(module, reader, aliases, item, 0);
                circle |= item.file == module.file && reaches(module, reader.names, item.index, index);
                own
            },
            &mut found,
        );
        diagnostics.append(&mut found);
        let name = &module.items[index as usize].name;
        let read = if circle {
            diagnostics.push(findings::recursive_type::alias(name));
            Type::Unknown
        } else {
            read
        };
        self.aliases.insert(index, Some(read.clone()));
        read
    }
}

/// The aliases of the module that lead from `from` to `to`, itself included.
fn reaches(module: &Module, names: &Names, from: u32, to: u32) -> bool {
    let mut seen = vec![false; module.items.len()];
    let mut work = vec![from];
    while let Some(index) = work.pop() {
        if index == to {
            return true;
        }
        if std::mem::replace(&mut seen[index as usize], true) {
            continue;
        }
        if let ItemKind::Alias(ty) = &module.items[index as usize].kind {
            named_in(ty, names, &mut |item| {
                if item.file == module.file {
                    work.push(item.index);
                }
            });
        }
    }
    false
}

fn named_in(ty: &TypeExpr, names: &Names, visit: &mut dyn FnMut(ItemId)) {
    match &ty.kind {
        crate::hir::TypeExprKind::Missing => {}
        crate::hir::TypeExprKind::Optional(inner) => named_in(inner, names, visit),
        crate::hir::TypeExprKind::Path { path, arguments } => {
            let def = crate::names::path_span(path).and_then(|span| names.types.get(&span));
            if let Some(crate::names::TypeDef::Item(item)) = def {
                visit(*item);
            }
            arguments.iter().for_each(|argument| named_in(argument, names, visit));
        }
    }
}

/// The type that an item of the module itself names; none for items of other modules.
fn own_type(
    module: &Module,
    reader: &Reader<'_>,
    aliases: &mut BTreeMap<u32, Option<Type>>,
    item: ItemId,
    level: usize,
) -> Option<Type> {
    if item.file != module.file {
        return None;
    }
    match &module.items.get(item.index as usize)?.kind {
        ItemKind::Record(_) => Some(Type::Record(item)),
        ItemKind::Enum(_) => Some(Type::Enum(item)),
        ItemKind::Alias(ty) => {
            if let Some(known) = aliases.get(&item.index) {
                return Some(known.clone().unwrap_or(Type::Unknown));
            }
            if level > 100 {
                return Some(Type::Unknown);
            }
            // Read where it is used before it is declared; what is wrong with it is reported there.
            aliases.insert(item.index, None);
            let read = reader.read(
                ty,
                &mut |inner| own_type(module, reader, aliases, inner, level + 1),
                &mut Vec::new(),
            );
            aliases.remove(&item.index);
            Some(read)
        }
        _ => Some(Type::Unknown),
    }
}

/// Records that hold themselves without a way out: no value of them could ever be built.
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
        // The way from `root`: records with the fields that are still to be followed.
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
