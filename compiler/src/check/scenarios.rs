//! Lines of scenarios that could never say anything: answers to what asks nobody, approvals of what needs
//! none, what stands behind a line that takes all. It needs the step graphs: they know what a playbook calls.

use std::collections::BTreeMap;

use super::{Checked, CheckedModule, vacuous};
use crate::{
    diagnostic::Diagnostic,
    findings::scenarios as findings,
    graph::{self, OnFailurePlan},
    hir::{
        Expect, ExpectKind, ExprId, ExprKind, Given, GivenKind, GivenOutcome, HowOften, Ident, ItemKind,
        Literal, Path, RunOutcome, Scenario,
    },
    names::{Builtin, ItemId, Milestone, StepRef, Target, path_span},
    source::Span,
    types::Callee,
};

/// What is wrong with the scenarios of all modules.
pub(super) fn check(checked: &Checked) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let meaning = checked.meaning();
    for module in checked.modules.values() {
        for (index, item) in module.hir.items.iter().enumerate() {
            let ItemKind::Scenario(scenario) = &item.kind else { continue };
            // Which playbook isn't known has been said.
            let Some(playbook) = module.names.scenarios.get(&(index as u32)) else { continue };
            let mut scene = Scene { checked, module, playbook: *playbook, called: None, found: Vec::new() };
            scene.givens(scenario);
            scenario.expects.iter().for_each(|expect| scene.expect(expect));
            found.append(&mut scene.found);
            found.extend(vacuous::check(checked, &meaning, module, item, scenario));
        }
    }
    // What is wrong within a line is said once, and first.
    let inside = |known: &Diagnostic, line: Span| {
        let span = known.span();
        span.file == line.file && line.start <= span.start && span.end <= line.end
    };
    found.retain(|finding| !checked.diagnostics.iter().any(|known| inside(known, finding.span())));
    found
}

struct Scene<'s> {
    checked: &'s Checked,
    module: &'s CheckedModule,
    playbook: ItemId,
    /// What the playbook calls, its tasks included; looked for when it is first needed.
    called: Option<Called>,
    found: Vec<Diagnostic>,
}

/// What a playbook calls, itself and through its tasks.
#[derive(Debug, Clone, Default)]
struct Called {
    /// In the order in which it is written.
    items: Vec<ItemId>,
    /// Something that it calls isn't known, which has been said.
    incomplete: bool,
}

/// What the lines before it leave to a line.
#[derive(Debug, Default)]
struct Taken {
    /// The line that takes all calls.
    all: Option<Span>,
    /// The line that says how long all take, and no more.
    time: Option<Span>,
    /// Lines with a condition, by its text's meaning.
    conditions: Vec<(ExprId, Span)>,
}

