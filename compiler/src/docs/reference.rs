//! Collects the references of checked modules.

use std::sync::Arc;

use super::{ContractReference, ItemReference, Library, MemberReference, ModuleReference, Reference, SCHEMA};
use crate::{
    hir::{Action, Binding, BindingKind, Item, ItemKind, Module, Parameter, Takes, TypeExpr},
    names::ItemId,
    simulate::scenarios_of,
    source::FileId,
};

/// The references of these modules.
pub fn reference(library: &Library<'_>, files: &[FileId]) -> Reference {
    let modules = files.iter().filter_map(|file| module(library, *file)).collect();
    Reference { schema: SCHEMA, modules }
}

fn module(library: &Library<'_>, file: FileId) -> Option<ModuleReference> {
    let module = library.module(file)?;
    Some(ModuleReference {
        name: library.world.module_path(file).to_owned(),
        docs: module.hir.docs.clone(),
        items: library.items(file).map(|(id, found)| item(library, &module.hir, id, found)).collect(),
    })
}

/// The reference of an item.
pub(super) fn item(library: &Library<'_>, module: &Module, id: ItemId, item: &Item) -> ItemReference {
    let reader = Reader { library, module };
    let mut found = ItemReference {
        kind: item.kind.word(),
        name: item.name.text.to_string(),
        signature: String::new(),
        docs: item.docs.clone(),
        members: Vec::new(),
        ty: None,
        effect: None,
        contract: None,
        graph: None,
        scenarios: Vec::new(),
    };
    let head = format!("{} {}", found.kind, found.name);
    match &item.kind {
        ItemKind::Record(record) => {
            let member = |field: &crate::hir::Field| {
                reader.member(&field.name.text, &field.docs, Some(&field.ty), field.default)
            };
            found.members = record.fields.iter().map(member).collect();
            found.signature = braces(&head, found.members.iter().map(shown));
        }
        ItemKind::Enum(item) => {
            let member =
                |variant: &crate::hir::Variant| reader.member(&variant.name.text, &variant.docs, None, None);
            found.members = item.variants.iter().map(member).collect();
            let ordered = if item.ordered.is_some() { "ordered " } else { "" };
            found.signature =
                braces(&format!("{ordered}{head}"), found.members.iter().map(|member| member.name.clone()));
        }
        ItemKind::Alias(ty) => {
            found.ty = Some(reader.ty(ty));
            found.signature = format!("type {} = {}", found.name, reader.ty(ty));
        }
        ItemKind::Let(value) => {
            found.ty = value.ty.as_ref().map(|ty| reader.ty(ty));
            let ty = found.ty.as_ref().map(|ty| format!(": {ty}")).unwrap_or_default();
            found.signature = format!("let {}{ty}", found.name);
        }
        ItemKind::Function(function) => {
            reader.call(&mut found, "fn", &function.parameters, function.result.as_ref(), "");
        }
        ItemKind::Task(task) => {
            reader.call(&mut found, "task", &task.parameters, task.result.as_ref(), "");
            let graph = library.checked.graphs.get(id);
            found.effect = graph.map(|graph| graph.effect().word());
        }
        ItemKind::Trigger(trigger) => {
            reader.call(&mut found, "trigger", &trigger.parameters, Some(&trigger.result), "");
        }
        ItemKind::Action(action) => {
            let effect = action.effect.map_or("reads", |(effect, _)| effect.word());
            reader.call(&mut found, "action", &action.parameters, action.result.as_ref(), effect);
            found.effect = Some(effect);
            found.contract = Some(reader.contract(action));
        }
        ItemKind::Playbook(_) => {
            found.signature = head;
            found.graph = library.document(id).map(Box::new);
            let scenarios = scenarios_of(library.checked, id).into_iter();
            found.scenarios = scenarios
                .filter_map(|scenario| Some(library.checked.item(scenario)?.name.text.to_string()))
                .collect();
        }
        ItemKind::Scenario(_) => found.signature = head,
    }
    found
}

/// `record Pod { name: Text }`, with one member per line if it is too long.
fn braces(head: &str, members: impl Iterator<Item = String>) -> String {
    let members: Vec<String> = members.collect();
    let line = format!("{head} {{ {} }}", members.join(", "));
    if line.chars().count() <= WIDTH { line } else { format!("{head} {{\n{}}}", lines(&members)) }
}

