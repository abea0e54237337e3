//! What rules ask about, found once or on demand: who uses what, what a call provides and touches
//! through all tasks, what comes before what.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::body::Body;
use crate::{
    alerts::{Alerts, alerts, answers},
    check::Checked,
    effects,
    graph::{Callee, Constant, Meaning, Measure, NodeKind, Schedule, Schedules, StepPlan, evaluate},
    hir::{self, Action, ExprId, ItemKind, LocalId, Scenario, descendants},
    names::{Def, ItemId, Target},
    source::{FileId, SourceFile, Span},
    syntax::{self, SyntaxKind},
    types::Type,
    world::World,
};

/// The files of alert rules, and the labels that are added to them later.
type AlertSources = (Vec<FileId>, Vec<String>);

/// What is known of all modules, as rules ask for it.
pub struct Facts<'a> {
    /// The files.
    pub world: &'a dyn World,
    /// What was checked.
    pub checked: &'a Checked,
    /// The same, as the graph sees it.
    pub meaning: Meaning<'a>,
    /// The names of each module that some expression reads.
    read_locals: BTreeSet<(FileId, LocalId)>,
    read_items: BTreeSet<ItemId>,
    /// The names of playbooks that scenarios read, in whatever module they are.
    tried_locals: BTreeSet<(FileId, LocalId)>,
    /// The scenarios by the playbook that they try, each with its module.
    scenarios: BTreeMap<ItemId, Vec<(FileId, &'a Scenario)>>,
    /// By role: the actions and tasks that play it.
    pub(super) players: RefCell<BTreeMap<String, BTreeSet<ItemId>>>,
    words: RefCell<BTreeMap<FileId, BTreeSet<String>>>,
    alerts: RefCell<BTreeMap<AlertSources, Rc<Alerts>>>,
}

impl<'a> Facts<'a> {
    /// Reads what was checked.
    pub fn new(world: &'a dyn World, checked: &'a Checked) -> Self {
        let mut facts = Self {
            world,
            checked,
            meaning: checked.meaning(),
            read_locals: BTreeSet::new(),
            read_items: BTreeSet::new(),
            tried_locals: BTreeSet::new(),
            scenarios: BTreeMap::new(),
            players: RefCell::default(),
            words: RefCell::default(),
            alerts: RefCell::default(),
        };
        for (file, module) in &checked.modules {
            for (index, item) in module.hir.items.iter().enumerate() {
                let ItemKind::Scenario(scenario) = &item.kind else { continue };
                let Some(playbook) = module.names.scenarios.get(&(index as u32)) else { continue };
                facts.scenarios.entry(*playbook).or_default().push((*file, scenario));
            }
            for (expr, _) in module.hir.exprs.iter() {
                match module.def(expr) {
                    Some(Def::Local(local)) => drop(facts.read_locals.insert((*file, local))),
                    Some(Def::Item(item)) => drop(facts.read_items.insert(item)),
                    Some(Def::Variant(variant)) => drop(facts.read_items.insert(variant.item)),
                    Some(Def::OfPlaybook(file, local)) => drop(facts.tried_locals.insert((file, local))),
                    _ => {}
                }
            }
            for target in module.names.targets.values() {
                match target {
                    Target::Item(item) | Target::Value(item, _) => drop(facts.read_items.insert(*item)),
                    Target::Step(_) | Target::Module(_) => {}
                }
            }
            for variant in module.types.patterns.values().chain(module.names.patterns.values()) {
                facts.read_items.insert(variant.item);
            }
            for named in module.names.types.values() {
                if let crate::names::TypeDef::Item(item) = named {
                    facts.read_items.insert(*item);
                }
            }
        }
        facts
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &'a str {
        self.source(span.file).part(span)
    }

