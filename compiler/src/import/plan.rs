//! From steps to steps: what each calls, with what, when, and in which part it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    access::Value,
    book::{Book, Plan},
    calls,
    container::Containers,
    express::{Lower, element_name},
    known::{Effect, Kind, guess, only_looks, short},
    model::{Over, Step, Template},
    write::type_name,
};
use crate::{
    diagnostic::Diagnostic,
    findings::import::{import_assumed, import_left_out},
    source::Span,
};

/// A step of Quell.
#[derive(Debug, Clone)]
pub struct Item {
    /// The part of the playbook.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// Its type, where that has to be said.
    pub annotation: String,
    /// What it calls.
    pub call: String,
    /// Its conditions.
    pub guards: Vec<String>,
    /// Its clauses, without `when`.
    pub clauses: Vec<String>,
    /// Comments above it.
    pub comments: Vec<String>,
    /// Where it comes from.
    pub span: Span,
}

/// The parts of a playbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Looking.
    Enrich,
    /// Looking deeper, asking.
    Triage,
    /// Telling.
    Communicate,
    /// Changing.
    Remediate,
}

/// A task, for the body of a loop.
#[derive(Debug)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// Its parameters and their types.
    pub parameters: Vec<(String, String)>,
    /// Its steps.
    pub items: Vec<Item>,
}

/// All that a playbook becomes.
#[derive(Debug, Default)]
pub struct Planned {
    /// The steps, in the order of the original.
    pub items: Vec<Item>,
    /// The tasks.
    pub tasks: Vec<Task>,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
    /// Settings that were left out, with the reason and their places.
    pub left_out: BTreeMap<(String, String), Vec<Span>>,
    /// How many steps became actions of the library, questions included.
    pub known: usize,
    /// How many became containers.
    pub contained: usize,
}

/// What was seen above a step.
#[derive(Default)]
struct Above {
    asked: bool,
    /// The last change, with its effect on what follows.
    change: Option<String>,
}

/// Plans all steps.
pub fn plan(book: &Book<'_>, inputs: &BTreeMap<String, Value>, containers: &mut Containers) -> Planned {
    let mut planner = Planner {
        book,
        inputs,
        containers,
        written: Vec::new(),
        planned: Planned::default(),
        above: Above::default(),
    };
    let mut at = 0;
    while at < book.playbook.steps.len() {
        at += match book.playbook.steps[at].in_loop {
            Some(looped) => planner.looped(at, looped),
            None => planner.step(at),
        };
    }
    planner.planned
}

struct Planner<'b, 'p> {
    book: &'b Book<'p>,
    inputs: &'b BTreeMap<String, Value>,
    containers: &'b mut Containers,
    /// The conditions of each step so far.
    written: Vec<Vec<String>>,
    planned: Planned,
    above: Above,
}

impl<'b, 'p> Planner<'b, 'p> {
    fn step(&mut self, at: usize) -> usize {
        let written = self.written.clone();
        let mut lower = self.lower(at, &written);
        let guards = conditions(&mut lower, &self.book.playbook.steps[at].guards);
        let mut items = self.items(&mut lower, at, guards.clone());
        let effect = self.effect(at);
        self.planned.findings.append(&mut lower.findings);
        self.place(&mut items, effect, at);
        self.written.push(guards);
        self.planned.items.append(&mut items);
        1
    }

