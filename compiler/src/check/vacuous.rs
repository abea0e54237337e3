//! Scenarios that can't fail: nothing is expected, what is expected always holds, or what is given can't
//! happen.

use super::{Checked, CheckedModule};
use crate::{
    diagnostic::Diagnostic,
    findings::scenarios::{impossible_given, no_expectation, vacuous_expectation},
    graph::{Assumptions, Constant, Meaning, Nanoseconds, Truth, evaluate},
    hir::{Expect, ExpectKind, ExprId, Given, GivenKind, GivenOutcome, HowOften, Item, Path, Scenario},
    names::{Builtin, StepRef, Target},
    source::FileId,
    types::Callee,
};

/// What of a scenario tests nothing.
pub(super) fn check(
    checked: &Checked,
    meaning: &Meaning<'_>,
    module: &CheckedModule,
    item: &Item,
    scenario: &Scenario,
) -> Vec<Diagnostic> {
    let scene = Scene { checked, meaning, module, file: module.hir.file };
    let mut found = Vec::new();
    if scenario.expects.is_empty() {
        found.push(no_expectation::report(&item.name.text, item.name.span));
    }
    found.extend(scenario.expects.iter().filter_map(|expect| scene.expectation(expect)));
    found.extend(scenario.givens.iter().filter_map(|given| scene.given(given)));
    found
}

struct Scene<'s> {
    checked: &'s Checked,
    meaning: &'s Meaning<'s>,
    module: &'s CheckedModule,
    file: FileId,
}

impl Scene<'_> {
    fn expectation(&self, expect: &Expect) -> Option<Diagnostic> {
        let ExpectKind::Value(condition) = expect.kind else { return None };
        let assumptions = Assumptions::default();
        let truth = Truth { meaning: self.meaning, assumptions: &assumptions };
        let span = self.module.hir.exprs[condition].span;
        (truth.decide(self.file, condition) == Some(true)).then(|| vacuous_expectation::report(span))
    }

    fn given(&self, given: &Given) -> Option<Diagnostic> {
        let why = match &given.kind {
            GivenKind::Outcome { outcome, when, .. } => {
                let assumptions = Assumptions::default();
                let truth = Truth { meaning: self.meaning, assumptions: &assumptions };
                let never = when.is_some_and(|when| truth.decide(self.file, when) == Some(false));
                match outcome {
                    _ if never => "its condition is never true".to_owned(),
                    Some(GivenOutcome::Fails { how_often: HowOften::Rate(rate), .. }) if matches!(self.constant(*rate)?, Constant::Percent(rate) if rate <= 0.0) => {
                        "it fails in 0% of the attempts".to_owned()
                    }
                    Some(GivenOutcome::Fails { how_often: HowOften::Times(times), .. }) if matches!(self.constant(*times)?, Constant::Int(times) if times <= 0) => {
                        "it fails zero times".to_owned()
                    }
                    _ => return None,
                }
            }
            GivenKind::Answer { step, after, .. } => {
                let (after, bound) = (self.duration((*after)?)?, self.question(step)?);
                if after <= bound {
                    return None;
                }
                format!("`{}` accepts answers for {} only", written(step), shown(bound))
            }
            GivenKind::Approval { step, after, .. } => {
                let (after, bound) = (self.duration((*after)?)?, self.gate(step)?);
                if after < bound {
                    return None;
                }
                format!("the approval of `{}` closes after {}", written(step), shown(bound))
            }
            _ => return None,
        };
        Some(impossible_given::report(given.span, &why))
    }

    fn constant(&self, expr: ExprId) -> Option<Constant> {
        evaluate(self.meaning, self.file, expr).ok()
    }

    fn duration(&self, expr: ExprId) -> Option<Nanoseconds> {
        match self.constant(expr)? {
            Constant::Duration(length) => Some(length),
            _ => None,
        }
    }

    fn step(&self, path: &Path) -> Option<StepRef> {
        match self.module.names.target(path)? {
            Target::Step(steps) => steps.last().copied(),
            _ => None,
        }
    }

    /// How long a question may be answered.
    fn question(&self, path: &Path) -> Option<Nanoseconds> {
        let step = self.step(path)?;
        let module = self.checked.module(step.file)?;
        let call = module.types.calls.get(module.hir.steps[step.step].call)?;
        let within = match call.callee {
            Callee::Builtin(Builtin::Ask | Builtin::AskMany) => call.given(3)?,
            Callee::Builtin(Builtin::Manual) => call.given(2)?,
            _ => return None,
        };
        match evaluate(self.meaning, step.file, within).ok()? {
            Constant::Duration(length) => Some(length),
            _ => None,
        }
    }

    /// How long an approval may be given, by all groups together.
    fn gate(&self, path: &Path) -> Option<Nanoseconds> {
        let step = self.step(path)?;
        let module = self.checked.module(step.file)?;
        let approve = &module.hir.steps[step.step].clauses.approve.as_ref()?.value;
        match evaluate(self.meaning, step.file, approve.within?).ok()? {
            Constant::Duration(length) => length.checked_mul(approve.groups.len() as i64),
            _ => None,
        }
    }
}

fn written(path: &Path) -> String {
    path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".")
}

fn shown(length: Nanoseconds) -> String {
    crate::findings::duration::duration_text(length)
}
