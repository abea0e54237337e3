//! What was decided in a drill, as a scenario that can be kept and run again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    sync::Arc,
};

use super::Drill;
use crate::{
    check::Checked,
    graph::Nanoseconds,
    hir::{GivenKind, ItemKind, RunOutcome},
    names::ItemId,
    simulate::{
        evaluate::{Bindings, Evaluator, Nowhere},
        people::{Person, people_of},
        scenario::script::{About, Verdict},
        value::{Value, literal},
    },
    source::{FileId, Span},
    world::World,
};

/// A scenario as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// What it imports, a line each.
    pub uses: Vec<String>,
    /// The scenario.
    pub scenario: String,
}

impl Transcript {
    /// A module of its own.
    pub fn module(&self) -> String {
        let docs = "//! What was decided in a drill.\n\n";
        format!("{docs}{}\n\n{}", self.uses.join("\n"), self.scenario)
    }
}

/// The drill as a scenario with this title.
pub fn transcript(drill: &Drill<'_>, title: &str) -> Transcript {
    let header = &drill.run.trace.header;
    let mut writer = Writer {
        world: drill.world,
        checked: drill.checked,
        from: drill.playbook.file,
        people: known_people(drill.checked),
        uses: BTreeMap::new(),
    };
    writer.import(drill.playbook);
    let mut out = format!("scenario {} for {} {{\n", literal(&Value::text(title)), header.name);
    let mut lines = writer.base(drill);
    for (name, value) in &header.inputs {
        let is_typed = drill.options.inputs.iter().any(|(said, _)| **said == **name);
        // A scenario has no samples from alert rules.
        if is_typed || header.samples.iter().any(|sample| sample.event == *name) {
            lines.push(format!("given {name} = {}", writer.value(value)));
        }
    }
    let decisions = &drill.options.decisions;
    let name = |step: &[crate::names::StepRef]| {
        let node = drill.run.trace.step(step).map(|node| drill.run.trace.node(node).name.clone());
        node.unwrap_or_else(|| Arc::from("?"))
    };
    for answer in &decisions.answers {
        let who = writer.people(&answer.people);
        let value = writer.value(&answer.value);
        lines.push(format!("given {who} answer {} with {value}{}", name(&answer.step), after(answer.after)));
    }
    for done in &decisions.outcomes {
        if let (About::Step(step), Some(taking)) = (&done.about, done.taking) {
            lines.push(format!("given {} taking {}", name(step), literal(&Value::Duration(taking))));
        }
    }
    for approval in &decisions.approvals {
        let word = match approval.verdict {
            Verdict::Grant => "by",
            Verdict::Refuse => "refused by",
        };
        let who = writer.people(&approval.people);
        lines.push(format!(
            "given approval of {} {word} {who}{}",
            name(&approval.step),
            after(approval.after)
        ));
    }
    if let Some(ending) = &drill.run.ending {
        lines.push(match ending.outcome {
            RunOutcome::Resolved => "expect resolved".to_owned(),
            RunOutcome::Failed => "expect failed".to_owned(),
            RunOutcome::Completed => "expect completed".to_owned(),
        });
    }
    for line in lines {
        // Writing to a String can't fail.
        let _ = writeln!(out, "  {line}");
    }
    out.push_str("}\n");
    let uses = writer.uses.into_iter().map(|(path, names)| match names.is_empty() {
        true => format!("use {path}"),
        false => format!("use {path} ({})", names.into_iter().collect::<Vec<_>>().join(", ")),
    });
    Transcript { uses: uses.collect(), scenario: out }
}

fn after(after: Nanoseconds) -> String {
    if after == 0 { String::new() } else { format!(" after {}", literal(&Value::Duration(after))) }
}

/// The people that modules have a public name for, by their id.
fn known_people(checked: &Checked) -> BTreeMap<Arc<str>, ItemId> {
    let evaluator = Evaluator::new(checked);
    let mut found = BTreeMap::new();
    for (file, module) in &checked.modules {
        for (index, item) in module.hir.items.iter().enumerate() {
            let ItemKind::Let(declared) = &item.kind else { continue };
            if item.private.is_some() {
                continue;
            }
            let value = evaluator.evaluate(*file, declared.value, &Bindings::new(), &Nowhere);
            let is_person = |value: &Value| matches!(value, Value::Record(it) if *it.shape.name == *"Person");
            let Some(value) = value.ok().filter(is_person) else { continue };
            if let Some([person]) = people_of(&value).as_deref() {
                found.entry(person.shown.id.clone()).or_insert(ItemId::new(*file, index));
            }
        }
    }
    found
}