impl Scene<'_> {
    fn givens(&mut self, scenario: &Scenario) {
        let mut values: BTreeMap<String, Span> = BTreeMap::new();
        let mut taken: Vec<(Target, Taken)> = Vec::new();
        for given in &scenario.givens {
            match &given.kind {
                GivenKind::Missing => {}
                GivenKind::Start(_) => self.once("the start".to_owned(), given.span, &mut values),
                GivenKind::Value(name, _) | GivenKind::File(name, _) => {
                    self.once(format!("`{}`", name.text), given.span, &mut values);
                }
                GivenKind::Down { window, .. } => self.window(*window),
                GivenKind::Outcome { target, outcome, when, .. } => {
                    self.called(target);
                    if let Some(meant) = self.module.names.target(target).cloned() {
                        let known = taken.iter().position(|(known, _)| *known == meant);
                        let index = known.unwrap_or_else(|| {
                            taken.push((meant, Taken::default()));
                            taken.len() - 1
                        });
                        self.outcome(given, target, outcome.as_ref(), *when, &mut taken[index].1);
                    }
                }
                GivenKind::Answer { step, .. } => self.answer(step),
                GivenKind::Approval { step, .. } => self.approval(step),
            }
        }
    }

    fn once(&mut self, what: String, span: Span, values: &mut BTreeMap<String, Span>) {
        match values.get(&what) {
            Some(first) => self.found.push(findings::shadowed_given::twice(&what, span, *first)),
            None => drop(values.insert(what, span)),
        }
    }

    fn window(&mut self, window: Option<(ExprId, ExprId)>) {
        let Some((from, to)) = window else { return };
        let exprs = &self.module.hir.exprs;
        if let (ExprKind::Literal(Literal::Duration(begin)), ExprKind::Literal(Literal::Duration(end))) =
            (&exprs[from].kind, &exprs[to].kind)
            && end <= begin
        {
            let word = "from ".len() as u32;
            let from = exprs[from].span;
            let span = Span::new(from.file, from.start.saturating_sub(word), from.end).to(exprs[to].span);
            self.found.push(findings::empty_outage::report(span));
        }
    }

    /// A line behind one that takes all calls, or that says the same.
    fn outcome(
        &mut self,
        given: &Given,
        target: &Path,
        outcome: Option<&GivenOutcome>,
        when: Option<ExprId>,
        taken: &mut Taken,
    ) {
        let always = match outcome {
            None => false,
            Some(GivenOutcome::Returns(_)) => true,
            Some(GivenOutcome::Fails { how_often, .. }) => matches!(how_often, HowOften::Always),
        };
        let first = match when {
            // Those with a condition come before those without, wherever they stand.
            Some(when) => {
                let same = taken.conditions.iter().find(|(other, _)| self.same(*other, when));
                same.map(|(_, span)| *span)
            }
            None => taken.all.or(taken.time.filter(|_| outcome.is_none())),
        };
        if let Some(first) = first {
            self.found.push(findings::shadowed_given::behind(&written(target), given.span, first));
            return;
        }
        match when {
            Some(when) if always => taken.conditions.push((when, given.span)),
            None if always => taken.all = Some(given.span),
            None if outcome.is_none() => taken.time = Some(given.span),
            _ => {}
        }
    }

    /// Whether two expressions are the same, name for name.
    fn same(&self, one: ExprId, other: ExprId) -> bool {
        let exprs = &self.module.hir.exprs;
        let mut rest = vec![(one, other)];
        while let Some((one, other)) = rest.pop() {
            let alike = match (&exprs[one].kind, &exprs[other].kind) {
                (ExprKind::Literal(one), ExprKind::Literal(other)) => one == other,
                (ExprKind::Name(one), ExprKind::Name(other)) => one == other,
                (ExprKind::Binary(one, left, right), ExprKind::Binary(other, other_left, other_right)) => {
                    rest.extend([(*left, *other_left), (*right, *other_right)]);
                    one == other
                }
                (ExprKind::Unary(one, operand), ExprKind::Unary(other, other_operand)) => {
                    rest.push((*operand, *other_operand));
                    one == other
                }
                (
                    ExprKind::Field { receiver, name, .. },
                    ExprKind::Field { receiver: other, name: other_name, .. },
                ) => {
                    rest.push((*receiver, *other));
                    name.text == other_name.text
                }
                _ => false,
            };
            if !alike {
                return false;
            }
        }
        true
    }

    fn answer(&mut self, path: &Path) {
        let Some((step, span)) = self.step(path) else { return };
        if self.asks(step) == Some(false) {
            let questions = self.questions();
            self.found.push(findings::not_a_question::report(&written(path), span, &questions));
        }
    }

    fn approval(&mut self, path: &Path) {
        let Some((step, span)) = self.step(path) else { return };
        let Some(module) = self.checked.module(step.file) else { return };
        if module.hir.steps[step.step].clauses.approve.is_none() {
            self.found.push(findings::no_approval::report(&written(path), span));
        }
    }

    fn expect(&mut self, expect: &Expect) {
        match &expect.kind {
            ExpectKind::Outcome { outcome: RunOutcome::Resolved, .. } => {
                let graph = self.checked.graphs.get(self.playbook);
                if graph.is_some_and(|graph| graph.milestone(Milestone::Resolved).is_none()) {
                    let name = self.playbook_name();
                    self.found.push(findings::never_resolved::report(&name, expect.span));
                }
            }
            // That it isn't called may be held against what somebody adds later.
            ExpectKind::Called { target, times, .. } if expect.negated.is_none() && !self.is_zero(*times) => {
                self.called(target);
            }
            _ => {}
        }
    }

    fn is_zero(&self, times: Option<ExprId>) -> bool {
        times.is_some_and(|times| {
            matches!(self.module.hir.exprs[times].kind, ExprKind::Literal(Literal::Int(0)))
        })
    }

    /// The step that a path names.
    fn step(&self, path: &Path) -> Option<(StepRef, Span)> {
        match self.module.names.target(path)? {
            Target::Step(steps) => Some((*steps.last()?, path_span(path)?)),
            _ => None,
        }
    }

    /// Whether a step asks people; none if what it calls isn't known.
    fn asks(&self, step: StepRef) -> Option<bool> {
        let module = self.checked.module(step.file)?;
        let call = module.types.calls.get(module.hir.steps[step.step].call)?;
        Some(matches!(call.callee, Callee::Builtin(Builtin::Ask | Builtin::AskMany | Builtin::Manual)))
    }

    /// The names of the playbook's steps that ask.
    fn questions(&self) -> Vec<String> {
        let Some(module) = self.checked.module(self.playbook.file) else { return Vec::new() };
        let steps = module.hir.steps.iter().filter(|(_, step)| step.item == self.playbook.index);
        let asking =
            steps.filter(|(id, _)| self.asks(StepRef { file: self.playbook.file, step: *id }) == Some(true));
        asking.map(|(_, step)| step.name.text.to_string()).collect()
    }

    fn playbook_name(&self) -> String {
        self.checked.item(self.playbook).map_or_else(String::new, |item| item.name.text.to_string())
    }

    /// Reports a path that names an action or task that the playbook never calls.
    fn called(&mut self, path: &Path) {
        let Some(Target::Item(item)) = self.module.names.target(path) else { return };
        let (item, span) = (*item, path_span(path));
        let called = self.called.get_or_insert_with(|| called(self.checked, self.playbook));
        let (false, false, Some(span)) = (called.incomplete, called.items.contains(&item), span) else {
            return;
        };
        let mut names: Vec<String> = called
            .items
            .iter()
            .filter_map(|item| self.checked.item(*item))
            .map(|item| item.name.text.to_string())
            .collect();
        names.sort();
        names.dedup();
        let name = self.playbook_name();
        self.found.push(findings::never_called::report(&written(path), span, &name, &names));
    }
}

fn called(checked: &Checked, playbook: ItemId) -> Called {
    let mut called = Called::default();
    let mut bodies = vec![playbook];
    let mut next = 0;
    while let Some(body) = bodies.get(next).copied() {
        next += 1;
        let Some(graph) = checked.graphs.get(body) else {
            called.incomplete = true;
            continue;
        };
        for (_, plan) in graph.steps() {
            let undo = plan.undo.map(|undo| undo.call.callee);
            let handling = match plan.on_failure {
                Some(OnFailurePlan::Run(run)) => Some(run.callee),
                _ => None,
            };
            for callee in [Some(plan.callee), undo, handling].into_iter().flatten() {
                match callee {
                    graph::Callee::Action(item) | graph::Callee::Task(item) => {
                        if !called.items.contains(&item) {
                            called.items.push(item);
                        }
                        if matches!(callee, graph::Callee::Task(_)) && !bodies.contains(&item) {
                            bodies.push(item);
                        }
                    }
                    graph::Callee::Unknown => called.incomplete = true,
                    graph::Callee::Ask | graph::Callee::AskMany | graph::Callee::Manual => {}
                }
            }
        }
    }
    called
}

fn written(path: &[Ident]) -> String {
    path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".")
}
