//! Who can be told or asked at all, whatever the run comes across: read from the step graph, the inside of
//! tasks included.

use std::sync::Arc;

use indexmap::IndexSet;

use super::receiver;
use crate::{
    check::CheckedModule,
    findings::graph::duration_text,
    graph::{Callee, Guard, NodeId, NodeKind, OnFailurePlan, Phase, Reason, StepGraph, StepPlan},
    hir::{Effect, ExprId, ItemKind, PartKind},
    names::ItemId,
    simulate::{
        account::Account,
        evaluate::{Bindings, Nowhere, Scope},
        people::people_of,
        value::Value,
    },
    source::FileId,
    types::ArgumentValue,
};

/// Somebody who can be told or asked something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Possible {
    /// The person, or the channel or record that it goes to; as written where only a run knows.
    pub who: String,
    /// Whether `who` is known to be a person.
    pub is_person: bool,
    /// Through what, where that is known.
    pub by: Option<Arc<str>>,
    /// The step; empty for the owner.
    pub step: Arc<str>,
    /// The part that it is in.
    pub part: Option<PartKind>,
    /// How they are contacted.
    pub means: Means,
    /// What has to hold, in words; empty if nothing has to.
    pub condition: String,
}

/// How people are contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Means {
    /// An alert that wakes them.
    Page,
    /// A message to a person, channel or record.
    Message,
    /// A question of a step.
    Question,
    /// The approval of a step.
    Approval,
    /// `manual`.
    Work,
}

impl Means {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Means::Page => "page",
            Means::Message => "message",
            Means::Question => "question",
            Means::Approval => "approval",
            Means::Work => "manual work",
        }
    }
}

/// Tasks can call each other so often that nobody could read it all: no more steps than this are looked at.
const MOST_STEPS: usize = 10_000;
/// The same of the elements of `each`.
const MOST_ELEMENTS: usize = 100;
/// And of what is found in them.
const MOST_CONTACTS: usize = 2_000;

/// Everybody who can be told or asked, in the order of the source; and whether nothing was left out.
pub(super) fn possible(account: &Account<'_>) -> (Vec<Possible>, bool) {
    let playbook = account.trace.header.playbook;
    let mut search =
        Search { account, found: IndexSet::new(), around: Vec::new(), left: MOST_STEPS, is_cut: false };
    if let (Some(graph), Some(frame)) = (account.checked.graphs.get(playbook), account.frame(None)) {
        let place = Place { prefix: String::new(), part: None, conditions: Vec::new() };
        search.graph(playbook, graph, &Bindings::new(), &account.moment(frame, usize::MAX), &place);
    }
    search.owner(playbook);
    (search.found.into_iter().collect(), !search.is_cut)
}

/// Where a graph is called.
struct Place {
    /// `moved.`
    prefix: String,
    part: Option<PartKind>,
    conditions: Vec<String>,
}

struct Search<'s, 'a> {
    account: &'s Account<'a>,
    found: IndexSet<Possible>,
    /// The tasks around.
    around: Vec<ItemId>,
    left: usize,
    /// Something was left out.
    is_cut: bool,
}

/// What is known where a call stands.
#[derive(Clone, Copy)]
struct Here<'h> {
    file: FileId,
    bindings: &'h Bindings,
    scope: &'h dyn Scope,
}

impl Search<'_, '_> {
    fn graph(
        &mut self,
        item: ItemId,
        graph: &StepGraph,
        bindings: &Bindings,
        scope: &dyn Scope,
        place: &Place,
    ) {
        let Some(module) = self.account.checked.module(item.file) else { return };
        let here = Here { file: item.file, bindings, scope };
        for (id, node) in graph.nodes() {
            let Some(left) = self.left.checked_sub(1) else {
                self.is_cut = true;
                return;
            };
            self.left = left;
            let part = place.part.or(node.part);
            match &node.kind {
                NodeKind::Step(plan) => {
                    let step = format!("{}{}", place.prefix, module.hir.locals[plan.local].name.text);
                    let mut conditions = self.conditions(module, graph, plan, node.phase, place);
                    conditions.extend(self.delay(module, graph, plan.gate.unwrap_or(id)));
                    if plan.gate.is_some() {
                        conditions.push("it is approved".to_owned());
                    }
                    let place = Place { prefix: format!("{step}."), part, conditions };
                    for bindings in self.elements(&here, plan) {
                        let here = Here { bindings: &bindings, ..here };
                        self.call(&here, plan.callee, plan.call, plan.effect, &step, &place);
                    }
                    if let Some(OnFailurePlan::Run(call)) = &plan.on_failure {
                        let mut conditions = place.conditions.clone();
                        conditions.push(format!("{step} fails"));
                        let place = Place { prefix: place.prefix, part, conditions };
                        self.call(&here, call.callee, call.call, self.effect(call.callee), &step, &place);
                    }
                }
                NodeKind::Gate(gate) => {
                    let Some(plan) = graph.step(gate.step) else { continue };
                    let step = format!("{}{}", place.prefix, module.hir.locals[plan.local].name.text);
                    let mut conditions = self.conditions(module, graph, plan, graph.node(id).phase, place);
                    conditions.extend(gate.when.map(|when| self.words(module, when, true)));
                    for (index, group) in gate.groups.iter().enumerate() {
                        if index == 1 {
                            conditions.push("those before don't approve in time".to_owned());
                        }
                        self.people(&here, *group, Means::Approval, &step, part, &conditions);
                    }
                }
                _ => {}
            }
        }
    }

