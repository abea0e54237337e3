//! The input of effect inference: the previous stages of a module and of the modules that it uses.

use super::Effects;
use crate::{
    hir::{
        Action, Block, Effect, ExprId, Item, ItemKind, Module, PartBody, PartKind, Playbook, Statement,
        StatementKind, Step, StepId, Task,
    },
    names::{Builtin, Def, ItemId, Names},
    source::{FileId, Span},
    types::{Call, Callee, Types},
};

/// The current module, and all modules that it uses.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The current module.
    pub own: ModuleContext<'a>,
    /// The modules that it uses, directly or not.
    pub used: &'a dyn Used,
    /// The `Person` record that the language itself refers to.
    pub person: Option<ItemId>,
}

/// The modules that a module uses, with their effects. They are looked up one by one: a list for each module
/// of a long chain would be longer than the chain.
pub trait Used {
    /// One of these modules.
    fn module(&self, file: FileId) -> Option<(ModuleContext<'_>, &Effects)>;

    /// All of them, directly used or not, in a fixed order.
    fn files(&self) -> Vec<FileId>;
}

/// The results for a module before its effects.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the types say it")]
pub struct ModuleContext<'a> {
    pub hir: &'a Module,
    pub names: &'a Names,
    pub types: &'a Types,
}

impl<'a> Context<'a> {
    /// A module.
    pub fn module(&self, file: FileId) -> Option<ModuleContext<'a>> {
        if file == self.own.hir.file {
            return Some(self.own);
        }
        self.used.module(file).map(|(module, _)| module)
    }

    /// An item.
    pub fn item(&self, item: ItemId) -> Option<&'a Item> {
        self.module(item.file)?.hir.items.get(item.index as usize)
    }

    /// An action.
    pub fn action(&self, item: ItemId) -> Option<&'a Action> {
        match &self.item(item)?.kind {
            ItemKind::Action(action) => Some(action),
            _ => None,
        }
    }

    /// A task.
    pub fn task(&self, item: ItemId) -> Option<&'a Task> {
        match &self.item(item)?.kind {
            ItemKind::Task(task) => Some(task),
            _ => None,
        }
    }

    /// The effects of a module: `own` for the current one.
    pub fn effects<'e>(&'e self, file: FileId, own: &'e Effects) -> Option<&'e Effects> {
        if file == self.own.hir.file {
            return Some(own);
        }
        self.used.module(file).map(|(_, effects)| effects)
    }

    /// The effect of an action or task; `None` for other items.
    pub fn effect_of_item(&self, item: ItemId, own: &Effects) -> Effect {
        let effects = self.effects(item.file, own);
        let effect = effects.and_then(|effects| effects.items.get(crate::hir::Id::new(item.index as usize)));
        effect.copied().unwrap_or(Effect::Pure)
    }

    /// The effect of a step: its call and its undo.
    pub fn effect_of_step(&self, module: ModuleContext<'a>, step: &Step, own: &Effects) -> Effect {
        let calls = self.calls_of(module, step).into_iter();
        let effects = calls.map(|reached| self.effect_of_call(reached.module, reached.call, own));
        effects.max().unwrap_or(Effect::Pure)
    }

    /// The effect of another call of a step, that of `on failure run`, with its undo.
    pub fn effect_with_undo(&self, module: ModuleContext<'a>, call: ExprId, own: &Effects) -> Effect {
        let undo = self.undo_of_contract(module.callee(call));
        let undo = undo.map(|undo| self.effect_of_call(undo.module, undo.call, own));
        self.effect_of_call(module, call, own).max(undo.unwrap_or(Effect::Pure))
    }

    /// The calls of a step that count for its effect: its own, and its undo.
    pub fn calls_of(&self, module: ModuleContext<'a>, step: &Step) -> Vec<Reached<'a>> {
        let own = Reached { module, call: step.call };
        std::iter::once(own).chain(self.undo_of_step(module, step)).collect()
    }

    /// The undo of a step: its clause, otherwise the undo in its action's contract. An `irreversible` step has
    /// none.
    pub fn undo_of_step(&self, module: ModuleContext<'a>, step: &Step) -> Option<Reached<'a>> {
        match (&step.clauses.undo, &step.clauses.irreversible) {
            (Some(undo), _) => Some(Reached { module, call: undo.value.call }),
            (None, Some(_)) => None,
            (None, None) => self.undo_of_contract(module.callee(step.call)),
        }
    }

    /// The undo in the contract of an action.
    pub fn undo_of_contract(&self, callee: Option<Callee>) -> Option<Reached<'a>> {
        let Some(Callee::Action(item)) = callee else { return None };
        let undo = self.action(item)?.contract.undo.as_ref()?;
        Some(Reached { module: self.module(item.file)?, call: undo.call })
    }

    /// The effect of a call, without its undo.
    pub fn effect_of_call(&self, module: ModuleContext<'_>, call: ExprId, own: &Effects) -> Effect {
        match module.callee(call) {
            Some(Callee::Action(item) | Callee::Task(item)) => self.effect_of_item(item, own),
            Some(Callee::Builtin(Builtin::Ask | Builtin::AskMany)) => Effect::Asks,
            Some(Callee::Builtin(Builtin::Manual)) => Effect::Changes,
            _ => Effect::Pure,
        }
    }
}

