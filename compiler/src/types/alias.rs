//! Expands the type aliases of a module, in the order of their dependencies.

use std::collections::BTreeMap;

use super::{Type, written::Reader};
use crate::{
    diagnostic::Diagnostic,
    findings::types as findings,
    hir::{ItemKind, Module, TypeExpr, TypeExprKind},
    names::{ItemId, Names, TypeDef, path_span},
};

/// The aliases of a module, by item index. Aliases that refer to themselves are reported and unknown.
pub(super) fn read(
    module: &Module,
    reader: &Reader<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<u32, Type> {
    let written: BTreeMap<u32, &TypeExpr> = module
        .items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| match &item.kind {
            ItemKind::Alias(ty) => Some((index as u32, ty)),
            _ => None,
        })
        .collect();
    let mut needs: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, ty) in &written {
        let mut named = Vec::new();
        aliases_in(ty, module, reader.names, &mut named);
        needs.insert(*index, named);
    }
    let mut known: BTreeMap<u32, Type> = BTreeMap::new();
    let order = ordered(&needs);
    for index in &order {
        let ty = reader.read(written[index], &mut |item| own_type(module, &known, item), diagnostics);
        known.insert(*index, ty);
    }
    needs.retain(|index, _| !known.contains_key(index));
    // An alias that only leads to a cycle isn't at fault: remove those that no other remaining alias refers to.
    let mut needed: BTreeMap<u32, Vec<u32>> = needs.keys().map(|index| (*index, Vec::new())).collect();
    for (index, named) in &needs {
        for name in named {
            if let Some(by) = needed.get_mut(name) {
                by.push(*index);
            }
        }
    }
    let innocent = ordered(&needed);
    for index in needs.keys().filter(|index| !innocent.contains(index)) {
        diagnostics.push(findings::recursive_type::alias(&module.items[*index as usize].name));
    }
    known
}

/// The nodes in topological order, dependencies first, without those that depend on themselves directly or
/// indirectly. Uses its own queue, so that chains may be long.
fn ordered(needs: &BTreeMap<u32, Vec<u32>>) -> Vec<u32> {
    let mut waiting: BTreeMap<u32, usize> = BTreeMap::new();
    let mut users: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, named) in needs {
        let open = named.iter().filter(|name| needs.contains_key(name));
        waiting.insert(*index, open.clone().count());
        open.for_each(|name| users.entry(*name).or_default().push(*index));
    }
    let mut order: Vec<u32> =
        waiting.iter().filter(|(_, open)| **open == 0).map(|(index, _)| *index).collect();
    let mut next = 0;
    while let Some(index) = order.get(next).copied() {
        next += 1;
        for user in users.get(&index).into_iter().flatten() {
            if let Some(open) = waiting.get_mut(user) {
                *open -= 1;
                if *open == 0 {
                    order.push(*user);
                }
            }
        }
    }
    order
}

/// The module's own aliases that a written type refers to.
fn aliases_in(ty: &TypeExpr, module: &Module, names: &Names, found: &mut Vec<u32>) {
    match &ty.kind {
        TypeExprKind::Missing => {}
        TypeExprKind::Optional(inner) => aliases_in(inner, module, names, found),
        TypeExprKind::Path { path, arguments } => {
            let def = path_span(path).and_then(|span| names.types.get(&span));
            if let Some(TypeDef::Item(item)) = def
                && item.file == module.file
                && matches!(module.items[item.index as usize].kind, ItemKind::Alias(_))
            {
                found.push(item.index);
            }
            arguments.iter().for_each(|argument| aliases_in(argument, module, names, found));
        }
    }
}

/// The type declared by an item of the same module; `None` for items of other modules.
pub(super) fn own_type(module: &Module, aliases: &BTreeMap<u32, Type>, item: ItemId) -> Option<Type> {
    if item.file != module.file {
        return None;
    }
    Some(match &module.items.get(item.index as usize)?.kind {
        ItemKind::Record(_) => Type::Record(item),
        ItemKind::Enum(_) => Type::Enum(item),
        ItemKind::Alias(_) => aliases.get(&item.index).cloned().unwrap_or(Type::Unknown),
        _ => Type::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn what_is_needed_comes_first_and_circles_never() {
        let needs = [(0, vec![1]), (1, vec![2]), (2, vec![]), (3, vec![4]), (4, vec![3]), (5, vec![3])];
        assert_eq!(ordered(&needs.into()), [2, 1, 0]);
    }
}
