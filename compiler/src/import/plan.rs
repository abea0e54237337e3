//! From steps to steps: what each calls, with what, when, and in which part it stands.

use std::collections::BTreeMap;

use super::{
    access::Value,
    book::{Book, Plan},
    calls,
    container::Containers,
    express::{Lower, Scope},
    guess::{guess, only_looks, short},
    known::{Effect, HOST, Known},
    model::{Step, Template},
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
    /// The expressions that its values became, and where each comes from.
    pub values: Vec<(String, Span)>,
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
pub(super) struct Above {
    asked: bool,
    /// The last change.
    change: Option<String>,
    /// The last that made something others write to: a room, an incident.
    pub(super) made: Option<String>,
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
        comments: Vec::new(),
    };
    let mut at = 0;
    while at < book.playbook.steps.len() {
        at += match book.playbook.steps[at].in_loop {
            Some(looped) => planner.looped(at, looped),
            None => planner.step(at),
        };
    }
    let left = std::mem::take(&mut planner.comments);
    if let Some(last) = planner.planned.items.last_mut() {
        last.comments.extend(left);
    }
    planner.planned
}

pub(super) struct Planner<'b, 'p> {
    pub(super) book: &'b Book<'p>,
    inputs: &'b BTreeMap<String, Value>,
    containers: &'b mut Containers,
    /// The conditions of each step so far.
    pub(super) written: Vec<Vec<String>>,
    pub(super) planned: Planned,
    pub(super) above: Above,
    /// Comments of steps that became expressions; they go to the next step.
    comments: Vec<String>,
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