impl<'a> ModuleContext<'a> {
    /// The meaning of a name or field.
    pub fn def(&self, expr: ExprId) -> Option<Def> {
        self.types.def(self.names, expr)
    }

    /// The meaning of a call.
    pub fn call(&self, expr: ExprId) -> Option<&'a Call> {
        self.types.calls.get(expr)
    }

    /// The callee.
    pub fn callee(&self, expr: ExprId) -> Option<Callee> {
        self.call(expr).map(|call| call.callee)
    }

    /// The span of an expression.
    pub fn span(&self, expr: ExprId) -> Span {
        self.hir.exprs[expr].span
    }

    /// A step.
    pub fn step(&self, step: StepId) -> &'a Step {
        &self.hir.steps[step]
    }

    /// The playbooks of the module.
    pub fn playbooks(&self) -> impl Iterator<Item = (&'a Item, &'a Playbook)> + use<'a> {
        self.hir.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Playbook(playbook) => Some((item, playbook)),
            _ => None,
        })
    }
}

/// A call, and the module in which it is written.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Reached<'a> {
    pub module: ModuleContext<'a>,
    pub call: ExprId,
}

/// A step with the blocks around it.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub step: StepId,
    /// Conditions of the blocks from the outside in, with the required value.
    pub groups: Vec<(ExprId, bool)>,
}

/// All steps of a block, in source order, with the blocks around them.
pub(super) fn steps_of(block: &Block) -> Vec<Placed> {
    let mut steps = Vec::new();
    collect(&block.statements, &mut Vec::new(), &mut steps);
    steps
}

/// All steps of the playbook, in source order, by part.
pub(super) fn steps_of_playbook(playbook: &Playbook) -> Vec<(PartKind, Placed)> {
    let blocks = playbook.parts.iter().filter_map(|part| match &part.body {
        PartBody::Block(block) => Some((part.kind, block)),
        PartBody::None { .. } => None,
    });
    blocks.flat_map(|(kind, block)| steps_of(block).into_iter().map(move |placed| (kind, placed))).collect()
}

fn collect(statements: &[Statement], groups: &mut Vec<(ExprId, bool)>, steps: &mut Vec<Placed>) {
    for statement in statements {
        match &statement.kind {
            StatementKind::Step(step) => steps.push(Placed { step: *step, groups: groups.clone() }),
            StatementKind::Cause(cause) => collect(&cause.body.statements, groups, steps),
            StatementKind::If(group) => {
                let depth = groups.len();
                for (condition, block) in &group.branches {
                    groups.push((*condition, true));
                    collect(&block.statements, groups, steps);
                    groups.pop();
                    groups.push((*condition, false));
                }
                if let Some(block) = &group.otherwise {
                    collect(&block.statements, groups, steps);
                }
                groups.truncate(depth);
            }
            _ => {}
        }
    }
}
