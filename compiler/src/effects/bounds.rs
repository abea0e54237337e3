//! Every wait is limited: approvals and polls set how long (promise 1). So do questions: their `within` is a
//! required parameter, which `types` checks.

use super::Context;
use crate::{
    diagnostic::Diagnostic,
    findings::effects::unbounded_wait::{Wait, unbounded_wait},
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for (_, step) in context.own.hir.steps.iter() {
        if let Some(approve) = &step.clauses.approve
            && approve.value.within.is_none()
        {
            findings.push(unbounded_wait(approve.span, Wait::Approval));
        }
        if let Some(repeat) = &step.clauses.repeat {
            if repeat.value.until.is_none() {
                findings.push(unbounded_wait(repeat.span, Wait::Until));
            } else if repeat.value.bound.is_none() {
                findings.push(unbounded_wait(repeat.span, Wait::Repeat));
            }
        }
    }
}
