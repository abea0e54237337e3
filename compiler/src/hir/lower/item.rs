//! Items, except actions, playbooks and scenarios.

use super::{
    Ident, LocalKind, Lowering, docs,
    nodes::{child, children, expressions, ident, mark, token, tokens},
};
use crate::{
    hir::{
        Enum, Field, Function, Item, ItemKind, ModuleLet, Parameter, Record, Task, Trigger, Use, UseName,
        Variant,
    },
    syntax::{SyntaxKind, SyntaxNode},
};

impl Lowering {
    /// A child of the file: an item, a `use`, or broken text.
    pub(super) fn item(&mut self, node: &SyntaxNode) {
        self.item = self.module.items.len() as u32;
        let kind = match node.kind() {
            SyntaxKind::UseItem => return self.use_item(node),
            SyntaxKind::RecordItem => ItemKind::Record(self.record(node)),
            SyntaxKind::EnumItem => ItemKind::Enum(self.enumeration(node)),
            SyntaxKind::TypeItem => ItemKind::Alias(self.type_in(node)),
            SyntaxKind::LetItem => ItemKind::Let(ModuleLet {
                ty: self.optional_type(node),
                value: self.first(node, self.span(node)),
            }),
            SyntaxKind::FnItem => ItemKind::Function(self.function(node)),
            SyntaxKind::TaskItem => ItemKind::Task(self.task(node)),
            SyntaxKind::TriggerItem => ItemKind::Trigger(self.trigger(node)),
            SyntaxKind::ActionItem => ItemKind::Action(self.action(node)),
            SyntaxKind::PlaybookItem => ItemKind::Playbook(self.playbook(node)),
            SyntaxKind::ScenarioItem => ItemKind::Scenario(self.scenario(node)),
            _ => return,
        };
        let name = match node.kind() {
            SyntaxKind::ScenarioItem => self.title(node),
            _ => self.name(node),
        };
        self.module.items.push(Item {
            name,
            docs: docs(node, SyntaxKind::DocComment, "///"),
            private: mark(self.file, node, SyntaxKind::KwPrivate),
            span: self.span(node),
            kind,
        });
    }

    fn use_item(&mut self, node: &SyntaxNode) {
        let path = child(node, SyntaxKind::ModulePath);
        let path = match &path {
            Some(path) => {
                let text: String = tokens(path)
                    .filter(|token| !token.kind().is_trivia())
                    .map(|token| token.text().to_owned())
                    .collect();
                Ident { text: text.into(), span: self.span(path) }
            }
            None => self.name(node),
        };
        let alias = token(node, SyntaxKind::Name).map(|name| ident(self.file, &name));
        let names = child(node, SyntaxKind::UseList).map(|list| {
            let names = children(&list, SyntaxKind::UseName).map(|name| {
                let mut words = tokens(&name).filter(|token| token.kind() == SyntaxKind::Name);
                let first = words.next().map(|word| ident(self.file, &word));
                UseName {
                    name: first.unwrap_or_else(|| self.name(&name)),
                    alias: words.next().map(|word| ident(self.file, &word)),
                }
            });
            names.collect()
        });
        let private = mark(self.file, node, SyntaxKind::KwPrivate);
        self.module.uses.push(Use { span: self.span(node), path, alias, names, private });
    }

    fn record(&mut self, node: &SyntaxNode) -> Record {
        let fields = child(node, SyntaxKind::FieldList).into_iter().flat_map(|list| list.children());
        let fields = fields.filter(|field| field.kind() == SyntaxKind::FieldDef).map(|field| Field {
            name: self.name(&field),
            docs: docs(&field, SyntaxKind::DocComment, "///"),
            ty: self.type_in(&field),
            default: expressions(&field).next().map(|value| self.expression(&value)),
        });
        Record { fields: fields.collect() }
    }

    fn enumeration(&mut self, node: &SyntaxNode) -> Enum {
        let variants = child(node, SyntaxKind::VariantList).into_iter().flat_map(|list| list.children());
        let variants = variants.filter(|variant| variant.kind() == SyntaxKind::Variant).map(|variant| {
            Variant { name: self.name(&variant), docs: docs(&variant, SyntaxKind::DocComment, "///") }
        });
        Enum { variants: variants.collect(), ordered: mark(self.file, node, SyntaxKind::KwOrdered) }
    }

    pub(super) fn parameters(&mut self, node: &SyntaxNode) -> Vec<Parameter> {
        let parameters = child(node, SyntaxKind::ParamList).into_iter().flat_map(|list| list.children());
        let parameters =
            parameters.filter(|parameter| parameter.kind() == SyntaxKind::Param).map(|parameter| {
                let name = self.name(&parameter);
                Parameter {
                    local: self.local(&name, LocalKind::Parameter),
                    name,
                    docs: docs(&parameter, SyntaxKind::DocComment, "///"),
                    ty: self.optional_type(&parameter),
                    default: expressions(&parameter).next().map(|value| self.expression(&value)),
                }
            });
        parameters.collect()
    }

    fn function(&mut self, node: &SyntaxNode) -> Function {
        Function {
            parameters: self.parameters(node),
            result: self.optional_type(node),
            body: self.first(node, self.span(node)),
        }
    }

    fn task(&mut self, node: &SyntaxNode) -> Task {
        Task {
            parameters: self.parameters(node),
            result: self.optional_type(node),
            body: self.block_in(node),
        }
    }

    fn trigger(&mut self, node: &SyntaxNode) -> Trigger {
        Trigger {
            parameters: self.parameters(node),
            result: self.type_in(node),
            sample: expressions(node).next().map(|value| self.expression(&value)),
        }
    }
}
