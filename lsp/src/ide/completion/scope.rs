//! What there is to choose from: names in scope, members, modules, with their types and docs.

use quell_compiler::{
    check::{Checked, CheckedModule},
    findings::suggest::nearest,
    hir::{Effect, ExprKind, ItemKind, LocalKind},
    names::{Builtin, ItemId, Milestone, ModuleDef},
    source::{FileId, Span},
    types::{SignatureKind, Type},
    world::World,
};

use super::{Completion, Kind, Scan};
use crate::ide::{Cursor, Edit, Snapshot};

/// How likely a call of a module is that does what the part is there for, and one that only may stand there.
const MEANT: u8 = 40;
const BESIDES: u8 = 45;

const EFFECTS: [Effect; 5] =
    [Effect::Reads, Effect::Asks, Effect::Notifies, Effect::Changes, Effect::Destroys];

/// A local name.
pub struct Local {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: LocalKind,
    /// Its type as others see it.
    pub ty: Type,
    /// What is nearer above the cursor comes first; behind it what stands below.
    pub order: u32,
}

/// A place among the names.
pub struct Scope<'a> {
    /// The files.
    pub snapshot: &'a Snapshot,
    /// What is known of the module around the cursor, and of what it uses.
    pub checked: &'a Checked,
    /// The place.
    pub cursor: Cursor,
}

impl<'a> Scope<'a> {
    /// The names around `cursor`.
    pub fn new(snapshot: &'a Snapshot, checked: &'a Checked, cursor: Cursor) -> Self {
        Self { snapshot, checked, cursor }
    }

