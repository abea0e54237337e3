//! Types as written in the source.

use super::{Interfaces, MAX_TYPE_DEPTH, SignatureKind, Type, relations::depth};
use crate::{
    diagnostic::Diagnostic,
    findings::types as findings,
    hir::{TypeExpr, TypeExprKind},
    names::{BuiltinType, ItemId, Names, TypeDef, path_span},
    source::Span,
};

/// Reads the written types of one module.
pub(super) struct Reader<'a> {
    pub names: &'a Names,
    pub interfaces: &'a Interfaces,
}

/// Expands an alias; called for each one found.
pub(super) type Aliases<'f> = &'f mut dyn FnMut(ItemId) -> Option<Type>;

impl Reader<'_> {
    /// The written type; unknown if it can't be resolved.
    pub fn read(&self, ty: &TypeExpr, aliases: Aliases<'_>, report: &mut Vec<Diagnostic>) -> Type {
        let read = match &ty.kind {
            TypeExprKind::Missing => Type::Unknown,
            TypeExprKind::Optional(inner) => self.read(inner, aliases, report).optional(),
            TypeExprKind::Path { path, arguments } => {
                let arguments: Vec<Type> =
                    arguments.iter().map(|argument| self.read(argument, aliases, report)).collect();
                let def = path_span(path).and_then(|span| self.names.types.get(&span));
                let name = path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".");
                match def {
                    None => Type::Unknown,
                    Some(TypeDef::Builtin(builtin)) => builtin_type(*builtin, arguments, ty.span, report),
                    Some(TypeDef::Item(item)) => {
                        if !arguments.is_empty() {
                            report.push(findings::type_arguments::none_wanted(&name, ty.span));
                        }
                        self.item(*item, aliases)
                    }
                }
            }
        };
        if depth(&read) > MAX_TYPE_DEPTH {
            report.push(findings::recursive_type::too_deep(ty.span));
            return Type::Unknown;
        }
        read
    }

    fn item(&self, item: ItemId, aliases: Aliases<'_>) -> Type {
        if let Some(alias) = aliases(item) {
            return alias;
        }
        match self.interfaces.get(item).map(|signature| &signature.kind) {
            Some(SignatureKind::Record(_)) => Type::Record(item),
            Some(SignatureKind::Enum(_)) => Type::Enum(item),
            Some(SignatureKind::Alias(ty)) => ty.clone(),
            _ => Type::Unknown,
        }
    }
}

fn builtin_type(
    builtin: BuiltinType,
    mut arguments: Vec<Type>,
    span: Span,
    report: &mut Vec<Diagnostic>,
) -> Type {
    if arguments.len() != builtin.arity() {
        report.push(match builtin.arity() {
            0 => findings::type_arguments::none_wanted(builtin.word(), span),
            _ => findings::type_arguments::one_wanted(builtin.word(), span),
        });
        arguments = vec![Type::Unknown; builtin.arity()];
    }
    match builtin {
        BuiltinType::Bool => Type::Bool,
        BuiltinType::Int => Type::Int,
        BuiltinType::Float => Type::Float,
        BuiltinType::Text => Type::Text,
        BuiltinType::Public => Type::Public,
        BuiltinType::Duration => Type::Duration,
        BuiltinType::Percent => Type::Percent,
        BuiltinType::Size => Type::Size,
        BuiltinType::Time => Type::Time,
        BuiltinType::Json => Type::Json,
        BuiltinType::Secret => Type::Secret,
        BuiltinType::People => Type::People,
        BuiltinType::Run => Type::Run,
        BuiltinType::List => Type::list(arguments.pop().unwrap_or(Type::Unknown)),
        BuiltinType::Map => Type::map(arguments.pop().unwrap_or(Type::Unknown)),
    }
}
