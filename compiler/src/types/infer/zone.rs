//! Names of time zones, if they are constant.

use super::Inference;
use crate::{
    findings::types as findings,
    hir::{ExprId, ExprKind, ItemKind, Literal},
    names::{Def, ItemId},
    types::{is_time_zone, time_zones},
};

/// The field of a person that contains their time zone.
const FIELD: &str = "time_zone";

/// The depth to which names are followed; a `let` that refers to itself is a finding of its own.
const DEPTH: usize = 50;

impl Inference<'_> {
    /// Checks a field of a record: if it is a person's time zone, the zone has to exist.
    pub(super) fn check_zone_of(&mut self, record: ItemId, field: &str, value: ExprId) {
        if field == FIELD && Some(record) == self.interfaces.well_known.person {
            self.check_zone(value);
        }
    }

    /// Checks the name of a time zone, if it is a constant of this module.
    pub(super) fn check_zone(&mut self, value: ExprId) {
        let (mut stack, mut left) = (vec![value], DEPTH);
        while let (Some(expr), Some(fewer)) = (stack.pop(), left.checked_sub(1)) {
            left = fewer;
            match &self.module.exprs[expr].kind {
                ExprKind::Literal(Literal::Text(name)) if !is_time_zone(name) => {
                    let finding = findings::unknown_time_zone::report(name, self.span(expr), &time_zones());
                    self.report(finding);
                }
                ExprKind::If { branches, otherwise } => {
                    stack.extend(branches.iter().map(|(_, value)| *value).chain([*otherwise]));
                }
                ExprKind::Match { arms, .. } => stack.extend(arms.iter().map(|arm| arm.body)),
                ExprKind::Name(_) => stack.extend(self.constant(expr)),
                _ => {}
            }
        }
    }

    /// The value of a `let` of this module.
    fn constant(&self, name: ExprId) -> Option<ExprId> {
        match self.names.exprs.get(name)? {
            Def::Item(item) if item.file == self.module.file => {
                match &self.module.items.get(item.index as usize)?.kind {
                    ItemKind::Let(declared) => Some(declared.value),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