    /// The module around the cursor.
    pub fn module(&self) -> Option<&'a CheckedModule> {
        self.checked.module(self.cursor.file)
    }

    /// The item around the cursor, or else the last one before it.
    pub fn item(&self) -> Option<(u32, &'a quell_compiler::hir::Item)> {
        let items = &self.module()?.hir.items;
        let index = items.iter().rposition(|item| item.span.start <= self.cursor.offset)?;
        Some((index as u32, &items[index]))
    }

    /// The names of the outermost level that this module imports, with what they mean.
    pub fn imported(&self) -> Vec<(String, ModuleDef)> {
        let Some(module) = self.module() else { return Vec::new() };
        let mut all = Vec::new();
        for (line, used) in module.hir.uses.iter().zip(&module.names.uses) {
            let Some(used) = *used else { continue };
            match &line.names {
                None => {
                    let last = line.path.text.rsplit('.').next().unwrap_or_default().to_owned();
                    let name = line.alias.as_ref().map_or(last, |alias| alias.text.to_string());
                    all.push((name, ModuleDef::Module(used)));
                }
                Some(names) => {
                    for name in names {
                        let items = self.checked.module(used).map(|it| &it.hir.items);
                        let found =
                            items.and_then(|it| it.iter().position(|it| it.name.text == name.name.text));
                        let said = name.alias.as_ref().unwrap_or(&name.name).text.to_string();
                        all.extend(found.map(|index| (said, ModuleDef::Item(ItemId::new(used, index)))));
                    }
                }
            }
        }
        let own = module.hir.items.iter().enumerate().map(|(index, item)| {
            (item.name.text.to_string(), ModuleDef::Item(ItemId::new(self.cursor.file, index)))
        });
        all.extend(own);
        let prelude = self.snapshot.workspace.resolve(self.cursor.file, "std.prelude");
        for line in prelude
            .and_then(|it| self.checked.module(it))
            .into_iter()
            .flat_map(|it| it.hir.uses.iter().zip(&it.names.uses))
        {
            let (line, Some(used)) = line else { continue };
            for name in line.names.iter().flatten() {
                let items = self.checked.module(*used).map(|it| &it.hir.items);
                let found = items.and_then(|it| it.iter().position(|it| it.name.text == name.name.text));
                all.extend(
                    found.map(|index| {
                        (name.name.text.to_string(), ModuleDef::Item(ItemId::new(*used, index)))
                    }),
                );
            }
        }
        if let Some(prelude) = prelude.filter(|it| *it != self.cursor.file)
            && let Some(it) = self.checked.module(prelude)
        {
            let own = it.hir.items.iter().enumerate();
            all.extend(own.map(|(index, item)| {
                (item.name.text.to_string(), ModuleDef::Item(ItemId::new(prelude, index)))
            }));
        }
        all
    }

    /// An item as a completion.
    pub fn of_item(&self, name: &str, id: ItemId) -> Option<Completion> {
        let item = self.checked.item(id)?;
        let signature = self.checked.signature(id)?;
        let show = |ty: &Type| self.checked.interfaces.show(ty);
        let kind = match &item.kind {
            ItemKind::Record(_) | ItemKind::Enum(_) | ItemKind::Alias(_) => Kind::Type,
            ItemKind::Let(_) => Kind::Constant,
            ItemKind::Function(_) => Kind::Function,
            ItemKind::Task(_) => Kind::Task,
            ItemKind::Action(_) => Kind::Action,
            ItemKind::Trigger(_) => Kind::Trigger,
            ItemKind::Playbook(_) => Kind::Playbook,
            ItemKind::Scenario(_) => return None,
        };
        let detail = match &signature.kind {
            SignatureKind::Let(ty) | SignatureKind::Alias(ty) => show(ty),
            kind => kind.callable().map_or_else(String::new, |callable| {
                let effect = self.effect(id).map_or(String::new(), |effect| format!(" {}", effect.word()));
                let text = self.checked.interfaces.show_signature("", &callable.parameters, &callable.result);
                text + &effect
            }),
        };
        let mut completion = Completion::new(name, kind).detail(detail).docs(item.docs.clone());
        if let (Some(callable), true) = (signature.kind.callable(), kind != Kind::Type) {
            let needed = callable.parameters.iter().filter(|it| it.default.is_none());
            let holes: Vec<String> = needed
                .enumerate()
                .map(|(number, it)| match number {
                    0 => format!("${{1:{}}}", it.name),
                    _ => format!("{}: ${{{}:{}}}", it.name, number + 1, it.name),
                })
                .collect();
            completion = completion.snippet(format!("{name}({})$0", holes.join(", ")));
        }
        if let ItemKind::Action(action) = &item.kind {
            completion.deprecated = action.contract.deprecated.is_some();
            if completion.deprecated {
                completion.rank = 90;
            }
        }
        Some(completion)
    }

    /// What an action or task may do.
    pub fn effect(&self, id: ItemId) -> Option<Effect> {
        match &self.checked.signature(id)?.kind {
            SignatureKind::Action(action) => Some(action.effect),
            SignatureKind::Task(_) => {
                let effects = &self.checked.module(id.file)?.effects;
                effects.items.get(quell_compiler::hir::Id::new(id.index as usize)).copied()
            }
            _ => None,
        }
    }

    /// The public items of a module: at the head of a step what may be called there, else what is pure.
    pub fn of_module(&self, file: FileId, head: Option<Effect>) -> Vec<Completion> {
        let Some(module) = self.read_module(file) else { return Vec::new() };
        let mut all = Vec::new();
        for (index, item) in module.hir.items.iter().enumerate() {
            if item.private.is_some() {
                continue;
            }
            let id = ItemId::new(file, index);
            let callable = matches!(item.kind, ItemKind::Action(_) | ItemKind::Task(_));
            let allowed = match (callable, head) {
                (true, Some(most)) => self.effect(id).is_none_or(|effect| effect <= most),
                (true, None) => false,
                (false, Some(_)) => false,
                (false, None) => true,
            };
            if allowed {
                // What a part is there for comes before what it may do besides.
                let effect = self.effect(id);
                let meant = head.is_some_and(|most| effect == Some(most.min(Effect::Changes)));
                let rank = if meant { MEANT } else { BESIDES };
                // A contract says that a process needs it.
                let provides = matches!(&item.kind, ItemKind::Action(it) if !it.contract.provides.is_empty());
                let rank = if provides { rank - 1 } else { rank };
                let found = self.of_item(&item.name.text, id);
                all.extend(found.map(|it| if it.deprecated { it } else { it.rank(rank) }));
            }
        }
        all
    }

    fn read_module(&self, file: FileId) -> Option<&'a CheckedModule> {
        self.checked.module(file)
    }

    /// What may be called at the head of a step: builtins that ask, tasks and actions in scope, and the
    /// modules that have some.
    pub fn calls(&self, most: Option<Effect>) -> Vec<Completion> {
        let most = most.unwrap_or(Effect::Destroys);
        let mut all = Vec::new();
        for (name, def) in self.imported() {
            match def {
                ModuleDef::Item(id) if self.effect(id).is_some_and(|effect| effect <= most) => {
                    all.extend(self.of_item(&name, id).map(|it| it.rank(20)));
                }
                ModuleDef::Module(file) if self.offers_calls(file, most) => {
                    let calls = self.of_module(file, Some(most));
                    let likely = calls.iter().any(|it| it.rank <= MEANT);
                    all.push(self.of_path(&name, file).rank(if likely { 25 } else { 27 }));
                    all.extend(calls.into_iter().map(|it| it.within(&name)));
                }
                _ => {}
            }
        }
        all.extend(
            self.not_imported()
                .filter(|(_, file)| self.may_offer_calls(*file, most))
                .map(|(path, file)| self.auto_import(&path, file)),
        );
        for (builtin, insert, docs) in [
            (
                Builtin::Ask,
                "ask(${1:people}, \"${2:question}\", within: ${3:5m})$0",
                "Asks people a question and returns the first answer.",
            ),
            (
                Builtin::AskMany,
                "ask_many(${1:people}, \"${2:question}\", options: ${3:xs}, within: ${4:5m})$0",
                "Asks people to choose some of the options.",
            ),
        ] {
            if most >= Effect::Asks {
                all.push(Completion::new(builtin.word(), Kind::Action).snippet(insert).docs(docs).rank(30));
            }
        }
        if most >= Effect::Changes {
            let insert = "manual(${1:people}, \"${2:what to do}\", within: ${3:30m})$0";
            let docs = "A change that a person carries out.";
            all.push(Completion::new("manual", Kind::Action).snippet(insert).docs(docs).rank(30));
        }
        all
    }

    /// What may put back what the step above does: the same call with other arguments most of all, then
    /// another one of its module.
    pub fn opposites(&self, scan: &Scan) -> Vec<Completion> {
        let Some(path) = &scan.call else { return Vec::new() };
        let same = self.called_item(path).and_then(|id| self.of_item(path, id));
        same.into_iter().map(|it| it.rank(5)).collect()
    }

    fn offers_calls(&self, file: FileId, most: Effect) -> bool {
        let Some(module) = self.checked.module(file) else { return false };
        let mut ids = (0..module.hir.items.len()).map(|index| ItemId::new(file, index));
        ids.any(|id| self.effect(id).is_some_and(|effect| effect <= most))
    }

    /// The same for a module that this one doesn't use: by what its text declares.
    fn may_offer_calls(&self, file: FileId, most: Effect) -> bool {
        let least = self.snapshot.least_effect(file, |text| {
            let effect = |line: &str| {
                let declares = line.starts_with("action ") || line.starts_with(')');
                let words = line.split_whitespace().filter(|_| declares);
                let said = words.filter_map(|word| EFFECTS.into_iter().find(|it| it.word() == word)).next();
                // What a task does is not written down.
                if line.starts_with("task ") { Some(Effect::Pure) } else { said }
            };
            text.lines().filter_map(effect).min()
        });
        least.is_some_and(|least| least <= most)
    }

    /// A module as a completion.
    pub fn of_path(&self, name: &str, file: FileId) -> Completion {
        let path = self.snapshot.workspace.module_path(file);
        let docs = self.checked.module(file).map(|it| it.hir.docs.clone()).unwrap_or_default();
        Completion::new(name, Kind::Module).detail(path).docs(docs)
    }

    /// The modules that could be imported and aren't, of the library and of the project.
    pub fn not_imported(&self) -> impl Iterator<Item = (String, FileId)> + '_ {
        let module = self.module();
        let whole: Vec<FileId> = module
            .into_iter()
            .flat_map(|it| it.hir.uses.iter().zip(&it.names.uses))
            .filter(|(line, _)| line.names.is_none())
            .filter_map(|(_, used)| *used)
            .collect();
        let all = self.snapshot.workspace.importable(self.cursor.file);
        all.into_iter().filter(move |(path, file)| {
            *file != self.cursor.file && !whole.contains(file) && path != "std.prelude"
        })
    }

    /// A module that isn't imported yet, with the line that imports it.
    fn auto_import(&self, path: &str, file: FileId) -> Completion {
        let name = path.rsplit('.').next().unwrap_or(path);
        let std = self.snapshot.workspace.is_std(file);
        let mut completion = Completion::new(name, Kind::Module).detail(format!("use {path}"));
        completion.edits = vec![self.use_line(path)];
        completion.rank(if std { 60 } else { 55 })
    }

    /// The edit that adds `use PATH` in the order of the lines.
    pub fn use_line(&self, path: &str) -> Edit {
        let uses = self.module().map(|it| &it.hir.uses[..]).unwrap_or_default();
        let behind = uses.iter().rev().find(|line| {
            (line.path.text.starts_with("std."), &*line.path.text) <= (path.starts_with("std."), path)
                || line.path.text.starts_with("std.") && !path.starts_with("std.")
        });
        let source = self.snapshot.source(self.cursor.file);
        let (offset, replacement) = match (behind.or(uses.first()), behind.is_some()) {
            (Some(line), true) => {
                let next = source.lines().start(source.lines().line(line.span.end) + 1);
                (next, format!("use {path}\n"))
            }
            (Some(line), false) => (line.span.start, format!("use {path}\n")),
            (None, _) => {
                // Behind the words about the file.
                let docs =
                    source.text.lines().take_while(|line| line.starts_with("//!")).map(|it| it.len() + 1);
                let at: usize = docs.sum();
                let gap = if at > 0 { "\n" } else { "" };
                (
                    at.min(source.text.len()) as u32,
                    format!("{gap}use {path}\n{}", if at > 0 { "" } else { "\n" }),
                )
            }
        };
        Edit { span: Span::new(self.cursor.file, offset, offset), replacement }
    }

    /// The type of what stands before the dot at the cursor, where the text could be read.
    pub fn type_before_dot(&self) -> Option<Type> {
        let module = self.module()?;
        let touches = |span: Span| span.start <= self.cursor.offset && self.cursor.offset <= span.end;
        let fields = module.hir.exprs.iter().filter_map(|(_, expr)| match &expr.kind {
            ExprKind::Field { receiver, name, .. } if touches(name.span) => Some(*receiver),
            _ => None,
        });
        let receiver = fields.into_iter().next()?;
        Some(module.types.of(receiver).clone()).filter(|ty| !ty.is_unknown())
    }

    /// The type of `a.b.c`, found name by name.
    pub fn type_of_path(&self, path: &str) -> Option<Type> {
        let mut parts = path.split('.');
        let first = parts.next()?;
        let mut ty = match first {
            "run" => Type::Run,
            "severity" => self.severity()?,
            _ => match self.local(first) {
                Some(local) => local.ty,
                None => self.imported().into_iter().find_map(|(name, def)| match def {
                    ModuleDef::Item(id) if name == first => self.type_of_value(id),
                    ModuleDef::Module(file) if name == first => {
                        let next = parts.next()?;
                        let items = &self.checked.module(file)?.hir.items;
                        let index = items.iter().position(|item| &*item.name.text == next)?;
                        self.type_of_value(ItemId::new(file, index))
                    }
                    _ => None,
                })?,
            },
        };
        for part in parts {
            let Type::Record(id) = ty.present() else { return None };
            let record = self.checked.interfaces.record(*id)?;
            ty = record.parameters.iter().find(|it| &*it.name == part)?.ty.clone();
        }
        Some(ty)
    }

    fn type_of_value(&self, id: ItemId) -> Option<Type> {
        match &self.checked.signature(id)?.kind {
            SignatureKind::Let(ty) => Some(ty.clone()),
            _ => None,
        }
    }

    /// A local name of the item around the cursor, with its type as others see it.
    pub fn local(&self, name: &str) -> Option<Local> {
        self.locals().into_iter().find(|local| local.name == name)
    }

    /// The local names of the item around the cursor.
    pub fn locals(&self) -> Vec<Local> {
        let (Some(module), Some((index, item))) = (self.module(), self.item()) else { return Vec::new() };
        // A scenario sees the names of its playbook.
        if let (ItemKind::Scenario(_), Some(playbook)) = (&item.kind, module.names.scenarios.get(&index)) {
            return self.locals_of(playbook.file, playbook.index);
        }
        self.locals_of(self.cursor.file, index)
    }

    fn locals_of(&self, file: FileId, index: u32) -> Vec<Local> {
        let Some(module) = self.checked.module(file) else { return Vec::new() };
        let near = |kind: LocalKind, span: Span| match kind {
            // Lambdas and patterns are seen near to where they are bound only.
            LocalKind::Lambda | LocalKind::Pattern => {
                span.start <= self.cursor.offset
                    && self.cursor.offset - span.start < 200
                    && file == self.cursor.file
            }
            _ => true,
        };
        let locals = module.hir.locals.iter().filter(|(_, it)| it.item == index && !it.name.text.is_empty());
        let seen = locals.filter(|(_, it)| near(it.kind, it.name.span));
        let own = self.item().is_some_and(|(item, _)| item == index) && file == self.cursor.file;
        let order = |at: u32| match () {
            // A scenario goes through its playbook from above.
            () if !own => at,
            () if at < self.cursor.offset => self.cursor.offset - at,
            () => u32::MAX / 2 + at,
        };
        seen.map(|(id, it)| Local {
            name: it.name.text.to_string(),
            kind: it.kind,
            ty: module.types.of_local(id).clone(),
            order: order(it.name.span.start),
        })
        .collect()
    }

    /// The type `Severity`.
    pub fn severity(&self) -> Option<Type> {
        self.checked.interfaces.well_known.severity.map(Type::Enum)
    }

    /// What may follow `after`: steps and milestones.
    pub fn after(&self, scan: &Scan) -> Vec<Completion> {
        let resolved = scan.line.trim_start().starts_with("resolved");
        let in_part = |name: &str| {
            scan.above.iter().any(|line| line.strip_prefix("step ").is_some_and(|it| it.starts_with(name)))
        };
        let steps = self.locals().into_iter().filter(|local| matches!(local.kind, LocalKind::Step(_)));
        let mut all: Vec<Completion> = steps
            .map(|local| {
                let rank = if in_part(&local.name) { 20 } else { 35 };
                let detail = self.checked.interfaces.show(&local.ty);
                Completion::new(local.name, Kind::Step).detail(detail).rank(rank).order(local.order)
            })
            .collect();
        if !resolved {
            // Messages mostly wait for what the response has come to, changes for steps.
            let telling = scan.heads().any(|head| head == "communicate");
            let rank = if telling { 15 } else { 30 };
            let milestones = Milestone::ALL.iter().enumerate();
            all.extend(milestones.map(|(order, it)| {
                // Nobody has to wait for the beginning.
                let order = if *it == Milestone::Started { u32::MAX } else { order as u32 };
                Completion::new(it.word(), Kind::Milestone).docs(it.meaning()).rank(rank).order(order)
            }));
        }
        all
    }

    /// The name that is nearest to a word, of the local ones: for words that are almost typed.
    pub fn near(&self, word: &str) -> Option<String> {
        let locals = self.locals();
        nearest(word, locals.iter().map(|local| &*local.name)).map(str::to_owned)
    }
}
