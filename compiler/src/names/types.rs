//! The names of written types.

use super::{BuiltinType, ModuleDef, TypeDef, Visibility, path_span, resolve::Resolver};
use crate::{
    findings::names as findings,
    hir::{Ident, TypeExpr, TypeExprKind},
};

/// Resolves a written type and everything in it.
pub(super) fn resolve_type(resolver: &mut Resolver<'_>, ty: &TypeExpr) {
    match &ty.kind {
        TypeExprKind::Missing => {}
        TypeExprKind::Optional(inner) => resolve_type(resolver, inner),
        TypeExprKind::Path { path, arguments } => {
            if let (Some(def), Some(span)) = (find(resolver, path), path_span(path)) {
                resolver.names.types.insert(span, def);
            }
            arguments.iter().for_each(|argument| resolve_type(resolver, argument));
        }
    }
}

fn find(resolver: &mut Resolver<'_>, path: &[Ident]) -> Option<TypeDef> {
    let scope = resolver.scope;
    let found = match path {
        [name] => {
            if let Some(builtin) = BuiltinType::ALL.into_iter().find(|builtin| builtin.word() == &*name.text)
            {
                return Some(TypeDef::Builtin(builtin));
            }
            scope.find(&name.text)
        }
        [module, name] => match scope.find(&module.text) {
            Some(ModuleDef::Module(file)) => {
                let exports = scope.modules.exports(file)?;
                let Some((item, export)) = exports.find(&name.text) else {
                    if exports.is_lost(&name.text) {
                        return None;
                    }
                    let types = exports.public().filter(|(_, export)| export.kind.is_type());
                    let names: Vec<&str> = types.map(|(_, export)| &*export.name).collect();
                    let report = findings::unknown_item::report(&module.text, name, names.into_iter());
                    resolver.diagnostics.push(report);
                    return None;
                };
                if export.visibility == Visibility::Private {
                    let report = findings::private_item::report(
                        &name.text,
                        name.span,
                        export,
                        &scope.modules.path(file),
                    );
                    resolver.diagnostics.push(report);
                }
                Some(ModuleDef::Item(item))
            }
            Some(ModuleDef::Unknown) => return None,
            Some(ModuleDef::Item(_)) | None => None,
        },
        _ => None,
    };
    match found {
        Some(ModuleDef::Item(item)) => {
            let word = scope.with_export(item, |export| (export.kind.is_type(), export.kind.word()));
            match word {
                Some((true, _)) => return Some(TypeDef::Item(item)),
                Some((false, word)) => {
                    resolver.diagnostics.push(findings::unknown_type::not_a_type(path, word));
                    return None;
                }
                None => return None,
            }
        }
        Some(ModuleDef::Module(_)) => {
            resolver.diagnostics.push(findings::unknown_type::not_a_type(path, "module"));
            return None;
        }
        Some(ModuleDef::Unknown) => return None,
        None => {}
    }
    if path.iter().any(|part| part.text.is_empty()) || path.is_empty() {
        return None;
    }
    if let [module, _] = path
        && scope.find(&module.text).is_none()
    {
        let report = resolver.unknown(&module.text, module.span);
        resolver.diagnostics.push(report);
        return None;
    }
    let candidates = types_in_scope(resolver);
    let name = path.last().map(|part| part.text.clone()).unwrap_or_default();
    let import = super::suggest::importable(scope, &name, super::suggest::Wanted::Type);
    resolver.diagnostics.push(findings::unknown_type::report(path, &candidates, import.as_ref()));
    None
}

fn types_in_scope(resolver: &Resolver<'_>) -> Vec<String> {
    let scope = resolver.scope;
    let items = scope.names.iter().map(|(name, (def, _))| (name, *def));
    let prelude = scope.prelude.names.iter().map(|(name, def)| (name, *def));
    let mut names: Vec<String> = items
        .chain(prelude)
        .filter(|(_, def)| match def {
            ModuleDef::Item(item) => scope.with_export(*item, |export| export.kind.is_type()) == Some(true),
            ModuleDef::Module(_) | ModuleDef::Unknown => false,
        })
        .map(|(name, _)| name.to_string())
        .collect();
    names.extend(BuiltinType::ALL.iter().map(|builtin| builtin.word().to_owned()));
    names.sort();
    names
}
