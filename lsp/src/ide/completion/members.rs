//! What may follow a dot, and what may follow `use`.

use quell_compiler::{
    hir::{Effect, ItemKind},
    names::ModuleDef,
    source::FileId,
    types::{CauseMember, Receiver, RunMember, Type, methods_of},
    world::World,
};

use super::{Completion, Form, Kind, Scope};

impl Scope<'_> {
    /// What may follow `use`.
    pub fn imports(&self, line: &str) -> Vec<Completion> {
        let said = line.trim_start_matches("use").trim_start();
        if let Some((path, _)) = said.split_once('(') {
            let file = self.snapshot.workspace.resolve(self.cursor.file, path.trim());
            let Some(read) = file.and_then(|file| self.snapshot.read(file)) else { return Vec::new() };
            let public = read.exports.public().map(|(id, export)| {
                self.of_item(&export.name, id)
                    .unwrap_or_else(|| Completion::new(&*export.name, Kind::Constant))
            });
            return public
                .map(|mut it| {
                    it.insert = it.label.clone();
                    it.form = Form::Plain;
                    it
                })
                .collect();
        }
        let prefix = said.rfind('.').map_or("", |at| &said[..=at]);
        let mut all: Vec<Completion> = Vec::new();
        for (path, file) in self.snapshot.workspace.importable(self.cursor.file) {
            let Some(rest) = path.strip_prefix(prefix).filter(|_| file != self.cursor.file) else { continue };
            match rest.split_once('.') {
                Some((folder, _)) if !prefix.is_empty() || folder != "std" => {
                    all.push(Completion::new(folder, Kind::Module).rank(40));
                }
                Some(_) => all.push(Completion::new(rest, Kind::Module).rank(45)),
                None => all.push(self.of_path(rest, file)),
            }
        }
        all.dedup_by(|a, b| a.label == b.label);
        all
    }

    /// What may follow the dot behind `receiver`.
    pub fn members(&self, receiver: &str, head: Option<Effect>) -> Vec<Completion> {
        if !receiver.contains('.') && self.local(receiver).is_none() {
            for (name, def) in self.imported() {
                match def {
                    ModuleDef::Module(file) if name == receiver => return self.of_module(file, head),
                    ModuleDef::Item(id) if name == receiver => {
                        if let Some(ItemKind::Enum(it)) = self.checked.item(id).map(|it| &it.kind) {
                            let variant = |it: &quell_compiler::hir::Variant| {
                                Completion::new(&*it.name.text, Kind::Variant).docs(it.docs.clone())
                            };
                            return it.variants.iter().map(variant).collect();
                        }
                    }
                    _ => {}
                }
            }
            // A module that isn't imported: its path is typed as if it were.
            let other = self.not_imported().find(|(path, _)| path.rsplit('.').next() == Some(receiver));
            if let Some((path, file)) = other {
                return self.of_unused_module(&path, file, head);
            }
        }
        let mut ty = self.type_before_dot().or_else(|| self.type_of_path(receiver)).unwrap_or(Type::Unknown);
        if let Type::Optional(some) = &ty {
            ty = (**some).clone();
        }
        self.of_type(&ty)
    }

    /// The items of a module that isn't used yet, with its `use` line.
    fn of_unused_module(&self, path: &str, file: FileId, head: Option<Effect>) -> Vec<Completion> {
        let checked = self.snapshot.passing(file);
        let there = Scope { snapshot: self.snapshot, checked: &checked, cursor: self.cursor };
        let line = self.use_line(path);
        let all = there.of_module(file, head).into_iter();
        all.map(|mut it| {
            it.edits = vec![line.clone()];
            it
        })
        .collect()
    }

    /// The members of a type.
    pub fn of_type(&self, ty: &Type) -> Vec<Completion> {
        let show = |ty: &Type| self.checked.interfaces.show(ty);
        let mut all = Vec::new();
        match ty {
            Type::Record(id) => {
                let docs: Vec<String> = match self.checked.item(*id).map(|it| &it.kind) {
                    Some(ItemKind::Record(it)) => it.fields.iter().map(|it| it.docs.clone()).collect(),
                    _ => Vec::new(),
                };
                for (number, field) in self
                    .checked
                    .interfaces
                    .record(*id)
                    .into_iter()
                    .flat_map(|it| it.parameters.iter().enumerate())
                {
                    let docs = docs.get(number).cloned().unwrap_or_default();
                    all.push(
                        Completion::new(&*field.name, Kind::Field)
                            .detail(show(&field.ty))
                            .docs(docs)
                            .rank(20),
                    );
                }
            }
            Type::Run => {
                all.extend(RunMember::ALL.map(|it| Completion::new(it.word(), Kind::Field).rank(20)))
            }
            Type::Cause => all.extend(
                CauseMember::ALL.map(|it| Completion::new(it.word(), Kind::Field).detail("Bool").rank(20)),
            ),
            _ => {}
        }
        let receiver = match ty {
            Type::List(_) => Some(Receiver::List),
            Type::Map(_) => Some(Receiver::Map),
            Type::Text | Type::Public => Some(Receiver::Text),
            Type::Bool => Some(Receiver::Bool),
            Type::Int => Some(Receiver::Int),
            Type::Float => Some(Receiver::Float),
            Type::Percent => Some(Receiver::Percent),
            Type::Duration => Some(Receiver::Duration),
            Type::Size => Some(Receiver::Size),
            Type::Time => Some(Receiver::Time),
            Type::Json => Some(Receiver::Json),
            Type::Enum(_) => Some(Receiver::Enum),
            _ => None,
        };
        for method in receiver.into_iter().flat_map(methods_of) {
            let names: Vec<&str> = method.parameters.iter().map(|it| it.name).collect();
            let insert = match names.as_slice() {
                [] => format!("{}()$0", method.name),
                _ => format!("{}($1)$0", method.name),
            };
            let detail = format!("({})", names.join(", "));
            all.push(
                Completion::new(method.name, Kind::Method)
                    .snippet(insert)
                    .detail(detail)
                    .docs(method.sentence())
                    .rank(40),
            );
        }
        all
    }
}
