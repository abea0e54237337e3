//! Values that may stand at a place, those of the expected type first; arguments, patterns and types.

use quell_compiler::{
    hir::{ItemKind, LocalKind},
    names::{Builtin, BuiltinType, ItemId, ModuleDef},
    types::{Callable, SignatureKind, Type},
    world::World,
};

use super::{Completion, Kind, Local, Scan, Scope};

impl Scope<'_> {
    /// The names that a pure expression may begin with; `expected` is the type that is wanted.
    pub fn values(&self, expected: Option<Type>) -> Vec<Completion> {
        let mut all = Vec::new();
        let rank = |ty: &Type, usual: u8| match &expected {
            Some(wanted) if !ty.is_unknown() && self.checked.interfaces.fits(ty, wanted) => 10,
            _ => usual,
        };
        let show = |ty: &Type| self.checked.interfaces.show(ty);
        for Local { name, kind, ty, order } in self.locals() {
            if expected == Some(Type::Bool) {
                all.extend(conditions(&name, kind, &ty, order));
            }
            let it = match kind {
                LocalKind::Step(_) => Kind::Step,
                LocalKind::Cause => Kind::Cause,
                _ => Kind::Local,
            };
            all.push(Completion::new(name, it).detail(show(&ty)).rank(rank(&ty, 25)).order(order));
        }
        if let Some(Type::Enum(id)) = &expected {
            all.extend(self.variants(*id));
        }
        for (name, def) in self.imported() {
            match def {
                ModuleDef::Item(id) => match self.checked.signature(id).map(|it| &it.kind) {
                    Some(SignatureKind::Let(ty)) => {
                        let rank = rank(ty, 40);
                        all.extend(self.of_item(&name, id).map(|it| it.rank(rank)));
                    }
                    Some(SignatureKind::Function(it)) => {
                        let rank = rank(&it.result, 45);
                        all.extend(self.of_item(&name, id).map(|it| it.rank(rank)));
                    }
                    Some(SignatureKind::Record(it)) => {
                        let rank = rank(&it.result, 30) + 20;
                        all.extend(self.of_item(&name, id).map(|it| it.rank(rank)));
                    }
                    _ => {}
                },
                ModuleDef::Module(file) => {
                    let path = self.snapshot.workspace.module_path(file);
                    all.push(Completion::new(name, Kind::Module).detail(path).rank(48));
                }
                ModuleDef::Unknown => {}
            }
        }
        if matches!(self.item().map(|(_, it)| &it.kind), Some(ItemKind::Playbook(_) | ItemKind::Scenario(_)))
        {
            let severity = self.severity().unwrap_or(Type::Unknown);
            all.push(Completion::new("severity", Kind::Local).detail("Severity").rank(rank(&severity, 40)));
        }
        let forms = [
            (Builtin::Run, "run", "The current run: `url`, `status`, `starter`, ..."),
            (
                Builtin::Need,
                "need(${1:value}, \"${2:why}\")$0",
                "The value. If it is `none`, the step fails.",
            ),
            (Builtin::Table, "table(${1:rows}, columns: [$2])$0", "Formats records as a text table."),
            (Builtin::Secret, "secret(\"${1:NAME}\")$0", "A secret, by name."),
            (Builtin::Time, "time(\"${1:2026-01-02T03:04:05Z}\")$0", "A point in time."),
        ];
        for (builtin, insert, docs) in forms {
            all.push(Completion::new(builtin.word(), Kind::Function).snippet(insert).docs(docs).rank(60));
        }
        let words = [
            ("none", "The absence of a value."),
            ("true", ""),
            ("false", ""),
            ("not", ""),
            ("and", ""),
            ("or", ""),
        ];
        all.extend(
            words.iter().map(|(word, docs)| Completion::new(*word, Kind::Keyword).docs(*docs).rank(70)),
        );
        let match_form = "match ${1:value} {\n  $0\n}";
        all.push(
            Completion::new("match", Kind::Snippet)
                .snippet(match_form)
                .docs("Chooses a value by case.")
                .rank(65),
        );
        all
    }

    /// The variants of an enum.
    pub fn variants(&self, id: ItemId) -> Vec<Completion> {
        let Some(ItemKind::Enum(item)) = self.checked.item(id).map(|it| &it.kind) else { return Vec::new() };
        let name = self.checked.item(id).map(|it| it.name.text.to_string()).unwrap_or_default();
        let variant = |(number, it): (usize, &quell_compiler::hir::Variant)| {
            let rank = 5 + (item.variants.len() - 1 - number).min(10) as u8;
            Completion::new(&*it.name.text, Kind::Variant)
                .detail(name.clone())
                .docs(it.docs.clone())
                .rank(rank)
        };
        item.variants.iter().enumerate().map(variant).collect()
    }

    /// Who may own a playbook: the teams in scope, then those of the project's other modules.
    pub fn owners(&self) -> Vec<Completion> {
        let mut all = self.values(self.checked.interfaces.well_known.team.map(Type::Record));
        let elsewhere = self.elsewhere("Team");
        if !elsewhere.is_empty() || all.iter().any(|it| it.rank == 10) {
            all.retain(|it| it.rank == 10);
        }
        all.extend(elsewhere);
        all
    }

    /// The values of a type that the project's other modules declare, each with the line that imports it.
    fn elsewhere(&self, ty: &str) -> Vec<Completion> {
        let known = self.imported();
        let mut all = Vec::new();
        for (path, file) in self.not_imported() {
            if self.snapshot.workspace.is_std(file) {
                continue;
            }
            // By its text: most modules of a project aren't checked for this one.
            for line in self.snapshot.source(file).text.lines() {
                let Some((name, rest)) = line.strip_prefix("let ").and_then(|line| line.split_once(": "))
                else {
                    continue;
                };
                if rest.split([' ', '=']).next() != Some(ty) || known.iter().any(|(known, _)| known == name) {
                    continue;
                }
                let mut item = Completion::new(name, Kind::Constant).detail(format!("{ty}, use {path}"));
                item.edits = vec![self.use_line(&format!("{path} ({name})"))];
                all.push(item.rank(20));
            }
        }
        all
    }

    /// Values that stand for people, with their modules.
    pub fn people(&self) -> Vec<Completion> {
        let mut all = self.values(None);
        let people = |ty: &Type| self.checked.interfaces.is_people(ty);
        all.retain(|it| {
            matches!(it.kind, Kind::Constant | Kind::Local | Kind::Step | Kind::Module) || it.label == "run"
        });
        for item in &mut all {
            if self.type_of_path(&item.label).is_some_and(|ty| people(&ty)) {
                item.rank = 10;
            }
        }
        all.extend(self.elsewhere("Team"));
        all.extend(self.elsewhere("Person").into_iter().map(|it| it.rank(22)));
        all
    }

    /// What a clause wants.
    pub fn expected(&self, scan: &Scan) -> Option<Type> {
        let line = scan.line.trim();
        let last = line.split_whitespace().next_back()?;
        if ["==", "!=", "<", "<=", ">", ">="].contains(&last) {
            let before = line.rsplit_once(char::is_whitespace)?.0.trim_end();
            let path = before.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next()?;
            return self.type_of_path(path);
        }
        match last {
            "when" | "and" | "or" | "not" | "until" | "if" => Some(Type::Bool),
            "timeout" | "within" | "every" | "backoff" => Some(Type::Duration),
            _ => None,
        }
    }

    /// The arguments of the call around the cursor: names that aren't given yet, and values.
    pub fn arguments(&self, scan: &Scan) -> Vec<Completion> {
        let Some(open) = scan.open.last() else { return Vec::new() };
        let Some((callable, docs)) = self.callee(&open.head) else { return self.values(None) };
        let (done, current) = split(&open.inside);
        let named = current.trim_start().split_once(':').map(|(name, _)| name.trim().to_owned());
        let by_name = |name: &str| callable.parameters.iter().find(|it| &*it.name == name);
        if let Some(parameter) = named.as_deref().and_then(by_name) {
            return self.values(Some(parameter.ty.clone()));
        }
        let begun = current.trim().len() > scan.word.len();
        let next = callable.parameters.get(done.len());
        let mut all = if begun { self.values(None) } else { self.values(next.map(|it| it.ty.clone())) };
        if begun {
            return all;
        }
        if done.is_empty() && self.names_an_alert(&open.head) {
            let quoted = self.alert_names().into_iter().map(|mut it| {
                it.label = format!("\"{}\"", it.label);
                it.insert = it.label.clone();
                it
            });
            all.extend(quoted);
        }
        let given = |name: &str| done.iter().any(|it| it.trim_start().starts_with(&format!("{name}:")));
        for (number, parameter) in callable.parameters.iter().enumerate() {
            let positional = number < done.len() && !done[number].contains(':');
            if given(&parameter.name) || positional {
                continue;
            }
            let rank = if parameter.default.is_none() { 3 } else { 15 };
            let detail = self.checked.interfaces.show(&parameter.ty);
            let docs = docs.get(number).cloned().unwrap_or_default();
            let insert = format!("{}: ", parameter.name);
            let mut item =
                Completion::new(&*parameter.name, Kind::Parameter).detail(detail).docs(docs).rank(rank);
            item.label = format!("{}:", parameter.name);
            item.insert = insert;
            all.push(item);
        }
        all
    }

    /// What stands before a bracket, if it can be called, with the docs of its parameters.
    pub fn callee(&self, head: &str) -> Option<(Callable, Vec<String>)> {
        let id = self.called_item(head)?;
        let callable = self.checked.signature(id)?.kind.callable()?.clone();
        let docs = match &self.checked.item(id)?.kind {
            ItemKind::Record(it) => it.fields.iter().map(|it| it.docs.clone()).collect(),
            ItemKind::Function(it) => it.parameters.iter().map(|it| it.docs.clone()).collect(),
            ItemKind::Task(it) => it.parameters.iter().map(|it| it.docs.clone()).collect(),
            ItemKind::Action(it) => it.parameters.iter().map(|it| it.docs.clone()).collect(),
            ItemKind::Trigger(it) => it.parameters.iter().map(|it| it.docs.clone()).collect(),
            _ => Vec::new(),
        };
        Some((callable, docs))
    }

    /// The item that the end of `head` names: `slack.post` of `step a = slack.post`.
    pub fn called_item(&self, head: &str) -> Option<ItemId> {
        let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
        let start = head
            .rfind(|letter| !part(letter))
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let path = &head[start..];
        let imported = self.imported();
        match path.split_once('.') {
            None => imported.into_iter().find_map(|(name, def)| match def {
                ModuleDef::Item(id) if name == path => Some(id),
                _ => None,
            }),
            Some((module, name)) => imported.into_iter().find_map(|(known, def)| match def {
                ModuleDef::Module(file) if known == module => {
                    let items = &self.checked.module(file)?.hir.items;
                    Some(ItemId::new(file, items.iter().position(|it| &*it.name.text == name)?))
                }
                _ => None,
            }),
        }
    }

    /// The patterns of the `match` whose head is `head` that aren't said yet.
    pub fn patterns(&self, head: &str, scan: &Scan) -> Vec<Completion> {
        let subject = head.rsplit("match").next().unwrap_or_default().trim();
        let mut all = Vec::new();
        if let Some(ty) = self.type_of_path(subject) {
            if let Type::Enum(id) = ty.present() {
                all.extend(self.variants(*id));
            }
            if ty.is_optional() {
                all.push(Completion::new("none", Kind::Keyword).rank(12));
            }
            if ty.present() == &Type::Bool {
                all.extend(["true", "false"].map(|it| Completion::new(it, Kind::Keyword).rank(10)));
            }
            let threshold = match ty.present() {
                Type::Duration => "> ${1:2s}",
                Type::Percent => "> ${1:50%}",
                Type::Size => "> ${1:1GB}",
                Type::Int => "> ${1:10}",
                Type::Float => "> ${1:10.0}",
                _ => "",
            };
            if !threshold.is_empty() {
                let above = Completion::new(">", Kind::Snippet).docs("Greater than this.").rank(10);
                all.push(above.snippet(threshold));
            }
        }
        all.push(Completion::new("else", Kind::Keyword).docs("All other cases.").rank(30));
        let said = |word: &str| {
            scan.above.iter().any(|line| {
                line.split("=>").next().unwrap_or_default().split([',', ' ']).any(|it| it == word)
            })
        };
        all.retain(|it| it.kind == Kind::Snippet || !said(&it.label));
        for item in &mut all {
            item.insert.push_str(" => ");
        }
        all
    }

    /// The types in scope.
    pub fn types(&self) -> Vec<Completion> {
        let builtin = BuiltinType::ALL.map(|it| {
            let completion = Completion::new(it.word(), Kind::Type).rank(30);
            if it.arity() > 0 { completion.snippet(format!("{}<$1>$0", it.word())) } else { completion }
        });
        let named = self.imported().into_iter().filter_map(|(name, def)| match def {
            ModuleDef::Item(id) => {
                self.of_item(&name, id).filter(|it| it.kind == Kind::Type).map(|it| it.rank(20))
            }
            ModuleDef::Module(_) => Some(Completion::new(name, Kind::Module)),
            ModuleDef::Unknown => None,
        });
        named.chain(builtin).collect()
    }

    /// What may follow `on` in a playbook's header.
    pub fn triggers(&self) -> Vec<Completion> {
        let mut all = Vec::new();
        for (name, def) in self.imported() {
            match def {
                ModuleDef::Item(id) => {
                    all.extend(self.of_item(&name, id).filter(|it| it.kind == Kind::Trigger))
                }
                ModuleDef::Module(file) => {
                    let items = self.checked.module(file).map(|it| &it.hir.items[..]).unwrap_or_default();
                    for (index, item) in items.iter().enumerate() {
                        if matches!(item.kind, ItemKind::Trigger(_)) {
                            let path = format!("{name}.{}", item.name.text);
                            all.extend(self.of_item(&path, ItemId::new(file, index)));
                        }
                    }
                }
                ModuleDef::Unknown => {}
            }
        }
        all
    }

    /// The playbooks in scope.
    pub fn playbooks(&self) -> Vec<Completion> {
        let named = self.imported().into_iter().filter_map(|(name, def)| match def {
            ModuleDef::Item(id) => self.of_item(&name, id).filter(|it| it.kind == Kind::Playbook),
            _ => None,
        });
        named.collect()
    }

    /// What a line of a scenario may speak of: the playbook's names, modules, people.
    pub fn of_scenario(&self) -> Vec<Completion> {
        let mut all = self.values(None);
        all.retain(|it| !matches!(it.kind, Kind::Keyword | Kind::Snippet | Kind::Function));
        for Local { name, kind, ty, order } in self.locals() {
            if kind == LocalKind::Cause {
                all.extend(conditions(&name, kind, &ty, order));
            }
        }
        all
    }
}

/// What is mostly asked of a value that is no condition itself.
fn conditions(name: &str, kind: LocalKind, ty: &Type, order: u32) -> Vec<Completion> {
    let about = |what: &str, rank: u8| {
        Completion::new(format!("{name}{what}"), Kind::Local).detail("Bool").rank(rank).order(order)
    };
    match kind {
        LocalKind::Cause => vec![about(".suspected", 21), about(".ruled_out", 22)],
        _ if ty.is_optional() => vec![about(" != none", 23)],
        _ => Vec::new(),
    }
}

/// The arguments before the cursor's, and what there is of that.
fn split(inside: &str) -> (Vec<String>, String) {
    let (mut parts, mut depth, mut text) = (vec![String::new()], 0, false);
    for letter in inside.chars() {
        match letter {
            '"' => text = !text,
            '(' | '[' | '{' if !text => depth += 1,
            ')' | ']' | '}' if !text => depth -= 1,
            ',' if depth == 0 && !text => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    let current = parts.pop().unwrap_or_default();
    (parts, current)
}