    fn lower<'w>(&self, at: usize, written: &'w [Vec<String>]) -> Lower<'w, 'p>
    where
        'b: 'w,
    {
        Lower {
            book: self.book,
            at,
            guards: Vec::new(),
            written,
            inputs: self.inputs,
            it: None,
            task: None,
            dots: Vec::new(),
            findings: Vec::new(),
            span: self.book.playbook.steps[at].span,
        }
    }

    /// What a step does, and whether that is sure.
    fn effect(&self, at: usize) -> Effect {
        match self.book.plans[at] {
            Plan::Ask => Effect::Asks,
            Plan::Message => Effect::Notifies,
            Plan::Known(known) => known.effect,
            Plan::Container => container_effect(&self.book.playbook.steps[at]).0,
        }
    }

    /// Puts the steps into their part, and behind the change that the original made before.
    fn place(&mut self, items: &mut [Item], effect: Effect, at: usize) {
        let part = match (effect, &self.above.change) {
            (Effect::Changes, _) => Part::Remediate,
            (Effect::Notifies, _) => Part::Communicate,
            (_, Some(_)) => Part::Remediate,
            (Effect::Asks, None) => Part::Triage,
            (Effect::Reads, None) if self.above.asked => Part::Triage,
            (Effect::Reads, None) => Part::Enrich,
        };
        for item in items.iter_mut() {
            item.part = part;
            if let (Part::Communicate, Some(change)) = (part, &self.above.change)
                && !mentions(item, change)
            {
                item.clauses.insert(0, format!("after {change}"));
            }
        }
        self.above.asked |= effect == Effect::Asks;
        if effect == Effect::Changes {
            self.above.change = items.first().map(|item| item.name.clone());
        }
        let _ = at;
    }

    /// The steps that a step becomes.
    fn items(&mut self, lower: &mut Lower<'_, '_>, at: usize, guards: Vec<String>) -> Vec<Item> {
        let step = &self.book.playbook.steps[at];
        let item = |name: String, call: String| Item {
            part: Part::Enrich,
            name,
            annotation: String::new(),
            call,
            guards: guards.clone(),
            clauses: Vec::new(),
            comments: Vec::new(),
            span: step.span,
        };
        let name = self.book.steps[at].clone();
        let mut items = match self.book.plans[at] {
            Plan::Ask => {
                let question = calls::question(lower, at, &mut self.planned);
                let mut asked = item(name, question.call);
                asked.annotation = question.annotation;
                asked.clauses = question.clauses;
                vec![asked]
            }
            Plan::Message => {
                let message = calls::message(lower, step, &mut self.planned);
                let mut sent = item(name, message.call);
                sent.clauses = message.clauses;
                vec![sent]
            }
            Plan::Known(known) => {
                let mut all = vec![item(name.clone(), calls::known(lower, known, step, &mut self.planned))];
                for further in known.then {
                    if let Some(call) = calls::further(lower, further, step, &name) {
                        all.push(item(format!("{name}_{}", further.suffix), call));
                    }
                }
                all
            }
            Plan::Container => {
                let (effect, sure) = container_effect(step);
                if !sure {
                    let what = format!("nothing is known of `{}`: it counts as a change", short(&step.image.text));
                    self.planned.findings.push(import_assumed::at(step.image.span, &what, "say what it does at its action: `reads`, `notifies`, `changes` or `destroys`"));
                }
                let used = self.book.used.get(&at).cloned().unwrap_or_default();
                vec![item(name, self.containers.call(lower, step, effect, &used))]
            }
        };
        match self.book.plans[at] {
            Plan::Container => self.planned.contained += 1,
            _ => {
                self.planned.known += 1;
                if let Some(runner) = &step.runner {
                    self.planned.left("runner", "actions of the library run where Quell runs", runner.span);
                }
            }
        }
        for item in &mut items {
            self.clauses(step, item, at);
        }
        if let Some(first) = items.first_mut() {
            first.comments = step.comments.clone();
        }
        items
    }

    fn clauses(&mut self, step: &Step, item: &mut Item, at: usize) {
        if let Some(timeout) = &step.timeout {
            match calls::duration(&timeout.text) {
                Some(duration) => item.clauses.push(format!("timeout {duration}")),
                None => self.planned.findings.push(import_left_out::at(timeout.span, "`timeout`", "it isn't a constant duration")),
            }
        }
        if let Some((count, every)) = &step.retry {
            let every = calls::duration(every).unwrap_or_else(|| "10s".to_owned());
            if self.effect(at) > Effect::Notifies {
                let why = "nothing says that this change can safely be made twice";
                self.planned.findings.push(import_left_out::at(step.span, "`retry`", why));
            } else if *count > 0 {
                item.clauses.push(format!("retry {count} times every {every}"));
            }
        }
        if step.ignore_failure && !item.clauses.iter().any(|clause| clause.starts_with("on failure")) {
            item.clauses.push("on failure continue".to_owned());
        }
    }

    /// A loop; gives the number of its steps.
    fn looped(&mut self, first: usize, looped: usize) -> usize {
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
                let condition = if condition.is_empty() { "true".to_owned() } else { condition.join(" and ") };
                clauses.push(format!("repeat every 10s until {condition}, at most {} times", (to - from).max(1)));
                let what = "the time between two rounds isn't said: it is ten seconds".to_owned();
                self.planned.findings.push(import_assumed::at(until.span, &what, "change it in `repeat every`"));
                true
            }
            (_, Some(until)) => {
                self.planned.findings.push(import_left_out::at(until.span, "`break`", "each element is dealt with by itself in Quell"));
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
                let at = item.clauses.iter().position(|clause| !clause.starts_with("after")).unwrap_or(item.clauses.len());
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
        }];
        self.place(&mut items, effect, first);
        self.planned.items.append(&mut items);
        count
    }

    /// The clause `each`, and the mapping that it goes over.
    fn elements(&self, lower: &mut Lower<'_, '_>, over: &Over, mapping: bool, element: &str) -> (String, String) {
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
                let most = if numbers.len() > 100 { format!(", at most {}", numbers.len()) } else { String::new() };
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
        let captured: Vec<(String, String)> =
            captures.into_iter().filter(|(name, _)| !local.contains(name.as_str()) && *name != element).collect();
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

impl Planned {
    /// Notes a setting that was left out.
    pub fn left(&mut self, what: &str, why: &str, span: Span) {
        self.left_out.entry((what.to_owned(), why.to_owned())).or_default().push(span);
    }
}

/// What an image does, and whether its name says so.
pub fn container_effect(step: &Step) -> (Effect, bool) {
    let image = short(&step.image.text);
    let words: Vec<&str> = step.args.iter().filter_map(Template::literal).collect();
    if let Some(command) = step.setting("COMMAND").filter(|_| image.contains("ssh"))
        && only_looks(&command.text)
    {
        return (Effect::Reads, true);
    }
    guess(image, &words)
}

fn conditions(lower: &mut Lower<'_, '_>, guards: &[Template]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for guard in guards {
        for condition in lower.conditions(guard) {
            if !all.contains(&condition) && condition != "true" {
                all.push(condition.clone());
            }
            if !lower.guards.contains(&condition) {
                lower.guards.push(condition);
            }
        }
    }
    all
}

fn mentions(item: &Item, name: &str) -> bool {
    let named = |code: &str| {
        code.match_indices(name).any(|(at, _)| {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            !code[..at].ends_with(word) && !code[at + name.len()..].starts_with(word)
        })
    };
    named(&item.call) || item.guards.iter().any(|guard| named(guard))
}
