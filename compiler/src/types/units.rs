//! Which units can be added, multiplied and divided, as one table for the checker, the dry run and the
//! reference.

use super::Type;
use crate::hir::BinaryOp;

/// A type with arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Quantity {
    Int,
    Float,
    Percent,
    Duration,
    Size,
    Time,
}

impl Quantity {
    /// The quantity of a type.
    pub fn of(ty: &Type) -> Option<Quantity> {
        Some(match ty {
            Type::Int => Quantity::Int,
            Type::Float => Quantity::Float,
            Type::Percent => Quantity::Percent,
            Type::Duration => Quantity::Duration,
            Type::Size => Quantity::Size,
            Type::Time => Quantity::Time,
            _ => return None,
        })
    }

    /// Its type.
    pub fn ty(self) -> Type {
        match self {
            Quantity::Int => Type::Int,
            Quantity::Float => Type::Float,
            Quantity::Percent => Type::Percent,
            Quantity::Duration => Type::Duration,
            Quantity::Size => Type::Size,
            Quantity::Time => Type::Time,
        }
    }

    /// One of it, as written: the factor for a plain number.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Quantity::Percent => Some("100%"),
            Quantity::Duration => Some("1s"),
            Quantity::Size => Some("1B"),
            Quantity::Int | Quantity::Float | Quantity::Time => None,
        }
    }
}

/// An operation: both operands and the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Operation {
    pub left: Quantity,
    pub operator: BinaryOp,
    pub right: Quantity,
    pub result: Quantity,
}

macro_rules! operations {
    ($($left:ident $operator:ident $right:ident = $result:ident,)*) => {
        /// All operations between quantities. Texts and lists can also be added to their own kind.
        pub static OPERATIONS: &[Operation] = &[$(Operation {
            left: Quantity::$left,
            operator: BinaryOp::$operator,
            right: Quantity::$right,
            result: Quantity::$result,
        },)*];
    };
}

operations! {
    Int Add Int = Int,
    Int Subtract Int = Int,
    Float Add Float = Float,
    Float Subtract Float = Float,
    Percent Add Percent = Percent,
    Percent Subtract Percent = Percent,
    Duration Add Duration = Duration,
    Duration Subtract Duration = Duration,
    Size Add Size = Size,
    Size Subtract Size = Size,
    Time Add Duration = Time,
    Time Subtract Duration = Time,
    Time Subtract Time = Duration,
    Int Multiply Int = Int,
    Int Divide Int = Int,
    Float Multiply Float = Float,
    Float Divide Float = Float,
    Duration Multiply Int = Duration,
    Duration Divide Int = Duration,
    Duration Multiply Float = Duration,
    Duration Divide Float = Duration,
    Size Multiply Int = Size,
    Size Divide Int = Size,
    Size Multiply Float = Size,
    Size Divide Float = Size,
    Percent Multiply Int = Percent,
    Percent Divide Int = Percent,
    Percent Multiply Float = Percent,
    Percent Divide Float = Percent,
    Int Multiply Duration = Duration,
    Float Multiply Duration = Duration,
    Int Multiply Size = Size,
    Float Multiply Size = Size,
    Int Multiply Percent = Percent,
    Float Multiply Percent = Percent,
    Duration Multiply Percent = Duration,
    Size Multiply Percent = Size,
    Percent Multiply Duration = Duration,
    Percent Multiply Size = Size,
    Duration Divide Duration = Float,
    Size Divide Size = Float,
    Percent Divide Percent = Float,
}

/// The result of an operation; `None` if the operands don't match.
pub(super) fn result(left: &Type, operator: BinaryOp, right: &Type) -> Option<Type> {
    let (left, right) = (Quantity::of(left)?, Quantity::of(right)?);
    let found = OPERATIONS
        .iter()
        .find(|known| known.left == left && known.operator == operator && known.right == right)?;
    Some(found.result.ty())
}