/// The maximum width of a signature, where it can be wrapped.
const WIDTH: usize = 76;

fn lines(members: &[String]) -> String {
    members.iter().map(|member| format!("  {member},\n")).collect()
}

fn shown(member: &MemberReference) -> String {
    let ty = member.ty.as_ref().map(|ty| format!(": {ty}")).unwrap_or_default();
    let default = member.default.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
    format!("{}{ty}{default}", member.name)
}

struct Reader<'a> {
    library: &'a Library<'a>,
    module: &'a Module,
}

impl Reader<'_> {
    fn ty(&self, ty: &TypeExpr) -> String {
        self.library.text(ty.span)
    }

    fn expr(&self, expr: crate::hir::ExprId) -> String {
        self.library.expr(self.module, expr)
    }

    fn member(
        &self,
        name: &Arc<str>,
        docs: &str,
        ty: Option<&TypeExpr>,
        default: Option<crate::hir::ExprId>,
    ) -> MemberReference {
        MemberReference {
            name: name.to_string(),
            docs: docs.to_owned(),
            ty: ty.map(|ty| self.ty(ty)),
            default: default.map(|value| self.expr(value)),
        }
    }

    fn call(
        &self,
        found: &mut ItemReference,
        word: &str,
        parameters: &[Parameter],
        result: Option<&TypeExpr>,
        effect: &str,
    ) {
        found.members = parameters
            .iter()
            .map(|it| self.member(&it.name.text, &it.docs, it.ty.as_ref(), it.default))
            .collect();
        found.ty = result.map(|ty| self.ty(ty));
        let result = found.ty.as_ref().map(|ty| format!(" -> {ty}")).unwrap_or_default();
        let effect = if effect.is_empty() { String::new() } else { format!(" {effect}") };
        let members: Vec<String> = found.members.iter().map(shown).collect();
        let line = format!("{word} {}({}){result}{effect}", found.name, members.join(", "));
        found.signature = if line.chars().count() <= WIDTH {
            line
        } else {
            format!("{word} {}(\n{}){result}{effect}", found.name, lines(&members))
        };
    }

    fn contract(&self, action: &Action) -> ContractReference {
        let contract = &action.contract;
        let names = |idents: &[crate::hir::Ident]| idents.iter().map(|name| name.text.to_string()).collect();
        let words = |expr| self.library.words(self.module, expr);
        let simulate = action.simulate.as_ref();
        ContractReference {
            timeout: contract.timeout.map(|expr| self.expr(expr)),
            idempotent: contract.idempotent.is_some(),
            undo: contract.undo.as_ref().map(|undo| {
                let always = if undo.always.is_some() { " always" } else { "" };
                format!("{}{always}", self.expr(undo.call))
            }),
            irreversible: contract.irreversible.map(words),
            deprecated: contract.deprecated.map(words),
            touches: names(&contract.touches),
            provides: names(&contract.provides),
            bindings: match action.narrows {
                Some(call) => vec![self.expr(call)],
                None => action.bindings.iter().map(|binding| self.binding(binding)).collect(),
            },
            takes: simulate.and_then(|simulate| simulate.takes.as_ref()).map(|takes| match takes {
                Takes::Exactly(at) => self.expr(*at),
                Takes::Between(from, to) => format!("{} to {}", self.expr(*from), self.expr(*to)),
                Takes::Percentiles { p50, p95 } => format!("p50 {} p95 {}", self.expr(*p50), self.expr(*p95)),
                Takes::Mean(mean) => format!("mean {}", self.expr(*mean)),
            }),
            fails: simulate.and_then(|simulate| simulate.fails).map(|(rate, with)| match with {
                Some(text) => format!("{} with {}", self.expr(rate), self.expr(text)),
                None => self.expr(rate),
            }),
        }
    }

    /// The implementation: the API request, or the program with its arguments.
    fn binding(&self, binding: &Binding) -> String {
        let runner = binding.runner.map(|runner| format!(" on {}", self.expr(runner))).unwrap_or_default();
        let what = match &binding.kind {
            BindingKind::Http { method, url } => {
                format!("{} {}", method.text, self.library.words(self.module, *url).trim_matches('"'))
            }
            BindingKind::Command { arguments } => format!("command {}", self.expr(*arguments)),
            BindingKind::Container { image } => format!("container {}", self.expr(*image)),
        };
        format!("{what}{runner}")
    }
}