    fn call(
        &mut self,
        here: &Here<'_>,
        callee: Callee,
        call: ExprId,
        effect: Effect,
        step: &str,
        place: &Place,
    ) {
        let Some(module) = self.account.checked.module(here.file) else { return };
        let Some(meant) = module.types.calls.get(call) else { return };
        let means = match callee {
            Callee::Task(task) => return self.task(here, task, call, place),
            Callee::Ask | Callee::AskMany => Means::Question,
            Callee::Manual => Means::Work,
            Callee::Action(item) if effect == Effect::Notifies && self.pages(item) => Means::Page,
            Callee::Action(_) if effect == Effect::Notifies => Means::Message,
            Callee::Action(_) if effect == Effect::Asks => Means::Question,
            Callee::Action(_) | Callee::Unknown => return,
        };
        let given: Vec<ExprId> = (0..meant.arguments.len()).filter_map(|index| meant.given(index)).collect();
        let people = given
            .iter()
            .find(|argument| self.account.checked.interfaces.is_people(module.type_of(**argument).present()));
        if let Some(people) = people {
            return self.people(here, *people, means, step, place.part, &place.conditions);
        }
        let shown = self.account.shown(here.file, call, callee, here.bindings, here.scope);
        let (who, by) = match &shown {
            Some(call) => receiver(call),
            None => (
                given.first().map_or_else(
                    || "its record".to_owned(),
                    |first| self.account.written(module.hir.exprs[*first].span),
                ),
                match callee {
                    Callee::Action(item) => Some(self.account.module_name(item)),
                    _ => None,
                },
            ),
        };
        self.push(Possible {
            who,
            is_person: false,
            by,
            step: step.into(),
            part: place.part,
            means,
            condition: place.conditions.join(" and "),
        });
    }

    fn task(&mut self, here: &Here<'_>, task: ItemId, call: ExprId, place: &Place) {
        let account = self.account;
        let (Some(graph), Some(item)) = (account.checked.graphs.get(task), account.checked.item(task)) else {
            return;
        };
        let ItemKind::Task(declared) = &item.kind else { return };
        // What calls itself says nothing new inside.
        if self.around.contains(&task) {
            return;
        }
        let meant = account.checked.module(here.file).and_then(|module| module.types.calls.get(call));
        let arguments = meant.map_or(&[][..], |meant| meant.arguments.as_slice());
        let values = declared.parameters.iter().zip(arguments).filter_map(|(parameter, argument)| {
            let value = match argument {
                ArgumentValue::Given(expr) => self.value(here, *expr),
                ArgumentValue::Default => {
                    account.evaluator.evaluate(task.file, parameter.default?, &[], &Nowhere).ok()
                }
                ArgumentValue::Missing => None,
            };
            Some((parameter.local, value?))
        });
        let bindings: Bindings = values.collect();
        self.around.push(task);
        self.graph(task, graph, &bindings, &Nowhere, place);
        self.around.pop();
    }

    fn people(
        &mut self,
        here: &Here<'_>,
        expr: ExprId,
        means: Means,
        step: &str,
        part: Option<PartKind>,
        conditions: &[String],
    ) {
        let Some(module) = self.account.checked.module(here.file) else { return };
        let known = self.value(here, expr).as_ref().and_then(people_of).filter(|people| !people.is_empty());
        let condition = conditions.join(" and ");
        let step: Arc<str> = step.into();
        let Some(people) = known else {
            let who = self.account.written(module.hir.exprs[expr].span);
            return self.push(Possible { who, is_person: false, by: None, step, part, means, condition });
        };
        for person in people {
            self.push(Possible {
                who: person.shown.name.to_string(),
                is_person: true,
                by: person.reach(&|_| false).by,
                step: step.clone(),
                part,
                means,
                condition: condition.clone(),
            });
        }
    }

    /// The owner hears of a run that fails.
    fn owner(&mut self, playbook: ItemId) {
        let owner = self.account.checked.item(playbook).and_then(|item| match &item.kind {
            ItemKind::Playbook(declared) => declared.owner,
            _ => None,
        });
        if let Some(owner) = owner {
            let here = Here { file: playbook.file, bindings: &Bindings::new(), scope: &Nowhere };
            let conditions = ["the run fails".to_owned()];
            self.people(&here, owner, Means::Message, "", None, &conditions);
        }
    }

