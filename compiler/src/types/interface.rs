//! The interface of a module: its items with their signatures, without their bodies. A change in a body
//! doesn't change the interface, so nothing else has to be checked again.

use std::{collections::BTreeMap, sync::Arc};

use super::Type;
use crate::{
    hir::{Effect, ExprId},
    names::ItemId,
    source::{FileId, Span},
};

/// The signatures of a module's items, in the order of its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Interface {
    /// The module.
    pub file: FileId,
    /// By item index.
    pub items: Vec<Signature>,
}

/// An item as other modules see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// Its name.
    pub name: Arc<str>,
    /// The span of its name.
    pub span: Span,
    /// Its kind.
    pub kind: SignatureKind,
}

/// The kind of an item.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SignatureKind {
    /// The fields are the parameters.
    Record(Callable),
    Enum(EnumSignature),
    Alias(Type),
    Let(Type),
    Function(Callable),
    Task(Callable),
    Action(ActionSignature),
    Trigger(Callable),
    Playbook,
    Scenario,
}

/// The parameters and result of something that can be called.
#[derive(Debug, Clone, PartialEq)]
pub struct Callable {
    /// In source order.
    pub parameters: Vec<ParameterSignature>,
    /// The type of a call.
    pub result: Type,
}

/// A parameter or field.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterSignature {
    /// Its name.
    pub name: Arc<str>,
    /// Where it is declared.
    pub span: Span,
    /// Its type.
    pub ty: Type,
    /// Its default: an expression of the declaring module.
    pub default: Option<ExprId>,
}

/// An enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumSignature {
    /// Whether `<` compares its variants.
    pub order: Order,
    /// In source order.
    pub variants: Vec<Arc<str>>,
}

/// Whether an enum's variants have an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// They have none.
    Unordered,
    /// The first is the least.
    Ordered,
}

/// An action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionSignature {
    /// Parameters and result.
    pub callable: Callable,
    /// The declared effect; a missing one (already reported) counts as reading.
    pub effect: Effect,
}

impl SignatureKind {
    /// Parameters and result, if it can be called.
    pub fn callable(&self) -> Option<&Callable> {
        match self {
            SignatureKind::Record(callable)
            | SignatureKind::Function(callable)
            | SignatureKind::Task(callable)
            | SignatureKind::Trigger(callable) => Some(callable),
            SignatureKind::Action(action) => Some(&action.callable),
            SignatureKind::Enum(_)
            | SignatureKind::Alias(_)
            | SignatureKind::Let(_)
            | SignatureKind::Playbook
            | SignatureKind::Scenario => None,
        }
    }
}

/// The interfaces of a module and of all modules that it uses, directly or not.
#[derive(Debug, Clone, Default)]
pub struct Interfaces {
    /// By module.
    pub modules: BTreeMap<FileId, Arc<Interface>>,
    /// The items that the language itself refers to.
    pub well_known: WellKnown,
}

/// Types of the prelude that the language itself refers to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WellKnown {
    /// `Person`.
    pub person: Option<ItemId>,
    /// `Team`.
    pub team: Option<ItemId>,
    /// `Severity`.
    pub severity: Option<ItemId>,
}

impl Interfaces {
    /// The signature of an item.
    pub fn get(&self, item: ItemId) -> Option<&Signature> {
        self.modules.get(&item.file)?.items.get(item.index as usize)
    }

    /// The fields of a record; the type of a call is the record.
    pub fn record(&self, item: ItemId) -> Option<&Callable> {
        match &self.get(item)?.kind {
            SignatureKind::Record(callable) => Some(callable),
            _ => None,
        }
    }

    /// An enum.
    pub fn variants(&self, item: ItemId) -> Option<&EnumSignature> {
        match &self.get(item)?.kind {
            SignatureKind::Enum(signature) => Some(signature),
            _ => None,
        }
    }
}