    /// A file.
    pub fn source(&self, file: FileId) -> &'a SourceFile {
        self.world.source(file)
    }

    /// The whole lines on which a span lies, with the comments of documentation above them: what is removed
    /// with a statement. A comment after it is included; the span itself where these lines hold something else.
    pub fn lines_of(&self, span: Span) -> Span {
        let source = self.world.source(span.file);
        let lines = source.lines();
        let (mut first, last) = (lines.line(span.start), lines.line(span.end.saturating_sub(1)));
        let end = if last + 1 < lines.count() { lines.start(last + 1) } else { source.text.len() as u32 };
        let before = self.text(Span { start: lines.start(first), end: span.start, ..span });
        let after = self.text(Span { start: span.end, end, ..span });
        let after = after.trim();
        if !before.trim().is_empty() || !after.is_empty() && !after.starts_with("//") {
            return span;
        }
        while first > 0
            && self
                .text(Span { start: lines.start(first - 1), end: lines.start(first), ..span })
                .trim_start()
                .starts_with("///")
        {
            first -= 1;
        }
        Span { start: lines.start(first), end, ..span }
    }

    /// The playbooks and tasks of a module.
    pub fn bodies(&self, file: FileId) -> Vec<Body<'a>> {
        let Some(module) = self.meaning.module(file) else { return Vec::new() };
        let items = module.hir.items.iter().enumerate();
        let bodies = items.filter_map(|(index, item)| {
            let id = ItemId::new(file, index);
            let playbook = match &item.kind {
                ItemKind::Playbook(playbook) => Some(playbook),
                ItemKind::Task(_) => None,
                _ => return None,
            };
            Some(Body { id, item, playbook, graph: self.checked.graphs.get(id)?, module })
        });
        bodies.collect()
    }

    /// The body of a playbook or task.
    pub fn body(&self, id: ItemId) -> Option<Body<'a>> {
        self.bodies(id.file).into_iter().find(|body| body.id == id)
    }

    /// The scenarios that try a playbook, in whatever module, each with its module.
    pub fn scenarios_of(&self, playbook: ItemId) -> &[(FileId, &'a Scenario)] {
        self.scenarios.get(&playbook).map_or(&[], Vec::as_slice)
    }

    /// Whether a scenario tries a playbook: one of those that were checked, or of another module of the
    /// project that imports the playbook.
    pub fn has_scenario(&self, playbook: ItemId) -> bool {
        !self.scenarios_of(playbook).is_empty() || self.is_tried_elsewhere(playbook)
    }

    fn is_tried_elsewhere(&self, playbook: ItemId) -> bool {
        let Some(name) = self.meaning.item(playbook).map(|item| &*item.name.text) else { return false };
        let others = self.world.files().into_iter().filter(|file| !self.checked.modules.contains_key(file));
        others.into_iter().any(|file| {
            let text = &*self.world.source(file).text;
            if !text.contains("scenario") || !text.contains(name) {
                return false;
            }
            let (module, _) = hir::lower(file, &syntax::parse(text));
            let imports = |line: &&hir::Use| self.world.resolve(file, &line.path.text) == Some(playbook.file);
            // How the playbook, or its module, is called there.
            let names: BTreeSet<&str> =
                module.uses.iter().filter(imports).filter_map(|line| called(line, name)).collect();
            module.items.iter().any(|item| match &item.kind {
                ItemKind::Scenario(scenario) => match &scenario.playbook[..] {
                    [tried] => names.contains(&*tried.text),
                    [module, tried] => &*tried.text == name && names.contains(&*module.text),
                    _ => false,
                },
                _ => false,
            })
        })
    }

    /// A module as the analysis of effects sees it.
    pub fn effects_of(&self, file: FileId) -> Option<effects::Context<'_>> {
        let (own, _) = effects::Used::module(&self.meaning, file)?;
        let person = self.checked.interfaces.well_known.person;
        Some(effects::Context { own, used: &self.meaning, person })
    }

    /// The alert rules of a module's project, and what all playbooks answer.
    pub fn alerts(&self, file: FileId) -> Rc<Alerts> {
        let sources = (self.world.alert_rules(file), self.world.external_labels(file).to_vec());
        let mut known = self.alerts.borrow_mut();
        let found = known.entry(sources).or_insert_with(|| {
            let mut alerts = alerts(self.world, self.checked, &[file]);
            let all: Vec<FileId> = self.checked.modules.keys().copied().collect();
            alerts.set_answers(answers(self.checked, &all));
            Rc::new(alerts)
        });
        found.clone()
    }

    /// Whether an expression of its module reads a local name.
    pub fn is_read(&self, file: FileId, local: LocalId) -> bool {
        self.read_locals.contains(&(file, local))
    }

    /// Whether a scenario reads a name of a playbook.
    pub fn is_tried(&self, file: FileId, local: LocalId) -> bool {
        self.tried_locals.contains(&(file, local))
    }

    /// Whether anything that was checked names an item.
    pub fn is_item_read(&self, item: ItemId) -> bool {
        self.read_items.contains(&item)
    }

    /// Whether a word appears in a module outside of its imports, comments and texts.
    pub fn has_word(&self, file: FileId, word: &str) -> bool {
        let mut words = self.words.borrow_mut();
        let words = words.entry(file).or_insert_with(|| {
            let parsed = syntax::parse(&self.world.source(file).text);
            let tokens = parsed.syntax().descendants_with_tokens().filter_map(|element| element.into_token());
            let tokens = tokens.filter(|token| {
                !token.kind().is_trivia()
                    && !token.parent_ancestors().any(|node| node.kind() == SyntaxKind::UseItem)
            });
            tokens.map(|token| token.text().to_owned()).collect()
        });
        words.contains(word)
    }

    /// An action.
    pub fn action(&self, item: ItemId) -> Option<&'a Action> {
        self.meaning.action(item)
    }

    /// The action that a step calls itself.
    pub fn action_of(&self, plan: &StepPlan) -> Option<&'a Action> {
        match plan.callee {
            Callee::Action(item) => self.action(item),
            _ => None,
        }
    }

    /// The value of an expression, if no run is needed to know it.
    pub fn constant(&self, file: FileId, expr: ExprId) -> Option<Constant> {
        evaluate(&self.meaning, file, expr).ok()
    }

    /// How high a playbook's severity can be, as places in its enum, and how many variants that has. None
    /// if any is possible.
    pub fn severities(&self, body: &Body<'a>) -> Option<(BTreeSet<u32>, u32)> {
        let NodeKind::Severity(expr) = body.graph.node(body.graph.severity()?).kind else { return None };
        let Type::Enum(item) = body.module.types.of(expr) else { return None };
        let ItemKind::Enum(declared) = &self.checked.item(*item)?.kind else { return None };
        let module = effects::ModuleContext {
            hir: body.module.hir,
            names: body.module.names,
            types: body.module.types,
        };
        Some((effects::severity_range(module, expr)?, declared.variants.len() as u32))
    }

    /// Whether a playbook's severity can reach the variant that lies `below` the highest one.
    pub fn can_reach(&self, body: &Body<'a>, below: u32) -> bool {
        match self.severities(body) {
            Some((range, count)) => range.iter().any(|variant| variant + below + 1 >= count),
            None => true,
        }
    }

    /// A schedule.
    pub fn schedule(&self, item: ItemId, measure: Measure) -> Option<Schedule> {
        Schedules::new(&self.checked.graphs).get(item, measure).cloned()
    }

    /// The names that a body's expression reads, in source order.
    pub fn locals_in(&self, file: FileId, expr: ExprId) -> Vec<LocalId> {
        let Some(module) = self.meaning.module(file) else { return Vec::new() };
        let locals = descendants(&module.hir.exprs, expr).filter_map(|expr| match module.def(expr) {
            Some(Def::Local(local)) => Some(local),
            _ => None,
        });
        locals.collect()
    }
}

/// The name that an import gives to an item that it lists in parentheses, or to the module itself.
fn called<'n>(line: &'n hir::Use, item: &str) -> Option<&'n str> {
    match (&line.names, &line.alias) {
        (Some(names), _) => {
            let name = names.iter().find(|name| &*name.name.text == item)?;
            Some(&name.alias.as_ref().unwrap_or(&name.name).text)
        }
        (None, Some(alias)) => Some(&alias.text),
        (None, None) => line.path.text.rsplit('.').next(),
    }
}