    fn push(&mut self, possible: Possible) {
        match self.found.len() < MOST_CONTACTS {
            true => _ = self.found.insert(possible),
            false => self.is_cut = true,
        }
    }

    fn value(&self, here: &Here<'_>, expr: ExprId) -> Option<Value> {
        self.account.evaluator.evaluate(here.file, expr, here.bindings, here.scope).ok()
    }

    fn conditions(
        &self,
        module: &CheckedModule,
        graph: &StepGraph,
        plan: &StepPlan,
        phase: Phase,
        place: &Place,
    ) -> Vec<String> {
        let mut conditions = place.conditions.clone();
        match phase {
            Phase::Response => {}
            Phase::AfterResolved => conditions.push("the run is resolved".to_owned()),
            Phase::AfterFailed => conditions.push("the run fails".to_owned()),
        }
        let guards = plan.guards.iter().map(|guard| graph.guard(*guard));
        conditions
            .extend(guards.map(|Guard { condition, wanted, .. }| self.words(module, *condition, *wanted)));
        conditions
    }

    /// What `each` goes over, an element at a time; of a step without it, what is known as it is. Of a list
    /// that only a run knows, its variable isn't known either.
    fn elements(&mut self, here: &Here<'_>, plan: &StepPlan) -> Vec<Bindings> {
        let each = plan.each.as_ref().and_then(|each| Some((each.variable, self.value(here, each.list)?)));
        let Some((variable, Value::List(elements))) = each else { return vec![here.bindings.clone()] };
        let of = |element: &Value| {
            let mut bindings = here.bindings.clone();
            bindings.push((variable, element.clone()));
            bindings
        };
        self.is_cut |= elements.len() > MOST_ELEMENTS;
        elements.iter().take(MOST_ELEMENTS).map(of).collect()
    }

    /// `after M + D`: it has no turn if the run is resolved before.
    fn delay(&self, module: &CheckedModule, graph: &StepGraph, entry: NodeId) -> Option<String> {
        let is_response = graph.node(entry).phase == Phase::Response;
        let edges = graph.incoming(entry).iter().map(|edge| graph.edge(*edge)).filter(|_| is_response);
        let longest = edges.filter_map(|edge| match edge.reason {
            Reason::After(Some(delay)) if delay > 0 => Some((delay, edge.from)),
            _ => None,
        });
        let (delay, from) = longest.max_by_key(|(delay, _)| *delay)?;
        let from = match &graph.node(from).kind {
            NodeKind::Milestone(milestone) => match milestone.word() {
                "started" => "the start".to_owned(),
                word => word.to_owned(),
            },
            NodeKind::Step(plan) => module.hir.locals[plan.local].name.text.to_string(),
            _ => return None,
        };
        Some(format!("the run isn't resolved {} after {from}", duration_text(delay)))
    }

    /// A condition as people read it: `k is suspected`, `severity >= critical`.
    fn words(&self, module: &CheckedModule, condition: ExprId, wanted: bool) -> String {
        let written = self.account.written(module.hir.exprs[condition].span);
        let cause = written.rsplit_once('.').filter(|(name, word)| {
            let is_name = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
            is_name && matches!(*word, "suspected" | "ruled_out")
        });
        match (cause, wanted) {
            (Some((name, word)), true) => format!("{name} is {}", word.replace('_', " ")),
            (Some((name, word)), false) => format!("{name} isn't {}", word.replace('_', " ")),
            (None, true) => written,
            (None, false) if written.contains(' ') => format!("not ({written})"),
            (None, false) => format!("not {written}"),
        }
    }

    /// What a call does at most.
    fn effect(&self, callee: Callee) -> Effect {
        let action = |item: ItemId| match &self.account.checked.item(item)?.kind {
            ItemKind::Action(action) => action.effect.map(|(effect, _)| effect),
            _ => None,
        };
        match callee {
            Callee::Action(item) => action(item).unwrap_or(Effect::Pure),
            _ => Effect::Pure,
        }
    }

    /// Whether an action, or one that it narrows, `provides page`.
    fn pages(&self, item: ItemId) -> bool {
        let mut next = Some(item);
        let mut seen = Vec::new();
        while let Some(item) = next.filter(|item| !seen.contains(item)) {
            seen.push(item);
            let Some(ItemKind::Action(action)) = self.account.checked.item(item).map(|item| &item.kind)
            else {
                return false;
            };
            if action.contract.provides.iter().any(|role| &*role.text == "page") {
                return true;
            }
            let module = self.account.checked.module(item.file);
            next = action.narrows.zip(module).and_then(|(call, module)| {
                match module.types.calls.get(call)?.callee {
                    crate::types::Callee::Action(other) => Some(other),
                    _ => None,
                }
            });
        }
        false
    }
}
