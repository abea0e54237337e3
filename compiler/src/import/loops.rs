//! Loops: one step for each element, a task where the body has several, a poll where it breaks off.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    book::Plan,
    express::{Lower, Scope, element_name},
    known::{Effect, Kind},
    model::Over,
    plan::{Item, Part, Planner, Task, conditions, mentions},
    write::type_name,
};
use crate::findings::import::{import_assumed, import_left_out};

impl Planner<'_, '_> {
    /// A loop; gives the number of its steps.
    pub(super) fn looped(&mut self, first: usize, looped: usize) -> usize {
        let steps = &self.book.playbook.steps;
        let count = steps[first..].iter().take_while(|step| step.in_loop == Some(looped)).count();
        let entry = &self.book.playbook.loops[looped];
        let written = self.written.clone();
        let mut outer = self.lower(first, &written);
        let guards = conditions(&mut outer, &entry.guards);
        let effect = (first..first + count).map(|at| self.effect(at)).max().unwrap_or(Effect::Reads);
        let mut clauses = Vec::new();
        let polled = match (&entry.over, &entry.until) {
            (Over::Range(from, to), Some(until)) if count == 1 => {
                outer.it = Some(first);
                outer.at = first + 1;
                let condition = until.value().map_or_else(Vec::new, |go| {
                    outer.span = until.span;
                    outer.condition(go)
                });
                (outer.it, outer.at) = (None, first);
                let condition =
                    if condition.is_empty() { "true".to_owned() } else { condition.join(" and ") };
                clauses.push(format!(
                    "repeat every 10s until {condition}, at most {} times",
                    (to - from).max(1)
                ));
                let what = "the interval isn't set: it is ten seconds".to_owned();
                self.planned.findings.push(import_assumed::at(
                    until.span,
                    &what,
                    "change it in `repeat every`",
                ));
                true
            }
            (_, Some(until)) => {
                self.planned.findings.push(import_left_out::at(
                    until.span,
                    "`break`",
                    "Quell handles each element separately",
                ));
                false
            }
            _ => false,
        };
        let mapping = self.book.is_mapping(looped);
        let element = element_name(entry);
        let kind = outer.element_kind(looped).unwrap_or(Kind::Json);
        let mut each = String::new();
        let mut whole = String::new();
        if !polled {
            outer.scope = Scope::Outside;
            (each, whole) = self.elements(&mut outer, &entry.over, mapping, &element);
        }
        self.planned.findings.append(&mut outer.findings);
        if polled || (count == 1 && !mapping) {
            let mut lower = self.lower(first, &written);
            lower.guards.clone_from(&guards);
            let all = conditions(&mut lower, &steps[first].guards);
            let mut items = self.items(&mut lower, first, all.clone());
            self.planned.findings.append(&mut lower.findings);
            for item in &mut items {
                let at = item
                    .clauses
                    .iter()
                    .position(|clause| !clause.starts_with("after"))
                    .unwrap_or(item.clauses.len());
                if !each.is_empty() {
                    item.clauses.insert(at, each.clone());
                }
                item.clauses.splice(at..at, clauses.iter().cloned());
            }
            self.place(&mut items, effect, first);
            self.planned.items.append(&mut items);
            self.written.push(all);
            return count;
        }
        let (task, captured) = self.body(first, count, looped, &guards, mapping, (&element, kind));
        let mut arguments = Vec::new();
        if mapping {
            arguments.push("key".to_owned());
            arguments.push(format!("({whole})[key]"));
        } else {
            arguments.push(element.clone());
        }
        arguments.extend(captured.iter().map(|(name, _)| format!("{name}: {name}")));
        let mut items = vec![Item {
            part: Part::Enrich,
            name: format!("all_{task}"),
            annotation: String::new(),
            call: format!("{task}({})", arguments.join(", ")),
            guards,
            clauses: vec![each],
            comments: Vec::new(),
            span: entry.span,
            values: Vec::new(),
        }];
        let made = self.above.made.clone();
        self.place(&mut items, effect, first);
        if (first..first + count)
            .all(|at| self.effect(at) != Effect::Notifies || self.book.plans[at] == Plan::Message)
        {
            self.above.made = made;
        }
        self.planned.items.append(&mut items);
        count
    }

    /// The clause `each`, and the mapping that it goes over.
    fn elements(
        &self,
        lower: &mut Lower<'_, '_>,
        over: &Over,
        mapping: bool,
        element: &str,
    ) -> (String, String) {
        match over {
            Over::Value(template) => {
                let value = lower.value(template);
                if mapping {
                    let map = match value.optional {
                        true => format!("({} as Map<Json>?) ?? {{}}", value.grouped()),
                        false => format!("{} as Map<Json>", value.grouped()),
                    };
                    return (format!("each key in ({map}).keys()"), map);
                }
                let (list, _) = lower.elements(value);
                (format!("each {element} in {list}"), String::new())
            }
            Over::Literals(list) => {
                let texts: Vec<String> = list.iter().map(|template| lower.text(template)).collect();
                (format!("each {element} in [{}]", texts.join(", ")), String::new())
            }
            Over::Range(from, to) => {
                let numbers: Vec<String> = (*from..*to).map(|number| number.to_string()).collect();
                let most =
                    if numbers.len() > 100 { format!(", at most {}", numbers.len()) } else { String::new() };
                (format!("each {element} in [{}]{most}", numbers.join(", ")), String::new())
            }
        }
    }

    /// The task of a loop's body; gives its name and what it takes from outside.
    fn body(
        &mut self,
        first: usize,
        count: usize,
        looped: usize,
        guards: &[String],
        mapping: bool,
        (element, kind): (&str, Kind),
    ) -> (String, Vec<(String, String)>) {
        let mut captures = BTreeMap::new();
        let mut items = Vec::new();
        let above = std::mem::take(&mut self.above);
        for at in first..first + count {
            let written = self.written.clone();
            let mut lower = self.lower(at, &written);
            lower.task = Some((looped, std::mem::take(&mut captures)));
            lower.guards = guards.to_vec();
            let all = conditions(&mut lower, &self.book.playbook.steps[at].guards);
            let own: Vec<String> = all.iter().filter(|guard| !guards.contains(guard)).cloned().collect();
            let mut own_items = self.items(&mut lower, at, own);
            captures = lower.task.take().map(|(_, captures)| captures).unwrap_or_default();
            self.planned.findings.append(&mut lower.findings);
            let effect = self.effect(at);
            self.place(&mut own_items, effect, at);
            self.written.push(all);
            items.append(&mut own_items);
        }
        self.above = above;
        let name = format!("each_{}", self.book.steps[first + count - 1]);
        let local: BTreeSet<&str> = items.iter().map(|item| item.name.as_str()).collect();
        let captured: Vec<(String, String)> = captures
            .into_iter()
            .filter(|(name, _)| {
                !local.contains(name.as_str())
                    && *name != element
                    && items.iter().any(|item| mentions(item, name))
            })
            .collect();
        let mut parameters = Vec::new();
        if mapping {
            parameters.push(("key".to_owned(), "Text".to_owned()));
        }
        parameters.push((element.to_owned(), type_name(kind)));
        parameters.extend(captured.iter().cloned());
        self.planned.tasks.push(Task { name: name.clone(), parameters, items });
        (name, captured)
    }
}
