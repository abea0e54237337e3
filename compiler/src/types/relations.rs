//! Relations between types: assignability, common types, what can be shown.

use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use super::{Interfaces, Order, ParameterSignature, Type};
use crate::{names::ItemId, source::Span};

/// The maximum depth of nested types; deeper ones aren't followed.
pub const MAX_TYPE_DEPTH: usize = 40;

impl Interfaces {
    /// Whether a value of type `actual` is allowed where `expected` is required. Nothing is converted:
    /// a `Public` is a `Text`; a person, a list of persons and a team are `People`; a `T` is a `T?`.
    pub fn fits(&self, actual: &Type, expected: &Type) -> bool {
        match (actual, expected) {
            (Type::Unknown | Type::Never, _) | (_, Type::Unknown) => true,
            (Type::Public, Type::Text) => true,
            (Type::Optional(actual), Type::Optional(expected)) => self.fits(actual, expected),
            (actual, Type::Optional(expected)) => self.fits(actual, expected),
            (Type::List(actual), Type::List(expected)) | (Type::Map(actual), Type::Map(expected)) => {
                self.fits(actual, expected)
            }
            (actual, Type::People) => self.is_people(actual),
            (actual, expected) => actual == expected,
        }
    }

    /// Whether the type can mean people.
    pub fn is_people(&self, ty: &Type) -> bool {
        match ty {
            Type::People | Type::Unknown => true,
            Type::Record(item) => {
                Some(*item) == self.well_known.person || Some(*item) == self.well_known.team
            }
            Type::List(element) => match &**element {
                Type::Record(item) => Some(*item) == self.well_known.person,
                Type::Never | Type::Unknown => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// The common type of both, if there is one.
    pub fn join(&self, left: &Type, right: &Type) -> Option<Type> {
        if self.fits(left, right) {
            return Some(right.clone());
        }
        if self.fits(right, left) {
            return Some(left.clone());
        }
        match (left, right) {
            (Type::Optional(_), _) | (_, Type::Optional(_)) => {
                self.join(left.present(), right.present()).map(Type::optional)
            }
            (Type::List(left), Type::List(right)) => self.join(left, right).map(Type::list),
            (Type::Map(left), Type::Map(right)) => self.join(left, right).map(Type::map),
            _ => None,
        }
    }

    /// Whether `==` makes sense between the two: they can have equal values, and these aren't secret.
    pub fn comparable(&self, left: &Type, right: &Type) -> bool {
        self.join(left.present(), right.present()).is_some()
    }

    /// Whether values of the type can be compared with `<`.
    pub fn is_ordered(&self, ty: &Type) -> bool {
        match ty {
            Type::Int
            | Type::Float
            | Type::Percent
            | Type::Duration
            | Type::Size
            | Type::Time
            | Type::Text
            | Type::Public
            | Type::Unknown
            | Type::Never => true,
            Type::Enum(item) => self.variants(*item).is_none_or(|found| found.order == Order::Ordered),
            _ => false,
        }
    }

    /// Whether values of the type can be summed.
    pub fn is_summable(&self, ty: &Type) -> bool {
        matches!(
            ty,
            Type::Int
                | Type::Float
                | Type::Percent
                | Type::Duration
                | Type::Size
                | Type::Unknown
                | Type::Never
        )
    }

    /// Whether a value of the type is, or contains, a secret.
    pub fn holds_secret(&self, ty: &Type) -> bool {
        self.holds(ty, &Type::Secret)
    }

    /// Whether a value of the type is, or contains, a `Public`; if it is in a field, which one.
    pub fn public_in(&self, ty: &Type) -> Option<Option<(Arc<str>, Span)>> {
        let mut seen = BTreeSet::new();
        let mut work = vec![(ty.clone(), None)];
        while let Some((ty, field)) = work.pop() {
            match ty {
                Type::Public => return Some(field),
                Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => {
                    work.push(((*inner).clone(), field))
                }
                Type::Record(item) if seen.insert(item) => {
                    let fields = self.record(item).map_or(&[][..], |record| &record.parameters);
                    let fields = fields.iter().rev();
                    work.extend(fields.map(|one| (one.ty.clone(), Some((one.name.clone(), one.span)))));
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a value of the type is, or contains, a `wanted`.
    pub fn holds(&self, ty: &Type, wanted: &Type) -> bool {
        self.holds_unseen(ty, wanted, &mut BTreeSet::new())
    }

    fn holds_unseen(&self, ty: &Type, wanted: &Type, seen: &mut BTreeSet<ItemId>) -> bool {
        // Records may refer to each other in chains as long as the module has records.
        let mut work = vec![ty.clone()];
        while let Some(ty) = work.pop() {
            match &ty {
                ty if ty == wanted => return true,
                Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => work.push((**inner).clone()),
                Type::Record(item) if seen.insert(*item) => {
                    let fields = self.record(*item).map_or(&[][..], |record| &record.parameters);
                    work.extend(fields.iter().map(|field| field.ty.clone()));
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a value of the type is allowed in a Json literal.
    pub fn is_json(&self, ty: &Type) -> bool {
        match ty {
            Type::Bool
            | Type::Int
            | Type::Float
            | Type::Text
            | Type::Public
            | Type::Json
            | Type::Unknown
            | Type::Never => true,
            Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => self.is_json(inner),
            _ => false,
        }
    }

    /// The type as one would write it.
    pub fn show(&self, ty: &Type) -> String {
        let mut text = String::new();
        self.write(ty, &mut text);
        text
    }

    fn write(&self, ty: &Type, text: &mut String) {
        let word = match ty {
            Type::Unknown => "?",
            Type::Never => "nothing",
            Type::Unit => "no value",
            Type::Bool => "Bool",
            Type::Int => "Int",
            Type::Float => "Float",
            Type::Text => "Text",
            Type::Public => "Public",
            Type::Duration => "Duration",
            Type::Percent => "Percent",
            Type::Size => "Size",
            Type::Time => "Time",
            Type::Json => "Json",
            Type::Secret => "Secret",
            Type::People => "People",
            Type::Run => "Run",
            Type::Cause => "cause",
            Type::Record(item) | Type::Enum(item) => {
                text.push_str(self.get(*item).map_or("?", |signature| &*signature.name));
                return;
            }
            Type::List(inner) => {
                text.push_str("List<");
                self.write(inner, text);
                text.push('>');
                return;
            }
            Type::Map(inner) => {
                text.push_str("Map<");
                self.write(inner, text);
                text.push('>');
                return;
            }
            Type::Optional(inner) if **inner == Type::Never => "none",
            Type::Optional(inner) => {
                self.write(inner, text);
                text.push('?');
                return;
            }
            Type::Function(function) => {
                text.push('(');
                for (index, parameter) in function.parameters.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    self.write(parameter, text);
                }
                text.push_str(") => ");
                self.write(&function.result, text);
                return;
            }
        };
        text.push_str(word);
    }

    /// The callee, as one would declare it: `post(channel: Channel, text: Text) -> Message`.
    pub fn show_signature(&self, name: &str, parameters: &[ParameterSignature], result: &Type) -> String {
        let mut text = format!("{name}(");
        for (index, parameter) in parameters.iter().enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            let default = if parameter.default.is_some() { " = ..." } else { "" };
            let _ = write!(text, "{}: {}{default}", parameter.name, self.show(&parameter.ty));
        }
        text.push(')');
        if !matches!(result, Type::Unit) {
            let _ = write!(text, " -> {}", self.show(result));
        }
        text
    }
}

/// The depth of nesting.
pub(super) fn depth(ty: &Type) -> usize {
    let mut depth = 0;
    let mut at = ty;
    while let Type::List(inner) | Type::Map(inner) | Type::Optional(inner) = at {
        depth += 1;
        at = inner;
    }
    depth
}
