//! Imports and items, except playbooks and scenarios.

use super::Lowering;
use crate::{
    hir::{
        Action, Binding, BindingEntry, BindingKind, Contract, Effect, Enum, Field, Function, Ident, Item,
        ItemKind, LocalKind, ModuleLet, Parameter, Playbook, Record, Scenario, Simulate, Takes, Task,
        Trigger, Undo, Use, UseName, Variant,
    },
    syntax::{
        SyntaxToken,
        ast::{self, ActionEntry, AstNode},
    },
};

impl Lowering {
    pub(super) fn use_item(&mut self, item: &ast::UseItem) -> Use {
        let path = match item.path() {
            Some(path) => {
                let words: Vec<_> = path.segments().map(|word| word.text().to_owned()).collect();
                Ident { text: words.join(".").into(), span: self.span(&path) }
            }
            None => self.ident(None, item),
        };
        let names = item.list().map(|list| {
            let names = list.names().map(|name| UseName {
                name: self.ident(name.name(), &name),
                alias: name.alias().map(|alias| self.name(&alias)),
            });
            names.collect()
        });
        let private = ast::Item::Use(item.clone()).private_token().map(|token| self.span_of(&token));
        let alias = item.alias().map(|alias| self.name(&alias));
        Use { span: self.span(item), path, alias, names, private }
    }

    /// An item without its body, if it is a playbook or a scenario.
    pub(super) fn head(&mut self, item: &ast::Item) -> Item {
        let kind = match item {
            ast::Item::Scenario(scenario) => ItemKind::Scenario(Scenario {
                playbook: self.path(scenario.playbook()),
                ..Scenario::default()
            }),
            _ => ItemKind::Playbook(Playbook::default()),
        };
        self.item_of(item, kind)
    }

    pub(super) fn item(&mut self, item: &ast::Item) -> Item {
        let kind = match item {
            ast::Item::Record(record) => ItemKind::Record(self.record(record)),
            ast::Item::Enum(item) => ItemKind::Enum(self.enumeration(item)),
            ast::Item::Type(alias) => ItemKind::Alias(self.required_type(alias.ty(), alias)),
            ast::Item::Let(item) => ItemKind::Let(ModuleLet {
                ty: self.optional_type(item.ty()),
                value: self.required(item.value(), item),
            }),
            ast::Item::Fn(function) => ItemKind::Function(Function {
                parameters: self.parameters(function.params()),
                result: self.optional_type(function.result()),
                body: self.required(function.body(), function),
            }),
            ast::Item::Trigger(trigger) => ItemKind::Trigger(Trigger {
                parameters: self.parameters(trigger.params()),
                result: self.required_type(trigger.result(), trigger),
                provides: trigger.provides().map_or_else(Vec::new, |entry| self.names(entry.names())),
                sample: self.optional(trigger.sample()),
            }),
            ast::Item::Task(task) => ItemKind::Task(Task {
                parameters: self.parameters(task.params()),
                result: self.optional_type(task.result()),
                body: self.block(task.body(), task),
            }),
            ast::Item::Action(action) => ItemKind::Action(self.action(action)),
            ast::Item::Playbook(playbook) => ItemKind::Playbook(self.playbook(playbook)),
            ast::Item::Scenario(scenario) => ItemKind::Scenario(self.scenario(scenario)),
            // `lower` sends imports elsewhere; were one here, it would declare nothing.
            ast::Item::Use(_) => ItemKind::Record(Record { fields: Vec::new() }),
        };
        self.item_of(item, kind)
    }

    fn item_of(&mut self, item: &ast::Item, kind: ItemKind) -> Item {
        let name = match item {
            ast::Item::Scenario(scenario) => self.scenario_title(scenario),
            item => self.ident(item.name(), item),
        };
        let private = item.private_token().map(|token| self.span_of(&token));
        Item { name, docs: item.docs(), private, span: self.span(item), kind }
    }

    fn record(&mut self, record: &ast::RecordItem) -> Record {
        let fields = record.fields().map(|field| Field {
            name: self.ident(field.name(), &field),
            docs: field.docs(),
            ty: self.required_type(field.ty(), &field),
            default: self.optional(field.default()),
        });
        Record { fields: fields.collect() }
    }

    fn enumeration(&mut self, item: &ast::EnumItem) -> Enum {
        let variants = item
            .variants()
            .map(|variant| Variant { name: self.ident(variant.name(), &variant), docs: variant.docs() });
        let variants = variants.collect();
        Enum { ordered: item.ordered_token().map(|token| self.span_of(&token)), variants }
    }

    fn parameters(&mut self, params: impl Iterator<Item = ast::Param>) -> Vec<Parameter> {
        let parameter = |param: ast::Param| {
            let name = self.ident(param.name(), &param);
            Parameter {
                local: self.local(name.clone(), LocalKind::Parameter),
                name,
                docs: param.docs(),
                ty: self.optional_type(param.ty()),
                default: self.optional(param.default()),
            }
        };
        params.map(parameter).collect()
    }

    fn action(&mut self, item: &ast::ActionItem) -> Action {
        let mut action = Action {
            parameters: self.parameters(item.params()),
            result: self.optional_type(item.result()),
            effect: item.effect().map(|token| (effect(&token), self.span_of(&token))),
            contract: Contract::default(),
            narrows: self.optional(item.narrows()),
            bindings: Vec::new(),
            simulate: None,
        };
        for entry in item.body().into_iter().flat_map(|body| body.entries()) {
            self.action_entry(&mut action, &entry);
        }
        action
    }

