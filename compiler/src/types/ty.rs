//! Types and their relations.

use std::sync::Arc;

use crate::names::ItemId;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Type {
    /// Unknown, already reported: matches everything.
    Unknown,
    /// The type without values, for the elements of an empty list. `none` is an `Optional(Never)`.
    Never,
    /// The value of a call without a result.
    Unit,
    Bool,
    Int,
    Float,
    Text,
    /// Text that may be published; it is a `Text` too.
    Public,
    Duration,
    Percent,
    Size,
    Time,
    Json,
    Secret,
    /// A `Person`, a `List<Person>` or a `Team`.
    People,
    /// The run itself.
    Run,
    /// A cause: `suspected`, `ruled_out`, `open`.
    Cause,
    List(Arc<Type>),
    Map(Arc<Type>),
    Optional(Arc<Type>),
    Record(ItemId),
    Enum(ItemId),
    /// A lambda.
    Function(Arc<FunctionType>),
}

/// The type of a lambda.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FunctionType {
    /// Of its parameters.
    pub parameters: Vec<Type>,
    /// Of its value.
    pub result: Type,
}

impl Type {
    /// `List<T>`.
    pub fn list(element: Type) -> Type {
        Type::List(Arc::new(element))
    }

    /// `Map<T>`.
    pub fn map(value: Type) -> Type {
        Type::Map(Arc::new(value))
    }

    /// `T?`; a `T??` is a `T?`.
    pub fn optional(self) -> Type {
        match self {
            Type::Optional(_) | Type::Unknown => self,
            some => Type::Optional(Arc::new(some)),
        }
    }

    /// The type of `none`.
    pub fn none() -> Type {
        Type::Optional(Arc::new(Type::Never))
    }

    /// `T` of a `T?`, itself otherwise.
    pub fn present(&self) -> &Type {
        match self {
            Type::Optional(some) => some,
            other => other,
        }
    }

    /// Whether it may be missing.
    pub fn is_optional(&self) -> bool {
        matches!(self, Type::Optional(_))
    }

    /// Whether it is unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Type::Unknown)
    }
}