struct Writer<'w> {
    world: &'w dyn World,
    checked: &'w Checked,
    from: FileId,
    people: BTreeMap<Arc<str>, ItemId>,
    /// By path; without names the module itself.
    uses: BTreeMap<String, BTreeSet<String>>,
}

impl Writer<'_> {
    /// Notes that a name of another module is needed.
    fn import(&mut self, item: ItemId) {
        let Some(declared) = self.checked.item(item) else { return };
        let path = self.path(item.file);
        // What every module has needs no import.
        if self.prelude_has(&declared.name.text, item) {
            return;
        }
        self.uses.entry(path).or_default().insert(declared.name.text.to_string());
    }

    fn prelude_has(&self, name: &str, item: ItemId) -> bool {
        let Some(prelude) = self.world.resolve(self.from, "std.prelude") else { return false };
        if item.file == prelude {
            return true;
        }
        let Some(module) = self.checked.module(prelude) else { return false };
        let uses = module.hir.uses.iter().zip(&module.names.uses);
        let mut named = uses
            .filter(|(_, file)| **file == Some(item.file))
            .flat_map(|(used, _)| used.names.iter().flatten());
        named.any(|used| *used.name.text == *name)
    }

    /// How a module beside the playbook calls another one.
    fn path(&self, file: FileId) -> String {
        let importable = self.world.importable(self.from);
        let known = importable.into_iter().find(|(_, other)| *other == file).map(|(path, _)| path);
        known.unwrap_or_else(|| self.world.module_path(file).to_owned())
    }

    fn people(&mut self, people: &[Person]) -> String {
        let names: Vec<String> = people.iter().map(|person| self.person(person)).collect();
        names.join(", ")
    }

    fn person(&mut self, person: &Person) -> String {
        match self.people.get(&person.shown.id).copied() {
            Some(item) => {
                self.import(item);
                self.checked.item(item).map(|item| item.name.text.to_string()).unwrap_or_default()
            }
            None => {
                let (id, name) = (&person.shown.id, &person.shown.name);
                let (id, name) = (literal(&Value::Text(id.clone())), literal(&Value::Text(name.clone())));
                format!("Person(id: {id}, name: {name}, email: \"\")")
            }
        }
    }

    fn value(&mut self, value: &Value) -> String {
        self.import_of(value);
        literal(value)
    }

    fn import_of(&mut self, value: &Value) {
        match value {
            Value::Record(record) => {
                self.import(record.shape.item);
                record.fields.iter().for_each(|field| self.import_of(field));
            }
            Value::List(elements) => elements.iter().for_each(|element| self.import_of(element)),
            Value::Map(entries) => entries.values().for_each(|entry| self.import_of(entry)),
            _ => {}
        }
    }

    /// The lines of the scenario that the drill was begun with, but for what people do, with what its
    /// module imports for them.
    fn base(&mut self, drill: &Drill<'_>) -> Vec<String> {
        let Some(item) = drill.options.scenario else { return Vec::new() };
        let (Some(module), Some(declared)) = (self.checked.module(item.file), self.checked.item(item)) else {
            return Vec::new();
        };
        let ItemKind::Scenario(scenario) = &declared.kind else { return Vec::new() };
        let source = self.world.source(item.file);
        let written = |from: u32, to: u32| source.part(Span::new(item.file, from, to)).to_owned();
        let mut lines: Vec<String> = Vec::new();
        for (local, value) in &scenario.lets {
            let span = module.hir.exprs[*value].span;
            lines.push(format!(
                "let {} = {}",
                module.hir.locals[*local].name.text,
                written(span.start, span.end)
            ));
        }
        for given in &scenario.givens {
            if !matches!(
                given.kind,
                GivenKind::Answer { .. } | GivenKind::Approval { .. } | GivenKind::Missing
            ) {
                lines.push(written(given.span.start, given.span.end));
            }
        }
        let words: BTreeSet<&str> = lines
            .iter()
            .flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
            .collect();
        let mut needed = Vec::new();
        for (used, file) in module.hir.uses.iter().zip(&module.names.uses) {
            let Some(file) = *file else { continue };
            let last = used.path.text.rsplit('.').next().unwrap_or_default();
            match &used.names {
                Some(names) => {
                    let own = names.iter().filter(|name| words.contains(&*name.name.text));
                    needed.extend(own.map(|name| (file, Some(name.name.text.to_string()))));
                }
                None if words.contains(last) => needed.push((file, None)),
                None => {}
            }
        }
        for item in &module.hir.items {
            if words.contains(&*item.name.text) && !matches!(item.kind, ItemKind::Scenario(_)) {
                needed.push((drill.playbook.file, Some(item.name.text.to_string())));
            }
        }
        for (file, name) in needed {
            let path = self.path(file);
            self.uses.entry(path).or_default().extend(name);
        }
        lines
    }
}