    fn action_entry(&mut self, action: &mut Action, entry: &ActionEntry) {
        let span = self.span(entry);
        let contract = &mut action.contract;
        match entry {
            ActionEntry::Timeout(timeout) => {
                let duration = self.required(timeout.duration(), timeout);
                self.once_expr(&mut contract.timeout, duration, "timeout");
            }
            ActionEntry::Undo(undo) => {
                let undo = self.undo(undo);
                self.once(&mut contract.undo, |undo| undo.span, undo, "undo");
            }
            ActionEntry::Irreversible(entry) => {
                let reason = self.required(entry.reason(), entry);
                self.once_expr(&mut contract.irreversible, reason, "irreversible");
            }
            ActionEntry::Idempotent(_) => {
                self.once(&mut contract.idempotent, |span| *span, span, "idempotent");
            }
            ActionEntry::Deprecated(entry) => {
                let advice = self.required(entry.advice(), entry);
                self.once_expr(&mut contract.deprecated, advice, "deprecated");
            }
            ActionEntry::Touches(entry) => contract.touches.extend(self.names(entry.names())),
            ActionEntry::Provides(entry) => contract.provides.extend(self.names(entry.names())),
            ActionEntry::Http(http) => {
                let kind = BindingKind::Http {
                    method: self.ident(http.method(), http),
                    url: self.required(http.url(), http),
                };
                let binding = self.binding(entry, kind, http.runner(), http.entries());
                action.bindings.push(binding);
            }
            ActionEntry::Command(command) => {
                let kind = BindingKind::Command { arguments: self.required(command.arguments(), command) };
                let binding = self.binding(entry, kind, command.runner(), command.entries());
                action.bindings.push(binding);
            }
            ActionEntry::Container(container) => {
                let kind = BindingKind::Container { image: self.required(container.image(), container) };
                let binding = self.binding(entry, kind, container.runner(), container.entries());
                action.bindings.push(binding);
            }
            ActionEntry::Simulate(block) => {
                let simulate = self.simulate(block);
                self.once(&mut action.simulate, |simulate| simulate.span, simulate, "simulate");
            }
        }
    }

    fn binding(
        &mut self,
        owner: &ActionEntry,
        kind: BindingKind,
        runner: Option<ast::Expr>,
        entries: impl Iterator<Item = ast::BindingEntry>,
    ) -> Binding {
        let runner = self.optional(runner);
        let entries = entries.map(|entry| self.binding_entry(&entry)).collect();
        Binding { span: self.span(owner), kind, runner, entries }
    }

    fn binding_entry(&mut self, entry: &ast::BindingEntry) -> BindingEntry {
        match entry {
            ast::BindingEntry::Auth(auth) => BindingEntry::Auth {
                scheme: self.ident(auth.scheme(), auth),
                values: self.list(auth.values()),
            },
            ast::BindingEntry::Data(data) => BindingEntry::Data {
                kind: self.ident(data.kind(), data),
                value: self.required(data.value(), data),
            },
            ast::BindingEntry::Output(output) => BindingEntry::Output(self.ident(output.format(), output)),
            ast::BindingEntry::Expect(expect) => BindingEntry::Expect {
                condition: self.required(expect.condition(), expect),
                otherwise: self.optional(expect.otherwise()),
            },
            ast::BindingEntry::Return(result) => BindingEntry::Return(self.required(result.value(), result)),
        }
    }

    fn simulate(&mut self, block: &ast::SimulateBlock) -> Simulate {
        let mut simulate =
            Simulate { span: self.span(block), lets: Vec::new(), returns: None, takes: None, fails: None };
        let (mut takes_at, mut fails_at) = (None, None);
        for entry in block.entries() {
            let span = self.span(&entry);
            match entry {
                ast::SimulateEntry::Let(statement) => {
                    let lowered = self.let_binding(&statement);
                    simulate.lets.push((lowered.local, lowered.value));
                }
                ast::SimulateEntry::Return(result) => {
                    let value = self.required(result.value(), &result);
                    self.once_expr(&mut simulate.returns, value, "return");
                }
                ast::SimulateEntry::Takes(takes) => {
                    let value = self.takes(&takes);
                    simulate.takes = simulate.takes.or(Some(value));
                    self.once(&mut takes_at, |span| *span, span, "takes");
                }
                ast::SimulateEntry::Fails(fails) => {
                    let value = (self.required(fails.rate(), &fails), self.optional(fails.text()));
                    simulate.fails = simulate.fails.or(Some(value));
                    self.once(&mut fails_at, |span| *span, span, "fails");
                }
            }
        }
        simulate
    }

    fn takes(&mut self, takes: &ast::TakesEntry) -> Takes {
        if let Some(mean) = takes.mean() {
            return Takes::Mean(self.expr(&mean));
        }
        if takes.p50().is_some() || takes.p95().is_some() {
            return Takes::Percentiles {
                p50: self.required(takes.p50(), takes),
                p95: self.required(takes.p95(), takes),
            };
        }
        let least = self.required(takes.duration(), takes);
        match takes.to() {
            Some(most) => Takes::Between(least, self.expr(&most)),
            None => Takes::Exactly(least),
        }
    }

    pub(super) fn undo(&mut self, undo: &ast::UndoClause) -> Undo {
        Undo {
            span: self.span(undo),
            call: self.required(undo.call(), undo),
            always: undo.always_token().map(|token| self.span_of(&token)),
        }
    }
}

fn effect(token: &SyntaxToken) -> Effect {
    match token.text() {
        "asks" => Effect::Asks,
        "notifies" => Effect::Notifies,
        "changes" => Effect::Changes,
        "destroys" => Effect::Destroys,
        _ => Effect::Reads,
    }
}