    pub(super) fn lower<'w>(&self, at: usize, written: &'w [Vec<String>]) -> Lower<'w, 'p>
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
            values: Vec::new(),
            span: self.book.playbook.steps[at].span,
            scope: Scope::Within,
            in_guard: false,
        }
    }

    /// What a step does, and whether that is sure.
    pub(super) fn effect(&self, at: usize) -> Effect {
        match self.book.plans[at] {
            Plan::Ask => Effect::Asks,
            Plan::Message => Effect::Notifies,
            Plan::Known(known) => known.effect,
            Plan::Look(_) | Plan::Pure(_) => Effect::Reads,
            Plan::Container => container_effect(&self.book.playbook.steps[at]).0,
        }
    }

    /// Puts the steps into their part, and behind the change that the original made before.
    pub(super) fn place(&mut self, items: &mut [Item], effect: Effect, at: usize) {
        let part = match (effect, &self.above.change) {
            (Effect::Changes, _) => Part::Remediate,
            (Effect::Notifies, _) => Part::Communicate,
            (_, Some(_)) => Part::Remediate,
            (Effect::Asks, None) => Part::Triage,
            (Effect::Reads, None) if self.above.asked => Part::Triage,
            (Effect::Reads, None) => Part::Enrich,
        };
        let first = items.first().map(|item| item.name.clone()).unwrap_or_default();
        for item in items.iter_mut() {
            item.part = part;
            if item.name != first && mentions(item, &first) {
                continue;
            }
            let before: Vec<&str> = [&self.above.change, &self.above.made]
                .into_iter()
                .flatten()
                .filter(|name| part == Part::Communicate && !mentions(item, name))
                .map(String::as_str)
                .collect();
            if !before.is_empty() {
                item.clauses.insert(0, format!("after {}", before.join(", ")));
            }
        }
        if effect == Effect::Notifies && self.book.plans[at] != Plan::Message {
            self.above.made = items.first().map(|item| item.name.clone());
        }
        self.above.asked |= effect == Effect::Asks;
        if effect == Effect::Changes {
            self.above.change = items.first().map(|item| item.name.clone());
        }
    }

    /// The steps that a step becomes.
    pub(super) fn items(&mut self, lower: &mut Lower<'_, '_>, at: usize, guards: Vec<String>) -> Vec<Item> {
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
            values: Vec::new(),
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
            Plan::Look(known) => vec![item(name, self.look(lower, step, known))],
            Plan::Pure(_) => {
                if let Some(width) = step.setting("COLUMN_WIDTH") {
                    self.planned.left("COLUMN_WIDTH", "a column is as wide as its cells", width.span);
                }
                self.comments.extend(step.comments.iter().cloned());
                Vec::new()
            }
            Plan::Container => vec![item(name, self.container(lower, step, at))],
        };
        match self.book.plans[at] {
            Plan::Container => self.planned.contained += 1,
            plan => {
                self.planned.known += 1;
                for argument in step.args.iter().filter(|_| matches!(plan, Plan::Ask | Plan::Message)) {
                    self.planned.left("args", "questions and messages take no arguments", argument.span);
                }
                if let Some(runner) = &step.runner {
                    self.planned.left("runner", "actions of the library run where Quell runs", runner.span);
                }
            }
        }
        for item in &mut items {
            self.clauses(step, item, at);
        }
        let values = std::mem::take(&mut lower.values);
        if let Some(first) = items.first_mut() {
            first.comments = std::mem::take(&mut self.comments);
            first.comments.extend(step.comments.iter().cloned());
            first.values = values;
        }
        items
    }

    /// A command that only looks, as an action that says so.
    fn look(&mut self, lower: &mut Lower<'_, '_>, step: &Step, known: &Known) -> String {
        let host = calls::record(lower, "ssh.Host", HOST, step);
        for (key, why) in known.left_out {
            if let Some(setting) = step.setting(key) {
                self.planned.left(key, why, setting.span);
            }
        }
        let command = step.setting("COMMAND").and_then(Template::literal).unwrap_or_default();
        format!("{}({host})", self.containers.look(command, step.span))
    }

    /// A container, and what is assumed of it.
    fn container(&mut self, lower: &mut Lower<'_, '_>, step: &Step, at: usize) -> String {
        let (effect, sure) = container_effect(step);
        let used = self.book.used.get(&at).cloned().unwrap_or_default();
        let before = self.containers.list.len();
        let call = self.containers.call(lower, step, effect, &used);
        if self.containers.list.len() > before {
            let (image, word) = (short(&step.image.text), effect.word());
            let what = match sure {
                true => format!("the effect of `{image}` is guessed from its name and arguments: `{word}`"),
                false => format!("`{image}` is unknown, so it counts as a change"),
            };
            let help = "declare the effect of its action: `reads`, `notifies`, `changes` or `destroys`";
            self.planned.findings.push(import_assumed::at(step.image.span, &what, help));
            if let Some(integration) = &step.integration {
                let what = format!("`{image}` gets its integration as one secret, in `SP_INTEGRATION`");
                let help = "list the variables that the image reads under `env`, each with its own secret";
                self.planned.findings.push(import_assumed::at(integration.span, &what, help));
            }
        }
        call
    }

    fn clauses(&mut self, step: &Step, item: &mut Item, at: usize) {
        if let Some(timeout) = &step.timeout {
            match calls::duration(&timeout.text) {
                Some(duration) => item.clauses.push(format!("timeout {duration}")),
                None => self.planned.findings.push(import_left_out::at(
                    timeout.span,
                    "`timeout`",
                    "it isn't a constant duration",
                )),
            }
        }
        if let Some((count, every)) = &step.retry {
            let every = calls::duration(every).unwrap_or_else(|| "10s".to_owned());
            if self.effect(at) > Effect::Notifies {
                let why = "this change isn't known to be safe to repeat";
                self.planned.findings.push(import_left_out::at(step.span, "`retry`", why));
            } else if *count > 0 {
                item.clauses.push(format!("retry {count} times every {every}"));
            }
        }
        if let Plan::Known(known) = self.book.plans[at]
            && known.says_no_undo
        {
            item.clauses.push("irreversible \"the original doesn't specify how to undo it\"".to_owned());
            let what = format!("`{}` counts as irreversible", item.name);
            self.planned.findings.push(import_assumed::at(
                step.span,
                &what,
                "add `undo` with a call that reverts it",
            ));
        }
        if step.ignore_failure && !item.clauses.iter().any(|clause| clause.starts_with("on failure")) {
            item.clauses.push("on failure continue".to_owned());
        }
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

pub(super) fn conditions(lower: &mut Lower<'_, '_>, guards: &[Template]) -> Vec<String> {
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

pub(super) fn mentions(item: &Item, name: &str) -> bool {
    let named = |code: &str| {
        code.match_indices(name).any(|(at, _)| {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            !code[..at].ends_with(word) && !code[at + name.len()..].starts_with(word)
        })
    };
    named(&item.call) || item.guards.iter().chain(&item.clauses).any(|code| named(code))
}
